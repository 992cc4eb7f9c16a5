"""What a message asks for. Pure: the same message always means the same."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from adapters.base import IncomingMessage, Limits, Verb
from bot.texts import check_text, strip_controls
from engine.contract.errors import RequestError
from engine.contract.job import Job, JobId
from engine.contract.request import ClipRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Render:
    """Make a clip."""

    request: ClipRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class AskStatus:
    """Tell how a job is doing."""

    #: None when the person named none.
    job_id: JobId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskCancel:
    """Stop a job."""

    #: None when the person named none.
    job_id: JobId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """Make a clip of the same text once more."""

    #: None when the person named none.
    job_id: JobId | None
    #: Length of the new clip against the old one; 1 leaves it as it was asked for.
    stretch: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AskQuota:
    """Tell what the asker may still have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """Explain what the bot can do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refuse:
    """The request cannot be made as it stands."""

    error: RequestError


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignore:
    """Not meant for the bot."""


Intent = Render | AskStatus | AskCancel | AskQuota | Repeat | Help | Refuse | Ignore

#: "/video", "/video@name_bot" and what follows.
_COMMAND = re.compile(r"/(\w+)(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
#: Verbs that repeat a job, and the length of the new clip against the old one.
_STRETCH = {Verb.AGAIN: 1.0, Verb.LONGER: 1.4, Verb.SHORTER: 0.7}
_VERBS = {
    "video": Verb.VIDEO,
    "视频": Verb.VIDEO,
    "status": Verb.STATUS,
    "show": Verb.STATUS,
    "cancel": Verb.CANCEL,
    "again": Verb.AGAIN,
    "longer": Verb.LONGER,
    "shorter": Verb.SHORTER,
    "quota": Verb.QUOTA,
    "help": Verb.HELP,
    "start": Verb.HELP,
}


def read(message: IncomingMessage, limits: Limits) -> Intent:
    """Return what ``message`` asks for on a network with these ``limits``."""
    verb, words = _verb_and_words(message)
    if verb is Verb.VIDEO:
        return _render(message, words, limits)
    if verb is Verb.STATUS:
        return AskStatus(job_id=_job_id(words))
    if verb is Verb.CANCEL:
        return AskCancel(job_id=_job_id(words))
    if verb in _STRETCH:
        return Repeat(job_id=_job_id(words), stretch=_STRETCH[verb])
    if verb is Verb.QUOTA:
        return AskQuota()
    return Help() if verb is Verb.HELP else Ignore()


def _verb_and_words(message: IncomingMessage) -> tuple[Verb | None, str]:
    if message.verb is not None:
        return message.verb, message.text
    text = message.text.strip()
    match = _COMMAND.fullmatch(text)
    if match is None:
        return (Verb.VIDEO if message.direct else None), text
    unknown = Verb.HELP if message.direct else None  # a group has other bots with other commands
    return _VERBS.get(match.group(1).lower(), unknown), match.group(2) or ""


def _job_id(words: str) -> JobId | None:
    first = strip_controls(words).split(maxsplit=1)[:1]
    return JobId(first[0]) if first else None


def _render(message: IncomingMessage, words: str, limits: Limits) -> Render | Refuse:
    try:
        text = check_text(words).strip()
    except RequestError as error:
        return Refuse(error=error)
    return Render(
        request=ClipRequest(
            text=text,
            requester=message.requester,
            reply_to=message.address,
            seed=message.seed,
            options=message.options,
            max_bytes=_max_bytes(message, limits),
            idempotency_key=_key(message),
        )
    )


def repeated(job: Job, message: IncomingMessage, limits: Limits, *, stretch: float) -> ClipRequest:
    """Return the request of ``job`` as ``message`` asks for it anew: another seed, perhaps another length."""
    options = job.request.options
    seconds = job.clip.seconds if job.clip is not None else options.seconds
    if stretch != 1.0 and seconds is not None:
        options = replace(options, seconds=round(seconds * stretch, 1))
    return replace(
        job.request,
        seed=None,
        options=options,
        reply_to=message.address,
        max_bytes=_max_bytes(message, limits),
        idempotency_key=_key(message),
    )


def _max_bytes(message: IncomingMessage, limits: Limits) -> int | None:
    bounds = [limit for limit in (limits.max_bytes, message.max_bytes) if limit is not None]
    return min(bounds, default=None)


def _key(message: IncomingMessage) -> str:
    return f"{message.requester.platform}:{message.message_id}"
