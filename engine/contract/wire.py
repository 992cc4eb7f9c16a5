"""The contract as JSON: ``to_json`` and ``from_json`` for every frozen value of this package.

A value of a union of dataclasses (a job event) carries its class name under "type". Unknown keys are
ignored, so that an older bot can read a newer engine; missing ones without a default are an error.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from engine.contract.errors import IncompatibleVersion
from engine.contract.events import AnyJobEvent

#: Raised by one whenever an old reader could no longer understand a new writer.
CONTRACT_VERSION = 1

T = TypeVar("T")
_SCALARS = (str, int, float, bool, type(None))


def to_json(value: object) -> Any:
    """Turn a frozen contract value into what ``json.dumps`` takes."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, _SCALARS):
        return value
    if isinstance(value, Mapping):
        return {str(key): to_json(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [to_json(item) for item in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {item.name: to_json(getattr(value, item.name)) for item in dataclasses.fields(value)}
    raise TypeError(f"{type(value).__name__} is no part of the contract")


def from_json(cls: type[T], data: Any) -> T:
    """Build a ``cls`` from JSON data; raise IncompatibleVersion where they do not fit."""
    try:
        return typing.cast("T", _build(cls, data))
    except (KeyError, TypeError, ValueError) as error:
        raise IncompatibleVersion(f"Not a {cls.__name__}: {error}") from error


def event_to_json(event: AnyJobEvent) -> dict[str, Any]:
    """Turn a job event into JSON with its class name under "type"."""
    return {"type": type(event).__name__, **to_json(event)}


def event_from_json(data: Mapping[str, Any]) -> AnyJobEvent:
    """Build the job event that "type" names."""
    classes = {cls.__name__: cls for cls in typing.get_args(AnyJobEvent)}
    name = str(data.get("type"))
    if name not in classes:
        raise IncompatibleVersion(f"Unknown job event {name!r}.")
    return typing.cast("AnyJobEvent", from_json(classes[name], data))


@cache
def _hints(cls: type) -> dict[str, Any]:
    return typing.get_type_hints(cls)


def _build(kind: Any, data: Any) -> Any:
    """Build a value of the annotated type ``kind``."""
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return _build_optional(kind, data)
    if origin is tuple:
        (item, _ellipsis) = typing.get_args(kind)
        return tuple(_build(item, part) for part in data)
    if origin is not None and issubclass(origin, Mapping):
        item = typing.get_args(kind)[1]
        return {str(key): _build(item, part) for key, part in data.items()}
    if dataclasses.is_dataclass(kind):
        return _build_dataclass(typing.cast("type", kind), data)
    return _build_scalar(kind, data)


def _build_optional(kind: Any, data: Any) -> Any:
    options = [option for option in typing.get_args(kind) if option is not type(None)]
    if data is None:
        return None
    if len(options) != 1:
        raise TypeError(f"{kind} is ambiguous")
    return _build(options[0], data)


def _build_dataclass(cls: type, data: Mapping[str, Any]) -> Any:
    if not isinstance(data, Mapping):
        raise TypeError(f"{cls.__name__} wants an object, not {type(data).__name__}")
    hints = _hints(cls)
    known = {
        item.name: _build(hints[item.name], data[item.name])
        for item in dataclasses.fields(cls)
        if item.name in data
    }
    return cls(**known)


def _build_scalar(kind: Any, data: Any) -> Any:
    kind = getattr(kind, "__supertype__", kind)  # NewType
    if kind is datetime:
        return datetime.fromisoformat(data)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(data)
    if kind is float and type(data) is int:
        return float(data)
    if not isinstance(data, kind) or (isinstance(data, bool) and kind is not bool):
        raise TypeError(f"{data!r} is not {getattr(kind, '__name__', kind)}")
    return data
