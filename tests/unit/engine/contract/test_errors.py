from __future__ import annotations

import pickle

import pytest

from engine.contract.errors import TextreelError, WorkerDied, error_classes, error_from_code


@pytest.mark.parametrize("cls", list(error_classes()), ids=lambda cls: cls.__name__)
def test_errors_cross_a_pipe(cls: type[TextreelError]) -> None:
    sent = cls("said so")
    received = pickle.loads(pickle.dumps(sent))  # noqa: S301  what multiprocessing does with an exception
    assert (type(received), str(received)) == (cls, "said so")


@pytest.mark.parametrize("cls", list(error_classes()), ids=lambda cls: cls.__name__)
def test_a_code_brings_its_class_back(cls: type[TextreelError]) -> None:
    assert type(error_from_code(cls.code)) is cls


def test_the_docstring_is_the_default_message() -> None:
    assert str(WorkerDied()) == "The render process died. It may have run out of memory."


def test_an_unknown_code_keeps_its_message() -> None:
    error = error_from_code("from_the_future", "Later.")
    assert (type(error), str(error)) == (TextreelError, "Later.")
    assert "from_the_future" in str(error_from_code("from_the_future"))
