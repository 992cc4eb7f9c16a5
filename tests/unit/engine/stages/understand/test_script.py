from __future__ import annotations

import pytest

from engine.contract.request import LanguageChoice
from engine.contract.storyboard import Language
from engine.stages.understand.script import find_language, is_chinese, simplified


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("a cat in space", Language.ENGLISH),
        ("一只猫在太空里", Language.CHINESE),
        ("我用iPhone拍了New York的照片", Language.CHINESE),
        ("The word 猫 means cat in Chinese", Language.ENGLISH),
        ("東京鐵塔是日本的地標", Language.CHINESE),
    ],
)
def test_scripts_tell_the_language(text: str, language: Language) -> None:
    finding = find_language(text)
    assert finding.language is language
    assert finding.readable
    assert finding.notes == ()
    assert is_chinese(text) is (language is Language.CHINESE)


def test_a_requester_may_choose() -> None:
    assert find_language("a cat", LanguageChoice.CHINESE).language is Language.CHINESE


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Le chat noir dort tranquillement sur le toit de la maison", "French"),
        ("Der alte Mann geht jeden Abend mit seinem Hund durch den Wald", "German"),
        ("これはとても美しい猫です", "Japanese"),
    ],
)
def test_other_languages_are_named(text: str, name: str) -> None:
    finding = find_language(text)
    assert name in finding.notes[0]
    assert finding.readable


def test_a_text_without_latin_or_chinese_letters_cannot_be_read() -> None:
    assert not find_language("Привет, мир").readable
    assert not find_language("مرحبا بالعالم").readable


def test_simplifying_keeps_the_length() -> None:
    assert simplified("東京鐵塔與長城") == "东京铁塔与长城"
