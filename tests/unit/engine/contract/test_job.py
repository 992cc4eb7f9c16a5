from __future__ import annotations

import itertools

import pytest

from engine.contract.errors import IllegalTransition
from engine.contract.job import TERMINAL, TRANSITIONS, JobStatus, check_transition


def test_every_status_has_a_row() -> None:
    assert set(TRANSITIONS) == set(JobStatus)


def test_the_three_ends() -> None:
    assert {JobStatus.SUCCEEDED, JobStatus.FAILED, JobStatus.CANCELLED} == TERMINAL


@pytest.mark.parametrize(("current", "following"), list(itertools.product(JobStatus, JobStatus)))
def test_a_transition_is_made_or_refused_by_name(current: JobStatus, following: JobStatus) -> None:
    if following in TRANSITIONS[current]:
        check_transition(current, following)
    else:
        with pytest.raises(IllegalTransition, match=f"{current} to {following}"):
            check_transition(current, following)
