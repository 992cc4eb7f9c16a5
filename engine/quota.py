"""Whether a user may have one more clip. Pure: no clock, no database. docs/quotas.md says it for admins.

* A clip is charged by its seconds, weighted by its pixels relative to 1280x720.
* In each window (day, month) a user has one allowance: the most specific rule that is about the user wins
  (user, role, place, platform, everybody, then config.toml). Of several roles the most generous counts.
* A shared rule is a pot that all users of its scope draw from.
* Every limit binds: a request must fit into the allowance of each window and into every pot.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from engine.contract.errors import InvalidOption
from engine.contract.quota import (
    NOBODY_IN_PARTICULAR,
    QuotaBlock,
    QuotaLimit,
    QuotaRule,
    QuotaScope,
    QuotaStanding,
    QuotaWindow,
)
from engine.contract.request import ClipRequest, Requester
from engine.media import FrameSize
from engine.settings import ClipSettings, QuotaSettings

#: Slow readers' speed, so that the estimate is rather too high: characters a second in either script.
LATIN_CHARACTERS_A_SECOND = 10.0
IDEOGRAPHS_A_SECOND = 4.0
#: Time for the first and the last picture, in seconds.
FRAMING_SECONDS = 6.0
#: The picture that is charged second for second, in pixels.
FULL_PRICE_PIXELS = 1280 * 720
#: Sums of reservations and their returns may be off by less than this, in seconds.
ROUNDING_SECONDS = 1e-6

_SPECIFICITY = {scope: rank for rank, scope in enumerate(QuotaScope)}
#: Scopes whose users can draw from one pot, and what they are called in a refusal.
_SHARERS = {
    QuotaScope.PLACE: "all users of this server or chat",
    QuotaScope.PLATFORM: "all users of this chat network",
    QuotaScope.EVERYBODY: "all users",
}
#: More than any machine renders in a month, in seconds.
MAX_RULE_SECONDS = 1e9
MAX_SUBJECT_CHARACTERS = 200


class Account(NamedTuple):
    """Whose seconds are added up, and over which window."""

    scope: QuotaScope
    subject: str
    window: QuotaWindow


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a user has and had when a request comes in."""

    #: Clips of the user that wait.
    waiting: int
    #: Clips of everybody that wait.
    queued: int
    #: When the user's last request was taken.
    last_at: datetime | None = None
    block: QuotaBlock | None = None
    #: The rules that are about this user.
    rules: tuple[QuotaRule, ...] = ()
    #: Charged seconds, used up or reserved, of the user and of each shared rule; what is not here is 0.
    used: Mapping[Account, float] = field(default_factory=dict)
    #: Extra seconds that an admin granted the user in the windows that run.
    granted: Mapping[QuotaWindow, float] = field(default_factory=dict)
    #: Charged seconds of the user that an admin made count as nothing, in the windows that run.
    forgiven: Mapping[QuotaWindow, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """Extra seconds for one user in the window that runs."""

    #: "platform:id".
    user: str
    window: QuotaWindow
    #: First part of an ISO date: the day ("2026-05-04") or the month ("2026-05") that they are for.
    begins: str
    #: Charged seconds, above 0.
    seconds: float
    #: Names this grant, so that a call that is repeated grants once.
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """The request may be queued; ``seconds`` are reserved for it."""

    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Denied:
    """The request is refused for now."""

    #: A sentence for the user.
    reason: str
    #: When it would be granted, as far as that is known.
    resets_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Barred:
    """The user is blocked."""

    #: A sentence for the user.
    reason: str


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


def charge(seconds: float, *, width_px: int, height_px: int) -> float:
    """Return what a clip costs: its seconds, times its pixels relative to 1280x720."""
    return seconds * width_px * height_px / FULL_PRICE_PIXELS


def estimate_charge(request: ClipRequest, clip: ClipSettings) -> float:
    """Return what to reserve for a request, in charged seconds."""
    size = FrameSize.of(request.options.aspect, request.options.height_px)
    return charge(estimate_seconds(request, clip), width_px=size.width_px, height_px=size.height_px)


def day_of(now: datetime) -> str:
    """Return the day that ``now`` is charged to, as an ISO date of the server's time zone."""
    return now.date().isoformat()


def begin_of(window: QuotaWindow, day: str) -> str:
    """Return what names the window that holds the ISO date ``day``: "2026-05-04" or "2026-05"."""
    return day if window is QuotaWindow.DAY else day[:7]


def in_words(seconds: float | None, window: QuotaWindow, *, shared: bool = False) -> str:
    """Write a limit for the record: "300 s a day", "no limit a month, shared"."""
    amount = "no limit" if seconds is None else f"{seconds:g} s"
    return f"{amount} a {window}{', shared' if shared else ''}"


def next_day(now: datetime) -> datetime:
    """Return the next midnight in the time zone of ``now``."""
    return datetime.combine(now.date() + timedelta(days=1), time(), tzinfo=now.tzinfo)


def window_end(window: QuotaWindow, now: datetime) -> datetime:
    """Return when the window that ``now`` lies in is over, in the time zone of ``now``."""
    if window is QuotaWindow.DAY:
        return next_day(now)
    today = now.date()
    following = date(today.year + today.month // 12, today.month % 12 + 1, 1)
    return datetime.combine(following, time(), tzinfo=now.tzinfo)


def check_rule(rule: QuotaRule) -> QuotaRule:
    """Return a rule that makes sense; raise InvalidOption for another one."""
    check_subject(rule.scope, rule.subject)
    if rule.seconds is not None and not 0 <= rule.seconds <= MAX_RULE_SECONDS:
        raise InvalidOption(f"seconds must be 0 to {MAX_RULE_SECONDS:.0f}, not {rule.seconds:g}.")
    if rule.shared and rule.scope not in _SHARERS:
        raise InvalidOption(f"Only {', '.join(_SHARERS)} can be shared, not {rule.scope}.")
    return rule


def check_subject(scope: QuotaScope, subject: str) -> str:
    """Return the subject of a rule when it has the form of its scope; raise InvalidOption else."""
    platform, colon, name = subject.partition(":")
    if scope is QuotaScope.EVERYBODY:
        fits, form = subject == NOBODY_IN_PARTICULAR, f'"{NOBODY_IN_PARTICULAR}"'
    elif scope is QuotaScope.PLATFORM:
        fits, form = bool(platform and not colon), 'the name of a platform, for example "discord"'
    else:
        fits, form = bool(platform and name), '"platform:id", for example "telegram:12345"'
    if not (fits and subject.isprintable() and len(subject) <= MAX_SUBJECT_CHARACTERS):
        raise InvalidOption(f"For {scope} the subject must be {form}, not {subject[:40]!r}.")
    return subject


def requester_of(user: str, *, place: str = "", roles: tuple[str, ...] = ()) -> Requester:
    """Return the user that "platform:id" names; raise InvalidOption for another form."""
    platform, _, name = check_subject(QuotaScope.USER, user).partition(":")
    return Requester(platform=platform, user_id=name, place=place, roles=roles)


def subjects_of(who: Requester) -> frozenset[tuple[QuotaScope, str]]:
    """Return every scope and subject that ``who`` belongs to."""
    own = {
        (QuotaScope.USER, who.key),
        (QuotaScope.PLATFORM, who.platform),
        (QuotaScope.EVERYBODY, NOBODY_IN_PARTICULAR),
    }
    own |= {(QuotaScope.ROLE, f"{who.platform}:{role}") for role in who.roles}
    if who.place:
        own.add((QuotaScope.PLACE, f"{who.platform}:{who.place}"))
    return frozenset(own)


def winning_rule(rules: Iterable[QuotaRule], window: QuotaWindow) -> QuotaRule | None:
    """Return the rule that sets a user's allowance; ``rules`` are those about the user."""
    own = [rule for rule in rules if rule.window is window and not rule.shared]
    if not own:
        return None
    rank = min(_SPECIFICITY[rule.scope] for rule in own)
    equals = [rule for rule in own if _SPECIFICITY[rule.scope] == rank]
    return max(equals, key=lambda rule: float("inf") if rule.seconds is None else rule.seconds)


def limits(
    who: Requester, standing: Standing, config: QuotaSettings, *, now: datetime
) -> tuple[QuotaLimit, ...]:
    """Return the user's allowance for each window, then the pots that the user draws from."""
    return (
        *(_allowance(who, standing, config, window, now=now) for window in QuotaWindow),
        *(_pot(rule, standing, now=now) for rule in standing.rules if rule.shared),
    )


def tell(who: Requester, standing: Standing, config: QuotaSettings, *, now: datetime) -> QuotaStanding:
    """Return a user's standing for a person to read."""
    pause = _pause_end(standing, config, now=now)
    block = standing.block if _is_blocked(standing, now=now) else None
    return QuotaStanding(
        user=who.key,
        free=who.platform in config.free_platforms,
        limits=limits(who, standing, config, now=now),
        waiting=standing.waiting,
        max_waiting=config.max_waiting,
        cooldown_until=pause,
        block=None if block is None else local_block(block, now),
    )


def local_block(block: QuotaBlock, now: datetime) -> QuotaBlock:
    """Return the block with its moments in the time zone of ``now``."""
    until = None if block.until is None else block.until.astimezone(now.tzinfo)
    return replace(block, at=block.at.astimezone(now.tzinfo), until=until)


def decide(
    request: ClipRequest, standing: Standing, config: QuotaSettings, *, cost: float, now: datetime
) -> Granted | Denied | Barred:
    """Say whether ``request`` is taken; ``cost`` is its estimated charge and ``now`` the server's local time.

    Users of the free platforms are granted everything unless they are blocked.
    """
    if standing.block is not None and _is_blocked(standing, now=now):
        return Barred(reason=_block_sentence(standing.block, now))
    if request.requester.platform in config.free_platforms:
        return Granted(seconds=cost)
    if config.max_waiting and standing.waiting >= config.max_waiting:
        clips = "1 clip" if standing.waiting == 1 else f"{standing.waiting} clips"
        return Denied(reason=f"You already have {clips} waiting, which is the most allowed.", resets_at=None)
    pause = _pause_end(standing, config, now=now)
    if pause is not None:
        wait = max(1, round((pause - now).total_seconds()))
        return Denied(
            reason=f"There is a pause of {config.cooldown_seconds:.0f} s between two requests. "
            f"Try again in {wait} s.",
            resets_at=pause,
        )
    return _fit(limits(request.requester, standing, config, now=now), cost)


def _fit(bounds: Iterable[QuotaLimit], cost: float) -> Granted | Denied:
    """Grant what fits into all bounds; else tell of the one that stays longest."""
    tight = [bound for bound in bounds if bound.left_s is not None and cost > bound.left_s + ROUNDING_SECONDS]
    if not tight:
        return Granted(seconds=cost)
    hopeless = [bound for bound in tight if cost > _capacity(bound) + ROUNDING_SECONDS]
    bound = max(hopeless or tight, key=lambda bound: bound.resets_at)
    return Denied(
        reason=_tight_sentence(bound, cost, hopeless=bool(hopeless)),
        resets_at=None if hopeless else bound.resets_at,
    )


def _capacity(bound: QuotaLimit) -> float:
    """Return what the bound allows in a fresh window, where nothing is granted or used yet."""
    return float("inf") if bound.limit_s is None else bound.limit_s


def _tight_sentence(bound: QuotaLimit, cost: float, *, hopeless: bool) -> str:
    have, left = (bound.limit_s or 0.0) + bound.granted_s, bound.left_s or 0.0
    today = "today" if bound.window is QuotaWindow.DAY else "this month"
    total = f"{today}'s {have:.0f} s"
    if bound.shared and bound.scope is not None:
        total = f"the {have:.0f} s that {_SHARERS[bound.scope]} share {today}"
    said = f"This clip may cost {cost:.0f} s, and {left:.0f} s of {total} are left."
    return f"{said} Ask for fewer seconds or a smaller picture." if hopeless else said


def _allowance(
    who: Requester, standing: Standing, config: QuotaSettings, window: QuotaWindow, *, now: datetime
) -> QuotaLimit:
    rule = winning_rule(standing.rules, window)
    default = config.seconds_per_day if window is QuotaWindow.DAY else config.seconds_per_month
    limit = rule.seconds if rule is not None else (default or None)
    account = Account(QuotaScope.USER, who.key, window)
    used = max(0.0, standing.used.get(account, 0.0) - standing.forgiven.get(window, 0.0))
    granted = standing.granted.get(window, 0.0)
    return QuotaLimit(
        window=window,
        scope=None if rule is None else rule.scope,
        subject="" if rule is None else rule.subject,
        shared=False,
        limit_s=limit,
        granted_s=granted,
        used_s=used,
        left_s=None if limit is None else max(0.0, limit + granted - used),
        resets_at=window_end(window, now),
    )


def _pot(rule: QuotaRule, standing: Standing, *, now: datetime) -> QuotaLimit:
    used = max(0.0, standing.used.get(Account(rule.scope, rule.subject, rule.window), 0.0))
    return QuotaLimit(
        window=rule.window,
        scope=rule.scope,
        subject=rule.subject,
        shared=True,
        limit_s=rule.seconds,
        granted_s=0.0,
        used_s=used,
        left_s=None if rule.seconds is None else max(0.0, rule.seconds - used),
        resets_at=window_end(rule.window, now),
    )


def _pause_end(standing: Standing, config: QuotaSettings, *, now: datetime) -> datetime | None:
    """Return when the pause after the last request ends, None when it is over.

    A last request in the future says that the clock was set back; then there is no pause.
    """
    if not config.cooldown_seconds or standing.last_at is None or standing.last_at > now:
        return None
    end = standing.last_at + timedelta(seconds=config.cooldown_seconds)
    return end if end > now else None


def _is_blocked(standing: Standing, *, now: datetime) -> bool:
    block = standing.block
    return block is not None and (block.until is None or block.until > now)


def _block_sentence(block: QuotaBlock, now: datetime) -> str:
    until = "" if block.until is None else f" until {block.until.astimezone(now.tzinfo):%Y-%m-%d %H:%M}"
    reason = f" The reason: {block.reason.rstrip('.')}." if block.reason else ""
    return f"You may not make clips here{until}.{reason}"


def pots(rules: Iterable[QuotaRule]) -> tuple[Account, ...]:
    """Return the accounts of the shared rules, whose sums ``limits`` needs beside those of the user."""
    return tuple(Account(rule.scope, rule.subject, rule.window) for rule in rules if rule.shared)
