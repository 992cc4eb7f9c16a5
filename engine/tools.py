"""The pipeline's rooms one at a time, JSON in and JSON out: `textreel understand` and its like."""

from __future__ import annotations

import base64
import importlib.metadata
import io
import math
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.contract.errors import InvalidOption, NothingToDraw
from engine.contract.request import ClipOptions, LanguageChoice
from engine.contract.storyboard import Action, Mood, Reading, Role, Subject
from engine.contract.wire import from_json, to_json
from engine.media import FPS, Float32Array, UInt8Array
from engine.parts import WEIGHTS, Parts
from engine.scenery import MusicBrief, MusicSection
from engine.sound.instruments import load_instruments
from engine.sound.midi import midi_bytes
from engine.sound.track import write_wav

Tool = Callable[[Parts, Mapping[str, Any]], dict[str, Any]]

#: Bounds of what a tool draws or plays.
_MAX_SIZE_PX = 2048
_MAX_FRAMES = 240
_MAX_MUSIC_SECONDS = 600.0
#: Share of the square that a drawing takes: that of the drawings the generator learned from.
_FILL = 0.875


def understand(parts: Parts, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return key information, sentences with their branch, keywords and subjects of ``text``."""
    reading = _read(parts, arguments)
    answer: dict[str, Any] = to_json(reading)
    del answer["text"]
    return answer


def storyboard(parts: Parts, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return the scenes planned for ``text`` with ``seed`` and ``options``."""
    options = from_json(ClipOptions, arguments.get("options") or {})
    answer: dict[str, Any] = to_json(parts.plan(_read(parts, arguments), options, seed=_seed(arguments)))
    return answer


def imagine(parts: Parts, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Draw the first subject of ``text``, moving when ``frames`` are asked for: PNG with alpha, base64."""
    size = _bounded(arguments, "size_px", 256, low=16, high=_MAX_SIZE_PX)
    frames = _bounded(arguments, "frames", 1, low=1, high=_MAX_FRAMES)
    subject = _first_subject(_read(parts, arguments))
    generator = next((one for one in parts.generators() if one.trust(subject) > 0.0), None)
    if generator is None:
        raise NothingToDraw(f"No generator can draw {subject.text!r}.")
    sprite = generator.draw(subject, seed=_seed(arguments), height_px=size, frames=frames)
    drawn = [fitted(frame, size, fill=_FILL) for frame in sprite.frames]
    pictures = [drawn[number % len(drawn)] for number in range(frames)]
    if frames > 1:
        action = Action.BOB if subject.action is Action.STAND else subject.action
        poses = parts.motion.poses(action, energy=0.5, frames=frames, fps=FPS, seed=_seed(arguments))
        pictures = [posed(picture, pose) for picture, pose in zip(pictures, poses, strict=True)]
    return {
        "images": [_png(picture) for picture in pictures],
        "subject": subject.text,
        "concept": subject.concept,
        "score": subject.score,
        "why": subject.why,
        "generator": sprite.source,
    }


def music(parts: Parts, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Compose ``seconds`` of music in ``mood``; ``format`` wav or mid, in base64."""
    seconds = float(arguments.get("seconds", 15.0))
    if not 1.0 <= seconds <= _MAX_MUSIC_SECONDS:
        raise InvalidOption(f"seconds must be 1 to {_MAX_MUSIC_SECONDS:.0f}, not {seconds:g}.")
    section = MusicSection(start=0.0, end=seconds, mood=_mood(arguments), energy=0.5)
    brief = MusicBrief(sections=(section,), seconds=seconds, seed=_seed(arguments))
    if arguments.get("format") == "mid":
        score = parts.composer.compose(brief)
        data = midi_bytes(score, instruments=load_instruments())
    else:
        data = _wav(parts, brief)
    return {"data": base64.b64encode(data).decode("ascii"), "mood": section.mood.value}


def doctor(parts: Parts, arguments: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ARG001
    """Say what is installed, which weights are in use and what is degraded."""
    checks = [
        _check(name, importlib.metadata.version(package))
        for name, package in (("torch", "torch"), ("spacy", "spacy"), ("moviepy", "moviepy"), ("pyav", "av"))
    ]
    generators = parts.generators()
    checks += [_check(generator.name, generator.version) for generator in generators]
    checks += [
        _check("generator", note, status="degraded", mend=f"Put the weights back into {WEIGHTS}.")
        for note in parts.notes()
    ]
    checks += [_check(name, version) for name, version in parts.languages().items()]
    return {"checks": checks}


TOOLS: Mapping[str, Tool] = MappingProxyType(
    {
        "understand": understand,
        "storyboard": storyboard,
        "imagine": imagine,
        "music": music,
        "doctor": doctor,
    }
)


def fitted(picture: UInt8Array, size_px: int, *, fill: float = 1.0) -> UInt8Array:
    """Centre uint8 [H,W,4] on a transparent square of ``size_px``; its longer side takes ``fill`` of it."""
    scale = fill * size_px / max(picture.shape[:2])
    width, height = (
        max(1, min(size_px, round(side * scale))) for side in (picture.shape[1], picture.shape[0])
    )
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    small = cv2.resize(_premultiplied(picture), (width, height), interpolation=method)
    result = np.zeros((size_px, size_px, 4), np.uint8)
    top, left = (size_px - height) // 2, (size_px - width) // 2
    result[top : top + height, left : left + width] = _straight(small)
    return result


def posed(picture: UInt8Array, pose: Float32Array) -> UInt8Array:
    """Move uint8 [S,S,4] as a pose says (float32 [5], see scenery.Sprite); what leaves the square is cut."""
    dx, dy, scale_x, scale_y, degrees = (float(number) for number in pose)
    side = picture.shape[0]
    foot_x, foot_y = side / 2, side * (1 + _FILL) / 2
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    turn = np.array([[cos * scale_x, -sin * scale_y], [sin * scale_x, cos * scale_y]])
    shift = np.array([foot_x + dx * side, foot_y + dy * side]) - turn @ np.array([foot_x, foot_y])
    matrix = np.concatenate([turn, shift[:, np.newaxis]], axis=1)
    return _straight(cv2.warpAffine(_premultiplied(picture), matrix, (side, side), flags=cv2.INTER_LINEAR))


def _premultiplied(picture: UInt8Array) -> Float32Array:
    """Multiply colour by alpha, or the colour of invisible pixels would bleed into a rim when resampled."""
    alpha = picture[..., 3:].astype(np.float32) / 255
    return np.concatenate([picture[..., :3] * alpha, alpha * 255], axis=2)


def _straight(solid: NDArray[Any]) -> UInt8Array:
    """Turn a resampled premultiplied picture back into straight uint8 [H,W,4]."""
    solid = np.clip(solid, 0, 255)
    colour = np.clip(solid[..., :3] * 255 / np.maximum(solid[..., 3:], 1), 0, 255)
    result: UInt8Array = np.concatenate([colour, solid[..., 3:]], axis=2).round().astype(np.uint8)
    return result


def _read(parts: Parts, arguments: Mapping[str, Any]) -> Reading:
    try:
        choice = LanguageChoice(str(arguments.get("language") or "auto"))
    except ValueError:
        raise InvalidOption(f"language must be auto, en or zh, not {arguments['language']!r}.") from None
    return parts.reader.read(str(arguments.get("text", "")), choice)


def _first_subject(reading: Reading) -> Subject:
    """Return the first subject with a concept, else the first at all."""
    known = [subject for subject in reading.subjects if subject.concept is not None]
    heroes = [subject for subject in known if subject.role is Role.HERO]
    for candidates in (heroes, known, reading.subjects):
        if candidates:
            return candidates[0]
    raise NothingToDraw


def _mood(arguments: Mapping[str, Any]) -> Mood:
    try:
        return Mood(str(arguments.get("mood")))
    except ValueError:
        known = ", ".join(Mood)
        raise InvalidOption(f"mood must be one of {known}, not {arguments.get('mood')!r}.") from None


def _seed(arguments: Mapping[str, Any]) -> int:
    seed = arguments.get("seed")
    if seed is None:
        return 0
    if not isinstance(seed, int) or isinstance(seed, bool):
        raise InvalidOption(f"seed must be a whole number, not {seed!r}.")
    return seed


def _bounded(arguments: Mapping[str, Any], name: str, default: int, *, low: int, high: int) -> int:
    value = arguments.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise InvalidOption(f"{name} must be a whole number from {low} to {high}, not {value!r}.")
    return value


def _png(picture: UInt8Array) -> str:
    stream = io.BytesIO()
    Image.fromarray(picture).save(stream, "PNG")
    return base64.b64encode(stream.getvalue()).decode("ascii")


def _wav(parts: Parts, brief: MusicBrief) -> bytes:
    track = parts.play(brief)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "music.wav"
        write_wav(track, path)
        return path.read_bytes()


def _check(name: str, detail: str, *, status: str = "ok", mend: str = "") -> dict[str, str]:
    return {"name": name, "status": status, "detail": detail, "mend": mend}
