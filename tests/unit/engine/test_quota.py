from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from engine.contract.errors import InvalidOption
from engine.contract.quota import QuotaBlock, QuotaRule, QuotaScope, QuotaWindow
from engine.contract.request import Aspect, ClipOptions, Requester
from engine.quota import (
    Account,
    Barred,
    Denied,
    Granted,
    Standing,
    charge,
    check_rule,
    day_of,
    decide,
    estimate_charge,
    estimate_seconds,
    limits,
    next_day,
    requester_of,
    subjects_of,
    tell,
    window_end,
    winning_rule,
)
from engine.settings import QuotaSettings, load_settings
from tests.fakes import values

DAY, MONTH = QuotaWindow.DAY, QuotaWindow.MONTH
CONFIG = QuotaSettings(
    seconds_per_day=100.0,
    seconds_per_month=0.0,
    max_waiting=2,
    cooldown_seconds=0.0,
    free_platforms=("console",),
    time_zone=None,
)
CLIP = load_settings().clip
EVENING = datetime(2026, 5, 4, 23, 30, tzinfo=timezone(timedelta(hours=8)))
ANN = Requester(platform="fake", user_id="7", roles=("fan", "mod"), place="guild")
#: Subjects that rules about ANN have.
HERS = {
    QuotaScope.USER: "fake:7",
    QuotaScope.ROLE: "fake:fan",
    QuotaScope.PLACE: "fake:guild",
    QuotaScope.PLATFORM: "fake",
    QuotaScope.EVERYBODY: "-",
}


def rule(
    scope: QuotaScope,
    seconds: float | None,
    *,
    window: QuotaWindow = DAY,
    subject: str = "",
    shared: bool = False,
) -> QuotaRule:
    return QuotaRule(
        scope=scope, subject=subject or HERS[scope], window=window, seconds=seconds, shared=shared
    )


def standing(*rules: QuotaRule, used: float = 0.0, waiting: int = 0, **others: object) -> Standing:
    own = {Account(QuotaScope.USER, ANN.key, window): used for window in QuotaWindow}
    return replace(
        Standing(waiting=waiting, queued=waiting, rules=rules, used=own),
        **others,  # type: ignore[arg-type]
    )


def verdict(found: Standing, cost: float, config: QuotaSettings = CONFIG) -> Granted | Denied | Barred:
    return decide(values.request(requester=ANN), found, config, cost=cost, now=EVENING)


def denial(found: Standing, cost: float, config: QuotaSettings = CONFIG) -> Denied:
    said = verdict(found, cost, config)
    assert isinstance(said, Denied)
    return said


def test_what_fits_is_granted() -> None:
    assert verdict(standing(used=80.0), 20.0) == Granted(seconds=20.0)


def test_what_does_not_fit_is_denied_until_midnight() -> None:
    said = denial(standing(used=80.0), 20.5)
    assert "20 s of today's 100 s are left" in said.reason
    assert said.resets_at == datetime(2026, 5, 5, tzinfo=EVENING.tzinfo)


def test_what_never_fits_says_what_to_change_and_names_no_time() -> None:
    said = denial(standing(used=80.0), 101.0)
    assert said.reason.endswith("Ask for fewer seconds or a smaller picture.")
    assert said.resets_at is None


def test_the_month_binds_as_well_and_its_end_is_the_later_one() -> None:
    monthly = replace(CONFIG, seconds_per_month=110.0)
    assert verdict(standing(used=90.0), 10.0, monthly) == Granted(seconds=10.0)
    own = {Account(QuotaScope.USER, ANN.key, MONTH): 105.0}
    said = denial(replace(standing(), used=own), 10.0, monthly)
    assert "5 s of this month's 110 s are left" in said.reason
    assert said.resets_at == datetime(2026, 6, 1, tzinfo=EVENING.tzinfo)
    both = denial(standing(used=105.0), 10.0, monthly)
    assert both.resets_at == datetime(2026, 6, 1, tzinfo=EVENING.tzinfo)


def test_too_many_waiting_clips_are_denied() -> None:
    said = "You already have {} waiting, which is the most allowed."
    assert verdict(standing(waiting=2), 1.0) == Denied(reason=said.format("2 clips"), resets_at=None)
    single = replace(CONFIG, max_waiting=1)
    assert verdict(standing(waiting=1), 1.0, single) == Denied(reason=said.format("1 clip"), resets_at=None)


def test_zero_in_the_configuration_is_no_limit() -> None:
    config = replace(CONFIG, seconds_per_day=0.0, max_waiting=0)
    assert verdict(standing(used=1e6, waiting=99), 60.0, config) == Granted(seconds=60.0)


def test_zero_in_a_rule_allows_nothing() -> None:
    said = denial(standing(rule(QuotaScope.USER, 0.0)), 6.0)
    assert said.resets_at is None


def test_the_console_is_free() -> None:
    asked = values.request(requester=Requester(platform="console", user_id="me"))
    found = standing(rule(QuotaScope.EVERYBODY, 1.0, shared=True), used=1e6, waiting=99)
    assert decide(asked, found, CONFIG, cost=60.0, now=EVENING) == Granted(seconds=60.0)


def test_a_pause_between_requests() -> None:
    config = replace(CONFIG, cooldown_seconds=30.0)
    just = standing(last_at=EVENING - timedelta(seconds=10))
    said = denial(just, 1.0, config)
    assert "Try again in 20 s" in said.reason
    assert said.resets_at == EVENING + timedelta(seconds=20)
    over = standing(last_at=EVENING - timedelta(seconds=30))
    assert isinstance(verdict(over, 1.0, config), Granted)
    clock_set_back = standing(last_at=EVENING + timedelta(hours=1))
    assert isinstance(verdict(clock_set_back, 1.0, config), Granted)


@pytest.mark.parametrize(
    ("until", "reason", "said"),
    [
        (None, "", "You may not make clips here."),
        (None, "Spam.", "You may not make clips here. The reason: Spam."),
        (EVENING + timedelta(days=1), "", "You may not make clips here until 2026-05-05 23:30."),
    ],
)
def test_a_blocked_user_is_told_why_and_how_long(until: datetime | None, reason: str, said: str) -> None:
    block = QuotaBlock(user=ANN.key, reason=reason, until=until, at=EVENING, by="root")
    assert verdict(standing(block=block), 1.0) == Barred(reason=said)
    free = replace(CONFIG, free_platforms=("fake",))
    assert verdict(standing(block=block), 1.0, free) == Barred(reason=said)


def test_a_block_ends_by_itself() -> None:
    block = QuotaBlock(user=ANN.key, reason="", until=EVENING, at=EVENING, by="root")
    assert verdict(standing(block=block), 1.0) == Granted(seconds=1.0)
    assert tell(ANN, standing(block=block), CONFIG, now=EVENING).block is None


def test_the_most_specific_rule_wins_whatever_it_says() -> None:
    rules = [rule(scope, float(10 * number)) for number, scope in enumerate(QuotaScope, start=1)]
    while rules:
        assert winning_rule(rules, DAY) == rules[0]
        (day, _) = limits(ANN, standing(*rules), CONFIG, now=EVENING)
        assert (day.scope, day.limit_s) == (rules[0].scope, rules[0].seconds)
        rules.pop(0)
    (day, month) = limits(ANN, standing(), CONFIG, now=EVENING)
    assert (day.scope, day.limit_s, month.limit_s, month.left_s) == (None, 100.0, None, None)


def test_of_several_roles_the_most_generous_counts() -> None:
    fan, mod = rule(QuotaScope.ROLE, 50.0), rule(QuotaScope.ROLE, 80.0, subject="fake:mod")
    assert winning_rule([mod, fan], DAY) == mod
    endless = rule(QuotaScope.ROLE, None)
    assert winning_rule([mod, endless], DAY) == endless


def test_windows_have_rules_of_their_own() -> None:
    found = standing(rule(QuotaScope.USER, 40.0), rule(QuotaScope.PLATFORM, 70.0, window=MONTH))
    (day, month) = limits(ANN, found, CONFIG, now=EVENING)
    assert (day.limit_s, month.limit_s) == (40.0, 70.0)


def test_a_shared_limit_binds_beside_the_allowance() -> None:
    pot = rule(QuotaScope.PLACE, 500.0, shared=True)
    used = {Account(QuotaScope.PLACE, "fake:guild", DAY): 495.0}
    found = replace(standing(pot, rule(QuotaScope.USER, None)), used=used)
    said = denial(found, 6.0)
    assert "5 s of the 500 s that all users of this server or chat share today are left" in said.reason
    assert verdict(found, 5.0) == Granted(seconds=5.0)


def test_the_example_of_the_docs() -> None:
    everybody, role = rule(QuotaScope.EVERYBODY, 300.0), rule(QuotaScope.ROLE, 600.0)
    own, pot = rule(QuotaScope.USER, 60.0), rule(QuotaScope.PLACE, 1000.0, shared=True)

    def least(*rules: QuotaRule, used: float = 0.0) -> float:
        drawn = {Account(QuotaScope.PLACE, "fake:guild", DAY): used}
        bounds = limits(ANN, replace(standing(*rules, pot), used=drawn), CONFIG, now=EVENING)
        return min(bound.left_s for bound in bounds if bound.left_s is not None)

    assert least(everybody) == 300.0
    assert least(everybody, role) == 600.0
    assert least(everybody, role, own) == 60.0
    assert least(everybody, role, own, used=990.0) == 10.0


def test_grants_and_resets_count_in_their_window() -> None:
    monthly = replace(CONFIG, seconds_per_month=100.0)
    found = standing(used=100.0, granted={DAY: 20.0}, forgiven={DAY: 30.0, MONTH: 30.0})
    (day, month) = limits(ANN, found, monthly, now=EVENING)
    assert (day.used_s, day.granted_s, day.left_s) == (70.0, 20.0, 50.0)
    assert (month.used_s, month.granted_s, month.left_s) == (70.0, 0.0, 30.0)
    assert isinstance(verdict(found, 30.0, monthly), Granted)
    assert isinstance(verdict(found, 31.0, monthly), Denied)


def test_a_standing_tells_everything() -> None:
    config = replace(CONFIG, cooldown_seconds=60.0)
    found = standing(rule(QuotaScope.EVERYBODY, 900.0, shared=True), used=25.0, waiting=1, last_at=EVENING)
    told = tell(ANN, found, config, now=EVENING)
    assert (told.user, told.free, told.waiting, told.max_waiting) == ("fake:7", False, 1, 2)
    assert told.cooldown_until == EVENING + timedelta(seconds=60)
    assert [(item.window, item.shared, item.left_s) for item in told.limits] == [
        (DAY, False, 75.0),
        (MONTH, False, None),
        (DAY, True, 900.0),
    ]


SECONDS = some.one_of(some.none(), some.floats(0, 300))
POTS = [QuotaScope.PLACE, QuotaScope.PLATFORM, QuotaScope.EVERYBODY]
WINDOWS = some.sampled_from(QuotaWindow)
RULES = some.lists(
    some.builds(rule, some.sampled_from(QuotaScope), SECONDS, window=WINDOWS)
    | some.builds(rule, some.sampled_from(POTS), SECONDS, window=WINDOWS, shared=some.just(True)),
    unique_by=lambda item: (item.scope, item.window, item.shared),
    max_size=6,
)


@given(rules=RULES, used=some.floats(0, 300), cost=some.floats(0.1, 60), granted=some.floats(0, 50))
def test_what_is_granted_fits_into_every_limit(
    rules: list[QuotaRule], used: float, cost: float, granted: float
) -> None:
    found = standing(*rules, used=used, granted={DAY: granted})
    found = replace(
        found, used={**found.used, **{Account(item.scope, item.subject, item.window): used for item in rules}}
    )
    said = verdict(found, cost)
    bounds = limits(ANN, found, CONFIG, now=EVENING)
    after = [(used + cost, bound.limit_s + bound.granted_s) for bound in bounds if bound.limit_s is not None]
    assert isinstance(said, Granted) == all(total <= most + 1e-6 for total, most in after)
    if isinstance(said, Denied):
        assert said.resets_at is None or said.resets_at > EVENING


@given(rules=RULES, seconds=some.floats(0, 300))
def test_a_more_specific_rule_settles_it(rules: list[QuotaRule], seconds: float) -> None:
    others = [item for item in rules if item.scope is not QuotaScope.USER]
    own = rule(QuotaScope.USER, seconds)
    (day, *_) = limits(ANN, standing(*others, own), CONFIG, now=EVENING)
    assert (day.scope, day.limit_s) == (QuotaScope.USER, seconds)


def test_whom_a_rule_is_about() -> None:
    roles = {(QuotaScope.ROLE, "fake:fan"), (QuotaScope.ROLE, "fake:mod")}
    assert subjects_of(ANN) == set(HERS.items()) | roles
    alone = Requester(platform="fake", user_id="7")
    assert {scope for scope, _ in subjects_of(alone)} == set(QuotaScope) - {QuotaScope.ROLE, QuotaScope.PLACE}


@pytest.mark.parametrize(
    ("scope", "subject"),
    [
        (QuotaScope.USER, "7"),
        (QuotaScope.USER, "fake:"),
        (QuotaScope.ROLE, ":7"),
        (QuotaScope.PLATFORM, "fake:7"),
        (QuotaScope.EVERYBODY, "all"),
        (QuotaScope.PLACE, "fake:a\nb"),
        (QuotaScope.USER, "fake:" + "7" * 300),
    ],
)
def test_a_subject_must_have_the_form_of_its_scope(scope: QuotaScope, subject: str) -> None:
    with pytest.raises(InvalidOption, match=f"For {scope}"):
        check_rule(rule(scope, 1.0, subject=subject))


@pytest.mark.parametrize("seconds", [-1.0, float("nan"), float("inf"), 1e12])
def test_the_seconds_of_a_rule_are_a_sane_number(seconds: float) -> None:
    with pytest.raises(InvalidOption, match="seconds"):
        check_rule(rule(QuotaScope.USER, seconds))


def test_roles_and_users_have_no_pot() -> None:
    for scope in (QuotaScope.USER, QuotaScope.ROLE):
        with pytest.raises(InvalidOption, match="place, platform, everybody"):
            check_rule(rule(scope, 1.0, shared=True))
    pot = rule(QuotaScope.EVERYBODY, None, shared=True)
    assert check_rule(pot) == pot


def test_a_user_is_named_by_platform_and_id() -> None:
    assert requester_of("matrix:@ann:example.org", place="room") == Requester(
        platform="matrix", user_id="@ann:example.org", place="room"
    )
    with pytest.raises(InvalidOption):
        requester_of("ann")


def test_windows_end_in_the_time_zone_of_the_server() -> None:
    assert day_of(EVENING) == "2026-05-04"
    assert next_day(EVENING) - EVENING == timedelta(minutes=30)
    assert window_end(DAY, EVENING) == next_day(EVENING)
    december = datetime(2026, 12, 31, 12, tzinfo=UTC)
    assert window_end(MONTH, december) == datetime(2027, 1, 1, tzinfo=UTC)
    # The night in which the clocks go forward has 23 hours.
    berlin = datetime(2026, 3, 29, 0, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    assert window_end(DAY, berlin).astimezone(UTC) - berlin.astimezone(UTC) == timedelta(hours=22.5)


@pytest.mark.parametrize(
    ("text", "wish", "expected"),
    [
        ("A fox.", None, 6.6),
        ("狐" * 40, None, 16.0),
        ("word " * 1000, None, CLIP.max_seconds),
        ("A fox.", 30.0, 30.0),
        ("A fox.", 900.0, CLIP.max_seconds),
    ],
)
def test_the_estimate(text: str, wish: float | None, expected: float) -> None:
    asked = values.request(text=text, options=ClipOptions(seconds=wish))
    assert estimate_seconds(asked, CLIP) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("aspect", "height", "weight"),
    [
        (Aspect.WIDE, 720, 1.0),
        (Aspect.TALL, 720, 1.0),
        (Aspect.SQUARE, 720, 0.5625),
        (Aspect.WIDE, 1080, 2.25),
        (Aspect.WIDE, 360, 0.25),
    ],
)
def test_the_price_follows_the_pixels(aspect: Aspect, height: int, weight: float) -> None:
    asked = values.request(options=ClipOptions(seconds=10.0, aspect=aspect, height_px=height))
    assert estimate_charge(asked, CLIP) == pytest.approx(10.0 * weight)
    assert charge(10.0, width_px=1280, height_px=720) == 10.0
