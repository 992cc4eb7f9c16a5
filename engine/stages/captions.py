"""Cut sentences into pieces that fit under a picture. Every piece is the user's own words."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import pairwise

from engine.contract.storyboard import Language
from engine.stages.understand.cleaning import readable

#: Longest caption: about two lines at 720p.
MAX_HAN = 38
MAX_LATIN = 84
#: A piece shorter than this is joined to its neighbour.
MIN_HAN = 5
MIN_LATIN = 18
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\u3000-\u303f\uff00-\uffef]")
#: Where a long sentence may be cut, the cut falling after the match.
_CLAUSE = re.compile(
    r"[，；：、—…]+|(?<=[\w”’\")]),\s|[;:]\s|\s[-–—]\s|(?<=\w)\s(?=(?:and|but|or|while|when|which|who|because|so|then|that|where|before|after|until|with|for|as)\s)"
)
#: Smallest part that a data shot may be given of a sentence, in captions: 4 Chinese characters, 17 others.
_LEAST_PART = {Language.CHINESE: 0.1, Language.ENGLISH: 0.2}
_BEFORE_PREPOSITION = re.compile(
    r" (?=(?:in|at|on|to|from|with|for|by|near|around|through|over|under|into|across|during|as|like|than)\b)"
)
_TRAILING = " \t\n，、；：,;:—–-"
#: Words at the start of an English piece that only tie it to the one before.
_LEADING = re.compile(r"^(?:[，、；：,;:—–\-\s]+)")


def width(text: str) -> float:
    """Return the room that ``text`` takes as a share of a full caption: 1.0 is two full lines."""
    han = len(_HAN.findall(text))
    return han / MAX_HAN + (len(text) - han) / MAX_LATIN


def reading_seconds(text: str) -> float:
    """Return the seconds to read ``text``: 4.5 Chinese characters or 14 others a second."""
    han = len(_HAN.findall(text))
    return han / 4.5 + (len(text) - han) / 14.0


def tidy(text: str) -> str:
    """Return ``text`` without links, markup, emoji and needless blanks."""
    text = re.sub(r"\s+", " ", readable(text)).strip()
    text = re.sub(r"\s+([,.;:!?，。；：！？、)\]])", r"\1", text)
    text = re.sub(r"[(（\[【]\s*[)）\]】]", "", text)
    text = re.sub(r"^[0-9]{1,2}[.)、]\s+(?=\S)", "", text)
    return re.sub(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])", "", text).strip()


def split_caption(sentence: str) -> tuple[str, ...]:
    """Cut a tidy sentence into pieces of at most one caption each; nothing is lost but marks at the cuts."""
    if width(sentence) <= 1.0:
        return (sentence,) if sentence else ()
    total = width(sentence)
    share = min(1.0, 1.2 * total / math.ceil(total))
    pieces: list[str] = []
    for clause in _clauses(sentence):
        if pieces and width(pieces[-1] + clause) <= share:
            pieces[-1] += clause
        else:
            pieces.extend(_hard_cut(clause))
    balanced = _balanced(pieces)
    return tuple(
        piece for piece in (trim(piece) for piece in balanced) if any(char.isalnum() for char in piece)
    )


def trim(piece: str) -> str:
    """Return a piece without the marks at its ends that only joined it to its neighbours."""
    return _LEADING.sub("", piece).rstrip(_TRAILING).strip()


def split_for_data(sentence: str, cuts: tuple[str, ...], language: Language) -> tuple[str, ...]:
    """Cut a sentence where a clause ends between two of the words in ``cuts``.

    Every piece keeps words of its own: a bare year is none.
    """
    positions = sorted(sentence.find(word) for word in cuts if word in sentence)
    pieces: list[str] = []
    start = 0
    pattern = _CLAUSE if language is Language.ENGLISH else re.compile(r"[，；]")
    for here, following in pairwise(positions):
        for match in reversed(list(pattern.finditer(sentence, max(here, start), following))):
            parts = (sentence[start : match.end()], sentence[match.end() :])
            if all(width(part) >= _LEAST_PART[language] and _says_more(part, cuts) for part in parts):
                pieces.append(trim(parts[0]))
                start = match.end()
                break
    pieces.append(trim(sentence[start:]))
    return tuple(piece for piece in pieces if piece)


def _says_more(part: str, cuts: tuple[str, ...]) -> bool:
    """Whether anything is left of ``part`` without the words that are shown as data."""
    for word in sorted(cuts, key=len, reverse=True):
        part = part.replace(word, "")
    return any(char.isalnum() for char in part)


def _clauses(sentence: str) -> Iterator[str]:
    start = 0
    for match in _CLAUSE.finditer(sentence):
        yield sentence[start : match.end()]
        start = match.end()
    if start < len(sentence):
        yield sentence[start:]


def _hard_cut(clause: str) -> Iterator[str]:
    """Cut a clause that is too long into even parts, before a preposition where there is one."""
    parts = math.ceil(width(clause))
    while width(clause) > 1.0:
        share = min(1.0, width(clause) / parts + 0.12)
        parts = max(1, parts - 1)
        limit = next(i for i in range(1, len(clause) + 1) if width(clause[:i]) > share) - 1
        good = [match.start() for match in _BEFORE_PREPOSITION.finditer(clause, limit // 2, limit + 1)]
        blank = good[-1] if good else clause.rfind(" ", limit // 2, limit + 1)
        cut = blank + 1 if blank > 0 else limit
        yield clause[:cut]
        clause = clause[cut:]
    if clause:
        yield clause


def _balanced(pieces: list[str]) -> list[str]:
    """Join very short pieces to a neighbour that has room."""
    result: list[str] = []
    for piece in pieces:
        tiny = width(piece) < min(MIN_HAN / MAX_HAN, MIN_LATIN / MAX_LATIN)
        last_tiny = result and width(result[-1]) < min(MIN_HAN / MAX_HAN, MIN_LATIN / MAX_LATIN)
        if result and (tiny or last_tiny) and width(result[-1] + piece) <= 1.05:
            result[-1] += piece
        else:
            result.append(piece)
    return result
