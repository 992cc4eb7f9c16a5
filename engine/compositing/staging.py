"""Files that appear whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.contract.errors import OutputUnwritable, RenderError, StorageFull

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextmanager
def staged(output: Path) -> Iterator[Path]:
    """Give a temporary path beside ``output``; it takes the name when all went well, else it is removed."""
    if output.is_dir():
        raise OutputUnwritable(f"{output} is a folder. Choose the name of a file.")
    temporary = output.with_name(f".{output.name}.{os.getpid()}.part")
    try:
        with storage_errors(output):
            temporary.touch()
            yield temporary
            temporary.replace(output)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def storage_errors(output: Path) -> Iterator[None]:
    """Turn the operating system's errors inside the block into named ones that speak of ``output``."""
    try:
        yield
    except OSError as error:
        raise named_error(error, output) from error


def named_error(error: OSError, output: Path) -> RenderError:
    """Return StorageFull or OutputUnwritable for what the operating system said."""
    if error.errno in _FULL:
        return StorageFull(f"The disk of {output.parent} is full. Free some space and render again.")
    reason = error.strerror or str(error)
    return OutputUnwritable(f"{output} cannot be written: {reason}. Choose another path.")
