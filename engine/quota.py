"""Whether a user may have one more clip. Pure: no clock, no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from engine.contract.request import ClipRequest
from engine.settings import ClipSettings, QuotaSettings

#: Slow readers' speed, so that the estimate is rather too high: characters a second in either script.
LATIN_CHARACTERS_A_SECOND = 10.0
IDEOGRAPHS_A_SECOND = 4.0
#: Time for the first and the last picture, in seconds.
FRAMING_SECONDS = 6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a user has and had when a request comes in."""

    #: Seconds of clip that are used up or reserved on that day.
    used_seconds: float
    #: Clips of the user that wait.
    waiting: int
    #: Clips of everybody that wait.
    queued: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """The request may be queued; ``seconds`` are reserved for it."""

    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Denied:
    """The request is refused."""

    #: A sentence for the user.
    reason: str
    #: When it would be granted, as far as that is known.
    resets_at: datetime | None


def estimate_seconds(request: ClipRequest, clip: ClipSettings) -> float:
    """Return how long the clip may become, in seconds within the bounds of ``clip``.

    The wish of the requester where there is one, else the time that a slow reader needs. What was really
    rendered is settled when the job ends.
    """
    wish = request.options.seconds
    if wish is None:
        ideographs = sum("\u3400" <= char <= "\u9fff" for char in request.text)
        latin = len(request.text) - ideographs
        wish = FRAMING_SECONDS + ideographs / IDEOGRAPHS_A_SECOND + latin / LATIN_CHARACTERS_A_SECOND
    return min(max(wish, clip.min_seconds), clip.max_seconds)


def day_of(now: datetime) -> str:
    """Return the day that ``now`` is charged to, as an ISO date of the server's time zone."""
    return now.date().isoformat()


def next_day(now: datetime) -> datetime:
    """Return the next midnight in the time zone of ``now``."""
    return datetime.combine(now.date() + timedelta(days=1), time(), tzinfo=now.tzinfo)


def decide(
    request: ClipRequest, standing: Standing, rules: QuotaSettings, *, seconds: float, now: datetime
) -> Granted | Denied:
    """Say whether ``request`` fits; ``seconds`` is its estimate and ``now`` the server's local time.

    A rule of 0 is no limit. Users of the free platforms are always granted.
    """
    if request.requester.platform in rules.free_platforms:
        return Granted(seconds=seconds)
    if rules.max_waiting and standing.waiting >= rules.max_waiting:
        return Denied(
            reason=f"You already have {standing.waiting} clips waiting, which is the most allowed.",
            resets_at=None,
        )
    left = rules.seconds_per_day - standing.used_seconds
    if rules.seconds_per_day and seconds > left:
        return Denied(
            reason=f"This clip may take {seconds:.0f} s and {max(left, 0):.0f} s of today's "
            f"{rules.seconds_per_day:.0f} s are left.",
            resets_at=next_day(now),
        )
    return Granted(seconds=seconds)
