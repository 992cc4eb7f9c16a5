from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fakes.engine_parts import EngineProcesses


@pytest.fixture
def engines() -> Iterator[EngineProcesses]:
    """Starts engine processes; whatever a test leaves running is killed."""
    started = EngineProcesses()
    yield started
    started.kill_all()
