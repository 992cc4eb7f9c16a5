"""Files of the engine: where clips and work folders lie, how they are kept, and when they go.

data_dir/
  textreel.db            the job store
  clips/<job>/clip.mp4   finished clips, with thumbnail.jpg
  work/<job>/            what a running job writes
  engines/<name>.lock    held by every engine that lives (engine.instances)
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from engine.contract.clip import Clip
from engine.contract.errors import ConfigError, RenderError, StorageFull
from engine.contract.job import JobId

CLIP_NAME = "clip.mp4"
#: Names under which a clip's still picture is kept; the first that is there counts.
THUMBNAIL_NAMES = ("thumbnail.jpg", "thumbnail.png")
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """What may be kept."""

    #: Longest age of a clip.
    age: timedelta
    #: Room for all clips together, in bytes.
    bytes: int


def free_bytes(folder: Path) -> int:
    """Return how much room is left on the disk of ``folder``, in bytes."""
    return shutil.disk_usage(folder).free


class Artifacts:
    """The folders under data_dir."""

    def __init__(
        self, data_dir: Path, *, min_free_bytes: int, probe: Callable[[Path], int] = free_bytes
    ) -> None:
        self._data_dir = data_dir
        self._min_free_bytes = min_free_bytes
        self._probe = probe
        try:
            for folder in (data_dir, data_dir / "clips", data_dir / "work"):
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise ConfigError(
                f"[engine] data_dir: {error.filename or data_dir} cannot be made ({error.strerror})."
            ) from error

    @property
    def database(self) -> Path:
        """File of the job store."""
        return self._data_dir / "textreel.db"

    def check_space(self) -> None:
        """Raise StorageFull when the disk has less room than a render should find."""
        free = self._probe(self._data_dir)
        if free < self._min_free_bytes:
            raise StorageFull(
                f"The disk of {self._data_dir} has {free // MEGABYTE} MB left and a render starts with "
                f"{self._min_free_bytes // MEGABYTE} MB. Free some space and render again."
            )

    def fresh_workdir(self, job_id: JobId) -> Path:
        """Return the job's empty work folder; what an earlier attempt left there is gone."""
        folder = self._data_dir / "work" / job_id
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return folder

    def drop_workdir(self, job_id: JobId) -> None:
        """Delete the job's work folder."""
        shutil.rmtree(self._data_dir / "work" / job_id, ignore_errors=True)

    def keep(self, job_id: JobId, clip: Clip) -> Clip:
        """Move a rendered clip to its place, whole or not at all.

        Its still picture, thumbnail.jpg or clip.jpg (or .png) in the same folder, goes with it.

        Returns the clip with its location as a path of the API and with the hash and size of the file that
        is kept. Raises RenderError when the render process named a file that is not there.
        """
        rendered = Path(clip.location)
        if not rendered.is_file():
            raise RenderError(f"The render process left no clip at {rendered.name}.")
        folder = self._data_dir / "clips" / job_id
        staged = folder.with_name(f".{job_id}.part")
        for leftover in (staged, folder):
            shutil.rmtree(leftover, ignore_errors=True)
        staged.mkdir()
        rendered.replace(staged / CLIP_NAME)
        for name in THUMBNAIL_NAMES:
            for still in (rendered.with_name(name), rendered.with_suffix(Path(name).suffix)):
                if still.is_file():
                    still.replace(staged / name)
        digest = _hash_and_sync(staged / CLIP_NAME)
        staged.replace(folder)
        size = (folder / CLIP_NAME).stat().st_size
        return replace(clip, location=f"/v1/jobs/{job_id}/clip", sha256=digest, bytes=size)

    def discard(self, job_id: JobId) -> None:
        """Delete a clip that was kept for a job that did not succeed in the end."""
        shutil.rmtree(self._data_dir / "clips" / job_id, ignore_errors=True)

    def clip(self, job_id: JobId) -> Path | None:
        """Return the file of a kept clip, None when there is none (any more)."""
        path = self._data_dir / "clips" / job_id / CLIP_NAME
        return path if path.is_file() else None

    def thumbnail(self, job_id: JobId) -> Path | None:
        """Return the file of a kept clip's thumbnail, None when there is none."""
        folder = self._data_dir / "clips" / job_id
        return next((folder / name for name in THUMBNAIL_NAMES if (folder / name).is_file()), None)

    def clips(self) -> frozenset[JobId]:
        """Return whose clips are kept."""
        return frozenset(JobId(folder.name) for folder in self._clip_folders())

    def workdirs(self) -> frozenset[JobId]:
        """Return who has a work folder."""
        return frozenset(JobId(folder.name) for folder in (self._data_dir / "work").iterdir())

    def sweep(self, retention: Retention, *, now: datetime, may_go: Set[JobId]) -> tuple[JobId, ...]:
        """Delete clips of ``may_go`` that are too old, then the oldest of them while all take too much room.

        Returns whose clips went.
        """
        kept = sorted((folder.stat().st_mtime, folder) for folder in self._clip_folders())
        sizes = {folder: _folder_bytes(folder) for _, folder in kept}
        total = sum(sizes.values())
        gone = []
        for modified, folder in kept:
            too_old = now.timestamp() - modified > retention.age.total_seconds()
            if JobId(folder.name) in may_go and (too_old or total > retention.bytes):
                shutil.rmtree(folder, ignore_errors=True)
                total -= sizes[folder]
                gone.append(JobId(folder.name))
        return tuple(gone)

    def _clip_folders(self) -> list[Path]:
        return [folder for folder in (self._data_dir / "clips").iterdir() if not folder.name.startswith(".")]


def _folder_bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.iterdir())


def _hash_and_sync(path: Path) -> str:
    """Return the SHA-256 of a file that is then safe against a loss of power."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
        os.fsync(file.fileno())
    return digest.hexdigest()
