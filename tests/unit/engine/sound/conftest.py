from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from engine.contract.storyboard import Mood
from engine.media import SAMPLE_RATE_HZ, AudioTrack
from engine.scenery import MusicBrief, MusicSection
from engine.sound.rules import RuleComposer
from engine.sound.synth import NumpySynthesiser

BriefMaker = Callable[..., MusicBrief]


@pytest.fixture
def brief_of() -> BriefMaker:
    """Makes a brief from (mood, seconds, energy) parts that follow each other."""

    def make(*parts: tuple[Mood, float, float], seed: int = 1) -> MusicBrief:
        sections = []
        at = 0.0
        for mood, seconds, energy in parts:
            sections.append(MusicSection(start=at, end=at + seconds, mood=mood, energy=energy))
            at += seconds
        return MusicBrief(sections=tuple(sections), seconds=at, seed=seed)

    return make


@pytest.fixture(scope="session")
def composer() -> RuleComposer:
    return RuleComposer()


@pytest.fixture(scope="session")
def synthesiser() -> NumpySynthesiser:
    return NumpySynthesiser()


@pytest.fixture
def sine() -> Callable[..., AudioTrack]:
    """Makes a sine in every channel."""

    def make(
        hertz: float, *, dbfs: float, seconds: float = 5.0, channels: int = 2, rate_hz: int = SAMPLE_RATE_HZ
    ) -> AudioTrack:
        time = np.arange(round(seconds * rate_hz)) / rate_hz
        wave = 10 ** (dbfs / 20) * np.sin(2 * np.pi * hertz * time)
        return AudioTrack(
            samples=np.repeat(wave[:, None], channels, axis=1).astype(np.float32), rate_hz=rate_hz
        )

    return make
