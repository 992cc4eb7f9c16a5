"""Contact sheets: many small pictures in one PNG, to be looked at."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

__all__ = ["save_sheet"]

#: Grey behind transparent pixels; neither white nor black drawings vanish on it.
BACKDROP = 205


def save_sheet(path: Path, pixels: npt.NDArray[np.uint8], *, columns: int, zoom: int = 2) -> None:
    """Write premultiplied RGBA pictures, uint8 [N,S,S,4], row by row onto a grey sheet."""
    count, size = pixels.shape[0], pixels.shape[1]
    rows = math.ceil(count / columns)
    sheet = np.full((rows * size, columns * size, 3), BACKDROP, dtype=np.uint8)
    for index, picture in enumerate(pixels):
        top, left = index // columns * size, index % columns * size
        alpha = picture[..., 3:].astype(np.float32) / 255.0
        blended = picture[..., :3] + BACKDROP * (1.0 - alpha)
        sheet[top : top + size, left : left + size] = np.clip(blended, 0, 255).astype(np.uint8)
    image = Image.fromarray(sheet)
    path.parent.mkdir(parents=True, exist_ok=True)
    image.resize((image.width * zoom, image.height * zoom), Image.Resampling.LANCZOS).save(path)
