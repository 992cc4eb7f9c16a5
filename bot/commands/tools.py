"""``textreel understand`` and ``textreel storyboard``: what the engine makes of a text, without a clip."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.app import open_engine
from bot.commands.context import EXIT_DONE, EXIT_WRONG_USE, Context, add_config, add_look, add_seed
from bot.commands.render import options_of
from bot.engine_client import EngineClient
from bot.replies import Replies, grouped_entities
from bot.texts import check_text
from engine.contract.errors import InvalidOption, RequestError
from engine.contract.request import LanguageChoice
from engine.contract.wire import to_json


def add_parsers(commands: Any) -> None:
    """Add both commands to the command line."""
    parser = commands.add_parser("understand", help="show what is understood of a text")
    parser.add_argument("text", metavar="TEXT", nargs="?", help='the text; "-" reads standard input')
    parser.add_argument(
        "--lines", metavar="FILE", help='one text a line, one JSON object a line; "-" reads standard input'
    )
    parser.add_argument(
        "--language", choices=[str(item) for item in LanguageChoice], default=str(LanguageChoice.AUTO)
    )
    parser.add_argument("--json", action="store_true", help="print one line of JSON")
    add_config(parser)
    parser.set_defaults(run=run_understand)
    parser = commands.add_parser("storyboard", help="show the scenes planned for a text")
    parser.add_argument("text", metavar="TEXT", help='the text; "-" reads standard input')
    add_seed(parser)
    add_look(parser)
    parser.add_argument("--json", action="store_true", help="print one line of JSON")
    add_config(parser)
    parser.set_defaults(run=run_storyboard)


async def run_understand(args: argparse.Namespace, context: Context) -> int:
    """Print what is understood of one text, or of each line of standard input."""
    if (args.text is None) == (args.lines is None):
        context.stderr.write("textreel understand: error: give either TEXT or --lines -\n")
        return EXIT_WRONG_USE
    if args.lines is not None:
        return await _understand_lines(args, context)
    text = check_text(context.read_text(args.text))
    async with open_engine(context.settings, context.environment) as client:
        reading = await client.tool("understand", {"text": text, "language": args.language})
    if args.json:
        context.write_json(reading)
    else:
        context.write(*_reading_lines(reading, context.replies))
    return EXIT_DONE


async def run_storyboard(args: argparse.Namespace, context: Context) -> int:
    """Print the plan of one text."""
    text = check_text(context.read_text(args.text)).strip()
    arguments = {
        "text": text,
        "language": args.language,
        "seed": args.seed,
        "options": to_json(options_of(args)),
    }
    async with open_engine(context.settings, context.environment) as client:
        board = await client.tool("storyboard", arguments)
    if args.json:
        context.write_json(board)
    else:
        context.write(*_board_lines(board, context.replies))
    return EXIT_DONE


async def _understand_lines(args: argparse.Namespace, context: Context) -> int:
    lines = input_lines(args.lines, context)
    async with open_engine(context.settings, context.environment) as client:
        for number, line in enumerate(lines, start=1):
            try:
                context.write_json(await _understand(client, line, args.language))
            except RequestError as error:
                context.complain(error, where=f"line {number}: ")
    return EXIT_DONE


async def _understand(client: EngineClient, line: str, language: str) -> dict[str, Any]:
    return await client.tool("understand", {"text": check_text(line), "language": language})


def input_lines(given: str, context: Context) -> list[str]:
    """Return the lines of standard input ("-") or of the file that ``--lines`` names."""
    try:
        text = context.read_input() if given == "-" else Path(given).read_text("utf-8-sig", "replace")
    except OSError as error:
        raise InvalidOption(f"{given} cannot be read: {error.strerror}.") from error
    return text.removesuffix("\n").replace("\r\n", "\n").split("\n") if text else []


def _reading_lines(reading: Mapping[str, Any], said: Replies) -> Iterator[str]:
    entities = [f"{item['kind']}: {item['text']}" for item in reading.get("entities", ())]
    for kind, texts in grouped_entities(entities).items():
        yield f"{said.word('kinds', kind)}: {', '.join(texts)}"
    if not entities:
        yield said.say("nothing_understood")
    for number, sentence in enumerate(reading.get("sentences", ()), start=1):
        yield _scene_line(number, sentence, said)
    for note in reading.get("notes", ()):
        yield said.say("note_line", note=note)


def _board_lines(board: Mapping[str, Any], said: Replies) -> Iterator[str]:
    yield f"{board['title']} ({said.say('seed_line', seed=board['seed'])})"
    for number, scene in enumerate(board["scenes"], start=1):
        subjects = ", ".join(item["text"] for item in scene["subjects"])
        shown = f" ({said.say('scene_subjects', subjects=subjects)})" if subjects else ""
        yield f"{_scene_line(number, scene, said)}{shown} {scene['seconds']:.1f} s"
    for note in board.get("notes", ()):
        yield said.say("note_line", note=note)


def _scene_line(number: int, item: Mapping[str, Any], said: Replies) -> str:
    return said.say(
        "scene_line",
        number=number,
        branch=said.word("branches", item["branch"]),
        mood=said.word("moods", item["mood"]),
        text=" ".join(item["text"].split()),
    )
