"""What every command is given, and what all of them share: settings, streams, exit codes, typed options."""

from __future__ import annotations

import argparse
import json
import logging
import math
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from bot.engine_client import EngineClient
from bot.engine_process import ENGINE_LOG
from bot.replies import Phrasebook, Replies
from bot.settings import BotSettings, load_settings
from engine.contract.errors import (
    ConfigError,
    InvalidOption,
    OutputUnwritable,
    QuotaExceeded,
    RequestError,
    TextreelError,
)
from engine.contract.request import Aspect, LanguageChoice

EXIT_DONE = 0
EXIT_WRONG_USE = 2
EXIT_REFUSED = 3
EXIT_FAILED = 4
#: As a shell reports a program that Ctrl-C (SIGINT) or SIGTERM ended.
EXIT_INTERRUPTED = 130
EXIT_TERMINATED = 143

#: More than any text that is taken, in bytes; a longer input is not read to its end.
_INPUT_BYTES = 8_000_000
_MAX_SEED = 2**63 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The surroundings of one command."""

    settings: BotSettings
    environment: Mapping[str, str]
    stdin: BinaryIO
    stdout: TextIO
    stderr: TextIO

    @property
    def replies(self) -> Replies:
        """Return the sentences in the language of [bot]."""
        return self.phrasebook().replies()

    def phrasebook(self) -> Phrasebook:
        """Return the sentences of every language."""
        return Phrasebook(self.settings.bot.language)

    def write(self, *lines: str) -> None:
        """Write lines to standard output."""
        self.stdout.write("".join(line + "\n" for line in lines))
        self.stdout.flush()

    def tell(self, line: str) -> None:
        """Write a line for a person to standard error, where it mixes with no output."""
        self.stderr.write(line + "\n")
        self.stderr.flush()

    def write_json(self, value: object) -> None:
        """Write one value as one line of JSON."""
        self.write(json.dumps(value, ensure_ascii=False))

    def read_text(self, given: str) -> str:
        """Return the text of an argument; "-" stands for standard input."""
        return self.read_input() if given == "-" else given

    def read_input(self) -> str:
        """Return all of standard input as text; bytes that are no UTF-8 become U+FFFD."""
        return self.stdin.read(_INPUT_BYTES).decode("utf-8-sig", errors="replace")

    def complain(self, error: TextreelError, *, where: str = "") -> None:
        """Say in one line on standard error what went wrong, with its stable code."""
        self.tell(f"{where}{error_line(error, self.replies)}")


Command = Callable[[argparse.Namespace, Context], Coroutine[Any, Any, int]]
#: Runs with the engine at hand.
EngineTask = Callable[[EngineClient], Coroutine[Any, Any, int]]


def error_line(error: TextreelError, replies: Replies) -> str:
    """Return ``error[code]: sentence`` on one line."""
    return f"error[{error.code}]: {' '.join(replies.failure(error).split())}"


def exit_code(error: TextreelError) -> int:
    """Return the exit code that an error of the tree stands for."""
    if isinstance(error, ConfigError | InvalidOption | OutputUnwritable):
        return EXIT_WRONG_USE
    if isinstance(error, RequestError | QuotaExceeded):
        return EXIT_REFUSED
    return EXIT_FAILED


def settings_of(args: argparse.Namespace) -> BotSettings:
    """Read the settings that ``--config`` names."""
    return load_settings(args.config)


class _LogLines(logging.Formatter):
    """The bot's own lines with level and name; the engine's as they came, for they have both."""

    def __init__(self, *, with_tracebacks: bool) -> None:
        super().__init__("%(levelname)s %(name)s: %(message)s")
        self._with_tracebacks = with_tracebacks

    def format(self, record: logging.LogRecord) -> str:
        if record.name == ENGINE_LOG:
            return record.getMessage()
        if record.exc_info and record.exc_info[1] and not self._with_tracebacks:
            error = record.exc_info[1]
            return f"{record.levelname} {record.name}: {record.getMessage()} {type(error).__name__}: {error}"
        return super().format(record)


def configure_logging(level: str, stream: TextIO, *, serves: bool) -> None:
    """Send the log of the bot, and of the engine that it started, to ``stream``.

    A command that ends says in its last line what went wrong, so it shows the engine's log and tracebacks
    only when the admin asks for "info" or "debug"; a bot that serves always shows them.
    """
    is_quiet = not serves and level not in {"info", "debug"}
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_LogLines(with_tracebacks=not is_quiet))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    logging.getLogger("asyncio").setLevel(logging.WARNING)
    logging.getLogger(ENGINE_LOG).setLevel(logging.CRITICAL + 1 if is_quiet else logging.NOTSET)


def add_config(parser: argparse.ArgumentParser) -> None:
    """Add ``--config``."""
    parser.add_argument("--config", type=Path, metavar="FILE", help="settings over those of config.toml")


def add_seed(parser: argparse.ArgumentParser) -> None:
    """Add ``--seed``."""
    parser.add_argument("--seed", type=seed, metavar="N", help="the same seed gives the same result")


def add_look(parser: argparse.ArgumentParser) -> None:
    """Add the options that shape a clip."""
    parser.add_argument("--seconds", type=positive_number, metavar="S", help="length wished for")
    parser.add_argument("--aspect", choices=[str(item) for item in Aspect], default=str(Aspect.WIDE))
    parser.add_argument(
        "--height", type=positive_integer, default=720, metavar="PX", help="shorter side in px (default 720)"
    )
    parser.add_argument("--style", default="default", metavar="NAME", help="name of a look")
    parser.add_argument(
        "--language",
        choices=[str(item) for item in LanguageChoice],
        default=str(LanguageChoice.AUTO),
        help="language of the text",
    )


def seed(text: str) -> int:
    """Read a seed: 0 to 2**63 - 1."""
    value = int(text)
    if not 0 <= value <= _MAX_SEED:
        raise argparse.ArgumentTypeError(f"must be 0 to {_MAX_SEED}")
    return value


def positive_integer(text: str) -> int:
    """Read a whole number above 0."""
    value = int(text)
    if not 0 < value <= _MAX_SEED:
        raise argparse.ArgumentTypeError("must be a whole number above 0")
    return value


def positive_number(text: str) -> float:
    """Read a number above 0."""
    value = float(text)
    if not (math.isfinite(value) and value > 0):
        raise argparse.ArgumentTypeError("must be a number above 0")
    return value
