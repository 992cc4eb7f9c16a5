"""From a brief to sound, and from sound to a file: what the rest of the engine calls."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np

from engine.contract.errors import OutputUnwritable
from engine.media import SAMPLE_RATE_HZ, AudioTrack
from engine.scenery import MusicBrief
from engine.sound.score import MusicModel, Synthesiser


def compose_track(brief: MusicBrief, *, model: MusicModel, synthesiser: Synthesiser) -> AudioTrack:
    """Compose and play the music of a clip.

    Returns:
        48 kHz, round(brief.seconds * 48,000) samples, not yet levelled: ``mix`` does that.

    Raises:
        InvalidOption: no music can be made for the brief.
    """
    track = synthesiser.render(model.compose(brief))
    samples = round(brief.seconds * SAMPLE_RATE_HZ)
    missing = max(0, samples - track.samples.shape[0])
    return AudioTrack(samples=np.pad(track.samples[:samples], ((0, missing), (0, 0))), rate_hz=track.rate_hz)


def write_wav(track: AudioTrack, path: Path) -> None:
    """Write a track as a WAV file of 16 bits; a half-written file is removed.

    Raises:
        OutputUnwritable: the file cannot be written.
    """
    # Triangular noise of one step, so that quiet endings do not turn into a buzz (dither).
    rng = np.random.default_rng(0)
    noise = rng.random(track.samples.shape, dtype=np.float32) - rng.random(
        track.samples.shape, dtype=np.float32
    )
    scaled = np.where(track.samples == 0.0, 0.0, track.samples * 32767.0 + noise)
    steps = np.clip(np.round(scaled), -32768, 32767).astype("<i2")
    try:
        with path.open("wb") as stream, wave.open(stream, "wb") as file:
            file.setnchannels(track.samples.shape[1])
            file.setsampwidth(2)
            file.setframerate(track.rate_hz)
            file.writeframes(steps.tobytes())
    except OSError as error:
        path.unlink(missing_ok=True)
        raise OutputUnwritable(f"{path} cannot be written: {error.strerror}.") from error
