"""What config.toml says to the engine, checked and frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.contract.config import load_config, section

LOOPBACK_HOSTS = frozenset({"127.0.0.1", "::1", "localhost"})
EXECUTORS = ("local_process", "inline")
LOG_LEVELS = ("debug", "info", "warning", "error")


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneratorSettings:
    """[engine.generator]: who draws, and on what."""

    name: str
    #: "auto", "cpu", "cuda" or "cuda:N".
    device: str
    #: CPU threads of the networks; 0 for all but one.
    threads: int
    #: Pictures drawn for each subject, of which the best is kept.
    candidates: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipSettings:
    """[engine.clip]: the bounds of a clip and how it is encoded."""

    #: Shortest clip, in seconds.
    min_seconds: float
    #: Longest clip, in seconds.
    max_seconds: float
    #: Tallest shorter side of the picture, in px.
    max_height_px: int
    #: Name of an x264 preset.
    encoder_preset: str
    #: Constant rate factor of x264: 18 is large and fine, 28 small and coarse.
    encoder_quality: int

    def __post_init__(self) -> None:
        if not 0 < self.min_seconds <= self.max_seconds:
            raise ValueError("min_seconds must be above 0 and at most max_seconds")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaSettings:
    """[quota]: what one user may have."""

    #: Charged seconds of clip a day; 0 for no limit.
    seconds_per_day: float
    #: Charged seconds of clip a calendar month; 0 for no limit.
    seconds_per_month: float
    #: Clips that may wait at the same time; 0 for no limit.
    max_waiting: int
    #: Pause between two requests of one user, in seconds; 0 for none.
    cooldown_seconds: float
    #: Adapters whose users have no quota.
    free_platforms: tuple[str, ...]
    #: Name of the time zone in which days and months begin; None for the system's.
    time_zone: str | None

    def __post_init__(self) -> None:
        if min(self.seconds_per_day, self.seconds_per_month, self.cooldown_seconds, self.max_waiting) < 0:
            raise ValueError("limits must be 0 or more")
        if self.time_zone is not None:
            zone_named(self.time_zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineSettings:
    """[engine] with its tables and [quota]."""

    #: Address of an engine that already runs; None when one is started here.
    url: str | None
    #: Name of the environment variable that holds the bot's token.
    token_env: str
    #: Name of the one with the token that may also change quotas.
    admin_token_env: str
    #: Name of the one with the token that may only read metrics.
    metrics_token_env: str
    host: str
    #: Port to listen on; 0 takes a free one.
    port: int
    #: Where the database and the clips lie.
    data_dir: Path
    #: "local_process" or "inline".
    executor: str
    #: "module:function" that builds the pipeline in the render process.
    pipeline: str
    #: How often a job is started before it is failed.
    max_attempts: int
    #: An engine that has not renewed a job's lease for so long has lost the job, in seconds.
    lease_seconds: float
    #: A job that takes longer is failed, in seconds.
    job_seconds_limit: float
    #: Jobs that may wait all together.
    max_queued: int
    #: Clips older than this are deleted, in days.
    keep_clips_days: float
    #: Room that all clips together may take, in megabytes.
    keep_clips_megabytes: int
    #: No render starts with less room on the disk, in megabytes.
    min_free_megabytes: int
    log_level: str
    generator: GeneratorSettings
    clip: ClipSettings
    quota: QuotaSettings

    def __post_init__(self) -> None:
        if self.executor not in EXECUTORS:
            raise ValueError(f"executor must be one of {', '.join(EXECUTORS)}, not {self.executor!r}")
        if self.log_level not in LOG_LEVELS:
            raise ValueError(f"log_level must be one of {', '.join(LOG_LEVELS)}, not {self.log_level!r}")
        if self.max_attempts < 1 or self.max_queued < 1:
            raise ValueError("max_attempts and max_queued must be at least 1")
        if self.lease_seconds <= 0 or self.job_seconds_limit <= 0:
            raise ValueError("lease_seconds and job_seconds_limit must be above 0")
        if not 0 <= self.port <= 65_535:
            raise ValueError(f"port must be 0 to 65535, not {self.port}")

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach the engine."""
        return self.host in LOOPBACK_HOSTS


def zone_named(name: str) -> ZoneInfo:
    """Return a time zone of the IANA database; raise ValueError when there is none of that name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(
            f'time_zone must be a name such as "Europe/Berlin" or "Asia/Shanghai", not {name!r}'
        ) from error


def load_settings(overlay: Path | None = None) -> EngineSettings:
    """Read config.toml and the admin's ``overlay`` over it; raise ConfigError for what is wrong."""
    return settings_from(load_config(overlay))


def settings_from(tables: Mapping[str, Any]) -> EngineSettings:
    """Build the settings from the tables of config.toml; raise ConfigError for what is wrong."""
    parts = {
        "generator": section(GeneratorSettings, tables, "engine.generator"),
        "clip": section(ClipSettings, tables, "engine.clip"),
        "quota": section(QuotaSettings, tables, "quota"),
    }
    flat = {key: value for key, value in tables["engine"].items() if not isinstance(value, Mapping)}
    return section(EngineSettings, {"engine": {**flat, **parts}}, "engine")
