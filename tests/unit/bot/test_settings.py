from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import load_settings, secret_from_env
from engine.contract.errors import ConfigError


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_defaults_start_an_engine_here_and_speak_english() -> None:
    settings = load_settings()
    assert settings.engine.url is None
    assert settings.engine.token_env == "TEXTREEL_ENGINE_TOKEN"
    assert settings.console.enabled is True
    assert settings.bot.language == "en"
    assert settings.config_file is None


def test_a_file_of_the_admin_lies_over_the_defaults(tmp_path: Path) -> None:
    path = write(tmp_path, '[bot]\nlanguage = "zh"\n[engine]\nurl = "http://10.0.0.5:8420"\nmax_queued = 3\n')
    settings = load_settings(path)
    assert (settings.bot.language, settings.engine.url) == ("zh", "http://10.0.0.5:8420")
    assert settings.config_file == path


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[bot]\nlangauge = "zh"', "Did you mean 'language'"),
        ('[bot]\nlanguage = "fr"', "language must be one of en, zh"),
        ('[bot]\nlog_level = "loud"', "log_level must be one of"),
        ('[engine]\nurl = "10.0.0.5"', "must begin with http://"),
        ('[engine]\ntoken_env = ""', "token_env must name"),
        ("[adapters.web]\nport = 99999", "0 to 65535"),
        ('[adapters.web]\nhost = "0.0.0.0"', "loopback"),
        ('[adapters.web]\nenabled = "yes"', "enabled must be bool"),
        ("[adapters.slack]\nenabled = true", "unknown key 'slack'"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said.replace("(", "\\(")):
        load_settings(write(tmp_path, text))


def test_a_secret_that_is_not_set_names_its_variable() -> None:
    assert secret_from_env("A", {"A": " abc\n"}, purpose="the token") == "abc"
    with pytest.raises(ConfigError, match="variable B is not set; it must hold the token"):
        secret_from_env("B", {"A": "abc", "B": " "}, purpose="the token")
