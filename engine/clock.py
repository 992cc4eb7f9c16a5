"""The server's clock: what time it is, in the time zone in which days and months of quotas begin."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo

from engine.settings import zone_named


class SystemZone(tzinfo):
    """The time zone that the system is set to, also across its changes of summer time.

    ``datetime.astimezone()`` gives a fixed offset instead: the next midnight may then be off by an hour.
    """

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        """Return the system's offset at a local time."""
        local = None if moment is None else moment.replace(tzinfo=None).astimezone()
        return None if local is None else local.utcoffset()

    def dst(self, _moment: datetime | None) -> timedelta | None:
        """Say nothing of summer time: the offset has it."""
        return None

    def tzname(self, moment: datetime | None) -> str | None:
        """Return the system's name for the offset at a local time."""
        return None if moment is None else moment.replace(tzinfo=None).astimezone().tzname()

    def fromutc(self, moment: datetime) -> datetime:
        """Turn UTC, marked with this zone, into local time."""
        return moment.replace(tzinfo=UTC).astimezone().replace(tzinfo=self)


def server_clock(time_zone: str | None) -> Callable[[], datetime]:
    """Return a clock of the named time zone, or of the system's for None; raise ValueError for no zone."""
    zone = SystemZone() if time_zone is None else zone_named(time_zone)
    return lambda: datetime.now(zone)
