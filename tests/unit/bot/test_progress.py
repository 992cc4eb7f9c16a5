from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.progress import STAGE_SHARES, Progress
from engine.contract.events import JobRequeued, Stage, StageProgressed, StageStarted
from tests.fakes.values import JOB, at, story


def test_the_shares_of_the_stages_make_a_whole() -> None:
    assert set(STAGE_SHARES) == set(Stage)
    assert sum(STAGE_SHARES.values()) == pytest.approx(1.0)


def test_a_story_is_followed_to_its_last_stage() -> None:
    steps = [Progress()]
    for event in story():
        steps.append(steps[-1].after(event))
    assert steps[-1].stage is Stage.COMPOSITE
    assert steps[-1].understood is not None
    assert steps[5].detail == "fox"
    assert all(before.fraction <= later.fraction for before, later in pairwise(steps))
    assert steps[-1].fraction == pytest.approx(1 - STAGE_SHARES[Stage.COMPOSITE])


def test_the_rest_is_expected_to_take_as_long_as_what_is_done() -> None:
    progress = Progress().after(StageStarted(job_id=JOB, seq=1, at=at(0), stage=Stage.UNDERSTAND))
    assert progress.seconds_left is None
    progress = progress.after(StageStarted(job_id=JOB, seq=2, at=at(10), stage=Stage.COMPOSITE))
    done = 1 - STAGE_SHARES[Stage.COMPOSITE]
    assert progress.seconds_left == pytest.approx(10 * (1 - done) / done)


def test_a_requeued_job_starts_again_but_stays_understood() -> None:
    progress = Progress()
    for event in story()[:5]:
        progress = progress.after(event)
    again = progress.after(JobRequeued(job_id=JOB, seq=6, at=at(7), attempts=1, reason="it died"))
    assert (again.fraction, again.stage) == (0.0, None)
    assert again.understood == progress.understood


def test_a_stage_without_units_is_no_division_by_zero() -> None:
    event = StageProgressed(job_id=JOB, seq=1, at=at(0), stage=Stage.PLAN, done=0, total=0)
    assert Progress().after(event).stage is Stage.PLAN


@given(st.lists(st.tuples(st.sampled_from(Stage), st.integers(0, 9), st.integers(0, 9))))
def test_the_fraction_stays_in_bounds_and_never_falls(moves: list[tuple[Stage, int, int]]) -> None:
    progress = Progress()
    for index, (stage, done, total) in enumerate(moves):
        event = StageProgressed(job_id=JOB, seq=index, at=at(index), stage=stage, done=done, total=total)
        following = progress.after(event)
        assert progress.fraction <= following.fraction <= 1.0
        assert following.seconds_left is None or following.seconds_left >= 0
        progress = following
