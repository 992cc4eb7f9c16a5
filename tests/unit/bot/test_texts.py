from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.texts import check_text, strip_controls
from engine.contract.errors import EmptyPrompt, NoWords, PromptTooLong


@pytest.mark.parametrize("text", ["", "   ", "\n\t\r\n", "\x00\x07", "\u200f\u202e", "\u3000"])
def test_nothing_but_space_is_empty(text: str) -> None:
    with pytest.raises(EmptyPrompt):
        check_text(text)


@pytest.mark.parametrize("text", ["🎉🎉", "...!?", "👩‍👩‍👧", "324", "—"])
def test_signs_without_letters_are_no_words(text: str) -> None:
    with pytest.raises(NoWords):
        check_text(text)


@pytest.mark.parametrize("text", ["a", "铁塔", "مرحبا", "🎉 party", "x" * 5_000, " " * 50 + "y" * 5_000])
def test_any_letter_of_any_script_is_a_word(text: str) -> None:
    assert check_text(text) == text


def test_a_long_text_is_refused_with_its_length() -> None:
    with pytest.raises(PromptTooLong, match="100,000"):
        check_text("x" * 100_000)


def test_controls_become_spaces_in_place() -> None:
    assert strip_controls("a\x00b\x1b[31mc\td\ne\r\u202ef") == "a b [31mc\td\ne  f"
    assert strip_controls("broken \udc80 byte") == "broken \ufffd byte"


@given(st.text())
def test_cleaning_keeps_every_position_and_is_stable(text: str) -> None:
    cleaned = strip_controls(text)
    assert len(cleaned) == len(text)
    assert strip_controls(cleaned) == cleaned
    cleaned.encode("utf-8")
