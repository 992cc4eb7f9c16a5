"""The composition root of the engine process: which store, which executor, and in what order they end."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from engine import instances
from engine.api.server import create_app
from engine.artifacts import MEGABYTE, Artifacts
from engine.attempt import Desk
from engine.clock import server_clock
from engine.contract.errors import ConfigError
from engine.dispatcher import Dispatcher
from engine.executors.base import Executor
from engine.executors.inline import Inline
from engine.executors.local_process import LocalProcess
from engine.service import EventHub, Service
from engine.settings import EngineSettings
from engine.store.sqlite import SqliteStore
from engine.tokens import Tokens

#: How long open connections may go on when the engine ends, in seconds.
HANG_UP_SECONDS = 0.5

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """An engine that takes calls."""

    host: str
    port: int
    #: Name of the instance.
    instance: str
    #: Ends only when the dispatcher breaks down; the block should end with it.
    dispatching: asyncio.Task[None]


def make_executor(settings: EngineSettings) -> Executor:
    """Return the executor that [engine] executor names."""
    return Inline(settings) if settings.executor == "inline" else LocalProcess(settings)


@asynccontextmanager
async def running_engine(
    settings: EngineSettings,
    *,
    tokens: Tokens,
    parent: instances.Parent = instances.NO_PARENT,
    executor: Executor | None = None,
    clock: Callable[[], datetime] | None = None,
) -> AsyncIterator[Listening]:
    """Run an engine as long as the block does.

    At the end it hangs up, gives the running job back to the queue, and leaves no process behind. Raises
    ConfigError when it would listen beyond this machine without a token.
    """
    _check_reach(settings, tokens)
    clock = clock or server_clock(settings.quota.time_zone)
    artifacts = Artifacts(settings.data_dir, min_free_bytes=settings.min_free_megabytes * MEGABYTE)
    async with contextlib.AsyncExitStack() as stack:
        instance = stack.enter_context(instances.living(settings.data_dir, parent))
        desk = await _open_desk(stack, settings, artifacts, executor or make_executor(settings), clock)
        dispatcher = Dispatcher(
            desk, artifacts=artifacts, settings=settings, instance=instance, parent=parent
        )
        dispatching = await stack.enter_async_context(_background(dispatcher))
        service = Service(
            desk.store,
            desk.executor,
            desk.hub,
            settings=settings,
            instance=instance,
            clock=clock,
            check_space=artifacts.check_space,
        )
        app = create_app(service, artifacts, tokens=tokens)
        port = await stack.enter_async_context(_served(app, settings))
        _log.info("engine %s listens on %s:%d, data in %s", instance, settings.host, port, settings.data_dir)
        yield Listening(host=settings.host, port=port, instance=instance, dispatching=dispatching)


def _check_reach(settings: EngineSettings, tokens: Tokens) -> None:
    if tokens.bot is None and not settings.is_loopback:
        raise ConfigError(
            f"[engine] host {settings.host!r} can be reached from other machines, which needs a token: "
            f"set the environment variable {settings.token_env}."
        )


async def _open_desk(
    stack: contextlib.AsyncExitStack,
    settings: EngineSettings,
    artifacts: Artifacts,
    worker: Executor,
    clock: Callable[[], datetime],
) -> Desk:
    """Start the worker first, as it takes longest, and open the store while it warms up."""
    stack.push_async_callback(worker.close)
    await worker.start()
    store = await SqliteStore.open(artifacts.database)
    stack.push_async_callback(store.close)
    return Desk(
        store=store, executor=worker, hub=EventHub(), clock=clock, lease_seconds=settings.lease_seconds
    )


@asynccontextmanager
async def _background(dispatcher: Dispatcher) -> AsyncIterator[asyncio.Task[None]]:
    """Dispatch beside the block; when the dispatcher has broken down its error comes out at the end."""
    task = asyncio.create_task(dispatcher.run(), name="dispatcher")
    try:
        yield task
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


@asynccontextmanager
async def _served(app: web.Application, settings: EngineSettings) -> AsyncIterator[int]:
    """Listen as long as the block runs; yields the port."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=HANG_UP_SECONDS, handler_cancellation=True)
    await runner.setup()
    try:
        site = web.TCPSite(runner, settings.host, settings.port)
        try:
            await site.start()
        except OSError as error:
            raise ConfigError(
                f"[engine] host, port: cannot listen on {settings.host}:{settings.port} ({error.strerror})."
            ) from error
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()
