from __future__ import annotations

import numpy as np
import pytest

from engine.contract.request import Aspect
from engine.media import AudioTrack, FrameSize, check_picture


@pytest.mark.parametrize(
    ("aspect", "height_px", "expected"),
    [
        (Aspect.WIDE, 720, (1280, 720)),
        (Aspect.TALL, 720, (720, 1280)),
        (Aspect.SQUARE, 720, (720, 720)),
        (Aspect.WIDE, 361, (640, 360)),
    ],
)
def test_frame_sizes(aspect: Aspect, height_px: int, expected: tuple[int, int]) -> None:
    size = FrameSize.of(aspect, height_px)
    assert (size.width_px, size.height_px) == expected
    assert size.short_px == min(expected)


def test_an_odd_frame_is_refused() -> None:
    with pytest.raises(ValueError, match="even"):
        FrameSize(width_px=641, height_px=360)


@pytest.mark.parametrize("shape", [(4, 4), (4, 4, 3), (0, 4, 4)], ids=str)
def test_a_picture_of_another_shape_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="Plate"):
        check_picture("Plate", np.zeros(shape, np.uint8), channels=4)


def test_a_track_knows_its_length() -> None:
    assert AudioTrack(samples=np.zeros((24_000, 2), np.float32)).seconds == 0.5


@pytest.mark.parametrize(
    "samples",
    [np.zeros((5, 3), np.float32), np.zeros((5, 2)), np.full((5, 2), np.nan, np.float32)],
    ids=["three channels", "float64", "nan"],
)
def test_a_bad_track_is_refused(samples: np.ndarray) -> None:
    with pytest.raises(ValueError, match="samples"):
        AudioTrack(samples=samples)
