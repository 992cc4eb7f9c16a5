from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine import instances
from engine.contract.errors import EngineUnavailable
from engine.instances import NO_PARENT, Parent

HERE = Parent.of(os.getpid())


def test_a_living_engine_has_no_heirs(tmp_path: Path) -> None:
    with instances.living(tmp_path, HERE) as name:
        assert instances.dead_parent(tmp_path, name) is None
    assert instances.dead_parent(tmp_path, name) == HERE


def test_every_engine_has_a_name_of_its_own(tmp_path: Path) -> None:
    with instances.living(tmp_path, HERE) as one, instances.living(tmp_path, HERE) as other:
        assert one != other


def test_an_engine_that_left_nothing_is_dead(tmp_path: Path) -> None:
    assert instances.dead_parent(tmp_path, "nobody") == NO_PARENT


def test_a_damaged_file_names_no_parent(tmp_path: Path) -> None:
    with instances.living(tmp_path, HERE) as name:
        pass
    (tmp_path / "engines" / f"{name}.lock").write_text('{"pid": ', encoding="utf-8")
    assert instances.dead_parent(tmp_path, name) == NO_PARENT


def test_files_of_dead_engines_are_tidied_away(tmp_path: Path) -> None:
    with instances.living(tmp_path, HERE) as needed, instances.living(tmp_path, HERE) as needless:
        pass
    with instances.living(tmp_path, HERE) as alive:
        instances.tidy(tmp_path, needed={needed})
        left = {path.stem for path in (tmp_path / "engines").iterdir()}
    assert left == {needed, alive}
    assert needless not in left


def test_a_file_that_was_tidied_away_too_early_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another engine may delete the file between its making and its lock."""
    real = instances.fcntl.flock
    deleted = []

    def flock(file: object, how: int) -> None:
        if not deleted:
            (path,) = (tmp_path / "engines").iterdir()
            path.unlink()
            deleted.append(path)
        real(file, how)  # type: ignore[arg-type]

    monkeypatch.setattr(instances.fcntl, "flock", flock)
    with instances.living(tmp_path, HERE) as name:
        assert (tmp_path / "engines" / f"{name}.lock").is_file()
        assert instances.dead_parent(tmp_path, name) is None
    assert len(deleted) == 1


def test_only_one_engine_serves_alone(tmp_path: Path) -> None:
    refused = pytest.raises(EngineUnavailable, match=str(os.getpid()))
    with instances.alone(tmp_path), refused, instances.alone(tmp_path):
        pass
    with instances.alone(tmp_path):
        pass


def test_a_parent_lives_until_it_ends() -> None:
    assert HERE.is_alive
    assert not NO_PARENT.is_alive
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    parent = Parent.of(child.pid)
    assert parent.is_alive
    assert not Parent(pid=child.pid, started=parent.started + 1).is_alive
    child.kill()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert not parent.is_alive  # dead, though nobody has asked for its exit code yet
    child.communicate()
    assert not parent.is_alive
