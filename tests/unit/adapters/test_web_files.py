from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.web_files import FileKind, FileShelf
from engine.contract.errors import JobNotFound
from engine.contract.job import JobId


class Engine:
    """Holds one job of "ann"."""

    def __init__(self) -> None:
        self.fetched: list[str] = []

    async def __call__(self, job_id: JobId, *, owner: str, kind: FileKind, target: Path) -> None:
        if owner != "web:ann":
            raise JobNotFound
        self.fetched.append(f"{job_id}.{kind}")
        await asyncio.to_thread(target.write_bytes, b"from the engine")


@pytest.fixture
def engine() -> Engine:
    return Engine()


@pytest.fixture
def shelf(engine: Engine) -> Iterator[FileShelf]:
    shelf = FileShelf(engine, max_jobs=2)
    yield shelf
    shelf.close()


async def test_a_file_that_was_put_is_not_fetched(shelf: FileShelf, engine: Engine, tmp_path: Path) -> None:
    source = tmp_path / "x"
    source.write_bytes(b"film")
    await shelf.put(JobId("job-1"), "ann", source, source)
    assert (await shelf.get(JobId("job-1"), "ann", FileKind.CLIP)).read_bytes() == b"film"
    assert (await shelf.get(JobId("job-1"), "ann", FileKind.STILL)).read_bytes() == b"film"
    assert engine.fetched == []


async def test_an_old_file_is_fetched_once(shelf: FileShelf, engine: Engine) -> None:
    for _ in range(2):
        path = await shelf.get(JobId("job-1"), "ann", FileKind.CLIP)
        assert path.read_bytes() == b"from the engine"
    assert engine.fetched == ["job-1.mp4"]


async def test_nobody_gets_the_clip_of_another(shelf: FileShelf, tmp_path: Path) -> None:
    source = tmp_path / "x"
    source.write_bytes(b"film")
    await shelf.put(JobId("job-1"), "ann", source, None)
    for job_id in ("job-1", "job-2", "../../etc/passwd", "", "a/b"):
        with pytest.raises(JobNotFound):
            await shelf.get(JobId(job_id), "bob", FileKind.CLIP)


async def test_the_oldest_files_make_room(shelf: FileShelf, engine: Engine) -> None:
    for name in ("one", "two", "three", "one"):
        await shelf.get(JobId(name), "ann", FileKind.CLIP)
    assert engine.fetched == ["one.mp4", "two.mp4", "three.mp4", "one.mp4"]
