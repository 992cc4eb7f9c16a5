from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from engine.contract.config import load_config, section
from engine.contract.errors import ConfigError


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    name: str
    seconds: float = 1.0
    count: int = 2
    verbose: bool = False
    folder: Path | None = None
    words: tuple[str, ...] = ()


def overlay(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_overlay_changes_only_what_it_names(tmp_path: Path) -> None:
    tables = load_config(overlay(tmp_path, "[engine]\nmax_queued = 7\n"))
    assert tables["engine"]["max_queued"] == 7
    assert tables["engine"]["max_attempts"] == load_config()["engine"]["max_attempts"]


def test_a_mistyped_key_is_refused_with_the_nearest_name(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"max_queue'.*Did you mean 'max_queued'"):
        load_config(overlay(tmp_path, "[engine]\nmax_queue = 7\n"))


def test_a_mistyped_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="Did you mean 'engine'"):
        load_config(overlay(tmp_path, "[engin]\nurl = ''\n"))


def test_a_table_where_a_value_belongs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="'url' must not be a table"):
        load_config(overlay(tmp_path, "[engine.url]\nx = 1\n"))


def test_a_value_where_a_table_belongs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="'engine' must be a table"):
        load_config(overlay(tmp_path, "engine = 1\n"))


@pytest.mark.parametrize("text", ["[engine", "\x00"], ids=["open bracket", "control character"])
def test_what_is_no_toml_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError, match="is no TOML"):
        load_config(overlay(tmp_path, text))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.toml cannot be read"):
        load_config(tmp_path / "none.toml")


def test_a_section_becomes_a_frozen_value() -> None:
    tables = {"a": {"b": {"name": "n", "seconds": 2, "folder": "", "words": ["x"], "verbose": True}}}
    assert section(Sample, tables, "a.b") == Sample(name="n", seconds=2.0, words=("x",), verbose=True)


def test_a_path_is_expanded() -> None:
    assert section(Sample, {"a": {"name": "n", "folder": "~/x"}}, "a").folder == Path.home() / "x"


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"name": 1}, r"\[a\] name must be str, not 1"),
        ({"name": "n", "count": True}, r"\[a\] count must be int, not True"),
        ({"name": "n", "verbose": 1}, r"\[a\] verbose must be bool"),
        ({"name": "n", "words": [1]}, r"\[a\] words must be str"),
        ({"name": "n", "cont": 1}, "Did you mean 'count'"),
        ({"name": "n", "zzz": 1}, "Known are"),
        ({}, r"\[a\]: .*name"),
    ],
    ids=str,
)
def test_a_wrong_value_is_named(table: dict[str, object], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        section(Sample, {"a": table}, "a")
