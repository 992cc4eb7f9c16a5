"""``textreel doctor``: what is installed, which device, which weights, and how to mend what is amiss."""

from __future__ import annotations

import argparse
import importlib.metadata
import importlib.util
import platform
from collections.abc import Iterator, Mapping
from typing import Any

from bot.app import open_engine
from bot.commands.context import EXIT_DONE, EXIT_FAILED, Context, add_config
from bot.commands.serve import enabled_names
from engine.contract.errors import EngineError, RenderError

#: Adapter to the module that it needs and the package that brings it.
_LIBRARIES = {"discord": ("discord", "discord.py"), "telegram": ("telegram", "python-telegram-bot")}
_OK, _DEGRADED, _BROKEN = "ok", "degraded", "broken"
_MARKS = {_OK: "✓", _DEGRADED: "!", _BROKEN: "✗"}


def add_parser(commands: Any) -> None:
    """Add ``doctor`` to the command line."""
    parser = commands.add_parser("doctor", help="check the installation and say how to mend it")
    parser.add_argument("--json", action="store_true", help="print one line of JSON")
    add_config(parser)
    parser.set_defaults(run=run)


async def run(args: argparse.Namespace, context: Context) -> int:
    """Print every check; fail when something is broken."""
    checks = [*bot_checks(context), *await engine_checks(context)]
    if args.json:
        context.write_json({"checks": checks})
    else:
        context.write(*_lines(checks))
    return EXIT_FAILED if any(check["status"] == _BROKEN for check in checks) else EXIT_DONE


def bot_checks(context: Context) -> Iterator[dict[str, str]]:
    """Yield what can be said without the engine."""
    yield _check("python", _OK, platform.python_version())
    yield _check("textreel", _OK, importlib.metadata.version("textreel"))
    enabled = enabled_names(context.settings)
    yield _check("adapters", _OK, ", ".join(enabled) or "none enabled")
    for name in enabled:
        if name not in _LIBRARIES:
            continue
        module, package = _LIBRARIES[name]
        if importlib.util.find_spec(module) is None:
            yield _check(name, _BROKEN, f"{package} is not installed", "Run `make setup` once more.")
            continue
        variable = getattr(context.settings, name).token_env
        if context.environment.get(variable):
            yield _check(name, _OK, f"{package} {importlib.metadata.version(package)}, token in {variable}")
        else:
            mend = f"Put the bot's token into the environment variable {variable}."
            yield _check(name, _BROKEN, f"{variable} is not set", mend)


async def engine_checks(context: Context) -> list[dict[str, str]]:
    """Return what the engine says of itself, or why it cannot be asked."""
    url = context.settings.engine.url
    try:
        async with open_engine(context.settings, context.environment) as client:
            answer = await client.tool("doctor", {})
    except (EngineError, RenderError) as error:
        return [_check("engine", _BROKEN, error.message, "The log above, or of the engine, has the details.")]
    where = _check("engine", _OK, url or "starts and answers here")
    return [where, *(_as_check(item) for item in answer.get("checks", ()))]


def _check(name: str, status: str, detail: str, mend: str = "") -> dict[str, str]:
    return {"name": name, "status": status, "detail": detail, "mend": mend}


def _as_check(item: Mapping[str, Any]) -> dict[str, str]:
    status = str(item.get("status", _OK))
    return _check(
        str(item.get("name", "?")),
        status if status in _MARKS else _DEGRADED,
        str(item.get("detail", "")),
        str(item.get("mend") or ""),
    )


def _lines(checks: list[dict[str, str]]) -> Iterator[str]:
    width = max(len(check["name"]) for check in checks)
    for check in checks:
        yield f"{_MARKS[check['status']]} {check['name'].ljust(width)}  {check['detail']}"
        if check["mend"]:
            yield f"  {' ' * width}  {check['mend']}"
