"""Settings of the bot process: the tables of config.toml that it reads, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.contract.config import load_config, section
from engine.contract.errors import ConfigError

#: Languages that the bot can answer in.
REPLY_LANGUAGES = ("en", "zh")
LOG_LEVELS = ("debug", "info", "warning", "error")


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineLocation:
    """Where the engine is, or that it has to be started here."""

    #: Address of an engine that already runs; None: one is started beside the bot.
    url: str | None
    #: Name of the environment variable that holds (or hands over) the engine's token.
    token_env: str
    #: Name of the one with the token that may also change quotas; an engine started here needs none.
    admin_token_env: str

    def __post_init__(self) -> None:
        if self.url is not None and not self.url.startswith(("http://", "https://")):
            raise ValueError(f"url must begin with http:// or https://, not {self.url!r}")
        if not self.token_env:
            raise ValueError("token_env must name an environment variable")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleSettings:
    """The terminal as a chat."""

    enabled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscordSettings:
    """The Discord adapter."""

    enabled: bool
    #: Name of the environment variable with the bot's token.
    token_env: str
    #: Base of the REST API, ending in /api/v10; None for the official one.
    api_base: str | None
    #: Address of the gateway; None for the official one.
    gateway_url: str | None
    #: Ids of the servers in which the commands appear at once; none: everywhere, within an hour.
    guilds: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramSettings:
    """The Telegram adapter."""

    enabled: bool
    #: Name of the environment variable with the bot's token.
    token_env: str
    #: Address of a Bot API server of one's own; None for the official one.
    api_root: str | None
    #: True when that server runs with --local, which lifts the limit of uploads.
    local_mode: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSettings:
    """The chat page on this machine."""

    enabled: bool
    #: Address to listen on; the page has no log-in, so it stays on loopback.
    host: str
    #: TCP port; 0 takes any free one.
    port: int

    def __post_init__(self) -> None:
        if not 0 <= self.port <= 65_535:
            raise ValueError("port must be 0 to 65535")
        if self.host not in {"127.0.0.1", "::1", "localhost"}:
            raise ValueError("host must be a loopback address (127.0.0.1, ::1 or localhost)")


@dataclass(frozen=True, slots=True, kw_only=True)
class BotTable:
    """The table [bot] of config.toml."""

    #: Language of the messages: "en" or "zh".
    language: str
    #: "debug", "info", "warning" or "error".
    log_level: str

    def __post_init__(self) -> None:
        if self.language not in REPLY_LANGUAGES:
            raise ValueError(f"language must be one of {', '.join(REPLY_LANGUAGES)}, not {self.language!r}")
        if self.log_level not in LOG_LEVELS:
            raise ValueError(f"log_level must be one of {', '.join(LOG_LEVELS)}, not {self.log_level!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class BotSettings:
    """All that the bot process is told."""

    bot: BotTable
    engine: EngineLocation
    console: ConsoleSettings
    discord: DiscordSettings
    telegram: TelegramSettings
    web: WebSettings
    #: The admin's own file, which the engine is started with as well; None for the defaults alone.
    config_file: Path | None = None


def load_settings(config_file: Path | None = None) -> BotSettings:
    """Read config.toml and ``config_file`` over it; raise ConfigError that names the key."""
    tables = load_config(config_file)
    return BotSettings(
        bot=section(BotTable, tables, "bot"),
        engine=_engine_location(tables),
        console=section(ConsoleSettings, tables, "adapters.console"),
        discord=section(DiscordSettings, tables, "adapters.discord"),
        telegram=section(TelegramSettings, tables, "adapters.telegram"),
        web=section(WebSettings, tables, "adapters.web"),
        config_file=config_file.resolve() if config_file is not None else None,
    )


def secret_from_env(name: str, environment: Mapping[str, str], *, purpose: str) -> str:
    """Return the secret that the variable ``name`` holds; raise ConfigError when it is not set."""
    value = environment.get(name, "").strip()
    if not value:
        raise ConfigError(f"The environment variable {name} is not set; it must hold {purpose}.")
    return value


def _engine_location(tables: Mapping[str, Any]) -> EngineLocation:
    """Take the keys of [engine] that concern the bot; the engine itself checks the others."""
    table = tables["engine"]
    ours = {key: table[key] for key in ("url", "token_env", "admin_token_env") if key in table}
    return section(EngineLocation, {"engine": ours}, "engine")
