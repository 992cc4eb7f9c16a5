"""Clips and stills for the chat page: kept for a while, fetched from the engine again when asked for."""

from __future__ import annotations

import asyncio
import re
import shutil
import tempfile
from collections import OrderedDict
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from engine.contract.errors import JobNotFound
from engine.contract.job import JobId

_JOB_ID = re.compile(r"[0-9A-Za-z_-]{1,64}")


class FileKind(StrEnum):
    """What a page can ask for; the value is the suffix of the file."""

    CLIP = "mp4"
    STILL = "jpg"


class FetchFile(Protocol):
    """Brings a file of a job from the engine."""

    async def __call__(self, job_id: JobId, *, owner: str, kind: FileKind, target: Path) -> None:
        """Write the file to ``target``; raise JobNotFound unless ``owner`` ("web:ID") asked for that job."""
        ...


class FileShelf:
    """Files by job, at most ``max_jobs`` of them; only the visitor who asked for a job gets its files."""

    def __init__(self, fetch: FetchFile, *, max_jobs: int = 40) -> None:
        self._fetch = fetch
        self._max_jobs = max_jobs
        self._folder = tempfile.TemporaryDirectory(prefix="textreel-web-")
        self._owners: OrderedDict[JobId, str] = OrderedDict()
        self._lock = asyncio.Lock()

    async def put(self, job_id: JobId, visitor: str, clip: Path, still: Path | None) -> None:
        """Keep copies of a job's files."""
        await asyncio.to_thread(shutil.copyfile, clip, self._path(job_id, FileKind.CLIP))
        if still is not None:
            await asyncio.to_thread(shutil.copyfile, still, self._path(job_id, FileKind.STILL))
        self._own(job_id, visitor)

    async def get(self, job_id: JobId, visitor: str, kind: FileKind) -> Path:
        """Return the path of a file; raise JobNotFound when it is not there or somebody else's."""
        path = self._path(job_id, kind)
        async with self._lock:
            if self._owners.get(job_id, visitor) != visitor:
                raise JobNotFound
            if job_id not in self._owners or not path.exists():
                await self._fetch(job_id, owner=f"web:{visitor}", kind=kind, target=path)
            self._own(job_id, visitor)
        return path

    def close(self) -> None:
        """Remove all files."""
        self._folder.cleanup()

    def _own(self, job_id: JobId, visitor: str) -> None:
        self._owners[job_id] = visitor
        self._owners.move_to_end(job_id)
        while len(self._owners) > self._max_jobs:
            oldest, _ = self._owners.popitem(last=False)
            for kind in FileKind:
                self._path(oldest, kind).unlink(missing_ok=True)

    def _path(self, job_id: JobId, kind: FileKind) -> Path:
        if not _JOB_ID.fullmatch(job_id):
            raise JobNotFound
        return Path(self._folder.name) / f"{job_id}.{kind}"
