"""``textreel render``: one clip, over the same path as a chat message."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from adapters.base import Status, StatusState, Verb
from adapters.console_chat import ConsoleChat, Kept, Typed, check_target, only
from adapters.console_screen import Screen
from bot.app import Bot, open_engine
from bot.commands.context import EXIT_DONE, Context, add_config, add_look, add_seed, positive_integer
from bot.replies import Replies, grouped_entities, size_text
from bot.texts import check_text
from engine.contract.clip import Clip
from engine.contract.errors import RenderError, TextreelError, error_from_code
from engine.contract.request import Aspect, ClipOptions, LanguageChoice
from engine.contract.wire import to_json


def add_parser(commands: Any) -> None:
    """Add ``render`` to the command line."""
    parser = commands.add_parser("render", help="turn a text into a clip")
    parser.add_argument("text", metavar="TEXT", help='what the clip shall show; "-" reads standard input')
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="where the MP4 goes")
    add_seed(parser)
    add_look(parser)
    parser.add_argument("--no-music", dest="music", action="store_false", help="leave the music out")
    parser.add_argument("--no-narration", dest="narration", action="store_false", help="leave the voice out")
    parser.add_argument("--max-bytes", type=positive_integer, metavar="N", help="largest file, in bytes")
    parser.add_argument("--json", action="store_true", help="end with one line of JSON about the clip")
    add_config(parser)
    parser.set_defaults(run=run)


async def run(args: argparse.Namespace, context: Context) -> int:
    """Render one clip; raise the error that ended it."""
    text = check_text(context.read_text(args.text))
    target = check_target(args.out)
    screen = Screen(context.stderr)
    outcome = Outcome()
    chat = ConsoleChat(
        only(_typed(args, text)),
        screen,
        path_for=lambda _job: target,
        on_kept=outcome.keep,
        on_failed=outcome.fail,
    )
    with _working(screen, context.replies):
        async with open_engine(context.settings, context.environment) as client:
            await Bot(client, [chat], context.phrasebook()).run()
    kept = outcome.result()
    if args.json:
        context.write_json(clip_json(kept.clip, kept.path))
    else:
        context.write(*summary(kept, context.replies))
    return EXIT_DONE


class Outcome:
    """What became of the one clip."""

    def __init__(self) -> None:
        self._kept: Kept | None = None
        self._error: TextreelError | None = None

    def keep(self, kept: Kept) -> None:
        """Note the clip."""
        self._kept = kept

    def fail(self, status: Status) -> None:
        """Note the failure."""
        self._error = error_from_code(status.error_code or "render_failed", status.error_detail)

    def result(self) -> Kept:
        """Return the clip, or raise what went wrong."""
        if self._kept is not None:
            return self._kept
        raise self._error or RenderError("The engine gave no answer.")


def clip_json(clip: Clip, path: Path) -> dict[str, Any]:
    """Describe a clip for another program; the names are a contract."""
    return {
        "path": str(path),
        "sha256": clip.sha256,
        "bytes": clip.bytes,
        "seconds": clip.seconds,
        "width": clip.width_px,
        "height": clip.height_px,
        "fps": clip.fps,
        "seed": clip.seed,
        "language": str(clip.language),
        "title": clip.title,
        "scenes": to_json(clip.scenes),
        "timings": to_json(clip.timings),
        "models": to_json(clip.models),
        "notes": list(clip.notes),
    }


def summary(kept: Kept, said: Replies) -> Iterator[str]:
    """Yield the lines that a person reads after a render."""
    clip = kept.clip
    yield str(kept.path)
    facts = said.say(
        "clip_line",
        width=clip.width_px,
        height=clip.height_px,
        seconds=f"{clip.seconds:.1f}",
        size=size_text(clip.bytes),
    )
    yield f"{facts}, {said.say('seed_line', seed=clip.seed)}"
    yield ""
    yield f"{said.say('understood_title')}: {clip.title}"
    groups = grouped_entities(kept.understood.entities if kept.understood else ())
    if not groups:
        yield f"  {said.say('nothing_understood')}"
    for kind, texts in groups.items():
        yield f"  {said.word('kinds', kind)}: {', '.join(texts)}"
    yield said.say("scenes_title", count=len(clip.scenes))
    for number, scene in enumerate(clip.scenes, start=1):
        branch, mood = said.word("branches", str(scene.branch)), said.word("moods", str(scene.mood))
        line = said.say(
            "scene_line", number=number, branch=branch, mood=mood, text=" ".join(scene.text.split())
        )
        subjects = ", ".join(scene.subjects)
        yield f"  {line}" + (f" ({said.say('scene_subjects', subjects=subjects)})" if subjects else "")
    notes = dict.fromkeys((*(kept.understood.notes if kept.understood else ()), *clip.notes))
    for note in notes:
        yield said.say("note_line", note=note)


def options_of(args: argparse.Namespace) -> ClipOptions:
    """Return the options of a clip as the command line gives them."""
    return ClipOptions(
        seconds=args.seconds,
        aspect=Aspect(args.aspect),
        height_px=args.height,
        style=args.style,
        language=LanguageChoice(args.language),
        music=getattr(args, "music", True),
        narration=getattr(args, "narration", True),
    )


def _typed(args: argparse.Namespace, text: str) -> Typed:
    return Typed(
        text=text, verb=Verb.VIDEO, options=options_of(args), seed=args.seed, max_bytes=args.max_bytes
    )


@contextlib.contextmanager
def _working(screen: Screen, said: Replies) -> Iterator[None]:
    """Show that the engine is being started; take the progress line away whatever happens."""
    text = said.say("starting_engine")
    screen.show(Status(text=text, headline=text, state=StatusState.WORKING))
    try:
        yield
    finally:
        screen.clear()
