"""Blank out what is no prose, without moving a single character.

Every function returns a text of the same length as its input, so offsets keep their meaning.
"""

from __future__ import annotations

import re
import unicodedata

#: Whole spans that are never read: links, addresses, code, tags, shortcodes, mentions of chat networks.
_NOISE = re.compile(
    r"```.*?(?:```|\Z)"
    r"|`[^`\n]{1,200}`"
    r"|\bhttps?://[^\s<>\"'）)，。；、】]+"
    r"|\bwww\.[^\s<>\"'）)，。；、】]+"
    r"|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"
    r"|<!--.*?-->"
    r"|</?[A-Za-z][^<>]{0,300}>"
    r"|<[@#:][^<>\s]{1,60}>"
    r"|&(?:[a-z]{2,8}|#\d{1,6});"
    r"|!\[[^\]\n]{0,200}\](?=\()",
    re.DOTALL | re.ASCII,
)
#: Marks of Markdown and the like at the start of a line, and emphasis anywhere.
_MARKUP = re.compile(r"(?m)^[ \t]*(?:#{1,6}(?=\s)|>+|[-*+•·](?=\s)|\|)|\*{1,3}|~~|_{2,}|(?<!\w)_|_(?!\w)")
_ZERO_WIDTH_JOINER = "\u200d"


def readable(text: str) -> str:
    """Return ``text`` with links, code, tags, emoji and control characters as spaces; same length."""
    text = _NOISE.sub(_blank, text)
    text = _MARKUP.sub(_blank, text)
    return "".join(map(_character, text))


def has_words(text: str) -> bool:
    """Whether any letter or digit of any script is left."""
    return any(char.isalnum() for char in text)


def calmed(text: str) -> str:
    """Return an all-capitals text in lower case but for word beginnings, so that the models can read it."""
    letters = [char for char in text if char.isalpha() and char.lower() != char.upper()]
    if len(letters) < 12 or sum(char.isupper() for char in letters) < 0.8 * len(letters):
        return text
    lowered = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    return re.sub(r"(?:^|[.!?]\s+)[a-z]", lambda match: match.group().upper(), lowered)


def _blank(match: re.Match[str]) -> str:
    return "".join("\n" if char == "\n" else " " for char in match.group())


def _character(char: str) -> str:
    if char in "\n\t":
        return char
    category = unicodedata.category(char)
    if category in {"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp", "Zs"}:
        return "\n" if category in {"Zl", "Zp"} else " "
    if category in {"So", "Sk"} and char not in "°℃℉№™®©":
        return " "
    if "\ufe00" <= char <= "\ufe0f" or char == _ZERO_WIDTH_JOINER:
        return " "
    return char
