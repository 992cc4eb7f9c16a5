from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.contract.storyboard import Language
from engine.stages.captions import reading_seconds, split_caption, split_for_data, tidy, width

LONG_ENGLISH = (
    "The river that once carried ships from the coast to the old harbour, where merchants sold silk "
    "and salt, "
    "is now so shallow that children can cross it on foot, and nobody remembers the sails"
)
LONG_CHINESE = (
    "这条曾经把货船从海边带到老港口的河流，如今"
    "浅得连孩子都能赤脚走过去，两岸的商人早已离开，只剩下几只白鹭站在水里，等着鱼儿游过"
)


@pytest.mark.parametrize("text", [LONG_ENGLISH, LONG_CHINESE, LONG_CHINESE.replace("，", "")])
def test_long_sentences_are_cut_without_losing_a_word(text: str) -> None:
    pieces = split_caption(text)
    assert len(pieces) > 1
    assert all(width(piece) <= 1.05 for piece in pieces)
    letters = re.compile(r"\W")
    assert letters.sub("", "".join(pieces)) == letters.sub("", text)


def test_a_short_sentence_stays_whole() -> None:
    assert split_caption("游客可以登上铁塔，欣赏巴黎美景。") == ("游客可以登上铁塔，欣赏巴黎美景。",)


def test_width_counts_chinese_and_latin_apart() -> None:
    assert width("汉" * 38) == pytest.approx(1.0)
    assert width("x" * 84) == pytest.approx(1.0)


def test_reading_takes_its_time() -> None:
    assert reading_seconds("汉" * 9) == pytest.approx(2.0)
    assert reading_seconds("x" * 28) == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See  https://x.org now !", "See now!"),
        ("**bold** and _thin_", "bold and thin"),
        ("1. Boil water", "Boil water"),
        ("猫 🐱 睡了", "猫睡了"),
        ("a cat\n sleeps", "a cat sleeps"),
    ],
)
def test_captions_are_tidy(text: str, expected: str) -> None:
    assert tidy(text) == expected


def test_two_numbers_get_a_piece_each() -> None:
    text = "它由设计师埃菲尔于1889年设计，高324米。"
    assert split_for_data(text, ("1889年", "324米"), Language.CHINESE) == (
        "它由设计师埃菲尔于1889年设计",
        "高324米。",
    )
    text = "It was built in 1937 and is 2,737 metres long."
    assert split_for_data(text, ("1937", "2,737 metres"), Language.ENGLISH) == (
        "It was built in 1937",
        "and is 2,737 metres long.",
    )


@given(st.text(max_size=400))
def test_any_text_can_be_cut(text: str) -> None:
    for piece in split_caption(tidy(text)):
        assert piece == piece.strip()
        assert width(piece) <= 1.1
