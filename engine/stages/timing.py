"""How long every scene of a plan lasts. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.contract.storyboard import Scene, Shot
from engine.stages.captions import reading_seconds

#: Shortest scene, in seconds.
MIN_SCENE_SECONDS = 2.4
#: Longest scene when the text alone decides, in seconds.
MAX_SCENE_SECONDS = 9.0
#: Quiet time around the words of a scene, in seconds.
_PAUSE_SECONDS = 0.9
_LEAST = {Shot.ESTABLISHING: 3.2, Shot.SUBJECT: 2.6, Shot.DATA: 3.4, Shot.MOOD: 3.0, Shot.CLOSING: 3.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLimits:
    """Bounds of a clip's length."""

    #: In seconds.
    min_seconds: float = 6.0
    max_seconds: float = 60.0


def natural_seconds(scene: Scene) -> float:
    """Return the seconds that a scene's words need, within the bounds of its shot."""
    words = " ".join(part for part in (scene.caption, scene.headline, scene.subline) if part)
    seconds = reading_seconds(words) + _PAUSE_SECONDS
    return min(MAX_SCENE_SECONDS, max(_LEAST[scene.shot], seconds))


def least_seconds(scene: Scene, *, hurried: bool) -> float:
    """The shortest a scene may be: half the reading time when the user asked for a length."""
    natural = natural_seconds(scene)
    return max(MIN_SCENE_SECONDS, 0.6 * natural) if hurried else natural


def timed(scenes: Sequence[Scene], target: float | None, limits: PlanLimits) -> list[Scene]:
    """Give every scene its seconds; their sum is the length of the clip."""
    natural = [natural_seconds(scene) for scene in scenes]
    total = sum(natural)
    wanted = target if target is not None else min(limits.max_seconds, max(limits.min_seconds, total))
    if abs(total - wanted) < 1e-6:
        seconds = natural
    elif total < wanted:
        seconds = [value * wanted / total for value in natural]
    else:
        seconds = _shrunk(natural, wanted)
    return [replace(scene, seconds=round(value, 3)) for scene, value in zip(scenes, seconds, strict=True)]


def _shrunk(natural: Sequence[float], wanted: float) -> list[float]:
    """Shorten the scenes to ``wanted`` seconds in all, evenly above the shortest scene."""
    floor = min(MIN_SCENE_SECONDS, wanted / len(natural))
    spare = sum(natural) - floor * len(natural)
    share = (wanted - floor * len(natural)) / spare if spare > 0 else 0.0
    return [floor + (value - floor) * share for value in natural]
