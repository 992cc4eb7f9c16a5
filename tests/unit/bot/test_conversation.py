from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.base import Limits, Verb
from bot.conversation import (
    AskCancel,
    AskQuota,
    AskStatus,
    Help,
    Ignore,
    Intent,
    Refuse,
    Render,
    Repeat,
    read,
    repeated,
)
from engine.contract.errors import EmptyPrompt, NoWords, PromptTooLong
from engine.contract.request import ClipOptions
from tests.fakes import values
from tests.fakes.scripted_adapter import message

LIMITS = Limits(max_bytes=1_000, edit_interval_s=1.0, max_characters=100, addresses_last=True)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("/help", Help()),
        ("/start", Help()),
        ("/quota", AskQuota()),
        ("/dance", Help()),
        ("/status abc", AskStatus(job_id="abc")),
        ("/show  abc  def", AskStatus(job_id="abc")),
        ("/status", AskStatus(job_id=None)),
        ("/CANCEL@textreel_bot abc", AskCancel(job_id="abc")),
        ("/cancel", AskCancel(job_id=None)),
        ("/again abc", Repeat(job_id="abc", stretch=1.0)),
        ("/longer abc", Repeat(job_id="abc", stretch=1.4)),
        ("/shorter", Repeat(job_id=None, stretch=0.7)),
    ],
)
def test_commands(text: str, intent: Intent) -> None:
    assert read(message(text), LIMITS) == intent


@pytest.mark.parametrize(
    ("text", "prompt"),
    [
        ("A fox runs.", "A fox runs."),
        ("/video A fox runs.", "A fox runs."),
        ("/video@textreel_bot\nA fox\nruns.", "A fox\nruns."),
        ("/视频 一只狐狸", "一只狐狸"),
        ("  A\x00fox  ", "A fox"),
    ],
)
def test_texts_become_requests(text: str, prompt: str) -> None:
    intent = read(message(text, seed=9, options=ClipOptions(music=False)), LIMITS)
    assert isinstance(intent, Render)
    assert intent.request.text == prompt
    assert intent.request.seed == 9
    assert intent.request.options.music is False
    assert intent.request.max_bytes == 1_000
    assert intent.request.idempotency_key == "fake:m1"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", EmptyPrompt),
        ("/video", EmptyPrompt),
        ("🎉", NoWords),
        ("/video " + "x" * 6_000, PromptTooLong),
    ],
)
def test_texts_that_cannot_be_shown_are_refused(text: str, error: type[Exception]) -> None:
    intent = read(message(text), LIMITS)
    assert isinstance(intent, Refuse)
    assert isinstance(intent.error, error)


def test_in_a_group_only_commands_are_for_the_bot() -> None:
    assert read(message("A fox runs.", direct=False), LIMITS) == Ignore()
    assert read(message("/dance", direct=False), LIMITS) == Ignore()
    assert isinstance(read(message("/video A fox", direct=False), LIMITS), Render)


def test_a_verb_from_the_network_leaves_the_text_alone() -> None:
    intent = read(message("/help is a command", verb=Verb.VIDEO), LIMITS)
    assert isinstance(intent, Render)
    assert intent.request.text == "/help is a command"


@pytest.mark.parametrize(("limit", "expected"), [(None, 1_000), (500, 500), (5_000, 1_000)])
def test_the_smaller_limit_counts(limit: int | None, expected: int) -> None:
    intent = read(message("A fox", max_bytes=limit), LIMITS)
    assert isinstance(intent, Render)
    assert intent.request.max_bytes == expected


@pytest.mark.parametrize(("stretch", "seconds"), [(1.0, None), (1.4, 17.5), (0.7, 8.8)])
def test_a_clip_is_asked_for_once_more(stretch: float, seconds: float | None) -> None:
    job = values.job(clip=values.clip(seconds=12.5))
    request = repeated(job, message("job-1", message_id="m2"), LIMITS, stretch=stretch)
    assert (request.text, request.seed, request.options.seconds) == (job.request.text, None, seconds)
    assert (request.idempotency_key, request.max_bytes) == ("fake:m2", 1_000)


@given(st.text(), st.booleans())
def test_any_text_has_a_meaning(text: str, direct: bool) -> None:
    intent = read(message(text, direct=direct), LIMITS)
    if isinstance(intent, Render):
        assert intent.request.text == intent.request.text.strip()
        assert 0 < len(intent.request.text) <= 5_000
