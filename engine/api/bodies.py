"""JSON in, JSON out."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web

from engine.contract.errors import InvalidOption


async def read_object(request: web.Request) -> dict[str, Any]:
    """Return the JSON object in the body; raise InvalidOption when there is none."""
    if request.content_type != "application/json":
        raise InvalidOption("The body must be JSON, with Content-Type: application/json.")
    try:
        text = (await request.read()).decode("utf-8")
        data = json.loads(text, parse_constant=_refuse_constant)
        # Halves of surrogate pairs ("\ud800") parse, and then no file, no database and no log takes them.
        json.dumps(data, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError) as error:
        raise InvalidOption(f"The body is no valid JSON in UTF-8: {type(error).__name__}.") from error
    if not isinstance(data, dict):
        raise InvalidOption("The body must be a JSON object.")
    return data


def query_number(request: web.Request, name: str, *, default: int, most: int) -> int:
    """Return a whole number of the query, 1 to ``most``; raise InvalidOption for another value."""
    text = request.query.get(name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= most):
        raise InvalidOption(f"{name} must be 1 to {most}, not {text[:40]!r}.")
    return int(text)


def answer_json(data: Any, *, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """Return an answer with ``data``, which is what ``json.dumps`` takes."""
    return web.json_response(data, status=status, headers=headers, dumps=_dumps)


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is no number")


def _dumps(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False)
