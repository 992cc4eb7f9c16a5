from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from engine.compositing.staging import named_error, staged
from engine.contract.errors import OutputUnwritable, StorageFull


def test_a_file_appears_when_all_went_well(tmp_path: Path) -> None:
    with staged(tmp_path / "clip.mp4") as temporary:
        temporary.write_bytes(b"film")
        assert not (tmp_path / "clip.mp4").exists()
    assert {path.name for path in tmp_path.iterdir()} == {"clip.mp4"}


def test_nothing_stays_after_an_error(tmp_path: Path) -> None:
    (tmp_path / "clip.mp4").write_bytes(b"old")

    def fail() -> None:
        with staged(tmp_path / "clip.mp4") as temporary:
            temporary.write_bytes(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"clip.mp4": b"old"}


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputUnwritable, match="is a folder"), staged(tmp_path):
        pass


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputUnwritable, match="No such file"), staged(tmp_path / "none" / "clip.mp4"):
        pass


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputUnwritable, match="Permission"), staged(tmp_path / "clip.mp4"):
        pass


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, StorageFull),
        (errno.EDQUOT, StorageFull),
        (errno.EFBIG, StorageFull),
        (errno.EACCES, OutputUnwritable),
        (errno.EROFS, OutputUnwritable),
    ],
)
def test_errors_of_the_system_get_a_name(number: int, kind: type[Exception], tmp_path: Path) -> None:
    error = named_error(OSError(number, os.strerror(number)), tmp_path / "clip.mp4")
    assert isinstance(error, kind)
    assert str(tmp_path) in str(error)


def test_a_full_disk_in_the_middle_is_storage_full(tmp_path: Path) -> None:
    with pytest.raises(StorageFull), staged(tmp_path / "clip.mp4"):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert list(tmp_path.iterdir()) == []
