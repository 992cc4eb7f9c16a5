from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest

from engine.contract.errors import InvalidOption, OutputUnwritable
from engine.contract.storyboard import Mood
from engine.media import AudioTrack
from engine.scenery import MusicBrief
from engine.sound.rules import RuleComposer
from engine.sound.score import Score
from engine.sound.synth import NumpySynthesiser
from engine.sound.track import compose_track, write_wav
from tests.unit.engine.sound.conftest import BriefMaker


class ShortSynthesiser:
    """Plays half of what it should, as a soundfont with a broken tail would."""

    def render(self, score: Score) -> AudioTrack:
        return AudioTrack(samples=np.ones((round(score.seconds * 24_000), 2), dtype=np.float32))


def test_the_music_is_as_long_as_the_clip(
    composer: RuleComposer, synthesiser: NumpySynthesiser, brief_of: BriefMaker
) -> None:
    brief = brief_of((Mood.HAPPY, 3.3333, 0.5))
    track = compose_track(brief, model=composer, synthesiser=synthesiser)
    assert track.samples.shape == (round(3.3333 * 48_000), 2)
    again = compose_track(brief, model=RuleComposer(), synthesiser=NumpySynthesiser())
    assert np.array_equal(again.samples, track.samples)


def test_what_a_synthesiser_leaves_out_is_silence(composer: RuleComposer, brief_of: BriefMaker) -> None:
    track = compose_track(brief_of((Mood.SAD, 2.0, 0.5)), model=composer, synthesiser=ShortSynthesiser())
    assert track.samples.shape == (96_000, 2)
    assert track.samples[:48_000].all()
    assert not track.samples[48_000:].any()


@pytest.mark.parametrize("seconds", [0.0, 10_000.0])
def test_no_music_for_a_clip_that_cannot_be(
    composer: RuleComposer, synthesiser: NumpySynthesiser, brief_of: BriefMaker, seconds: float
) -> None:
    sections = brief_of((Mood.SAD, 5.0, 0.5)).sections
    with pytest.raises(InvalidOption, match="seconds"):
        compose_track(
            MusicBrief(sections=sections, seconds=seconds, seed=1), model=composer, synthesiser=synthesiser
        )


def test_a_wav_file_holds_the_track(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    samples = rng.uniform(-1.2, 1.2, (1000, 2)).astype(np.float32)
    path = tmp_path / "a.wav"
    write_wav(AudioTrack(samples=samples), path)
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (2, 2, 48_000)
        read = np.frombuffer(file.readframes(1000), dtype="<i2").reshape(-1, 2)
    assert np.abs(read / 32767 - np.clip(samples, -1.0, 1.0)).max() < 3 / 32767


def test_digital_silence_stays_silent(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    write_wav(AudioTrack(samples=np.zeros((100, 1), dtype=np.float32)), path)
    with wave.open(str(path)) as file:
        assert not any(file.readframes(100))


def test_a_path_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(OutputUnwritable, match=r"a\.wav"):
        write_wav(AudioTrack(samples=np.zeros((10, 2), dtype=np.float32)), tmp_path / "missing" / "a.wav")
