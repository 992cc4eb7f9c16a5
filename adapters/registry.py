"""Which chat networks there are, by name. A library is imported when its adapter is first used."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from engine.contract.errors import ConfigError

#: Name in config.toml to "module:class".
ADAPTERS: Mapping[str, str] = MappingProxyType(
    {
        "console": "adapters.console_chat:ConsoleChat",
        "discord": "adapters.discord_chat:DiscordChat",
        "telegram": "adapters.telegram_chat:TelegramChat",
        "web": "adapters.web_chat:WebChat",
    }
)


def adapter_class(name: str) -> Any:
    """Import and return the adapter class ``name``.

    Raises ConfigError for a name that is not known or whose library is not installed.
    """
    if name not in ADAPTERS:
        raise ConfigError(f"There is no adapter {name!r}. Known are: {', '.join(sorted(ADAPTERS))}.")
    module, _, cls = ADAPTERS[name].partition(":")
    try:
        return getattr(importlib.import_module(module), cls)
    except ModuleNotFoundError as error:
        raise ConfigError(
            f"The adapter {name!r} needs the package {error.name!r}, which is not installed. "
            "Run `make setup` once more."
        ) from error
