from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.stages.understand.sentences import MAX_SENTENCE, split_sentences


def cut(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A cat. A dog! A bird?", ["A cat.", "A dog!", "A bird?"]),
        ("猫睡了。狗醒了！鸟呢？", ["猫睡了。", "狗醒了！", "鸟呢？"]),
        ("Dr. Smith paid 3.5 dollars.", ["Dr. Smith paid 3.5 dollars."]),
        ("J. K. Rowling wrote it. We read it.", ["J. K. Rowling wrote it.", "We read it."]),
        ("他说：“走吧。”我们走了。", ["他说：“走吧。”", "我们走了。"]),
        ("Boil water\nAdd tea", ["Boil water", "Add tea"]),
        ("1. Boil water\n2. Add tea", ["1. Boil water", "2. Add tea"]),
        ("?!\n...", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_wrapped_prose_stays_together() -> None:
    line = "The river that runs through the old town was once so wide that no bridge"
    assert cut(f"{line}\ncould cross it. Now it is narrow.") == [
        f"{line}\ncould cross it.",
        "Now it is narrow.",
    ]


def test_a_text_without_punctuation_is_cut_at_blanks() -> None:
    text = "word " * 600
    pieces = cut(text)
    assert all(len(piece) <= MAX_SENTENCE for piece in pieces)
    assert "".join(pieces).replace(" ", "") == text.replace(" ", "")


@given(st.text(alphabet="ab .!?。，\n“”\"'1猫", max_size=200))
def test_spans_are_in_order_and_inside(text: str) -> None:
    end = 0
    for span in split_sentences(text):
        assert end <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == text[span.start : span.end].strip()
        end = span.end
