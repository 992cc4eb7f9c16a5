"""NumpySynthesiser: plays a score with the instruments of this room, without a soundfont."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from engine.media import SAMPLE_RATE_HZ, AudioTrack, Float32Array
from engine.sound.instruments import Ensemble, Instrument, Struck, factor_of, load_instruments, sample
from engine.sound.percussion import DRUMS, drum_sample
from engine.sound.room import convolve, impulse
from engine.sound.score import Note, Role, Score, Track

#: Touches that samples are made for, in a melody and elsewhere; velocities between take the nearest.
_TOUCHES = (45, 70, 95, 120)
_COARSE_TOUCHES = (58, 100)
#: How far a player strays from the beat, standard deviation in seconds.
_STRAY_SECONDS = 0.004
#: Highest sample of the result; levels are the mix's business.
_PEAK = 0.7
#: Echoes of a melody: how much later, in beats, and how loud against the first one's strength.
_ECHOES = ((0.75, 1.0), (1.5, 0.4))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stroke:
    """A note in samples."""

    #: First sample.
    start: int
    #: Samples until the key is let go.
    held: int
    #: Gain to the left and right speaker, 1 for plain.
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class _Buses:
    """Where the sound gathers."""

    #: float32 [2,S], straight to the result.
    dry: Float32Array
    #: float32 [2,S], to the reverb.
    send: Float32Array


class NumpySynthesiser:
    """Plays scores by additive synthesis; implements ``Synthesiser``."""

    def __init__(self, instruments: Mapping[str, Instrument] | None = None) -> None:
        self._instruments = instruments or load_instruments()

    def render(self, score: Score) -> AudioTrack:
        """Return the sound of a score: stereo, 48 kHz, round(seconds * 48,000) samples long.

        Raises:
            ValueError: the score names an instrument that is not there.
        """
        samples = max(1, round(score.seconds * SAMPLE_RATE_HZ))
        buses = _Buses(
            dry=np.zeros((2, samples), dtype=np.float32), send=np.zeros((2, samples), dtype=np.float32)
        )
        rng = np.random.default_rng(0)  # the same score always sounds the same
        for (track, pitch, touch), strokes in _gather(score, rng).items():
            if score.tracks[track].role is Role.DRUMS:
                _beat(buses, score.tracks[track], pitch, strokes)
            else:
                self._play(buses, score, (track, pitch, touch), strokes)
        wet = convolve(buses.send, impulse(score.reverb_seconds))
        mixed = buses.dry + wet
        peak = float(np.abs(mixed).max())
        if peak > 0:
            mixed *= np.float32(_PEAK / peak)
        return AudioTrack(samples=np.ascontiguousarray(mixed.T))

    def _play(self, buses: _Buses, score: Score, key: tuple[int, int, int], strokes: list[_Stroke]) -> None:
        """Play all notes of one track, pitch and touch."""
        number, pitch, touch = key
        track = score.tracks[number]
        instrument = self._instruments.get(track.instrument)
        if instrument is None:
            raise ValueError(
                f"there is no instrument {track.instrument!r}; instruments.toml names those there are"
            )
        longest = max(stroke.held for stroke in strokes) + round(instrument.release_seconds * SAMPLE_RATE_HZ)
        wave = sample(instrument.voice, pitch, brightness=touch / 127.0, longest=longest)
        gain = factor_of(track.gain_db + instrument.gain_db)
        for index, stroke in enumerate(strokes):
            played = _shape(wave, stroke, instrument, turn=index)
            _add(buses, played, stroke, gain=gain, send=instrument.send)
            if track.role is Role.MELODY and instrument.echo:
                for later, part in _ECHOES:
                    echo = _echo(stroke, round(later * 60.0 / score.tempo_bpm * SAMPLE_RATE_HZ))
                    _add(buses, played, echo, gain=gain * instrument.echo * part, send=instrument.send)


def _echo(stroke: _Stroke, samples: int) -> _Stroke:
    """Return a stroke so many samples later on the other side."""
    return replace(stroke, start=stroke.start + samples, left=stroke.right, right=stroke.left)


def _gather(score: Score, rng: np.random.Generator) -> dict[tuple[int, int, int], list[_Stroke]]:
    """Sort the notes by (track, pitch, touch), so that each sample is made once."""
    beat = 60.0 / score.tempo_bpm * SAMPLE_RATE_HZ
    strokes: dict[tuple[int, int, int], list[_Stroke]] = {}
    for note in score.notes:
        track = score.tracks[note.track]
        drum = track.role is Role.DRUMS
        touches = _TOUCHES if track.role is Role.MELODY else _COARSE_TOUCHES
        touch = 0 if drum else min(touches, key=lambda level: abs(level - note.velocity))
        stray = rng.normal(0.0, _STRAY_SECONDS * (0.3 if drum else 1.0)) * SAMPLE_RATE_HZ
        left, right = _sides(track, note)
        stroke = _Stroke(
            start=max(0, round(note.start_beats * beat + stray)),
            held=max(1, round(note.beats * beat)),
            left=left,
            right=right,
        )
        strokes.setdefault((note.track, note.pitch, touch), []).append(stroke)
    return strokes


def _sides(track: Track, note: Note) -> tuple[float, float]:
    """Return the gains of a note: loudness from its velocity, equal power from its place."""
    pan = track.pan
    if track.role is Role.DRUMS:
        pan += DRUMS[note.pitch].pan if note.pitch in DRUMS else 0.0
    elif track.role is not Role.BASS:
        pan += (note.pitch - 66) / 120.0  # as at a keyboard: low left, high right
    angle = (min(1.0, max(-1.0, pan)) + 1.0) * np.pi / 4
    loud = (note.velocity / 100.0) ** 1.7 * 2**0.5
    return float(loud * np.cos(angle)), float(loud * np.sin(angle))


def _shape(wave: Float32Array, stroke: _Stroke, instrument: Instrument, *, turn: int) -> Float32Array:
    """Cut a note out of its sample and give it attack and release: float32 [S,C]."""
    release = round(instrument.release_seconds * SAMPLE_RATE_HZ)
    attack = min(round(instrument.attack_seconds * SAMPLE_RATE_HZ), max(48, round(stroke.held * 0.7)))
    length = stroke.held + release
    if isinstance(instrument.voice, Struck):
        length = min(length, len(wave))
        played = wave[:length].copy()
    elif isinstance(instrument.voice, Ensemble):
        # Another place in the loop each time, or repeated notes would sound stamped.
        played = np.take(wave, np.arange(length) + turn * 37_511, axis=0, mode="wrap")
    else:
        played = _prolong(wave, length)
    played[:attack] *= (0.5 - 0.5 * np.cos(np.linspace(0, np.pi, attack, dtype=np.float32)))[
        : len(played), None
    ]
    fall = len(played) - stroke.held
    if fall > 0:
        fading = np.linspace(0.0, 1.0, fall, dtype=np.float32)
        played[stroke.held :] *= (np.exp(-3.0 * fading) * (1.0 - fading))[:, None]
    return played


def _prolong(wave: Float32Array, length: int) -> Float32Array:
    """Return ``length`` samples; what is longer than the sample goes back and forth in its second half."""
    if length <= len(wave):
        return wave[:length].copy()
    half = wave[len(wave) // 2 :]
    # Turning round at the end keeps the wave without a step.
    there_and_back = np.concatenate([half[::-1], half])
    rounds = -(-(length - len(wave)) // len(there_and_back))
    return np.concatenate([wave, *[there_and_back] * rounds])[:length]


def _beat(buses: _Buses, track: Track, key: int, strokes: list[_Stroke]) -> None:
    """Play all strokes of one drum."""
    drum = DRUMS.get(key)
    if drum is None:
        raise ValueError(f"there is no drum for percussion key {key}")
    wave = drum_sample(drum, key)
    gain = factor_of(track.gain_db + drum.gain_db) * 0.35
    for stroke in strokes:
        _add(buses, wave, stroke, gain=gain, send=drum.send)


def _add(buses: _Buses, played: Float32Array, stroke: _Stroke, *, gain: float, send: float) -> None:
    """Add a note to the buses; what lies behind the end is cut."""
    end = min(buses.dry.shape[1], stroke.start + len(played))
    if end <= stroke.start:
        return
    for side, factor in enumerate((stroke.left, stroke.right)):
        part = played[: end - stroke.start, min(side, played.shape[1] - 1)] * np.float32(gain * factor)
        buses.dry[side, stroke.start : end] += part
        buses.send[side, stroke.start : end] += part * np.float32(send)
