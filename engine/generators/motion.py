"""Movement by rule: each action as a loop of poses, after the principles of hand-drawn animation.

Anticipation, squash and stretch, slow in and slow out and overlapping action are meant as Thomas and Johnston
describe them ("The Illusion of Life", 1981, chapter 3). Every curve is a sum of harmonics of the loop or a
function of a phase that runs whole turns, so that the last pose leads into the first.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from engine.contract.storyboard import Action
from engine.generators.base import MotionModel
from engine.media import Float32Array

#: Turns a second of each action at energy 0.5.
_TEMPO = {
    Action.STAND: 0.30,
    Action.SWAY: 0.32,
    Action.BOB: 0.75,
    Action.WALK: 1.6,
    Action.RUN: 2.6,
    Action.FLY: 0.60,
    Action.SWIM: 0.75,
    Action.DRIVE: 2.4,
    Action.FLOAT: 0.28,
    Action.SPIN: 0.50,
    Action.RISE: 0.25,
    Action.FALL: 0.25,
    Action.SHAKE: 5.0,
}

#: dx, dy, stretch (area is kept: across shrinks as down grows), rotation; each float [T].
_Curve = NDArray[np.float64]
_Moves = tuple[_Curve, _Curve, _Curve, _Curve]


class RuleMotion:
    """The motion model that needs no weights."""

    name = "rule"

    def poses(self, action: Action, *, energy: float, frames: int, fps: float, seed: int) -> Float32Array:
        """Return float32 [T,5]; see ``MotionModel.poses``."""
        if frames < 1 or fps <= 0:
            raise ValueError(f"frames and fps must be positive, not {frames} and {fps}")
        seconds = frames / fps
        rng = np.random.default_rng(seed)
        force = 0.45 + 1.1 * min(max(energy, 0.0), 1.0)
        turns = max(1, round(_TEMPO[action] * (0.75 + 0.5 * energy) * seconds))
        phase = np.arange(frames) / frames
        dx, dy, stretch, turn = _ACTIONS[action](phase, turns, force, rng)
        poses = np.stack([dx, dy, 1.0 / (1.0 + stretch), 1.0 + stretch, turn], axis=1)
        return np.ascontiguousarray(poses, dtype=np.float32)


def create() -> MotionModel:
    """Return the motion model by rule."""
    return RuleMotion()


def _wave(phase: _Curve, turns: float, start: float = 0.0) -> _Curve:
    result: _Curve = np.sin(2 * np.pi * (phase * turns + start))
    return result


def _hops(phase: _Curve, turns: int) -> tuple[_Curve, _Curve]:
    """Return height (0..1) and stretch (-1..1) of hops: squash on the ground, stretch in the air."""
    part = np.mod(phase * turns, 1.0)
    # A third of each hop is spent on the ground: down, and up again.
    air = np.clip((part - 0.3) / 0.7, 0.0, 1.0)
    height = 4 * air * (1 - air)
    crouch = np.where(part < 0.3, np.sin(np.pi * part / 0.3) ** 2, 0.0)
    speed = np.where(part >= 0.3, np.sin(np.pi * air) * np.abs(np.cos(np.pi * air)), 0.0)
    return height, (speed * 0.7 - crouch)


def _stand(phase: _Curve, turns: int, force: float, rng: np.random.Generator) -> _Moves:
    del rng
    breath = _wave(phase, turns)
    return 0 * phase, 0 * phase, 0.010 * force * breath, 0 * phase


def _sway(phase: _Curve, turns: int, force: float, rng: np.random.Generator) -> _Moves:
    late = _wave(phase, turns * 2, float(rng.random()))
    lean = _wave(phase, turns) + 0.22 * late
    return 0 * phase, 0 * phase, 0.008 * late, 2.6 * force * lean


def _bob(phase: _Curve, turns: int, force: float, rng: np.random.Generator) -> _Moves:
    del rng
    height, stretch = _hops(phase, turns)
    tilt = _wave(phase, max(1, turns // 2)) * 1.6
    return 0 * phase, -0.055 * force * height, 0.055 * force * stretch, force * tilt


def _walk(phase: _Curve, turns: int, force: float, rng: np.random.Generator) -> _Moves:
    del rng
    turns += turns % 2  # both feet, so that the rocking closes
    step = np.abs(_wave(phase, turns / 2)) ** 0.8
    rock = _wave(phase, turns / 2)
    return 0.006 * rock, -0.030 * force * step, 0.018 * force * (step - 0.5), 2.4 * force * rock


def _run(phase: _Curve, turns: int, force: float, rng: np.random.Generator) -> _Moves:
    del rng
    height, stretch = _hops(phase, turns)
    # The body leads with its chest as it takes off and falls back as it lands.
    pitch = _wave(phase, turns, 0.05)
    surge = 0.016 * _wave(phase, turns, 0.3)
    return force * surge, -0.060 * force * height, 0.050 * force * stretch, 2.0 + 2.6 * force * pitch


def _fly(phase: _Curve, turns: int, force: float, rng: np.random.Generator) -> _Moves:
    glide = _wave(phase, turns) + 0.3 * _wave(phase, turns * 2, float(rng.random()))
    bank = _wave(phase, turns, 0.25)
    drift = 0.03 * _wave(phase, max(1, turns // 2), float(rng.random()))
    return drift, -0.05 - 0.055 * force * glide, 0.014 * force * bank, -3.2 * force * bank


def _swim(phase: _Curve, turns: int, force: float, rng: np.random.Generator) -> _Moves:
    rise = _wave(phase, turns)
    push = _wave(phase, turns * 2, float(rng.random()))
    return 0.025 * push, -0.035 * force * rise, -0.022 * force * push, 3.6 * force * _wave(phase, turns, 0.25)


def _drive(phase: _Curve, turns: int, force: float, rng: np.random.Generator) -> _Moves:
    bump = np.zeros_like(phase)
    for harmonic in range(1, 4):
        bump = bump + _wave(phase, turns * harmonic, float(rng.random())) / harmonic
    pitch = _wave(phase, max(1, turns // 2))
    return 0.008 * pitch, -0.006 - 0.008 * force * np.abs(bump), 0.006 * force * bump, 0.7 * force * pitch


def _float(phase: _Curve, turns: int, force: float, rng: np.random.Generator) -> _Moves:
    start = float(rng.random())
    up, aside = _wave(phase, turns), _wave(phase, turns, 0.25 + 0.1 * start)
    return (
        0.028 * force * aside,
        -0.04 - 0.045 * force * up,
        0.006 * up,
        2.2 * force * _wave(phase, turns, start),
    )


def _spin(phase: _Curve, turns: int, force: float, rng: np.random.Generator) -> _Moves:
    del rng
    part = np.mod(phase * turns, 1.0)
    # Whole turns with slow in and out, and a small wind-up before each.
    eased = part - np.sin(2 * np.pi * part) / (2 * np.pi) * min(0.95, 0.5 * force)
    return 0 * phase, -0.02 * (1 - np.cos(2 * np.pi * part)), 0 * phase, (360.0 * eased)


def _rise(phase: _Curve, turns: int, force: float, rng: np.random.Generator) -> _Moves:
    # Up with a strong start, a stay above, and gently back: a loop cannot rise for ever.
    lift = 0.5 - 0.5 * np.cos(2 * np.pi * (phase * turns - 0.10 * np.sin(2 * np.pi * phase * turns)))
    flutter = _wave(phase, turns * 6, float(rng.random()))
    speed = np.gradient(lift) * phase.size / (2 * np.pi)
    return (
        0.006 * flutter,
        -0.16 * force * lift,
        0.045 * force * speed / max(turns, 1),
        0.8 * flutter,
    )


def _fall(phase: _Curve, turns: int, force: float, rng: np.random.Generator) -> _Moves:
    # Like a leaf: down in arcs from side to side, then lifted again.
    arc = _wave(phase, turns * 2, float(rng.random()))
    drop = 0.5 - 0.5 * np.cos(2 * np.pi * phase * turns)
    return 0.06 * force * arc, (0.10 * force * (drop - 1)), 0.01 * arc, 7.0 * force * arc


def _shake(phase: _Curve, turns: int, force: float, rng: np.random.Generator) -> _Moves:
    rate = max(1, turns)
    # Bursts with rests between, as an engine or a shiver does.
    burst = 0.25 + 0.75 * np.clip(np.sin(2 * np.pi * phase * 2) * 1.6, 0, 1)
    shiver = (_wave(phase, rate) + 0.6 * _wave(phase, rate * 2 + 1, float(rng.random()))) * burst
    return 0.010 * force * shiver, -0.004 * np.abs(shiver), 0.008 * force * shiver, 1.5 * force * shiver


_ACTIONS: dict[Action, Callable[[_Curve, int, float, np.random.Generator], _Moves]] = {
    Action.STAND: _stand,
    Action.SWAY: _sway,
    Action.BOB: _bob,
    Action.WALK: _walk,
    Action.RUN: _run,
    Action.FLY: _fly,
    Action.SWIM: _swim,
    Action.DRIVE: _drive,
    Action.FLOAT: _float,
    Action.SPIN: _spin,
    Action.RISE: _rise,
    Action.FALL: _fall,
    Action.SHAKE: _shake,
}
