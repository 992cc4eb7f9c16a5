"""How a running stage speaks: progress out, cancellation in."""

from __future__ import annotations

from typing import Protocol

from engine.contract.events import Stage


class Report(Protocol):
    """Given to every stage; the worker's real one sends messages to its parent."""

    def stage(self, stage: Stage) -> None:
        """Say that a stage begins."""
        ...

    def progress(self, *, done: int, total: int, detail: str = "") -> None:
        """Say that ``done`` of ``total`` units of the running stage are finished."""
        ...

    def understood(
        self,
        *,
        title: str,
        captions: tuple[str, ...],
        entities: tuple[str, ...],
        notes: tuple[str, ...],
    ) -> None:
        """Tell the plan before a picture is drawn; the fields are those of contract.events.JobUnderstood."""
        ...

    def check_cancelled(self) -> None:
        """Raise engine.contract.errors.Cancelled when somebody stopped the job; call it often."""
        ...
