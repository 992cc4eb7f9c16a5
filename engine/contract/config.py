"""Reading config.toml: the shipped defaults, a file of the admin's over them, and strict tables.

Both processes read the same file; each asks for its own tables. Unknown keys are refused with the
nearest known name, so that a typing error never passes for a setting.
"""

from __future__ import annotations

import dataclasses
import difflib
import tomllib
import types
import typing
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from engine.contract.errors import ConfigError

#: The documented defaults, at the root of the project.
DEFAULT_CONFIG = Path(__file__).parents[2] / "config.toml"

T = TypeVar("T")
Table = Mapping[str, Any]


def load_config(overlay: Path | None = None) -> dict[str, Any]:
    """Return the tables of config.toml with those of ``overlay`` over them.

    Raises ConfigError when a file cannot be read or is no TOML, or when the overlay has a table or key
    that the defaults do not have.
    """
    tables = _read(DEFAULT_CONFIG)
    if overlay is not None:
        _check_names(tables, _read(overlay), where=str(overlay))
        tables = _merge(tables, _read(overlay))
    return tables


def section(cls: type[T], tables: Table, name: str) -> T:
    """Build the frozen dataclass ``cls`` from the table ``name`` ("engine", "adapters.discord").

    Every field of ``cls`` is a key; types are checked (str, int, float, bool, Path, tuples and X | None;
    an empty string stands for None there). Raises ConfigError that names the key and the nearest name.
    """
    table: Any = tables
    for part in name.split("."):
        table = table.get(part, {}) if isinstance(table, Mapping) else {}
    hints = typing.get_type_hints(cls)
    fields = {item.name for item in dataclasses.fields(typing.cast("Any", cls))}
    values = {
        key: _convert(hints[_known(key, fields, where=f"[{name}]")], value, f"[{name}] {key}")
        for key, value in table.items()
        if not isinstance(value, Mapping) or key in fields
    }
    try:
        return cls(**values)
    except (TypeError, ValueError) as error:
        raise ConfigError(f"[{name}]: {error}") from error


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is no TOML: {error}") from error


def _merge(below: Table, above: Table) -> dict[str, Any]:
    merged = dict(below)
    for key, value in above.items():
        under = merged.get(key)
        both = isinstance(value, Mapping) and isinstance(under, Mapping)
        merged[key] = _merge(under, value) if both else value  # type: ignore[arg-type]
    return merged


def _check_names(known: Table, given: Table, *, where: str) -> None:
    for key, value in given.items():
        _known(key, set(known), where=where)
        if isinstance(known[key], Mapping) != isinstance(value, Mapping):
            raise ConfigError(
                f"{where}: {key!r} must {'' if isinstance(known[key], Mapping) else 'not '}be a table."
            )
        if isinstance(value, Mapping) and known[key]:
            _check_names(known[key], value, where=f"{where}, [{key}]")


def _known(key: str, known: set[str], *, where: str) -> str:
    if key in known:
        return key
    near = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
    hint = f" Did you mean {near[0]!r}?" if near else f" Known are: {', '.join(sorted(known))}."
    raise ConfigError(f"{where}: unknown key {key!r}.{hint}")


def _convert(kind: Any, value: Any, where: str) -> Any:
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        if value == "":
            return None
        (kind,) = (option for option in typing.get_args(kind) if option is not type(None))
        origin = typing.get_origin(kind)
    if origin is tuple and isinstance(value, list):
        item = typing.get_args(kind)[0]
        return tuple(_convert(item, part, where) for part in value)
    if kind is Path and isinstance(value, str):
        return Path(value).expanduser()
    if kind is float and type(value) is int:
        return float(value)
    if isinstance(kind, type) and isinstance(value, kind) and (kind is bool or not isinstance(value, bool)):
        return value
    if origin is not None and isinstance(value, Mapping):
        return value
    raise ConfigError(f"{where} must be {getattr(kind, '__name__', kind)}, not {value!r}.")
