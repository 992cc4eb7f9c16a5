"""How far a job is: its events folded into a fraction and an estimate of the time to go. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

from engine.contract.events import (
    AnyJobEvent,
    JobRequeued,
    JobUnderstood,
    Stage,
    StageProgressed,
    StageStarted,
)

#: Part of a whole render that each stage takes, measured on two CPU cores with the default settings.
STAGE_SHARES: Mapping[Stage, float] = MappingProxyType(
    {
        Stage.UNDERSTAND: 0.02,
        Stage.PLAN: 0.01,
        Stage.GENERATE: 0.20,
        Stage.SCORE: 0.04,
        Stage.COMPOSITE: 0.73,
    }
)
_ORDER = tuple(Stage)
#: Before so much is done an estimate would only mislead.
_ESTIMATE_FROM_FRACTION = 0.05
_ESTIMATE_FROM_S = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where a job stands after the events seen so far."""

    stage: Stage | None = None
    #: A few words about what is being done.
    detail: str = ""
    #: Part of the whole render that is done, 0 to 1; it never falls, save when the job starts again.
    fraction: float = 0.0
    #: Estimate of the time to go, in seconds; None while it would be a guess.
    seconds_left: float | None = None
    understood: JobUnderstood | None = None
    #: Part of each stage that is done, 0 to 1.
    stages: Mapping[Stage, float] = field(default_factory=dict)
    began_at: datetime | None = None

    def after(self, event: AnyJobEvent) -> Progress:
        """Return the progress once ``event`` has happened as well."""
        if isinstance(event, JobUnderstood):
            return replace(self, understood=event)
        if isinstance(event, JobRequeued):
            return Progress(understood=self.understood)
        if isinstance(event, StageStarted):
            return self._at(event.stage, 0.0, "", event.at)
        if isinstance(event, StageProgressed):
            part = min(1.0, event.done / event.total) if event.total > 0 else 0.0
            return self._at(event.stage, part, event.detail, event.at)
        return self

    def _at(self, stage: Stage, part: float, detail: str, at: datetime) -> Progress:
        """Move to ``part`` of ``stage``; the stages before it count as done."""
        before = _ORDER[: _ORDER.index(stage)]
        stages = {**self.stages, **dict.fromkeys(before, 1.0)}
        stages[stage] = max(part, stages.get(stage, 0.0))
        done = sum(STAGE_SHARES[key] * value for key, value in stages.items())
        fraction = min(1.0, max(self.fraction, done))
        began = self.began_at or at
        return replace(
            self,
            stage=stage,
            detail=detail,
            fraction=fraction,
            stages=stages,
            began_at=began,
            seconds_left=_estimate((at - began).total_seconds(), fraction),
        )


def _estimate(elapsed_s: float, fraction: float) -> float | None:
    """Expect the rest to take as long, part for part, as what is done."""
    if fraction < _ESTIMATE_FROM_FRACTION or elapsed_s < _ESTIMATE_FROM_S:
        return None
    return elapsed_s * (1.0 - fraction) / fraction
