from __future__ import annotations

import numpy as np
import pytest

from engine.compositing.captions import Captions, caption_styles, make_captions
from engine.compositing.figure import Moments, Setting
from engine.compositing.ink import light_ink
from engine.compositing.layout import caption_box, safe_box
from engine.media import FrameSize
from tests.unit.engine.compositing.stand_ins import PALETTE, SMALL, SQUARE, TALL

LONG = "The tower was built for the world fair of 1889. " * 8


def captions(
    text: str,
    size: FrameSize = SMALL,
    *,
    until: int | None = 120,
    stays: bool = False,
    at_once: bool = False,
    accents: tuple[str, ...] = (),
) -> Captions:
    setting = Setting(
        size=size, palette=PALETTE, moments=Moments(start=6, until=until), ink=light_ink(PALETTE)
    )
    return make_captions(text, caption_box(size), setting, stays=stays, at_once=at_once, accents=accents)


def brightness(found: Captions, frame: int) -> int:
    canvas = np.zeros((SMALL.height_px, SMALL.width_px, 3), dtype=np.uint8)
    found.draw(canvas, frame)
    return int(canvas.max())


@pytest.mark.parametrize("size", [SMALL, TALL, SQUARE, FrameSize(width_px=1280, height_px=720)])
@pytest.mark.parametrize("text", ["A fox.", LONG, "巴黎铁塔是法国巴黎的标志性建筑，也是世界著名的景点。" * 6])
def test_captions_have_two_lines_at_most_and_stay_in_the_safe_area(size: FrameSize, text: str) -> None:
    found = captions(text, size)
    for _, block in found.pages:
        assert len(block.lines) <= 2
        assert safe_box(size).contains(block.box, slack=1.0)


def test_a_long_caption_turns_its_pages() -> None:
    found = captions(LONG)
    assert len(found.pages) > 2
    assert found.pages[0][0].start == 6
    assert found.pages[-1][0].end == 120
    assert "".join(" ".join(cue.text for cue, _ in found.pages).split()) == "".join(LONG.split())


def test_captions_fade_in_and_out() -> None:
    found = captions("A fox.")
    assert brightness(found, 5) == 0
    assert 0 < brightness(found, 7) < 120
    assert brightness(found, 60) == 255
    assert 0 < brightness(found, 118) < 120


def test_the_first_may_be_there_at_once_and_the_last_may_stay() -> None:
    assert brightness(captions("A fox.", at_once=True), 6) == 255
    assert brightness(captions("A fox.", stays=True), 119) == 255


def test_no_words_no_captions() -> None:
    found = captions("")
    assert found.pages == ()
    assert found.top_px is None
    assert captions("A fox.", until=None).pages == ()


def test_the_top_is_that_of_the_tallest_page() -> None:
    found = captions(LONG)
    assert found.top_px == min(block.box.y for _, block in found.pages)


def test_the_accent_marks_what_the_shot_shows() -> None:
    found = captions("It is 324 metres high.", accents=("324 metres",))
    picture = found.pages[0][1].patch.picture
    assert np.any((picture[..., 0] == 255) & (picture[..., 2] < 140) & (picture[..., 3] == 255))


def test_type_is_larger_in_a_tall_frame() -> None:
    wide, tall = (FrameSize(width_px=1280, height_px=720), FrameSize(width_px=720, height_px=1280))
    assert caption_styles(tall)[1].size_px > caption_styles(wide)[1].size_px
    assert 34 <= caption_styles(wide)[0].size_px <= 46
