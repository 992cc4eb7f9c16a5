from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.contract.clip import Clip
from engine.contract.errors import IncompatibleVersion
from engine.contract.events import AnyJobEvent, JobFailed, JobSucceeded, StageProgressed
from engine.contract.job import Job
from engine.contract.request import ClipRequest
from engine.contract.storyboard import Reading, Storyboard
from engine.contract.wire import event_from_json, event_to_json, from_json, to_json

#: Moments as the engine writes them: aware, in UTC.
MOMENTS = st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=UTC)
)
st.register_type_strategy(datetime, MOMENTS)
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))


def through_text(data: object) -> object:
    return json.loads(json.dumps(data, ensure_ascii=False))


@given(st.one_of(*(st.from_type(cls) for cls in (ClipRequest, Clip, Reading, Storyboard, Job))))
def test_values_survive_the_wire(value: object) -> None:
    assert from_json(type(value), through_text(to_json(value))) == value


@given(st.from_type(AnyJobEvent))
def test_events_survive_the_wire(event: AnyJobEvent) -> None:
    assert event_from_json(through_text(event_to_json(event))) == event


def test_unknown_keys_are_ignored() -> None:
    event = StageProgressed(
        job_id="j", seq=1, at=datetime(2026, 1, 1, tzinfo=UTC), stage="generate", done=1, total=2
    )
    assert event_from_json({**event_to_json(event), "later": 1}).done == 1


@pytest.mark.parametrize(
    "damage",
    [{"code": 3}, {"seq": "1"}, {"seq": True}, {"at": "yesterday"}, {"job_id": None}],
    ids=str,
)
def test_damaged_data_is_named(damage: dict[str, object]) -> None:
    event = JobFailed(job_id="j", seq=1, at=datetime(2026, 1, 1, tzinfo=UTC), code="x", detail="")
    with pytest.raises(IncompatibleVersion, match="JobFailed"):
        event_from_json({**event_to_json(event), **damage})


def test_a_missing_key_is_named() -> None:
    with pytest.raises(IncompatibleVersion, match="clip"):
        event_from_json({"type": "JobSucceeded", "job_id": "j", "seq": 1, "at": "2026-01-01T00:00:00+00:00"})


def test_an_unknown_event_is_named() -> None:
    with pytest.raises(IncompatibleVersion, match="JobTeleported"):
        event_from_json({"type": "JobTeleported"})


def test_only_contract_values_have_a_wire_form() -> None:
    with pytest.raises(TypeError, match="set"):
        to_json({1, 2})


def test_events_are_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        JobSucceeded.__setattr__(
            StageProgressed(
                job_id="j", seq=1, at=datetime(2026, 1, 1, tzinfo=UTC), stage="plan", done=0, total=1
            ),
            "seq",
            2,
        )
