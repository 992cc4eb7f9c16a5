"""The error tree. Every class has a stable ``code``; the docstring is the default message.

* TextreelError
  x RequestError
    + EmptyPrompt
    + PromptTooLong
    + NoWords
    + UnsupportedLanguage
    + InvalidOption
    + NothingToDraw
    + Moderated
    + Blocked
  x QuotaExceeded
  x EngineError
    + EngineUnavailable
    + Unauthorized
    + Forbidden
    + IncompatibleVersion
    + QueueFull
    + JobNotFound
    + IllegalTransition
  x RenderError
    + StageFailed
    + GeneratorOutOfMemory
    + CheckpointMissing
    + WorkerDied
    + ClipTooLarge
    + StorageFull
    + OutputUnwritable
    + Cancelled
  x DeliveryError
    + AddressGone
    + PlatformRejected
    + RateLimited
  x ConfigError

What a person reads for a code stands in ``bot/replies.py``; a test keeps the two sets equal.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar


class TextreelError(Exception):
    """Something went wrong inside textreel."""

    code: ClassVar[str] = "textreel_error"
    #: True when the same request may succeed later without any change.
    retryable: ClassVar[bool] = False

    def __init__(self, message: str | None = None) -> None:
        self.message = message or (type(self).__doc__ or "").strip().splitlines()[0]
        super().__init__(self.message)

    def __reduce__(self) -> tuple[type[TextreelError], tuple[str]]:
        """Errors cross a process pipe, so they pickle as class and message."""
        return (type(self), (self.message,))


class RequestError(TextreelError):
    """The request cannot be rendered as it stands."""

    code = "bad_request"


class EmptyPrompt(RequestError):
    """The text is empty. Write what the clip shall show."""

    code = "empty_prompt"


class PromptTooLong(RequestError):
    """The text is longer than 5,000 characters. Shorten it or split it into several clips."""

    code = "prompt_too_long"


class NoWords(RequestError):
    """The text has no words to show. Write a sentence in English or Chinese."""

    code = "no_words"


class UnsupportedLanguage(RequestError):
    """The text is neither English nor Chinese. Write it in one of these two languages."""

    code = "unsupported_language"


class InvalidOption(RequestError):
    """An option of the request is not valid."""

    code = "invalid_option"


class NothingToDraw(RequestError):
    """No known subject was found in the text. Name a thing, an animal, a person or a place."""

    code = "nothing_to_draw"


class Moderated(RequestError):
    """The text breaks a rule of this server and was not rendered."""

    code = "moderated"


class Blocked(RequestError):
    """This user may not make clips here. An admin of the server can lift the block."""

    code = "blocked"


class QuotaExceeded(TextreelError):
    """The quota for clips is used up."""

    code = "quota_exceeded"
    retryable = True

    def __init__(self, message: str | None = None, resets_at: datetime | None = None) -> None:
        super().__init__(message)
        #: When the same request is granted again, as far as it is known.
        self.resets_at = resets_at

    def __reduce__(self) -> tuple[type[QuotaExceeded], tuple[str, datetime | None]]:  # type: ignore[override]
        """Keep the moment of the reset across a process pipe."""
        return (type(self), (self.message, self.resets_at))


class EngineError(TextreelError):
    """The engine could not take the request."""

    code = "engine_error"


class EngineUnavailable(EngineError):
    """The engine cannot be reached. Run `textreel doctor` to see why."""

    code = "engine_unavailable"
    retryable = True


class Unauthorized(EngineError):
    """The engine refused the token. Check the environment variable that [engine] token_env names."""

    code = "unauthorized"


class Forbidden(EngineError):
    """This token may not do that. Changes of quotas need the token that [engine] admin_token_env names."""

    code = "forbidden"


class IncompatibleVersion(EngineError):
    """Bot and engine are of different versions. Bring both to the same one."""

    code = "incompatible_version"


class QueueFull(EngineError):
    """Too many clips are waiting. Try again in a few minutes."""

    code = "queue_full"
    retryable = True


class JobNotFound(EngineError):
    """No such job."""

    code = "job_not_found"


class IllegalTransition(EngineError):
    """A job cannot go from its state to the one that was asked for."""

    code = "illegal_transition"


class RenderError(TextreelError):
    """The clip could not be made."""

    code = "render_failed"


class StageFailed(RenderError):
    """A stage of the pipeline failed. The engine's log has the details."""

    code = "stage_failed"


class GeneratorOutOfMemory(RenderError):
    """The picture generator ran out of memory. Choose a smaller size or a smaller batch."""

    code = "out_of_memory"
    retryable = True


class CheckpointMissing(RenderError):
    """The weights of a model are missing or damaged. Run `textreel doctor`."""

    code = "checkpoint_missing"


class WorkerDied(RenderError):
    """The render process died. It may have run out of memory."""

    code = "worker_died"
    retryable = True


class ClipTooLarge(RenderError):
    """The clip does not fit under the byte limit. Choose fewer seconds or a smaller height."""

    code = "clip_too_large"


class StorageFull(RenderError):
    """The disk is full. Free some space and render again."""

    code = "storage_full"
    retryable = True


class OutputUnwritable(RenderError):
    """The output file cannot be written. Choose another path."""

    code = "output_unwritable"


class Cancelled(RenderError):
    """The job was cancelled."""

    code = "cancelled"


class DeliveryError(TextreelError):
    """The clip could not be delivered."""

    code = "delivery_failed"


class AddressGone(DeliveryError):
    """The place to answer in no longer exists."""

    code = "address_gone"


class PlatformRejected(DeliveryError):
    """The chat network refused the message."""

    code = "platform_rejected"


class RateLimited(DeliveryError):
    """The chat network asks for a pause."""

    code = "rate_limited"
    retryable = True


class ConfigError(TextreelError):
    """The configuration is not valid."""

    code = "config_error"


def error_classes() -> Iterator[type[TextreelError]]:
    """Yield every class of the tree, the root first."""
    pending: list[type[TextreelError]] = [TextreelError]
    while pending:
        cls = pending.pop(0)
        yield cls
        pending.extend(cls.__subclasses__())


def error_from_code(code: str, message: str | None = None) -> TextreelError:
    """Build the error that a stored or received ``code`` stands for.

    A code of a newer version becomes a plain ``TextreelError`` that keeps its message.
    """
    for cls in error_classes():
        if cls.code == code:
            return cls(message)
    return TextreelError(message or f"Unknown error code {code!r}.")
