from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest

from engine.contract.config import load_config
from engine.contract.errors import ConfigError
from engine.settings import EngineSettings, load_settings, settings_from


def test_the_shipped_configuration_is_valid() -> None:
    settings = load_settings()
    assert settings.url is None
    assert settings.is_loopback
    assert settings.pipeline == "engine.pipeline:build"
    assert settings.data_dir == Path("~/.local/share/textreel").expanduser()
    assert settings.quota.free_platforms == ("console",)


def test_an_overlay_changes_what_it_names(tmp_path: Path) -> None:
    overlay = tmp_path / "mine.toml"
    overlay.write_text("[engine]\nport = 8420\n[engine.clip]\nmax_seconds = 20\n", encoding="utf-8")
    settings = load_settings(overlay)
    assert (settings.port, settings.clip.max_seconds) == (8420, 20.0)
    assert settings.clip.min_seconds == load_settings().clip.min_seconds


def test_settings_cross_a_process_pipe() -> None:
    settings = load_settings()
    copy: EngineSettings = pickle.loads(pickle.dumps(settings))  # noqa: S301 - our own bytes
    assert copy == settings


@pytest.mark.parametrize(
    ("table", "key", "value", "message"),
    [
        ("engine", "executor", "cloud", "local_process, inline"),
        ("engine", "log_level", "loud", "log_level"),
        ("engine", "max_attempts", 0, "max_attempts"),
        ("engine", "lease_seconds", 0, "lease_seconds"),
        ("engine", "port", 70_000, "port"),
        ("engine", "port", "http", "port"),
        ("engine", "hots", "127.0.0.1", "'host'"),
        ("quota", "max_wating", 3, "'max_waiting'"),
        ("quota", "cooldown_seconds", -1, "0 or more"),
        ("quota", "time_zone", "Mars/Olympus", "Asia/Shanghai"),
        ("quota", "time_zone", "../etc/passwd", "time_zone"),
    ],
)
def test_what_is_wrong_is_named(table: str, key: str, value: Any, message: str) -> None:
    tables = load_config()
    with pytest.raises(ConfigError, match=message):
        settings_from({**tables, table: {**tables[table], key: value}})


def test_the_bounds_of_a_clip_must_fit_together() -> None:
    tables = load_config()
    clip = {**tables["engine"]["clip"], "min_seconds": 90.0}
    with pytest.raises(ConfigError, match="min_seconds"):
        settings_from({**tables, "engine": {**tables["engine"], "clip": clip}})
