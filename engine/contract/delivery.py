"""The outbox: a finished job whose clip has to reach a chat."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from engine.contract.job import JobId
from engine.contract.request import ReplyAddress


class DeliveryState(StrEnum):
    """Where a delivery stands."""

    WAITING = "waiting"  #: The job has not ended yet.
    PENDING = "pending"  #: The job has ended; the chat does not have its answer.
    DONE = "done"  #: The chat has it.


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One answer that a chat is owed."""

    job_id: JobId
    address: ReplyAddress
    state: DeliveryState
    #: How often the bot has tried.
    attempts: int = 0
    last_error: str | None = None
