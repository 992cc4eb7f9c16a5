from __future__ import annotations

import numpy as np
import pytest

from engine.contract.errors import NothingToDraw
from engine.contract.storyboard import (
    Action,
    Branch,
    Hour,
    Mood,
    Place,
    Role,
    Scene,
    Setting,
    Shot,
    Subject,
    Weather,
)
from engine.generators.motion import RuleMotion
from engine.generators.scene import SceneArtist
from engine.media import FrameSize
from engine.scenery import Sprite

SIZE = FrameSize(width_px=256, height_px=144)


class Painter:
    """Draws a block of one colour, as high as asked; trusts itself as told."""

    version = "1"

    def __init__(self, name: str, trust: float) -> None:
        self.name = name
        self._trust = trust
        self.heights: list[int] = []

    def trust(self, subject: Subject) -> float:
        return self._trust

    def draw(self, subject: Subject, *, seed: int, height_px: int, frames: int = 1) -> Sprite:
        self.heights.append(height_px)
        picture = np.full((1, height_px, height_px // 2, 4), 255, np.uint8)
        picture[..., 0] = seed % 256
        return Sprite(frames=picture, fps=0.0, source=self.name)


def subject(**changes: object) -> Subject:
    facts = {"text": "fox", "concept": None, "score": 0.0, "why": "test", "kind": "animal"}
    return Subject(**(facts | changes))


def scene(*subjects: Subject, index: int = 0, seed: int = 11) -> Scene:
    return Scene(
        index=index,
        text="A fox runs.",
        branch=Branch.PICTURE,
        why="test",
        shot=Shot.SUBJECT,
        subjects=subjects,
        setting=Setting(place=Place.FIELD, hour=Hour.NOON, weather=Weather.CLEAR),
        mood=Mood.CALM,
        energy=0.5,
        seconds=3.0,
        caption="",
        seed=seed,
    )


def artist(*painters: Painter) -> SceneArtist:
    return SceneArtist(painters, motion=RuleMotion())


def test_each_subject_becomes_a_sprite_with_poses() -> None:
    hero, other = subject(action=Action.RUN), subject(role=Role.SECONDARY)
    painter = Painter("only", 0.5)
    art = artist(painter).paint(scene(hero, other, index=3), SIZE, seed=1)
    assert art.scene_index == 3
    assert len(art.sprites) == 2
    assert painter.heights[0] > painter.heights[1]
    for sprite in art.sprites:
        assert sprite.poses is not None
        assert sprite.poses.shape == (120, 5)


def test_the_generator_trusted_most_draws() -> None:
    art = artist(Painter("weak", 0.2), Painter("strong", 0.9)).paint(scene(subject()), SIZE, seed=1)
    assert art.sprites[0].source == "strong"


def test_nobody_who_can_draw_is_an_error() -> None:
    with pytest.raises(NothingToDraw, match="fox"):
        artist(Painter("blind", 0.0)).paint(scene(subject()), SIZE, seed=1)


def test_several_stand_side_by_side() -> None:
    one, three, crowd = (
        artist(Painter("only", 1.0)).paint(scene(subject(count=count)), SIZE, seed=1).sprites[0].frames
        for count in (1, 3, 40)
    )
    assert one.shape[1] == three.shape[1] == crowd.shape[1]
    assert one.shape[2] < three.shape[2] < crowd.shape[2]
    assert crowd.shape[2] < 5 * one.shape[2]
    assert (three[0, ..., 3] > 0).any(axis=0).all()


def test_scenes_of_one_clip_share_palette_and_background() -> None:
    drawer = artist(Painter("only", 1.0))
    first, second = (drawer.paint(scene(subject(), index=i, seed=i), SIZE, seed=5) for i in (0, 1))
    other = drawer.paint(scene(subject()), SIZE, seed=6)
    assert first.palette == second.palette
    assert np.array_equal(first.plate.layers[-1].picture, second.plate.layers[-1].picture)
    assert other.palette != first.palette


def test_a_scene_without_subjects_is_its_background() -> None:
    art = artist().paint(scene(), SIZE, seed=1)
    assert art.sprites == ()
    assert art.plate.layers


def test_versions_name_the_generators() -> None:
    assert artist(Painter("a", 1.0), Painter("b", 1.0)).versions == {"a": "1", "b": "1"}
