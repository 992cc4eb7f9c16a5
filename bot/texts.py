"""Pure checks on what a person typed, before anything is sent to the engine."""

from __future__ import annotations

import re
import unicodedata

from engine.contract.errors import EmptyPrompt, NoWords, PromptTooLong
from engine.contract.request import MAX_TEXT_CHARACTERS

#: Marks that turn the direction of what follows; in a log line or caption they only confuse.
_DIRECTION_MARKS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_KEPT_CONTROLS = frozenset("\n\t")


def strip_controls(text: str) -> str:
    """Replace every control character and direction mark with one space.

    The length stays as it was, so that positions in the result are positions in ``text``. Halves of
    surrogate pairs (bytes that were no UTF-8) become U+FFFD.
    """
    text = _SURROGATES.sub("\ufffd", _DIRECTION_MARKS.sub(" ", text))
    return "".join(
        " " if unicodedata.category(char) == "Cc" and char not in _KEPT_CONTROLS else char for char in text
    )


def check_text(text: str) -> str:
    """Return ``text`` without control characters; raise EmptyPrompt, NoWords or PromptTooLong.

    A text has words when it has one letter or ideograph of any script: emoji, digits and punctuation
    alone are none. Outer space does not count towards the length.
    """
    cleaned = strip_controls(text)
    length = len(cleaned.strip())
    if not length:
        raise EmptyPrompt
    if length > MAX_TEXT_CHARACTERS:
        raise PromptTooLong(
            f"The text has {length:,} characters and at most {MAX_TEXT_CHARACTERS:,} are taken. "
            "Shorten it or split it into several clips."
        )
    if not any(char.isalpha() for char in cleaned):
        raise NoWords
    return cleaned
