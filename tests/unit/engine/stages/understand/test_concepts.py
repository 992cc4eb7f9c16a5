from __future__ import annotations

from pathlib import Path

import pytest

from engine.contract.errors import CheckpointMissing
from engine.contract.storyboard import Language
from engine.stages.understand.concepts import ConceptIndex, ConceptMatch
from tests.unit.engine.stages.conftest import VOCABULARY

INDEX = ConceptIndex.from_file(VOCABULARY)


@pytest.mark.parametrize(
    ("noun", "concept"),
    [
        ("cat", "cat"),
        ("old oak", "deciduous_tree"),
        ("violins", "violin"),
        ("hot air balloon", "balloon"),
        ("wooden chair", "chair"),
    ],
)
def test_english_nouns_find_their_concept(noun: str, concept: str) -> None:
    match = INDEX.match(noun, Language.ENGLISH, lemmas=noun.removesuffix("s").split())
    assert match.concept == concept
    assert 0.4 <= match.score <= 1.0
    assert match.why


@pytest.mark.parametrize(
    ("noun", "concept"),
    [
        ("小花猫", "cat"),
        ("苹果树", "deciduous_tree"),
        ("火车", "train"),
        ("油纸伞", "umbrella_with_rain_drops"),
    ],
)
def test_chinese_nouns_find_their_concept(noun: str, concept: str) -> None:
    assert INDEX.match(noun, Language.CHINESE).concept == concept


@pytest.mark.parametrize(
    ("noun", "language"),
    [
        ("justice", Language.ENGLISH),
        ("happiness", Language.ENGLISH),
        ("order", Language.ENGLISH),
        ("公平", Language.CHINESE),
        ("qwertyuiop", Language.ENGLISH),
    ],
)
def test_a_wrong_picture_is_worse_than_none(noun: str, language: Language) -> None:
    match = INDEX.match(noun, language, lemmas=(noun,))
    assert (match.concept, match.score) == (None, 0.0)
    assert match.why


def test_a_colour_leads_to_the_thing_in_that_colour() -> None:
    assert INDEX.match("apple", Language.ENGLISH, lemmas=("apple",), colour="green").concept == "green_apple"


def test_faces_never_match_by_their_tags() -> None:
    closed = {"smile", "grin", "laugh", "wink"}
    assert {INDEX.match(word, Language.ENGLISH, lemmas=(word,)).concept for word in closed} == {None}


def test_a_further_matcher_is_asked_last() -> None:
    class Vectors:
        def match(self, text: str, language: Language) -> ConceptMatch | None:
            return ConceptMatch(concept="cat", score=0.5, why=f"{text} in {language}")

    index = ConceptIndex.from_file(VOCABULARY, fallback=Vectors())
    assert index.match("qwertyuiop", Language.ENGLISH, lemmas=("qwertyuiop",)).concept == "cat"
    assert index.match("justice", Language.ENGLISH, lemmas=("justice",)).concept is None
    assert index.match("dog", Language.ENGLISH, lemmas=("dog",)).concept == "dog"


def test_without_a_vocabulary_the_own_tables_still_answer() -> None:
    index = ConceptIndex.from_file(None)
    assert index.known == frozenset()
    assert index.match("cat", Language.ENGLISH, lemmas=("cat",)).concept == "cat"


def test_a_broken_vocabulary_is_named(tmp_path: Path) -> None:
    file = tmp_path / "concepts.json"
    with pytest.raises(CheckpointMissing, match="cannot be read"):
        ConceptIndex.from_file(file)
    file.write_text('[{"id": "cat"}]', encoding="utf-8")
    with pytest.raises(CheckpointMissing):
        ConceptIndex.from_file(file)
