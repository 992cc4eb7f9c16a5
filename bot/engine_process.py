"""Starts the engine beside the bot, hands it a token, watches it and starts it again when it dies.

The engine writes one line of JSON to its standard output when it listens: ``{"port", "pid", "contract"}``,
or ``{"error": {"code", "message"}}`` when it cannot. Its standard input stays open as long as the bot
lives; at its end the engine leaves, so a killed bot never leaves one behind.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import re
import secrets
import sys
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.engine_client import Endpoint
from engine.contract.errors import ConfigError, EngineUnavailable, TextreelError, error_from_code

_log = logging.getLogger(__name__)
#: Logger of what the engine writes to its standard error.
ENGINE_LOG = "engine"
_engine_log = logging.getLogger(ENGINE_LOG)
_LEVEL = re.compile(r"\b(DEBUG|INFO|WARNING|ERROR|CRITICAL)\b", re.IGNORECASE)
#: Exit code of a program that was used or configured wrongly.
_WRONG_USE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long the bot waits for its engine."""

    #: Longest time from the start to the hello line, in seconds.
    start_s: float = 60.0
    #: Longest time for leaving by itself, in seconds; after it the engine is terminated.
    leave_s: float = 3.0
    #: Pause before the first new start, in seconds; it doubles each time.
    restart_s: float = 0.5
    #: An engine that lived for so long counts as healthy, in seconds: the pause starts small again.
    healthy_s: float = 30.0
    #: New starts in a row without a healthy engine between them, before the bot says that there is none.
    restarts: int = 5
    #: Pause after that, before it is tried once more, in seconds.
    rest_s: float = 60.0


def engine_command(config_file: Path | None) -> tuple[str, ...]:
    """Return the command line of an engine that serves its parent."""
    config = () if config_file is None else ("--config", str(config_file))
    return (sys.executable, "-m", "engine", "serve", "--parent-pipe", *config)


class EngineProcess:
    """One engine, kept running from ``start`` until ``close``."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        token_env: str,
        environment: Mapping[str, str],
        patience: Patience | None = None,
        make_token: Callable[[], str] = lambda: secrets.token_urlsafe(32),
    ) -> None:
        self._command = tuple(command)
        self._token_env = token_env
        self._environment = dict(environment)
        self._patience = patience or Patience()
        self._make_token = make_token
        self._process: asyncio.subprocess.Process | None = None
        self._endpoint: asyncio.Future[Endpoint] | None = None
        self._readers: tuple[asyncio.Task[None], ...] = ()
        self._watcher: asyncio.Task[None] | None = None
        self._last_lines: deque[str] = deque(maxlen=20)

    @property
    def pid(self) -> int | None:
        """Process id of the running engine, None when there is none."""
        return self._process.pid if self._process is not None and self._process.returncode is None else None

    async def start(self) -> Endpoint:
        """Start the engine and return where it listens; raise EngineUnavailable with the reason."""
        endpoint = await self._launch()
        self._endpoint = asyncio.get_running_loop().create_future()
        self._endpoint.set_result(endpoint)
        self._watcher = asyncio.create_task(self._watch(), name="engine watcher")
        return endpoint

    async def endpoint(self) -> Endpoint:
        """Return where the engine listens now; wait while it is being started again."""
        if self._endpoint is None:
            raise EngineUnavailable("The engine has not been started.")
        return await asyncio.shield(self._endpoint)

    async def close(self) -> None:
        """Let the engine leave: close its input, and end it by force when it stays too long."""
        if self._watcher is not None:
            self._watcher.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watcher
            self._watcher = None
        if self._endpoint is not None and self._endpoint.done():
            self._endpoint.exception()  # a failure that nobody awaited is not worth a warning now
        await self._end_process()

    async def _launch(self) -> Endpoint:
        token = self._make_token()
        self._last_lines.clear()
        try:
            process = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                env={**self._environment, self._token_env: token},
                start_new_session=True,  # Ctrl-C in the terminal is the bot's to handle, in order
            )
        except OSError as error:
            raise EngineUnavailable(f"The engine cannot be started: {error.strerror or error}.") from error
        self._process = process
        self._readers = (asyncio.create_task(self._pass_log(process), name="engine log"),)
        try:
            return Endpoint(base_url=f"http://127.0.0.1:{await self._read_hello(process)}", token=token)
        except BaseException:
            await self._end_process()
            raise

    async def _read_hello(self, process: asyncio.subprocess.Process) -> int:
        """Return the port that the hello line names."""
        assert process.stdout is not None  # noqa: S101 - asked for with PIPE
        try:
            line = await asyncio.wait_for(process.stdout.readline(), self._patience.start_s)
        except TimeoutError as error:
            raise EngineUnavailable(
                f"The engine did not start within {self._patience.start_s:.0f} s."
            ) from error
        if not line:
            raise await self._reason(process)
        drain = asyncio.create_task(_drain(process.stdout), name="engine output")
        self._readers = (*self._readers, drain)
        return _parse_hello(line)

    async def _reason(self, process: asyncio.subprocess.Process) -> ConfigError | EngineUnavailable:
        """Say why the engine went away before it said hello."""
        code = await process.wait()
        await asyncio.wait(self._readers, timeout=1.0)
        said = next((line for line in reversed(self._last_lines) if line.strip()), "")
        if code == _WRONG_USE:
            return ConfigError(_without_prefix(said) or None)
        return EngineUnavailable(
            f"The engine ended at its start (exit code {code}): {said or 'no reason given'}"
        )

    async def _pass_log(self, process: asyncio.subprocess.Process) -> None:
        """Repeat what the engine writes to its standard error, at the level that the line names."""
        assert process.stderr is not None  # noqa: S101 - asked for with PIPE
        level = logging.INFO
        while True:
            try:
                raw = await process.stderr.readline()
            except ValueError:  # a line longer than the reader's limit; the rest of it follows
                continue
            if not raw:
                return
            line = raw.decode("utf-8", errors="replace").rstrip()
            self._last_lines.append(line)
            named = _LEVEL.search(line[:80])
            level = logging.getLevelNamesMapping()[named.group(1).upper()] if named else level
            _engine_log.log(level, "%s", line)

    async def _watch(self) -> None:
        """Start the engine again whenever it ends by itself."""
        loop = asyncio.get_running_loop()
        failures = 0
        while True:
            started = loop.time()
            process = self._process
            if process is not None:
                code = await process.wait()
                _log.warning("The engine ended by itself (exit code %s); starting it again.", code)
            if self._endpoint is None or self._endpoint.done():  # else somebody may be waiting for it
                self._endpoint = loop.create_future()
            failures = 0 if loop.time() - started >= self._patience.healthy_s else failures + 1
            if failures <= self._patience.restarts:
                await asyncio.sleep(self._patience.restart_s * 2 ** max(0, failures - 1))
            else:
                await self._rest(failures)
            await self._relaunch()

    async def _rest(self, failures: int) -> None:
        """Say to whoever asks that there is no engine, for a while; then try once more."""
        assert self._endpoint is not None  # noqa: S101 - set by the watcher before
        reason = EngineUnavailable(f"The engine ended {failures} times in a row; see its log.")
        self._endpoint.set_exception(reason)
        self._endpoint.exception()  # it counts as seen, also when nobody asks
        await asyncio.sleep(self._patience.rest_s)
        self._endpoint = asyncio.get_running_loop().create_future()

    async def _relaunch(self) -> None:
        future = self._endpoint
        assert future is not None  # noqa: S101 - set by the watcher before
        try:
            endpoint = await self._launch()
        except TextreelError as error:
            _log.error("%s", error)
            self._process = None
        else:
            future.set_result(endpoint)

    async def _end_process(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            if process.stdin is not None:
                process.stdin.close()
            await _wait_or_force(process, self._patience.leave_s)
        for reader in self._readers:
            reader.cancel()
        await asyncio.gather(*self._readers, return_exceptions=True)
        self._readers = ()


async def _wait_or_force(process: asyncio.subprocess.Process, patience_s: float) -> None:
    """Wait for the end of ``process``; terminate it, then kill it, when it stays too long."""
    for force in (process.terminate, process.kill):
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), patience_s)
            return
        with contextlib.suppress(ProcessLookupError):
            force()
    await process.wait()


async def _drain(stream: asyncio.StreamReader) -> None:
    """Read what follows the hello line, so that the engine never blocks on a full pipe."""
    while await stream.read(65_536):
        pass


def _parse_hello(line: bytes) -> int:
    try:
        hello: Any = json.loads(line)
        if "error" in hello:
            raise error_from_code(str(hello["error"]["code"]), str(hello["error"]["message"]))
        return int(hello["port"])
    except (ValueError, TypeError, KeyError) as error:
        raise EngineUnavailable(f"The engine's first line is no greeting: {line[:200]!r}") from error


def _without_prefix(line: str) -> str:
    """Drop "error[code]: " or "program: error: " from a message, which is printed with its own."""
    return re.sub(r"^(error\[\w+\]: |[\w .-]+: error: )", "", line.strip())
