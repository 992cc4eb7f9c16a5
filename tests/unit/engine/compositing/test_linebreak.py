from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.compositing.linebreak import (
    break_anywhere,
    break_lines,
    break_points,
    load_rules,
    pairs_of_words,
    split_in_two,
)


def one_each(text: str) -> float:
    return float(len(text))


def two_for_wide(text: str) -> float:
    return float(sum(2 if ord(char) > 0x2E80 else 1 for char in text))


TEXTS = st.text(
    alphabet="abcde fghij 的一是在不了有和人这，。！？；：、）》（《「」0123456789-'\"",
    min_size=1,
    max_size=80,
)


def test_a_text_that_fits_stays_in_one_line() -> None:
    assert break_lines("A red fox", one_each, 9) == ("A red fox",)


def test_two_lines_are_balanced() -> None:
    assert break_lines("one two three four five six", one_each, 20) == ("one two three", "four five six")


def test_a_break_after_punctuation_wins_over_even_lines() -> None:
    lines = break_lines("A fox runs home, hungry and cold in the snow", one_each, 32)
    assert lines == ("A fox runs home,", "hungry and cold in the snow")


def test_a_line_does_not_end_with_a_small_word_when_another_break_is_near() -> None:
    lines = break_lines("They walked over the hill to the sea", one_each, 24)
    assert lines is not None
    assert not lines[0].endswith(("the", "to"))


def test_chinese_breaks_between_characters_but_not_before_punctuation() -> None:
    lines = break_lines("巴黎铁塔是法国的标志，也是世界著名的景点。", two_for_wide, 30)
    assert lines == ("巴黎铁塔是法国的标志，", "也是世界著名的景点。")


@pytest.mark.parametrize("text", ["高324米的铁塔很高", "它于1889年建成开放"])
def test_a_number_keeps_its_chinese_unit(text: str) -> None:
    digits = "".join(char for char in text if char.isdigit())
    unit = text[text.index(digits) + len(digits)]
    for width in range(4, 18):
        for line in break_lines(text, two_for_wide, width, max_lines=8) or ():
            if digits in line:
                assert digits + unit in line


def test_a_latin_word_in_chinese_stays_whole() -> None:
    lines = break_lines("他喜欢用Python写程序和画画", two_for_wide, 14)
    assert lines is not None
    assert any("Python" in line for line in lines)


def test_what_does_not_fit_is_refused() -> None:
    assert break_lines("incomprehensibilities are long", one_each, 10) is None


@given(TEXTS, st.integers(min_value=2, max_value=40))
def test_lines_fit_keep_every_character_and_obey_the_rules(text: str, width: int) -> None:
    rules = load_rules()
    lines = break_lines(text, two_for_wide, width, max_lines=4)
    if lines is None:
        return
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        assert two_for_wide(line) <= width
    for before, after in itertools.pairwise(lines):
        assert after[0] not in rules.no_start
        assert before[-1] not in rules.no_end


@given(TEXTS, st.integers(min_value=2, max_value=40))
def test_breaking_anywhere_always_ends_and_loses_nothing(text: str, width: int) -> None:
    lines = break_anywhere(text, two_for_wide, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(two_for_wide(line) <= width or len(line) == 1 for line in lines)


@given(TEXTS.filter(lambda text: len(text.strip()) > 1))
def test_halves_hold_the_whole(text: str) -> None:
    first, second = split_in_two(text)
    assert "".join((first + second).split()) == "".join(text.split())


def test_halves_meet_at_a_sentence_end() -> None:
    assert split_in_two("It was cold. The fox ran home fast.") == ("It was cold.", "The fox ran home fast.")


def test_break_points_are_inside_the_text() -> None:
    assert break_points("ab cd", load_rules()) == (3,)


def test_words_that_come_back_are_not_parted() -> None:
    texts = ["它由设计师埃菲尔于1889年设计", "巴黎铁塔是法国巴黎的标志性建筑，"]
    together = pairs_of_words(texts, ["埃菲尔"])
    assert {"设计", "巴黎", "埃菲", "菲尔"} <= together
    assert "黎的" not in together
    lines = break_lines(texts[0], two_for_wide, 18, together=together)
    assert lines is not None
    assert "埃菲尔" in "".join(line for line in lines if "埃" in line)
    assert break_lines(texts[1], two_for_wide, 20, together=together) == (
        "巴黎铁塔是法国",
        "巴黎的标志性建筑，",
    )


def test_a_page_does_not_part_a_known_word() -> None:
    first, _ = split_in_two("人们喜欢埃菲尔的铁塔", frozenset({"埃菲", "菲尔"}))
    assert first.count("埃") == first.count("尔")


def test_latin_letters_make_no_pairs() -> None:
    assert pairs_of_words(["the fox the fox"], ["fox"]) == frozenset()
