from __future__ import annotations

import numpy as np
import pytest

from engine.contract.storyboard import Action
from engine.generators.motion import create

FRAMES, FPS = 120, 30.0


@pytest.mark.parametrize("energy", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("action", list(Action))
def test_poses_are_a_seamless_loop(action: Action, energy: float) -> None:
    poses = create().poses(action, energy=energy, frames=FRAMES, fps=FPS, seed=4)
    assert poses.shape == (FRAMES, 5)
    assert poses.dtype == np.float32
    assert np.isfinite(poses).all()
    steps = np.abs(np.diff(poses, axis=0))
    seam = np.abs(poses[0] - poses[-1])
    # Whole turns end where they began.
    seam[4], steps[:, 4] = min(seam[4], abs(360 - seam[4])), np.minimum(steps[:, 4], 360 - steps[:, 4])
    assert (seam <= steps.max(0) * 1.3 + 1e-4).all()


@pytest.mark.parametrize("action", list(Action))
def test_poses_keep_the_subject_in_place_and_in_shape(action: Action) -> None:
    poses = create().poses(action, energy=1.0, frames=FRAMES, fps=FPS, seed=1)
    assert np.abs(poses[:, :2]).max() < 0.35
    assert poses[:, 2:4].min() > 0.8
    assert poses[:, 2:4].max() < 1.25
    assert poses[:, 2] * poses[:, 3] == pytest.approx(np.ones(FRAMES), abs=1e-5)


@pytest.mark.parametrize("action", list(Action))
def test_everything_moves_a_little(action: Action) -> None:
    poses = create().poses(action, energy=0.5, frames=FRAMES, fps=FPS, seed=1)
    assert poses.std(axis=0).max() > 0.003


@pytest.mark.parametrize("action", [Action.RUN, Action.FLY, Action.BOB, Action.SWAY])
def test_energy_makes_moves_larger(action: Action) -> None:
    calm, wild = (
        create().poses(action, energy=energy, frames=FRAMES, fps=FPS, seed=1) for energy in (0.1, 1.0)
    )
    assert np.ptp(wild, axis=0).sum() > np.ptp(calm, axis=0).sum()


def test_feet_stay_on_the_ground() -> None:
    for action in (Action.STAND, Action.WALK, Action.RUN, Action.BOB):
        poses = create().poses(action, energy=0.7, frames=FRAMES, fps=FPS, seed=2)
        assert poses[:, 1].max() <= 1e-6


def test_the_same_seed_gives_the_same_poses() -> None:
    first, second = (create().poses(Action.SWIM, energy=0.4, frames=60, fps=FPS, seed=9) for _ in range(2))
    assert np.array_equal(first, second)


@pytest.mark.parametrize(("frames", "fps"), [(0, 30.0), (10, 0.0)])
def test_a_loop_needs_time(frames: int, fps: float) -> None:
    with pytest.raises(ValueError, match="positive"):
        create().poses(Action.RUN, energy=0.5, frames=frames, fps=fps, seed=1)
