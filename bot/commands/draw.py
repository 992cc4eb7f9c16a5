"""``textreel imagine`` and ``textreel music``: the generators by themselves."""

from __future__ import annotations

import argparse
import base64
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from adapters.console_chat import check_target, place_bytes
from bot.app import open_engine
from bot.commands.context import (
    EXIT_DONE,
    EXIT_WRONG_USE,
    Context,
    add_config,
    add_seed,
    positive_integer,
    positive_number,
)
from bot.commands.tools import input_lines
from bot.engine_client import EngineClient
from bot.texts import check_text
from engine.contract.errors import IncompatibleVersion, OutputUnwritable, RequestError
from engine.contract.storyboard import Mood

_MUSIC_FORMATS = (".wav", ".mid")


def add_parsers(commands: Any) -> None:
    """Add both commands to the command line."""
    parser = commands.add_parser("imagine", help="draw one subject by the generator alone, with alpha")
    parser.add_argument("text", metavar="TEXT", nargs="?", help="one subject, for example: a red boat")
    parser.add_argument("--out", type=Path, metavar="FILE.png", help="where the picture goes")
    parser.add_argument("--lines", metavar="FILE", help='one subject a line; "-" reads standard input')
    parser.add_argument("--out-dir", type=Path, metavar="DIR", help="with --lines: for 1.png, 2.png ...")
    add_seed(parser)
    parser.add_argument("--size", type=positive_integer, default=256, metavar="PX", help="default 256")
    parser.add_argument(
        "--frames",
        type=positive_integer,
        metavar="N",
        help="write N frames of its motion, as NAME-01.png, NAME-02.png ...",
    )
    parser.add_argument("--json", action="store_true", help="print one line of JSON for each subject")
    add_config(parser)
    parser.set_defaults(run=run_imagine)
    parser = commands.add_parser("music", help="compose music for a mood")
    parser.add_argument("--mood", choices=[str(item) for item in Mood], required=True)
    parser.add_argument("--seconds", type=positive_number, required=True, metavar="S")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help=".wav or .mid")
    add_seed(parser)
    add_config(parser)
    parser.set_defaults(run=run_music)


async def run_imagine(args: argparse.Namespace, context: Context) -> int:
    """Draw one subject, or one for each line of standard input."""
    alone = args.text is not None and args.out is not None and args.lines is None and args.out_dir is None
    many = args.lines is not None and args.out_dir is not None and args.text is None and args.out is None
    if not (alone or many):
        context.stderr.write(
            "textreel imagine: error: give TEXT and --out FILE.png, or --lines - and --out-dir DIR\n"
        )
        return EXIT_WRONG_USE
    if many:
        return await _imagine_lines(args, context)
    text = check_text(context.read_text(args.text)).strip()
    target = check_target(args.out)
    async with open_engine(context.settings, context.environment) as client:
        await _imagine(client, text, target, args, context)
    return EXIT_DONE


async def run_music(args: argparse.Namespace, context: Context) -> int:
    """Compose music and write it as a sound file or as a score."""
    suffix = args.out.suffix.lower()
    if suffix not in _MUSIC_FORMATS:
        context.stderr.write(f"textreel music: error: --out must end in {' or '.join(_MUSIC_FORMATS)}\n")
        return EXIT_WRONG_USE
    target = check_target(args.out)
    arguments = {"mood": args.mood, "seconds": args.seconds, "seed": args.seed, "format": suffix[1:]}
    async with open_engine(context.settings, context.environment) as client:
        answer = await client.tool("music", arguments)
    place_bytes(_decoded(answer.get("data")), target)
    context.write(str(target))
    return EXIT_DONE


async def _imagine_lines(args: argparse.Namespace, context: Context) -> int:
    lines = input_lines(args.lines, context)
    try:
        args.out_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputUnwritable(f"{args.out_dir} cannot be made: {error.strerror}.") from error
    check_target(args.out_dir / "1.png")
    async with open_engine(context.settings, context.environment) as client:
        for number, line in enumerate(lines, start=1):
            try:
                target = args.out_dir / f"{number}.png"
                await _imagine(client, check_text(line).strip(), target, args, context)
            except RequestError as error:
                context.complain(error, where=f"line {number}: ")
    return EXIT_DONE


async def _imagine(
    client: EngineClient, text: str, target: Path, args: argparse.Namespace, context: Context
) -> None:
    """Draw ``text`` into ``target``, or into numbered files beside it when frames are asked for."""
    arguments = {"text": text, "seed": args.seed, "size_px": args.size, "frames": args.frames or 1}
    answer = await client.tool("imagine", arguments)
    pictures = [_decoded(item) for item in answer.get("images", ())]
    if not pictures:
        raise IncompatibleVersion("The engine drew no picture.")
    targets = _targets(target, len(pictures), numbered=args.frames is not None)
    for picture, path in zip(pictures, targets, strict=True):
        place_bytes(picture, path)
    if args.json:
        context.write_json({"text": text, "files": [str(path) for path in targets], **_facts(answer)})
    else:
        context.write(f"{targets[0]}{f' ... {targets[-1].name}' if len(targets) > 1 else ''}")


def _targets(target: Path, count: int, *, numbered: bool) -> list[Path]:
    if not numbered:
        return [target]
    digits = max(2, len(str(count)))
    return [target.with_name(f"{target.stem}-{index:0{digits}d}.png") for index in range(1, count + 1)]


def _facts(answer: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in answer.items() if key != "images"}


def _decoded(data: Any) -> bytes:
    try:
        return base64.b64decode(data, validate=True)
    except (ValueError, TypeError) as error:
        raise IncompatibleVersion("The engine's answer holds no file.") from error
