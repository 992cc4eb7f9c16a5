"""The words around what a clip shall show: "make a video of ...", 请生成一个关于……的视频."""

from __future__ import annotations

import re

_POLITE = r"^(?:please\s+)?(?:can you\s+|could you\s+)?(?:please\s+)?"
_FILM = r"(?:video|clip|film|movie|animation|scene|picture|image)"
_COMMAND = re.compile(
    _POLITE
    + r"(?:make|create|generate|render|produce|draw|show|give|animate)\s+(?:me\s+|us\s+)?(?:(?:a|an|the)\s+)?"
    r"(?:\d+[ -]?(?:seconds?|sec|s|minutes?)\s+)?(?:(?:short|nice|funny|little|quick|beautiful|cute)\s+)*"
    + _FILM
    + r"\s+(?:(?:of|about|with|showing|where|on|in which)\s+)?"
    r"|" + _POLITE + r"(?:(?:show|draw|give)\s+(?:me|us)|generate|render|animate)\s+(?:(?:a|an|the)\s+)?"
    r"|^i (?:want|would like|'d like|need)\s+(?:to see\s+)?(?:(?:a|an|the)\s+)?"
    r"(?:" + _FILM + r"\s+(?:of|about|with)\s+)?"
    r"|^(?:请|请你|请帮我|帮我|给我|麻烦)?(?:(?:生成|制作|创作)(?:一个|一段|一张|一条|个|段|一下)?"
    r"|(?:做|画|拍|来)(?:一个|一段|一张|一条|个|段|一下))(?:\d+秒的?)?(?:关于|有关|展示|讲述)?"
    r"|^(?:请|请你|帮我)?(?:用一句话|简单)?(?:介绍|讲讲|说说)(?:一下)?",
    re.IGNORECASE,
)
_COMMAND_END = re.compile(r"的?(?:短?视频|短片|动画|影片|画面|小?视频)[。.！!]?$")
_NOTHING_LEFT = frozenset(
    {"video", "clip", "film", "movie", "animation", "picture", "scene", "it", "视频", "短片", "动画"}
)


def command_spans(text: str) -> tuple[int, int]:
    """Return where the thing that is asked for begins and ends; all of ``text`` when nothing is asked."""
    lead = len(text) - len(text.lstrip())
    opening = _COMMAND.match(text[lead:])
    if opening is None or opening.end() == 0:
        return 0, len(text)
    start = lead + opening.end()
    closing = _COMMAND_END.search(text[start:].rstrip()) if "\n" not in text.strip() else None
    end = start + closing.start() if closing else len(text)
    left = text[start:end].strip(" .。!！")
    return (start, end) if left and left.lower() not in _NOTHING_LEFT else (0, len(text))


def strip_command(text: str) -> str:
    """Return ``text`` without "make a video about ..." around it."""
    start, end = command_spans(text)
    return text[start:end].strip() if (start, end) != (0, len(text)) else text


def blank_command(text: str) -> str:
    """Return ``text`` with the words of a command as spaces; same length."""
    start, end = command_spans(text)
    return " " * start + text[start:end] + " " * (len(text) - end)
