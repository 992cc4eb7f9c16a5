"""Cut a text into sentences, in either language, by its punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

#: Longest sentence, in characters; a text without punctuation is cut at the last blank or comma before it.
MAX_SENTENCE = 400
#: A line shorter than this that ends without punctuation is a line of its own (a list, a poem, a heading).
_SHORT_LINE = 70
#: A full stop after one of these ends no sentence.
_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "st",
        "mt",
        "sr",
        "jr",
        "vs",
        "etc",
        "e.g",
        "i.e",
        "approx",
        "no",
        "fig",
        "ca",
        "dept",
        "gen",
        "col",
        "lt",
        "sgt",
        "capt",
        "rev",
        "hon",
        "inc",
        "ltd",
        "co",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "a.m",
        "p.m",
        "u.s",
        "u.k",
        "d.c",
        "b.c",
        "a.d",
        "ph.d",
        "min",
        "max",
        "est",
        "vol",
        "pp",
    ]
)
_STOP = re.compile(r"[。！？!?…]+[”’」』）)\"'》]*|\.+[\"')\]”’]*(?=\s|$)|；|;(?=\s)")
_CLOSERS = "”’」』）)\"'》]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of the text, in characters."""

    start: int
    end: int


def split_sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences of ``text`` in order, without surrounding blanks; none is empty of words."""
    spans: list[Span] = []
    for block in _blocks(text):
        for span in _split_block(text, block):
            spans.extend(_cut_long(text, span))
    return tuple(span for span in spans if any(char.isalnum() for char in text[span.start : span.end]))


def trimmed(text: str, start: int, end: int) -> Span:
    """Return the span without blanks at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start=start, end=end)


def _blocks(text: str) -> Iterator[Span]:
    """Yield paragraphs, list items and lines of verse; lines that are wrapped prose stay together."""
    start = 0
    for match in re.finditer(r"\n", text):
        here = match.start()
        line = text[text.rfind("\n", 0, here) + 1 : here].strip()
        following = text[here + 1 : here + 400].split("\n", 1)[0].strip()
        wrapped = len(line) >= _SHORT_LINE and following and line[-1] not in ".!?。！？:：;；…"
        if not wrapped:
            yield Span(start=start, end=here)
            start = here + 1
    yield Span(start=start, end=len(text))


def _split_block(text: str, block: Span) -> Iterator[Span]:
    start = block.start
    for match in _STOP.finditer(text, block.start, block.end):
        if _ends_sentence(text, match, block.end):
            yield trimmed(text, start, match.end())
            start = match.end()
    yield trimmed(text, start, block.end)


def _ends_sentence(text: str, match: re.Match[str], block_end: int) -> bool:
    if match.group()[0] in "；;":
        return match.start() - text.rfind("\n", 0, match.start()) > 12
    following = text[match.end() : block_end].lstrip()
    if match.group().startswith("."):
        before = re.split(r"[\s(（“\"]", text[max(0, match.start() - 12) : match.start()])[-1]
        known = before.lower() in _ABBREVIATIONS
        initial = len(before) == 1 and before.isupper() and before != "I"
        number = before.isdigit() and len(before) < 3 and _starts_line(text, match.start() - len(before))
        if match.group() == "." and (known or initial or number) and following:
            return before.lower() in {"etc", "a.m", "p.m"} and following[0].isupper()
        return not following or not following[0].islower()
    return not (following and following[0] in _CLOSERS + "，,、")


def _starts_line(text: str, position: int) -> bool:
    return text[text.rfind("\n", 0, position) + 1 : position].strip() == ""


def _cut_long(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    while span.end - start > MAX_SENTENCE:
        window = text[start : start + MAX_SENTENCE]
        cut = max(window.rfind(mark, MAX_SENTENCE // 3) for mark in ("，", ", ", "、", " "))
        cut = start + (cut + 1 if cut > 0 else MAX_SENTENCE)
        yield trimmed(text, start, cut)
        start = cut
    yield trimmed(text, start, span.end)
