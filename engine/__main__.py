"""``python -m engine``: the engine process.

* ``serve``: take jobs until SIGTERM or Ctrl-C.
* ``serve --parent-pipe``: as a bot starts it: any free port of loopback, one line of JSON on standard output
  that tells it, and the end as soon as standard input ends, whatever way the bot went.
* ``migrate``: bring the database up to date and leave.

Exit codes: 0 done, 2 wrong use or configuration, 4 anything else.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import logging
import os
import signal
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from engine import instances
from engine.contract.errors import ConfigError, EngineError, TextreelError
from engine.contract.wire import CONTRACT_VERSION
from engine.settings import EngineSettings, load_settings
from engine.tokens import Tokens, take_tokens

#: An orderly end that takes longer than this is cut short, in seconds; the render process follows.
END_SECONDS = 2.5

_log = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = _parser().parse_args(arguments)
    has_parent = options.command == "serve" and options.parent_pipe
    try:
        settings = load_settings(options.config)
        tokens = take_tokens(os.environ, settings, has_parent=has_parent)
        _log_to_stderr(settings)
        if options.command == "migrate":
            asyncio.run(_migrate(settings))
        else:
            asyncio.run(_serve(settings, tokens=tokens, has_parent=has_parent))
    except (TextreelError, OSError) as raised:
        error = raised if isinstance(raised, TextreelError) else EngineError(f"The engine ended: {raised}.")
        if has_parent:
            _say({"error": {"code": error.code, "message": error.message}})
        sys.stderr.write(f"error[{error.code}]: {error.message}\n")
        return 2 if isinstance(error, ConfigError) else 4
    return 0


async def _serve(settings: EngineSettings, *, tokens: Tokens, has_parent: bool) -> None:
    """Run the engine until somebody ends it."""
    from engine.app import running_engine  # noqa: PLC0415 - a wrong configuration is told without the wait

    ended = asyncio.Event()
    _end_on_signals(ended)
    parent = instances.NO_PARENT
    with contextlib.ExitStack() as stack:
        if has_parent:
            settings = replace(settings, host="127.0.0.1", port=0)
            parent = instances.Parent.of(os.getppid())
            _end_with_stdin(ended)
        else:
            settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
            stack.enter_context(instances.alone(settings.data_dir))
        async with running_engine(settings, tokens=tokens, parent=parent) as listening:
            hello = {"port": listening.port, "pid": os.getpid(), "contract": CONTRACT_VERSION}
            _say(hello)
            until = asyncio.create_task(ended.wait(), name="until the end")
            await asyncio.wait({until, listening.dispatching}, return_when=asyncio.FIRST_COMPLETED)
            until.cancel()


async def _migrate(settings: EngineSettings) -> None:
    """Open the database once, which brings it up to date."""
    from engine.artifacts import Artifacts  # noqa: PLC0415 - as above
    from engine.store.sqlite import SqliteStore  # noqa: PLC0415

    store = await SqliteStore.open(Artifacts(settings.data_dir, min_free_bytes=0).database)
    await store.close()


def _end_on_signals(ended: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)


def _end_with_stdin(ended: asyncio.Event) -> None:
    """Set ``ended`` when standard input ends; a process that is stuck then is ended all the same."""
    loop = asyncio.get_running_loop()

    def watch() -> None:
        with contextlib.suppress(OSError):
            while os.read(0, 4096):
                pass
        cut = threading.Timer(END_SECONDS, os._exit, args=(4,))
        cut.daemon = True
        cut.start()
        with contextlib.suppress(RuntimeError):  # the loop is closed: we are leaving anyway
            loop.call_soon_threadsafe(ended.set)

    threading.Thread(target=watch, name="parent-pipe", daemon=True).start()


def _say(line: Mapping[str, object]) -> None:
    """Write one line of JSON for the program that started this one."""
    with contextlib.suppress(OSError):  # nobody listens any more
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()


def _log_to_stderr(settings: EngineSettings) -> None:
    logging.basicConfig(
        level=settings.log_level.upper(),
        stream=sys.stderr,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m engine", description="The textreel engine.")
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="take jobs until SIGTERM or Ctrl-C")
    serve.add_argument(
        "--parent-pipe", action="store_true", help="say the port on standard output; end with standard input"
    )
    migrate = commands.add_parser("migrate", help="bring the database up to date")
    for command in (serve, migrate):
        command.add_argument("--config", type=Path, default=None, help="a TOML file over config.toml")
    return parser


if __name__ == "__main__":
    sys.exit(main())
