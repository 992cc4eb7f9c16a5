"""A small checker of JSON against the schemas of the OpenAPI document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

_KINDS: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
    "array": (list,),
    "object": (dict,),
}


def mismatches(
    value: Any, schema: Mapping[str, Any], document: Mapping[str, Any], *, at: str = "$"
) -> list[str]:
    """Return where ``value`` differs from ``schema``; references are looked up in ``document``."""
    return list(_differences(value, schema, document, at))


def _differences(
    value: Any, schema: Mapping[str, Any], document: Mapping[str, Any], at: str
) -> Iterator[str]:
    if "$ref" in schema:
        found: Any = document
        for name in schema["$ref"].removeprefix("#/").split("/"):
            found = found[name]
        yield from _differences(value, found, document, at)
    if "anyOf" in schema:
        tries = [mismatches(value, option, document, at=at) for option in schema["anyOf"]]
        if all(tries):
            yield f"{at}: fits none of {len(tries)}: {min(tries, key=len)}"
    for part in schema.get("allOf", ()):
        yield from _differences(value, part, document, at)
    yield from _scalar_differences(value, schema, at)
    if isinstance(value, dict) and schema.get("type") == "object":
        yield from _object_differences(value, schema, document, at)
    if isinstance(value, list) and "items" in schema:
        for number, item in enumerate(value):
            yield from _differences(item, schema["items"], document, f"{at}[{number}]")


def _scalar_differences(value: Any, schema: Mapping[str, Any], at: str) -> Iterator[str]:
    kind = schema.get("type")
    if kind is not None and (
        not isinstance(value, _KINDS[kind]) or (isinstance(value, bool) and kind != "boolean")
    ):
        yield f"{at}: {value!r} is no {kind}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r} is not in {schema['enum']}"
    if "const" in schema and value != schema["const"]:
        yield f"{at}: {value!r} is not {schema['const']!r}"
    if schema.get("format") == "date-time" and isinstance(value, str):
        try:
            datetime.fromisoformat(value)
        except ValueError:
            yield f"{at}: {value!r} is no moment"


def _object_differences(
    value: Mapping[str, Any], schema: Mapping[str, Any], document: Mapping[str, Any], at: str
) -> Iterator[str]:
    properties = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in value:
            yield f"{at}: {name} is missing"
    for name, item in value.items():
        inner = properties.get(name, schema.get("additionalProperties"))
        if isinstance(inner, Mapping):
            yield from _differences(item, inner, document, f"{at}.{name}")
