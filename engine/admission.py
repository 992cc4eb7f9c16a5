"""What the engine takes in: a request is checked and cleaned before anything is charged or stored."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import replace

from engine.contract.errors import EmptyPrompt, InvalidOption, NoWords, PromptTooLong
from engine.contract.request import MAX_TEXT_CHARACTERS, ClipOptions, ClipRequest
from engine.settings import ClipSettings

#: The smallest picture that captions can be read in, in px.
MIN_HEIGHT_PX = 144
#: Below this no clip of the shortest length fits, in bytes.
MIN_BYTES = 50_000
#: SQLite and numpy both take seeds up to here.
MAX_SEED = 2**63 - 1
MAX_KEY_CHARACTERS = 300

_STYLE = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


def clean_text(text: str) -> str:
    """Return ``text`` without outer space, with control characters (but line breaks and tabs) as spaces.

    Raises EmptyPrompt, PromptTooLong (counted after cleaning) or NoWords when no letter or ideograph is
    left to show.
    """
    cleaned = "".join(_clean_character(char) for char in text).strip()
    if not cleaned:
        raise EmptyPrompt
    if len(cleaned) > MAX_TEXT_CHARACTERS:
        raise PromptTooLong(
            f"The text has {len(cleaned):,} characters and at most {MAX_TEXT_CHARACTERS:,} are taken. "
            "Shorten it or split it into several clips."
        )
    if not any(char.isalpha() for char in cleaned):
        raise NoWords
    return cleaned


def check_request(request: ClipRequest, clip: ClipSettings) -> ClipRequest:
    """Return ``request`` with its text cleaned; raise a RequestError that names what is wrong."""
    _check_options(request.options, clip)
    if request.seed is not None and not 0 <= request.seed <= MAX_SEED:
        raise InvalidOption(f"seed must be 0 to {MAX_SEED}, not {request.seed}.")
    if request.max_bytes is not None and request.max_bytes < MIN_BYTES:
        raise InvalidOption(f"max_bytes must be at least {MIN_BYTES:,}, not {request.max_bytes:,}.")
    if request.background_upload is not None:
        raise InvalidOption("Background uploads are not taken yet.")
    if not 0 < len(request.idempotency_key) <= MAX_KEY_CHARACTERS:
        raise InvalidOption(f"idempotency_key must have 1 to {MAX_KEY_CHARACTERS} characters.")
    if not request.requester.platform or not request.requester.user_id:
        raise InvalidOption("requester needs a platform and a user_id.")
    return replace(request, text=clean_text(request.text))


def _clean_character(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cs":  # half of a pair: no UTF-8 can hold it
        return "\ufffd"
    return " " if category == "Cc" and char not in "\n\t" else char


def _check_options(options: ClipOptions, clip: ClipSettings) -> None:
    seconds = options.seconds
    if seconds is not None and not (
        math.isfinite(seconds) and clip.min_seconds <= seconds <= clip.max_seconds
    ):
        raise InvalidOption(f"seconds must be {clip.min_seconds:g} to {clip.max_seconds:g}, not {seconds:g}.")
    if not MIN_HEIGHT_PX <= options.height_px <= clip.max_height_px:
        raise InvalidOption(
            f"height must be {MIN_HEIGHT_PX} to {clip.max_height_px} px, not {options.height_px}."
        )
    if not _STYLE.fullmatch(options.style):
        raise InvalidOption(f"style must be a name in lower case, not {options.style[:40]!r}.")
