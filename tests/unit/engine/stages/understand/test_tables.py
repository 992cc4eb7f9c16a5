"""The data files hold what the code expects of them."""

from __future__ import annotations

import json
import tomllib

import pytest

from engine.contract.storyboard import Action, EntityKind, Hour, Language, Mood, Place, Weather
from engine.stages.understand.concepts import AbstractNouns
from engine.stages.understand.cues import MoodFinder, SettingFinder
from engine.stages.understand.gazetteer import DATA, Gazetteer, read_rows
from engine.stages.understand.nouns import VerbTable
from engine.stages.understand.people import PeopleTable
from tests.unit.engine.stages.conftest import VOCABULARY

GAZETTEER = Gazetteer.load()
COLUMNS = {
    "landmarks.tsv": 5,
    "geography.tsv": 4,
    "people.tsv": 4,
    "events.tsv": 3,
    "synonyms.tsv": 3,
    "persons.tsv": 2,
    "organizations.tsv": 2,
    "countries.tsv": 3,
    "places.tsv": 4,
}
CONCEPT_COLUMN = {"synonyms.tsv": 0, "people.tsv": 2, "events.tsv": 2, "landmarks.tsv": 4}


@pytest.mark.parametrize("name", COLUMNS)
def test_every_row_has_its_columns(name: str) -> None:
    assert {len(row) for row in read_rows(DATA / name)} == {COLUMNS[name]}


@pytest.mark.parametrize("name", CONCEPT_COLUMN)
def test_every_concept_of_a_table_can_be_drawn(name: str) -> None:
    known = {row["id"] for row in json.loads(VOCABULARY.read_text(encoding="utf-8"))}
    named = {row[CONCEPT_COLUMN[name]] for row in read_rows(DATA / name)} - {""}
    assert named - known == set()


def test_there_are_enough_landmarks() -> None:
    rows = list(read_rows(DATA / "landmarks.tsv"))
    assert len(rows) >= 300
    assert all(row[0] and row[1] and row[2] for row in rows)


def test_the_place_table_stays_small() -> None:
    assert (DATA / "places.tsv").stat().st_size < 600_000
    assert "CC BY 4.0" in (DATA / "places.tsv").read_text("utf-8") or "Attribution 4.0" in (
        DATA / "places.tsv"
    ).read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "language", "kind", "country"),
    [
        ("Eiffel Tower", Language.ENGLISH, EntityKind.LANDMARK, "FR"),
        ("长城", Language.CHINESE, EntityKind.LANDMARK, "CN"),
        ("France", Language.ENGLISH, EntityKind.COUNTRY, "FR"),
        ("法国", Language.CHINESE, EntityKind.COUNTRY, "FR"),
        ("亚洲", Language.CHINESE, EntityKind.PLACE, ""),
        ("Mars", Language.ENGLISH, EntityKind.PLACE, ""),
        ("杭州市", Language.CHINESE, EntityKind.PLACE, "CN"),
        ("Cape Town", Language.ENGLISH, EntityKind.PLACE, "ZA"),
        ("春节", Language.CHINESE, EntityKind.EVENT, ""),
        ("联合国", Language.CHINESE, EntityKind.ORGANIZATION, ""),
        ("秦始皇", Language.CHINESE, EntityKind.PERSON, ""),
    ],
)
def test_names_are_known(name: str, language: Language, kind: EntityKind, country: str) -> None:
    entry = GAZETTEER.lookup(name, language)
    assert entry is not None
    assert (entry.kind, entry.country) == (kind, country)


def test_the_longest_name_wins_and_parts_of_words_do_not_count() -> None:
    text = "The Golden Gate Bridge, not a Parisian or Chinatown"
    hits = GAZETTEER.find(text, 0, len(text), Language.ENGLISH)
    assert [text[hit.start : hit.end] for hit in hits] == ["Golden Gate Bridge"]


def test_roles_are_known_in_both_languages() -> None:
    people = PeopleTable.load()
    for word, language in (
        ("tourist", Language.ENGLISH),
        ("游客", Language.CHINESE),
        ("孩子们", Language.CHINESE),
    ):
        role = people.role(word, language)
        assert role is not None
        assert role.telling
    assert people.role("volcanologist", Language.ENGLISH) is not None
    assert people.role("地质学家", Language.CHINESE) is not None
    assert people.role("我们", Language.CHINESE) is None
    assert people.role("机器人", Language.CHINESE) is None


def test_verbs_name_actions() -> None:
    verbs = VerbTable.load()
    assert verbs.action("climb", Language.ENGLISH) is Action.RISE
    assert verbs.action("飞过", Language.CHINESE) is Action.FLY
    assert verbs.action("believe", Language.ENGLISH) is Action.STAND
    assert not verbs.can_be_seen("认为", Language.CHINESE)


def test_cue_tables_cover_every_setting_and_mood() -> None:
    settings = tomllib.loads((DATA / "settings.toml").read_text("utf-8"))
    assert set(settings["place"]) == {place.value for place in Place}
    assert set(settings["hour"]) == {hour.value for hour in Hour}
    assert set(settings["weather"]) == {weather.value for weather in Weather}
    moods = tomllib.loads((DATA / "moods.toml").read_text("utf-8"))
    assert set(moods["cue"]) == {mood.value for mood in Mood}
    assert SettingFinder.load() is not None
    assert MoodFinder.load() is not None


def test_abstract_nouns_are_told_from_things() -> None:
    nouns = AbstractNouns.load()
    assert all(
        nouns.contains(word, Language.ENGLISH) for word in ("happiness", "justice", "capitalism", "idea")
    )
    assert not any(nouns.contains(word, Language.ENGLISH) for word in ("cat", "city", "monument", "station"))
    assert nouns.contains("公平", Language.CHINESE)
    assert not nouns.contains("火车", Language.CHINESE)
