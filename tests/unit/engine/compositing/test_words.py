from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.compositing.boxes import Box
from engine.compositing.words import TextBlock, TextStyle, draw_bar, fit_lines, font_of, pages, set_text

BOX = Box(x=20.0, y=10.0, width=400.0, height=120.0)
STYLE = TextStyle(size_px=36, weight=500)


def letters(block: TextBlock) -> np.ndarray:
    """Return where the white of the letters is, bool [H,W]."""
    picture = block.patch.picture
    return (picture[..., 3] > 200) & (picture[..., :3].min(axis=2) > 150)


def test_words_are_drawn_inside_their_box() -> None:
    block = set_text("A red fox runs through the snowy forest", BOX, STYLE)
    assert block is not None
    assert len(block.lines) == 2
    assert BOX.contains(block.box, slack=1.0)
    rows, columns = np.nonzero(letters(block))
    assert columns.min() + block.patch.x_px >= BOX.x - 1
    assert columns.max() + block.patch.x_px <= BOX.right + 1
    assert rows.max() + block.patch.y_px <= BOX.bottom + 1


def test_nothing_to_draw_gives_nothing() -> None:
    assert set_text("\U0001f98a \U0001f98a", BOX, STYLE) is None


def test_a_long_text_is_set_smaller_then_shortened() -> None:
    block = set_text("incomprehensibilities " * 30, BOX, STYLE)
    assert block is not None
    assert block.lines[-1].endswith("…")
    assert BOX.contains(block.box, slack=1.0)


@pytest.mark.parametrize(("align", "edge"), [("left", "x"), ("right", "right")])
def test_alignment_touches_its_edge(align: str, edge: str) -> None:
    block = set_text("fox", BOX, TextStyle(size_px=30, weight=500, align=align))
    assert block is not None
    assert getattr(block.box, edge) == pytest.approx(getattr(BOX, edge), abs=0.01)


def test_the_bottom_anchor_grows_upwards() -> None:
    style = TextStyle(size_px=30, weight=500, anchor="bottom")
    block = set_text("fox", BOX, style)
    assert block is not None
    assert block.box.bottom == pytest.approx(BOX.bottom)


def test_a_phrase_takes_the_accent_even_over_a_line_end() -> None:
    narrow = Box(x=0.0, y=0.0, width=230.0, height=120.0)
    accent = (255, 200, 0)
    block = set_text(
        "There are 1.4 billion people", narrow, STYLE, accents=("1.4 billion people",), accent=accent
    )
    assert block is not None
    assert len(block.lines) == 2
    yellow = (block.patch.picture[..., 3] == 255) & (block.patch.picture[..., 2] < 40)
    middle = block.patch.picture.shape[0] // 2
    assert yellow[:middle].any()
    assert yellow[middle:].any()


def test_a_full_width_stop_hangs_over() -> None:
    with_stop, without = (set_text(text, BOX, STYLE) for text in ("巴黎铁塔。", "巴黎铁塔"))
    assert with_stop is not None
    assert without is not None
    assert with_stop.box.width == pytest.approx(without.box.width + 18, abs=1)


def test_pages_split_at_sentences() -> None:
    text = "The first sentence is long enough for a page. The second one is about as long as that."
    assert pages(text, 420.0, STYLE) == (
        "The first sentence is long enough for a page.",
        "The second one is about as long as that.",
    )


def test_nothing_has_no_pages() -> None:
    assert pages("\U0001f98a", 400.0, STYLE) == ()


@settings(max_examples=60)
@given(st.text(alphabet="ab cdef，。的一是在123 ", min_size=1, max_size=120))
def test_pages_keep_every_character_and_fit(text: str) -> None:
    found = pages(text, 300.0, STYLE)
    assert "".join("".join(found).split()) == "".join(text.split())
    for page in found:
        assert fit_lines(page, 300.0, STYLE) is not None or len(page) < 40


@settings(max_examples=60)
@given(st.text(min_size=1, max_size=200))
def test_no_text_ever_leaves_its_box(text: str) -> None:
    block = set_text(text, BOX, STYLE)
    if block is not None:
        assert BOX.contains(block.box, slack=1.5)


def test_the_shadow_is_dark_and_soft() -> None:
    block = set_text("I", BOX, STYLE)
    assert block is not None
    alpha = block.patch.picture[..., 3]
    halo = (alpha > 10) & (alpha < 200) & (block.patch.picture[..., :3].max(axis=2) < 30)
    assert halo.sum() > alpha.size * 0.03


def test_a_bar_fills_its_box_with_its_colour() -> None:
    patch = draw_bar(Box(x=5.0, y=6.0, width=40.0, height=8.0), (255, 200, 0))
    assert patch.picture.shape == (8, 40, 4)
    assert tuple(patch.picture[4, 20]) == (255, 200, 0, 255)
    assert patch.picture[0, 0, 3] < 128


def test_the_font_of_a_style_has_its_size() -> None:
    assert font_of(STYLE).size == 36
