"""From a Storyboard to a Direction: every scene its frames, its transition and its camera. Pure."""

from __future__ import annotations

import random
from collections.abc import Sequence

from engine.contract.storyboard import Scene, Shot, Storyboard, Transition
from engine.media import FPS
from engine.scenery import Camera, DirectedScene, Direction

#: Shortest and longest transition, in frames; quiet scenes dissolve slowly.
MIN_TRANSITION_FRAMES = 12
MAX_TRANSITION_FRAMES = 18
#: How far a pan goes at most, in fractions of the frame's width, and how far a zoom.
_PAN = 0.045
_ZOOM = 0.09


def direct(storyboard: Storyboard) -> Direction:
    """Lay the scenes out in time; the clip is as long as the scenes' seconds together, to the frame."""
    starts = _starts([scene.seconds for scene in storyboard.scenes])
    total = starts[-1]
    lengths = [
        _transition_frames(scene, starts[i], starts[i + 1]) for i, scene in enumerate(storyboard.scenes)
    ]
    lengths[0] = 0
    chance = random.Random(f"direct {storyboard.seed}")
    towards = chance.choice((-1.0, 1.0))
    directed: list[DirectedScene] = []
    for index, scene in enumerate(storyboard.scenes):
        last = index == len(storyboard.scenes) - 1
        end = total if last else starts[index + 1] + lengths[index + 1]
        directed.append(
            DirectedScene(
                scene=scene,
                start_frame=starts[index],
                end_frame=end,
                transition_frames=lengths[index],
                camera=_camera(scene, index, towards, chance),
            )
        )
        towards = -towards
    return Direction(storyboard=storyboard, scenes=tuple(directed), total_frames=total)


def _starts(seconds: Sequence[float]) -> list[int]:
    """Return the first frame of every scene and the length of the clip; rounding never adds up."""
    starts = [0]
    elapsed = 0.0
    for value in seconds:
        elapsed += value
        starts.append(max(starts[-1] + 2, round(elapsed * FPS)))
    return starts


def _transition_frames(scene: Scene, start: int, end: int) -> int:
    if scene.transition is Transition.CUT:
        return 0
    quiet = 1.0 - min(1.0, max(0.0, scene.energy))
    frames = round(MIN_TRANSITION_FRAMES + (MAX_TRANSITION_FRAMES - MIN_TRANSITION_FRAMES) * quiet)
    return min(frames, (end - start) // 2)


def _camera(scene: Scene, index: int, towards: float, chance: random.Random) -> Camera:
    """A slow move: in on an opening, out on a closing, sideways and in or out by turns between them."""
    strength = (0.5 + 0.5 * scene.energy) * chance.uniform(0.85, 1.15)
    pan = towards * _PAN * strength
    zoom = _ZOOM * strength
    if scene.shot is Shot.ESTABLISHING:
        return Camera(pan_from=-pan / 2, pan_to=pan / 2, zoom_from=1.0, zoom_to=1.0 + zoom)
    if scene.shot is Shot.CLOSING:
        return Camera(pan_from=pan / 2, pan_to=0.0, zoom_from=1.0 + zoom, zoom_to=1.0)
    if scene.shot is Shot.DATA:
        return Camera(pan_from=-pan / 4, pan_to=pan / 4, zoom_from=1.0, zoom_to=1.0 + zoom / 2)
    if scene.shot is Shot.MOOD:
        return Camera(pan_from=-pan, pan_to=pan, zoom_from=1.02, zoom_to=1.02 + zoom / 3)
    if index % 2:
        return Camera(pan_from=-pan, pan_to=pan, zoom_from=1.0 + zoom / 4, zoom_to=1.0 + zoom / 2)
    return Camera(pan_from=-pan / 2, pan_to=pan / 2, zoom_from=1.0 + zoom, zoom_to=1.0 + zoom / 4)
