"""JSON Schemas of the contract's values, as engine.contract.wire writes them."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Any

Schema = dict[str, Any]

_SCALARS: Mapping[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    datetime: {"type": "string", "format": "date-time"},
}


class Schemas:
    """The schemas of dataclasses, each under its name, found while others refer to them."""

    def __init__(self) -> None:
        #: By the name of the class.
        self.named: dict[str, Schema] = {}

    def of(self, kind: Any) -> Schema:
        """Return the schema of an annotated type; raise TypeError for one that the wire does not know."""
        kind = getattr(kind, "__supertype__", kind)  # NewType
        if kind in _SCALARS:
            return dict(_SCALARS[kind])
        origin = typing.get_origin(kind)
        if origin in (typing.Union, types.UnionType):
            return self._union(typing.get_args(kind))
        if origin is tuple:
            return {"type": "array", "items": self.of(typing.get_args(kind)[0])}
        if origin is not None and issubclass(origin, Mapping):
            return {"type": "object", "additionalProperties": self.of(typing.get_args(kind)[1])}
        if isinstance(kind, type) and issubclass(kind, Enum):
            return {"type": "string", "enum": [item.value for item in kind]}
        if dataclasses.is_dataclass(kind):
            return self._reference(typing.cast("type", kind))
        raise TypeError(f"{kind} is no part of the contract")

    def event(self, cls: type) -> Schema:
        """Return the schema of a job event, which carries its class name as ``type``."""
        reference = self._reference(cls)
        self.named[cls.__name__]["properties"]["type"] = {"type": "string", "const": cls.__name__}
        if "type" not in self.named[cls.__name__]["required"]:
            self.named[cls.__name__]["required"].append("type")
        return reference

    def _union(self, options: tuple[Any, ...]) -> Schema:
        some = [self.of(option) for option in options if option is not type(None)]
        return {"anyOf": [*some, *([{"type": "null"}] if type(None) in options else [])]}

    def _reference(self, cls: type) -> Schema:
        name = cls.__name__
        if name not in self.named:
            made: Schema = {"type": "object", "description": _first_line(cls)}
            self.named[name] = made  # before its fields, which may lead back to it
            hints = typing.get_type_hints(cls)
            fields = dataclasses.fields(cls)
            made["properties"] = {field.name: self.of(hints[field.name]) for field in fields}
            made["required"] = [field.name for field in fields if _is_required(field)]
        return {"$ref": f"#/components/schemas/{name}"}


def _is_required(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _first_line(cls: type) -> str:
    return (cls.__doc__ or "").strip().splitlines()[0]
