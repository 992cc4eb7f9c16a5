"""Where a line may break, in English and Chinese, and where it should: pure functions over strings.

The rules are those of JIS X 4051 and GB/T 15834 in short: closing punctuation never begins a line, opening
punctuation never ends one, a Latin word or number stays whole, and a number keeps its Chinese unit.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

#: Width of a piece of text, in px.
Measure = Callable[[str], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Tables of characters and words, from typography.json."""

    #: Characters that never begin a line.
    no_start: frozenset[str]
    #: Characters that never end a line.
    no_end: frozenset[str]
    #: Characters after which a thought pauses.
    clause_ends: frozenset[str]
    #: Characters after which a sentence is over.
    sentence_ends: frozenset[str]
    #: Characters after which a Latin word may break.
    hyphens: frozenset[str]
    #: English words that look lost at the end of a line.
    weak_line_ends: frozenset[str]
    #: Chinese characters that look lost at the start of a line.
    weak_line_starts: frozenset[str]


@cache
def load_rules() -> Rules:
    """Read typography.json, which lies beside this file."""
    table = json.loads((files("engine.compositing") / "typography.json").read_text(encoding="utf-8"))
    return Rules(**{name: frozenset(value) for name, value in table.items()})


def is_wide(char: str) -> bool:
    """Tell whether ``char`` is an ideograph, kana or full-width sign, which needs no space to break."""
    return unicodedata.east_asian_width(char) in ("W", "F")


def may_break(before: str, after: str, rules: Rules) -> bool:
    """Tell whether a line may end between two neighbouring characters."""
    if after.isspace() or after in rules.no_start or before in rules.no_end:
        return False
    if before.isspace():
        return True
    if before in rules.hyphens:
        return after.isalpha()
    if before.isdigit() and is_wide(after):
        return False
    return is_wide(before) or is_wide(after)


def break_points(text: str, rules: Rules) -> tuple[int, ...]:
    """Return the indices at which a line of ``text`` may begin, in order."""
    return tuple(i for i in range(1, len(text)) if may_break(text[i - 1], text[i], rules))


def pairs_of_words(texts: Iterable[str], known: Iterable[str]) -> frozenset[str]:
    """Return pairs of ideographs that a break had better not part, for texts without spaces.

    Those of ``known`` words (names, subjects), and those that the texts use more than once: what comes back
    is mostly a word. The contract carries no borders of words, so this is a guess that costs nothing.
    """
    weak = load_rules().weak_line_starts
    seen = Counter(pair for text in texts for pair in _ideograph_pairs(text))
    repeated = {pair for pair, times in seen.items() if times > 1 and not weak.intersection(pair)}
    return frozenset(repeated.union(*(set(_ideograph_pairs(word)) for word in known)))


def _ideograph_pairs(text: str) -> Iterator[str]:
    return (a + b for a, b in pairwise(text) if a.isalpha() and b.isalpha() and is_wide(a) and is_wide(b))


def break_cost(text: str, index: int, rules: Rules, together: frozenset[str] = frozenset()) -> float:
    """Return how bad a break at ``index`` reads, from 0 (after punctuation); 1 is as a line left empty.

    ``together``: pairs of characters that had better stay in one line.
    """
    if text[index - 1 : index + 1] in together:
        return 0.8
    head, tail = text[:index].rstrip(), text[index:].lstrip()
    if head and head[-1] in rules.clause_ends:
        return 0.0
    last_word = head.rsplit(" ", 1)[-1].lower()
    if last_word in rules.weak_line_ends:
        return 0.60
    if tail and tail[0] in rules.weak_line_starts:
        return 0.65
    return 0.34


def break_lines(
    text: str,
    measure: Measure,
    width_px: float,
    *,
    max_lines: int = 2,
    together: frozenset[str] = frozenset(),
) -> tuple[str, ...] | None:
    """Set ``text`` in at most ``max_lines`` balanced lines of ``width_px``; None when it does not fit.

    The fewest lines win; among breaks into two, the most even one that reads well.
    """
    rules = load_rules()
    text = text.strip()
    if measure(text) <= width_px:
        return (text,)
    if max_lines < 2:
        return None
    best: tuple[float, tuple[str, ...]] | None = None
    for index in break_points(text, rules):
        head = text[:index].rstrip()
        first = measure(head)
        if first > width_px:
            break
        rest = break_lines(text[index:], measure, width_px, max_lines=max_lines - 1, together=together)
        if rest is None:
            continue
        longest = max(first, *(measure(line) for line in rest))
        shortest = min(first, *(measure(line) for line in rest))
        cost = (longest - shortest) / width_px + break_cost(text, index, rules, together) + 2.0 * len(rest)
        if best is None or cost < best[0]:
            best = (cost, (head, *rest))
    return None if best is None else best[1]


def break_anywhere(text: str, measure: Measure, width_px: float) -> tuple[str, ...]:
    """Set ``text`` in as many lines as it needs, splitting words that are wider than a line."""
    lines: list[str] = []
    rest = text.strip()
    while rest:
        fitting = _longest_head(rest, measure, width_px)
        points = [i for i in break_points(rest, load_rules()) if i <= fitting]
        cut = len(rest) if fitting >= len(rest) else (points[-1] if points else fitting)
        lines.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return tuple(lines)


def _longest_head(text: str, measure: Measure, width_px: float) -> int:
    """Return how many characters of ``text`` fit in a line, at least one."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(text[:middle].rstrip()) <= width_px:
            low = middle
        else:
            high = middle - 1
    return low


def split_in_two(text: str, together: frozenset[str] = frozenset()) -> tuple[str, str]:
    """Cut ``text`` into two parts of about equal length, best at the end of a sentence or clause."""
    rules = load_rules()
    points = break_points(text, rules) or (max(1, len(text) // 2),)

    def cost(index: int) -> float:
        before = text[:index].rstrip()[-1:]
        pause = 0.0 if before in rules.sentence_ends else 0.08 if before in rules.clause_ends else 0.4
        parted = 0.3 if text[index - 1 : index + 1] in together else 0.0
        return abs(index / len(text) - 0.5) + pause + parted

    index = min(points, key=cost)
    return text[:index].strip(), text[index:].strip()
