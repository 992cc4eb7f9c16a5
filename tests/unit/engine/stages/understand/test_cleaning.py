from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.stages.understand.cleaning import calmed, has_words, readable


@given(st.text(max_size=300))
def test_cleaning_moves_no_character(text: str) -> None:
    cleaned = readable(text)
    assert len(cleaned) == len(text)
    assert len(calmed(cleaned)) == len(text)
    for before, after in zip(text, cleaned, strict=True):
        assert after in {before, " ", "\n"}


@pytest.mark.parametrize(
    "noise",
    [
        "https://example.org/a?b=c",
        "www.example.org",
        "someone@example.org",
        "`print(1)`",
        "```\nrm -rf /\n```",
        "<b>",
        "</div>",
        "<!-- hidden -->",
        "<@123456>",
        "&nbsp;",
        "🎉",
        "\u202e",
        "\x00",
    ],
)
def test_noise_becomes_blank(noise: str) -> None:
    assert readable(noise).strip() == ""
    assert readable(f"a cat {noise} sleeps").split() == ["a", "cat", "sleeps"]


def test_prose_stays_as_it_is() -> None:
    text = "Bake at 180 °C – it's 50% done. 巴黎铁塔，高324米。3 < 5 and 7 > 2"
    assert readable(text) == text


def test_marks_of_markdown_go() -> None:
    assert readable("# Title\n- **bold** item\n> quote").split() == ["Title", "bold", "item", "quote"]


def test_capitals_are_calmed_and_mixed_case_is_kept() -> None:
    assert calmed("THE CAT SLEEPS. IT DREAMS.") == "The cat sleeps. It dreams."
    assert calmed("NASA sent a rocket to Mars") == "NASA sent a rocket to Mars"


def test_words_are_letters_or_digits() -> None:
    assert has_words("猫")
    assert has_words("7")
    assert not has_words("?! ... ，。")
