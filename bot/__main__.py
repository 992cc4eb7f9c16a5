"""The command ``textreel``.

Exit codes: 0 done; 2 wrong use (arguments, configuration, a path that cannot be written); 3 refused
(quota, moderation, a text that is empty, without words or too long); 4 the engine failed; 130 stopped by
Ctrl-C and 143 by SIGTERM, with the job cancelled and nothing left behind. ``serve`` ends by both with 0.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import importlib.metadata
import io
import os
import signal
import sys
from collections.abc import Sequence
from typing import TextIO

from bot.commands import doctor, draw, quota, render, serve, tools
from bot.commands.context import (
    EXIT_DONE,
    EXIT_INTERRUPTED,
    EXIT_TERMINATED,
    Command,
    Context,
    configure_logging,
    error_line,
    exit_code,
    settings_of,
)
from bot.replies import Phrasebook
from engine.contract.errors import TextreelError


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="textreel",
        description="Turn a text in English or Chinese into a short video clip.",
        epilog="Exit codes: 0 done, 2 wrong use, 3 refused, 4 engine failed, 130 stopped by Ctrl-C.",
    )
    parser.add_argument("--version", action="version", version=importlib.metadata.version("textreel"))
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    render.add_parser(commands)
    tools.add_parsers(commands)
    draw.add_parsers(commands)
    serve.add_parsers(commands)
    quota.add_parser(commands)
    doctor.add_parser(commands)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    os.environ.setdefault("PTB_TIMEDELTA", "true")  # durations of python-telegram-bot as they will be
    _accept_any_text(sys.stdout)
    _accept_any_text(sys.stderr)
    args = build_parser().parse_args(argv)
    try:
        settings = settings_of(args)
    except TextreelError as error:
        sys.stderr.write(error_line(error, Phrasebook("en").replies()) + "\n")
        return exit_code(error)
    configure_logging(settings.bot.log_level, sys.stderr, serves=args.command == "serve")
    context = Context(
        settings=settings,
        environment=os.environ,
        stdin=sys.stdin.buffer if sys.stdin is not None else io.BytesIO(),
        stdout=sys.stdout,
        stderr=sys.stderr,
    )
    return _run(args.run, args, context)


def _run(command: Command, args: argparse.Namespace, context: Context) -> int:
    """Run a command on a loop of its own; no error of the tree ends in a traceback."""
    is_service = args.command == "serve"  # to be stopped is how it ends
    try:
        return asyncio.run(_until_terminated(command, args, context))
    except TextreelError as error:
        context.complain(error)
        return exit_code(error)
    except KeyboardInterrupt:
        if is_service:
            return EXIT_DONE
        context.tell(context.replies.event("JobCancelled"))
        return EXIT_INTERRUPTED
    except asyncio.CancelledError:  # SIGTERM
        return EXIT_DONE if is_service else EXIT_TERMINATED
    except BrokenPipeError:  # the reader of our output has gone, for example `| head`
        _drop_output()
        return EXIT_DONE


def _drop_output() -> None:
    """Let what is still buffered for standard output go nowhere."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


async def _until_terminated(command: Command, args: argparse.Namespace, context: Context) -> int:
    """Run the command; SIGTERM ends it in the same order as Ctrl-C."""
    task = asyncio.current_task()
    if task is not None:
        with contextlib.suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    return await command(args, context)


def _accept_any_text(stream: TextIO) -> None:
    """Write what a terminal's encoding lacks as an escape rather than fail."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())
