"""For every test: loopback is the only network, and no setting or secret of the machine leaks in."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator

import pytest
import pytest_socket
from hypothesis import HealthCheck, settings

LOOPBACK = ["127.0.0.1", "localhost", "::1"]
PRIVATE_PREFIXES = ("TEXTREEL_", "DISCORD_", "TELEGRAM_")

settings.register_profile(
    "textreel", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("textreel")


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("live") is None:
        pytest_socket.socket_allow_hosts(LOOPBACK, allow_unix_socket=True)


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take tokens and settings of the machine away; keep every network library on few threads."""
    for name in list(os.environ):
        if name.startswith(PRIVATE_PREFIXES):
            monkeypatch.delenv(name)
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    monkeypatch.setenv("OMP_WAIT_POLICY", "passive")


@pytest.fixture(autouse=True)
def unchanged_logging() -> Iterator[None]:
    """Give the loggers that commands set their levels back, so that no test hears less than another."""
    loggers = [logging.getLogger(name) for name in (None, "engine", "asyncio")]
    levels, handlers = [logger.level for logger in loggers], list(loggers[0].handlers)
    yield
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)
    loggers[0].handlers[:] = handlers
