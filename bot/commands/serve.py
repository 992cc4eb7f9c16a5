"""``textreel serve`` runs the bot with the adapters of config.toml, ``textreel engine serve`` the engine."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from adapters.base import ChatAdapter
from adapters.console_chat import Kept, typed_lines
from adapters.console_screen import Screen
from adapters.registry import adapter_class
from adapters.web_files import FileKind
from bot.app import Bot, open_engine
from bot.commands.context import EXIT_DONE, Context, add_config
from bot.engine_client import EngineClient
from bot.settings import REPLY_LANGUAGES, BotSettings, secret_from_env
from engine.contract.errors import ConfigError, JobNotFound
from engine.contract.job import JobId

_log = logging.getLogger(__name__)


def add_parsers(commands: Any) -> None:
    """Add both commands to the command line."""
    parser = commands.add_parser("serve", help="run the bot with every adapter that config.toml enables")
    add_config(parser)
    parser.set_defaults(run=run_serve)
    parser = commands.add_parser("engine", help="run the engine by itself")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    parser = verbs.add_parser("serve", help="serve bots on other machines or processes")
    add_config(parser)
    parser.set_defaults(run=run_engine)


async def run_serve(_args: argparse.Namespace, context: Context) -> int:
    """Serve every enabled adapter until all have ended or somebody stops the bot."""
    if not enabled_names(context.settings):
        raise ConfigError("No adapter is enabled. Set enabled = true in one of the [adapters.*] tables.")
    async with open_engine(context.settings, context.environment) as client:
        await Bot(client, build_adapters(context, client), context.phrasebook()).run()
    return EXIT_DONE


async def run_engine(args: argparse.Namespace, context: Context) -> int:
    """Become the engine: this process is replaced, so that signals reach it directly."""
    config = () if args.config is None else ("--config", str(args.config))
    await asyncio.to_thread(context.stdout.flush)
    os.execv(sys.executable, [sys.executable, "-m", "engine", "serve", *config])  # noqa: S606 - our own module
    return EXIT_DONE


def build_adapters(context: Context, client: EngineClient) -> list[ChatAdapter]:
    """Build the adapters that are enabled.

    One that lacks its token or its library is named in the log and left out; when no other is left, its
    ConfigError is raised.
    """
    builders: dict[str, Callable[[], ChatAdapter]] = {
        "console": lambda: _console(context),
        "discord": lambda: _discord(context),
        "telegram": lambda: _telegram(context),
        "web": lambda: _web(context, client),
    }
    adapters, failures = [], []
    for name in enabled_names(context.settings):
        try:
            adapters.append(builders[name]())
        except ConfigError as error:
            _log.error("The adapter %s cannot start: %s", name, error)
            failures.append(error)
    if failures and not adapters:
        raise failures[0]
    return adapters


def enabled_names(settings: BotSettings) -> tuple[str, ...]:
    """Return the names of the adapters that are enabled."""
    enabled = {
        "console": settings.console.enabled,
        "discord": settings.discord.enabled,
        "telegram": settings.telegram.enabled,
        "web": settings.web.enabled,
    }
    return tuple(name for name, on in enabled.items() if on)


def _descriptions(context: Context) -> dict[str, dict[str, str]]:
    """Return what is said about each command, by language; "" for every other language."""
    book = context.phrasebook()
    return {code: book.replies(code).table("commands") for code in ("", *REPLY_LANGUAGES)}


def _discord(context: Context) -> ChatAdapter:
    settings = context.settings.discord
    adapter: ChatAdapter = adapter_class("discord")(
        token=secret_from_env(
            settings.token_env, context.environment, purpose="the token of the Discord bot"
        ),
        api_base=settings.api_base,
        gateway_url=settings.gateway_url,
        guilds=settings.guilds,
        descriptions=_descriptions(context),
    )
    return adapter


def _telegram(context: Context) -> ChatAdapter:
    settings = context.settings.telegram
    adapter: ChatAdapter = adapter_class("telegram")(
        token=secret_from_env(
            settings.token_env, context.environment, purpose="the token of the Telegram bot"
        ),
        api_root=settings.api_root,
        local_mode=settings.local_mode,
        descriptions=_descriptions(context),
    )
    return adapter


def _web(context: Context, client: EngineClient) -> ChatAdapter:
    async def fetch(job_id: JobId, *, owner: str, kind: FileKind, target: Path) -> None:
        job = await client.status(job_id)
        if job.request.requester.key != owner or job.clip is None:
            raise JobNotFound
        if kind is FileKind.CLIP:
            await client.download_clip(job_id, target, sha256=job.clip.sha256)
        else:
            await client.download_thumbnail(job_id, target)

    adapter: ChatAdapter = adapter_class("web")(
        host=context.settings.web.host,
        port=context.settings.web.port,
        fetch=fetch,
        on_ready=lambda url: context.tell(context.replies.say("page_ready", url=url)),
    )
    return adapter


def _descriptor(context: Context) -> int:
    """Return what the terminal is read from; a service without a standard input reads nothing."""
    try:
        return context.stdin.fileno()
    except OSError:
        return os.open(os.devnull, os.O_RDONLY)


def _console(context: Context) -> ChatAdapter:
    def tell(kept: Kept) -> None:
        context.write(str(kept.path))

    adapter: ChatAdapter = adapter_class("console")(
        typed_lines(_descriptor(context)),
        Screen(context.stderr),
        path_for=lambda job_id: Path.cwd() / f"textreel-{job_id}.mp4",
        on_kept=tell,
    )
    return adapter
