from __future__ import annotations

import string
import typing

import pytest

from bot.replies import Phrasebook, Replies, bar, grouped_entities, size_text
from engine.contract.errors import InvalidOption, error_classes
from engine.contract.events import AnyJobEvent, Stage
from engine.contract.job import JobStatus
from engine.contract.quota import QuotaScope, QuotaWindow
from engine.contract.storyboard import Branch, EntityKind, Mood

BOOK = Phrasebook("en")
ENGLISH, CHINESE = BOOK.replies("en"), BOOK.replies("zh-Hans-CN")
BOTH = pytest.mark.parametrize("said", [ENGLISH, CHINESE], ids=["en", "zh"])


def names(entry: object) -> set[str]:
    """The {names} of an entry, in all its plural forms."""
    texts = [entry] if isinstance(entry, str) else list(typing.cast("dict[str, str]", entry).values())
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}


@BOTH
def test_every_error_event_stage_and_word_has_a_sentence_and_no_other_has(said: Replies) -> None:
    assert set(said.tables["errors"]) == {cls.code for cls in error_classes()}
    assert set(said.tables["events"]) == {cls.__name__ for cls in typing.get_args(AnyJobEvent)}
    assert set(said.tables["stages"]) == {str(stage) for stage in Stage}
    assert set(said.tables["kinds"]) == {str(kind) for kind in EntityKind}
    assert set(said.tables["moods"]) == {str(mood) for mood in Mood}
    assert set(said.tables["branches"]) == {str(branch) for branch in Branch}
    assert set(said.tables["scopes"]) == {str(scope) for scope in QuotaScope}
    assert set(said.tables["periods"]) == {str(window) for window in QuotaWindow}
    assert set(said.tables["windows"]) == {str(window) for window in QuotaWindow}
    assert {"cancel", "again", "longer", "shorter"} == set(said.tables["buttons"])
    assert {f"status_{status}" for status in JobStatus} <= set(said.tables["sentences"])


def test_both_languages_have_the_same_entries_with_the_same_names() -> None:
    assert ENGLISH.tables.keys() == CHINESE.tables.keys()
    for table, entries in ENGLISH.tables.items():
        assert entries.keys() == CHINESE.tables[table].keys(), table
        for key, entry in entries.items():
            other = CHINESE.tables[table][key]
            assert names(entry) - {"count"} == names(other) - {"count"}, f"{table}.{key}"


def test_a_locale_finds_its_language_and_an_unknown_one_the_default() -> None:
    assert BOOK.replies("zh_TW").language == "zh"
    assert BOOK.replies("EN-gb").language == "en"
    assert BOOK.replies("fr").language == "en"
    assert Phrasebook("zh").replies("").language == "zh"


def test_plural_forms() -> None:
    assert ENGLISH.event("JobQueued", count=1) == "Queued: yours is next."
    assert ENGLISH.event("JobQueued", count=3) == "Queued: number 3 in the line."
    assert ENGLISH.say("scenes_title", count=1) == "1 scene"
    assert CHINESE.say("scenes_title", count=1) == "1 个场景"


def test_a_detail_is_given_where_it_says_more() -> None:
    plain = ENGLISH.error("invalid_option")
    assert plain == "An option is not valid."
    assert ENGLISH.error("invalid_option", InvalidOption().message) == plain
    assert ENGLISH.error("invalid_option", "style must be a name.") == f"{plain} (style must be a name.)"
    assert ENGLISH.error("invalid_option", "Choose another style.") == "Choose another style."
    assert CHINESE.error("invalid_option", "Choose it.") == "有一个选项无效。 (Choose it.)"
    assert ENGLISH.failure(InvalidOption()) == plain


def test_a_code_of_a_newer_engine_still_makes_a_sentence() -> None:
    assert ENGLISH.error("from_the_future", "The moon is full.") == "The moon is full."
    assert ENGLISH.error("from_the_future").startswith("Something went wrong")


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.2, "1 s"), (7.4, "7 s"), (41, "45 s"), (60, "1 min 0 s"), (155, "2 min 30 s")]
)
def test_durations(seconds: float, text: str) -> None:
    assert ENGLISH.duration(seconds) == text


def test_small_helpers() -> None:
    assert bar(0.5, 4) == "██░░"
    assert bar(-1, 3) == "░░░"
    assert bar(2, 3) == "███"
    assert (size_text(2_345_678), size_text(4_200)) == ("2.3 MB", "4 kB")
    lines = ("PLACE: Paris", "DATE: 1889", "PLACE: Paris", "PLACE: France", "odd")
    assert grouped_entities(lines) == {"PLACE": ["Paris", "France"], "DATE": ["1889"], "odd": [""]}
