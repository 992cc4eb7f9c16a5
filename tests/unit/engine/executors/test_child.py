from __future__ import annotations

import errno
import threading

import numpy as np
import pytest

from engine.contract.errors import (
    Cancelled,
    CheckpointMissing,
    ConfigError,
    GeneratorOutOfMemory,
    StageFailed,
    StorageFull,
    TextreelError,
)
from engine.contract.events import Stage
from engine.contract.job import JobId
from engine.executors import child
from engine.executors.base import FromChild, Progress, StageStarted, Understood
from engine.executors.child import JobReport, load_factory, name_error, plain_answer, plain_clip
from tests.fakes import values

JOB = JobId("job-1")


class Told:
    """A report and what it has sent."""

    def __init__(self) -> None:
        self.sent: list[FromChild] = []
        self.stop = threading.Event()
        self.report = JobReport(JOB, self.sent.append, self.stop)


@pytest.fixture
def told() -> Told:
    return Told()


def test_a_stage_is_told(told: Told) -> None:
    told.report.stage(Stage.GENERATE)
    assert told.sent == [StageStarted(job_id=JOB, stage=Stage.GENERATE)]
    assert told.report.current_stage is Stage.GENERATE


def test_progress_is_told_now_and_then(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = 100.0
    monkeypatch.setattr(child.time, "monotonic", lambda: moment)
    told.report.stage(Stage.GENERATE)
    for done in range(1, 100):
        moment += child.PROGRESS_SECONDS / 10
        told.report.progress(done=done, total=1000, detail="fox")
    news = [message for message in told.sent if isinstance(message, Progress)]
    assert 9 <= len(news) <= 11
    assert news[0] == Progress(job_id=JOB, stage=Stage.GENERATE, done=1, total=1000, detail="fox")


def test_the_end_of_a_stage_is_always_told(told: Told) -> None:
    told.report.stage(Stage.SCORE)
    told.report.progress(done=1, total=2)
    told.report.progress(done=2, total=2)
    told.report.stage(Stage.COMPOSITE)
    told.report.progress(done=1, total=900)
    done = [message.done for message in told.sent if isinstance(message, Progress)]
    assert done == [1, 2, 1]


def test_the_plan_is_told(told: Told) -> None:
    told.report.understood(title="A fox", captions=("one",), entities=("OBJECT: fox",), notes=())
    assert told.sent == [
        Understood(job_id=JOB, title="A fox", captions=("one",), entities=("OBJECT: fox",), notes=())
    ]


def test_a_cancellation_comes_out_of_every_call(told: Told) -> None:
    told.report.check_cancelled()
    told.stop.set()
    with pytest.raises(Cancelled):
        told.report.check_cancelled()
    with pytest.raises(Cancelled):
        told.report.stage(Stage.PLAN)
    with pytest.raises(Cancelled):
        told.report.progress(done=1, total=2)
    assert told.sent == []


def test_numbers_of_numpy_are_made_plain(told: Told) -> None:
    told.report.stage(Stage.GENERATE)
    told.report.progress(done=np.int64(1), total=np.int64(2))
    (_, message) = told.sent
    assert isinstance(message, Progress)
    assert {type(message.done), type(message.total)} == {int}
    with pytest.raises(TypeError, match="int64"):
        plain_clip(values.clip(bytes=np.int64(5)))
    assert plain_clip(values.clip()) == values.clip()


@pytest.mark.parametrize("answer", [None, ["a list"], {"picture": b"bytes"}, {"score": float("nan")}])
def test_an_answer_that_is_no_json_object_is_refused(answer: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        plain_answer(answer)
    assert plain_answer({"a": (1, 2)}) == {"a": [1, 2]}


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (CheckpointMissing("which"), CheckpointMissing("which")),
        (
            MemoryError(),
            GeneratorOutOfMemory("There was not enough memory while drawing. Choose a smaller height."),
        ),
        (OSError(errno.ENOSPC, "No space left on device"), StorageFull()),
        (ValueError("odd\nsize"), StageFailed("ValueError while drawing: odd.")),
        (ZeroDivisionError(), StageFailed("ZeroDivisionError while drawing: no message.")),
    ],
)
def test_every_exception_gets_a_name(error: Exception, expected: TextreelError) -> None:
    named = name_error(error, doing="drawing")
    assert (type(named), named.message) == (type(expected), expected.message)


def test_a_factory_is_found_by_its_path() -> None:
    factory = load_factory("tests.fixtures.pipelines.ok:build")
    assert factory.__module__ == "tests.fixtures.pipelines.ok"


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("tests.fixtures.pipelines.nothing:build", "no module 'tests.fixtures.pipelines.nothing'"),
        ("nowhere.at.all:build", "no module 'nowhere.at.all'"),
        ("tests.fixtures.pipelines.ok:construct", "no 'construct'"),
        ("tests.fixtures.pipelines.ok", "no ''"),
    ],
)
def test_a_factory_that_is_not_there_is_a_wrong_setting(path: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        load_factory(path)


def test_a_library_that_the_pipeline_lacks_is_no_wrong_setting() -> None:
    with pytest.raises(ModuleNotFoundError, match="library_that_nobody_has"):
        load_factory("tests.fixtures.pipelines.lacks_library:build")
