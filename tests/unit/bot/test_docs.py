"""The documents name every command, option, setting and verb that there is."""

from __future__ import annotations

import argparse
import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path

from adapters.base import Verb
from adapters.registry import ADAPTERS
from bot import __main__ as program
from bot import settings
from bot.commands import context
from bot.commands.render import clip_json
from engine.contract.storyboard import Mood
from tests.fakes import values

DOCS = Path(__file__).parents[3] / "docs"
COMMAND_LINE = (DOCS / "command-line.md").read_text(encoding="utf-8")
CHAT = (DOCS / "chat.md").read_text(encoding="utf-8")


def parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Yield every parser below this one that has no further commands."""
    below = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    for action in below:
        for child in action.choices.values():
            yield from parsers(child)
    if not below:
        yield parser


def test_every_command_and_option_is_documented() -> None:
    for parser in parsers(program.build_parser()):
        assert parser.prog in COMMAND_LINE, parser.prog
        for action in parser._actions:
            for option in action.option_strings:
                assert option in {"-h", "--help"} or option in COMMAND_LINE, f"{parser.prog} {option}"


def test_every_key_of_the_json_is_documented() -> None:
    described = clip_json(values.clip(), Path("x.mp4"))
    json.dumps(described)
    assert [key for key in described if f"`{key}`" not in COMMAND_LINE] == []
    assert [key for key in described["scenes"][0] if f"`{key}`" not in COMMAND_LINE] == []
    assert [mood for mood in Mood if f"`{mood}`" not in COMMAND_LINE] == []


def test_every_exit_code_is_documented() -> None:
    codes = [value for name, value in vars(context).items() if name.startswith("EXIT_")]
    table = COMMAND_LINE.split("|---|---|")[1].split("\n\n")[0]
    assert [code for code in codes if str(code) not in table] == []


def test_every_adapter_its_settings_and_every_verb_are_documented() -> None:
    names = {"console": "Terminal", "web": "chat page", "discord": "Discord", "telegram": "Telegram"}
    assert {names[name] for name in ADAPTERS if names[name] in CHAT} == set(names.values())
    for table in (settings.DiscordSettings, settings.TelegramSettings, settings.WebSettings):
        keys = {item.name for item in dataclasses.fields(table)} - {"host"}
        assert [key for key in keys if key not in CHAT] == []
    assert [verb for verb in Verb if f"/{verb}" not in CHAT] == []
