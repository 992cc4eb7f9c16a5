from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from engine.admission import check_request, clean_text
from engine.contract.errors import EmptyPrompt, InvalidOption, NoWords, PromptTooLong, RequestError
from engine.contract.request import MAX_TEXT_CHARACTERS, ClipOptions, Requester
from engine.settings import load_settings
from tests.fakes import values

CLIP = load_settings().clip


@pytest.mark.parametrize("text", ["", "   ", "\n\t\r", "\x00\x07"])
def test_nothing_is_refused(text: str) -> None:
    with pytest.raises(EmptyPrompt):
        clean_text(text)


@pytest.mark.parametrize("text", ["🎉🎉", "1889", "?!...", "— 12,5 %"])
def test_a_text_without_words_is_refused(text: str) -> None:
    with pytest.raises(NoWords):
        clean_text(text)


def test_the_limit_is_counted_in_characters() -> None:
    assert clean_text("  " + "字" * MAX_TEXT_CHARACTERS + "\n") == "字" * MAX_TEXT_CHARACTERS
    with pytest.raises(PromptTooLong, match="100,000 characters"):
        clean_text("a" * 100_000)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  A fox.  ", "A fox."),
        ("A\x00fox\x1b[31m.", "A fox [31m."),
        ("first\nsecond\tthird", "first\nsecond\tthird"),
        ("مرحبا بالعالم", "مرحبا بالعالم"),
        ("a \ud83d b", "a \ufffd b"),
    ],
)
def test_a_text_is_cleaned(text: str, expected: str) -> None:
    assert clean_text(text) == expected


@given(some.text())
def test_a_clean_text_can_be_stored_and_stays_clean(text: str) -> None:
    try:
        cleaned = clean_text(text)
    except RequestError:
        return
    assert clean_text(cleaned) == cleaned
    assert cleaned.encode("utf-8")
    assert "\x00" not in cleaned


def test_a_good_request_passes_with_its_text_cleaned() -> None:
    asked = values.request(text="  A fox. ", seed=0, max_bytes=10_000_000)
    assert check_request(asked, CLIP) == values.request(text="A fox.", seed=0, max_bytes=10_000_000)


@pytest.mark.parametrize(
    "options",
    [
        {"seconds": 1.0},
        {"seconds": CLIP.max_seconds + 0.1},
        {"seconds": float("nan")},
        {"seconds": float("inf")},
        {"height_px": 90},
        {"height_px": CLIP.max_height_px + 1},
        {"style": "../../etc/passwd"},
        {"style": ""},
    ],
)
def test_an_option_out_of_range_is_refused(options: dict[str, Any]) -> None:
    with pytest.raises(InvalidOption, match=f"{next(iter(options)).removesuffix('_px')} must be"):
        check_request(values.request(options=ClipOptions(**options)), CLIP)


@pytest.mark.parametrize(
    "changes",
    [
        {"seed": -1},
        {"seed": 2**63},
        {"max_bytes": 1000},
        {"idempotency_key": ""},
        {"idempotency_key": "k" * 301},
        {"background_upload": "upload-1"},
        {"requester": Requester(platform="", user_id="7")},
    ],
)
def test_a_field_out_of_range_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(InvalidOption):
        check_request(values.request(**changes), CLIP)
