"""Give a drawn subject the colour that the text asks for: a blue cat, a black swan, a green car.

The body colour of a drawing is its most common hue; that part is moved in OKLab (Ottosson 2020) to the colour
asked for, light and shade kept; eyes, mouths, wheels and other parts of another hue stay as they are.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

__all__ = ["recolour"]

Floats = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.uint8]

#: Below this OKLab chroma a colour is grey to the eye.
GREY_CHROMA: Final = 0.045
#: Above this a colour is more than the tint of a shadow on something white.
TINT_CHROMA: Final = 0.13
#: Hues this far from the body's, in radians, still belong to it; beyond the second they do not at all.
SAME_HUE: Final = 0.6
OTHER_HUE: Final = 1.1
#: How far the middle lightness moves towards the colour asked for, 0..1; colour names are darker than toys.
LIGHTNESS_PULL: Final = 0.75
#: Darker than this is line work (pupils, tyres) and stays, in OKLab lightness.
LINE_WORK: Final = 0.3

_TO_LMS: Final = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    dtype=np.float32,
)
_TO_LAB: Final = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ],
    dtype=np.float32,
)


def recolour(rgba: Bytes, colour: tuple[int, int, int]) -> Bytes:
    """Move the body colour of a straight RGBA picture uint8 [H,W,4] to `colour` (sRGB, 0..255)."""
    if rgba.ndim != 3 or rgba.shape[2] != 4 or rgba.dtype != np.uint8:
        raise ValueError(f"expected uint8 [H,W,4], got {rgba.dtype} {list(rgba.shape)}")
    seen = rgba[..., 3] > 0
    if not seen.any():
        return rgba.copy()
    lab = _to_oklab(rgba[..., :3])  # [H,W,3]
    body = _body(lab, rgba[..., 3].astype(np.float32) / 255.0)  # [H,W], 0..1
    target = _to_oklab(np.array([[colour]], dtype=np.uint8))[0, 0]
    moved = _move(lab, body, target)
    mixed = lab + (moved - lab) * body[..., None]
    result = rgba.copy()
    result[..., :3][seen] = _from_oklab(mixed)[seen]
    return result


def _body(lab: Floats, alpha: Floats) -> Floats:
    """How much each pixel belongs to the body colour, 0..1."""
    chroma = np.hypot(lab[..., 1], lab[..., 2])
    hue = np.arctan2(lab[..., 2], lab[..., 1])
    coloured = alpha * (chroma > GREY_CHROMA)
    bright = np.clip((lab[..., 0] - LINE_WORK) / 0.15, 0.0, 1.0)
    plain = np.clip((TINT_CHROMA - chroma) / (TINT_CHROMA - GREY_CHROMA), 0.0, 1.0) * bright
    if (plain * alpha).sum() > 0.4 * alpha.sum():  # a grey or white thing: all of it but lines and colours
        return np.asarray(plain, dtype=np.float32)
    peak = _common_hue(hue, coloured * chroma)
    away = np.abs(np.angle(np.exp(1j * (hue - peak))))
    near = np.clip((OTHER_HUE - away) / (OTHER_HUE - SAME_HUE), 0.0, 1.0)
    return np.asarray(near * np.clip((chroma - 0.02) / 0.04, 0.0, 1.0), dtype=np.float32)


def _common_hue(hue: Floats, weight: Floats) -> float:
    """Centre of the fullest part of the hue circle, radians."""
    centres = np.linspace(-np.pi, np.pi, 72, endpoint=False)
    closeness = np.cos(hue.reshape(1, -1) - centres[:, None]).clip(0.0) ** 8  # [72, pixels]
    return float(centres[int(np.argmax(closeness @ weight.reshape(-1)))])


def _move(lab: Floats, body: Floats, target: Floats) -> Floats:
    """Every pixel with the hue and chroma of `target`, as much lighter or darker than the body as it was."""
    total = max(float(body.sum()), 1e-6)
    middle = float((lab[..., 0] * body).sum()) / total
    chroma = np.hypot(lab[..., 1], lab[..., 2])
    usual = max(float((chroma * body).sum()) / total, GREY_CHROMA)
    light = lab[..., 0] + (float(target[0]) - middle) * LIGHTNESS_PULL
    light = np.clip(light, 0.06, 0.99)
    target_chroma = float(np.hypot(target[1], target[2]))
    if (
        usual <= GREY_CHROMA * 1.5
    ):  # a grey thing has no chroma to scale: less of it in highlights and shadows
        strength = np.clip(1.0 - np.abs(light - 0.6) * 1.2, 0.25, 1.0)
    else:
        strength = np.clip(chroma / usual, 0.0, 1.4)
    direction = target[1:] / max(target_chroma, 1e-6)
    plane = strength[..., None] * (direction * min(target_chroma, 0.22))
    return np.asarray(np.concatenate([light[..., None], plane], axis=-1), dtype=np.float32)


def _to_oklab(rgb: Bytes) -> Floats:
    values = rgb.astype(np.float32) / 255.0
    linear = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)
    return np.asarray(np.cbrt(linear @ _TO_LMS.T) @ _TO_LAB.T, dtype=np.float32)


def _from_oklab(lab: Floats) -> Bytes:
    linear = ((lab @ np.linalg.inv(_TO_LAB).T) ** 3) @ np.linalg.inv(_TO_LMS).T
    linear = np.clip(linear, 0.0, 1.0)
    values = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    return np.asarray(np.rint(np.clip(values, 0.0, 1.0) * 255.0), dtype=np.uint8)
