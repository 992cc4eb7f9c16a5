"""The sound of each instrument: reads instruments.toml and makes samples of single pitches."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import numpy as np

from engine.media import SAMPLE_RATE_HZ, Float32Array

#: Lengths of an ensemble's loop, for short and for long notes, in samples (powers of two for the transform).
LOOP_SAMPLES = (1 << 15, 1 << 16, 1 << 17)
#: Length of a blown note's sample, in samples; a longer note comes back to its middle.
BLOWN_SAMPLES = 6 * SAMPLE_RATE_HZ
#: Longest sample of a struck note, in samples.
STRUCK_SAMPLES = 6 * SAMPLE_RATE_HZ
#: Samples are set to this root mean square over their first 0.3 s.
LEVEL_RMS = 0.1
#: An ensemble has no more harmonics than this: low notes lose only what their fifth octave up would add.
MOST_HARMONICS = 72
#: Below this both sides are the same, or one loudspeaker would lose the bass.
MONO_HERTZ = 220.0
#: Columns of the matrix that sums decaying partials.
_BLOCK = 512
_NYQUIST_HZ = SAMPLE_RATE_HZ / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Struck:
    """Partials that decay."""

    #: Frequency of each partial against the fundamental.
    ratios: tuple[float, ...]
    #: Amplitude falls with the partial's number to this power.
    tilt: float
    #: Where the string is plucked, as a part of its length; 0 for everywhere.
    pluck: float
    #: Of the fundamental at A4, in seconds for a fall of 60 dB.
    decay_seconds: float
    #: How much faster higher partials die.
    damping: float
    #: Noise of the stroke, 0 to 1.
    knock: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Blown:
    """Steady harmonics with vibrato and breath."""

    #: Amplitudes from the fundamental up.
    harmonics: tuple[float, ...]
    #: Depth of the vibrato, in cents.
    vibrato_cents: float
    #: Part of noise, 0 to 1.
    breath: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Ensemble:
    """Many players at once."""

    #: Where the treble begins to fade, in Hz.
    bandwidth_hertz: float
    #: Amplitude falls with the harmonic's number to this power.
    tilt: float
    #: Width of the fundamental's band, in cents.
    spread_cents: float
    #: (centre in Hz, width in Hz, gain) of each resonance.
    formants: tuple[tuple[float, float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """An instrument of the synthesiser."""

    name: str
    #: General MIDI program, from 0.
    program: int
    #: Level that sets it even with the others, in dB.
    gain_db: float
    #: Rise of the envelope, in seconds.
    attack_seconds: float
    #: Fall after the key is let go, in seconds.
    release_seconds: float
    #: Part that goes to the reverb, 0 to 1.
    send: float
    #: Strength of the echo that a melody gets, 0 to 1.
    echo: float
    voice: Struck | Blown | Ensemble


def load_instruments() -> Mapping[str, Instrument]:
    """Read instruments.toml: name to instrument."""
    text = files("engine.sound").joinpath("instruments.toml").read_text(encoding="utf-8")
    return MappingProxyType({name: _instrument(name, table) for name, table in tomllib.loads(text).items()})


def _instrument(name: str, table: Mapping[str, Any]) -> Instrument:
    return Instrument(
        name=name,
        program=table["program"],
        gain_db=table["gain_db"],
        attack_seconds=table["attack_seconds"],
        release_seconds=table["release_seconds"],
        send=table["send"],
        echo=table.get("echo", 0.0),
        voice=_voice(table),
    )


def _voice(table: Mapping[str, Any]) -> Struck | Blown | Ensemble:
    if table["kind"] == "struck":
        harmonics = range(1, table.get("partials", 0) + 1)
        stretched = [n * (1 + table.get("stretch", 0.0) * n * n) ** 0.5 for n in harmonics]
        return Struck(
            ratios=tuple(table.get("ratios", stretched)),
            tilt=table["tilt"],
            pluck=table["pluck"],
            decay_seconds=table["decay_seconds"],
            damping=table["damping"],
            knock=table["knock"],
        )
    if table["kind"] == "blown":
        return Blown(
            harmonics=tuple(table["harmonics"]),
            vibrato_cents=table["vibrato_cents"],
            breath=table["breath"],
        )
    return Ensemble(
        bandwidth_hertz=table["bandwidth_hertz"],
        tilt=table["tilt"],
        spread_cents=table["spread_cents"],
        formants=tuple((hertz, width, gain) for hertz, width, gain in table["formants"]),
    )


def hertz_of(pitch: int) -> float:
    """Return the frequency of a MIDI pitch in equal temperament, A4 = 440 Hz."""
    return float(440.0 * 2.0 ** ((pitch - 69) / 12.0))


def sample(voice: Struck | Blown | Ensemble, pitch: int, *, brightness: float, longest: int) -> Float32Array:
    """Make the sample of a pitch.

    Args:
        voice: What the instrument does.
        pitch: MIDI pitch.
        brightness: 0 (soft touch, dark) to 1 (hard touch, bright).
        longest: Longest note that will be cut from it, in samples; what is longer than the sample is looped.

    Returns:
        float32 [S,1], or [S,2] and a seamless loop for an ensemble.
    """
    rng = np.random.default_rng(pitch)  # the same pitch always sounds the same
    if isinstance(voice, Struck):
        made = _strike(voice, hertz_of(pitch), brightness, rng)
    elif isinstance(voice, Blown):
        made = _blow(voice, hertz_of(pitch), brightness, _blown_samples(longest))
    else:
        size = next((size for size in LOOP_SAMPLES if size >= longest), LOOP_SAMPLES[-1])
        made = _spread(voice, hertz_of(pitch), brightness, size)
    head = made[: round(0.3 * SAMPLE_RATE_HZ)]
    rms = float(np.sqrt(np.mean(np.square(head, dtype=np.float64))))
    return (made * np.float32(LEVEL_RMS / max(rms, 1e-9))).astype(np.float32)


def _strike(voice: Struck, hertz: float, brightness: float, rng: np.random.Generator) -> Float32Array:
    """Sum decaying partials.

    exp(c t) over t = block + rest is an outer product, so the whole sum is one product of two small matrices.
    """
    ratios = np.array(voice.ratios)
    number = np.arange(1, len(ratios) + 1)
    amplitude = number ** -(voice.tilt + 0.9 * (0.6 - brightness))
    if voice.pluck:
        amplitude *= np.abs(np.sin(np.pi * number * voice.pluck)) + 0.05
    seconds = voice.decay_seconds * (440.0 / hertz) ** 0.5 / (1.0 + voice.damping * (ratios - 1.0).clip(0))
    heard = ratios * hertz < 0.9 * _NYQUIST_HZ
    ratios, amplitude, seconds = ratios[heard], amplitude[heard], seconds[heard]
    length = min(STRUCK_SAMPLES, round(float(seconds.max()) * SAMPLE_RATE_HZ))
    rate = (-6.9 / seconds + 2j * np.pi * ratios * hertz) / SAMPLE_RATE_HZ  # [K], a sample
    blocks = np.arange(-(-length // _BLOCK))[:, None] * _BLOCK
    coarse = (amplitude * np.exp(rate * blocks)).astype(np.complex64)  # [B,K]
    fine = np.exp(rate[:, None] * np.arange(_BLOCK)).astype(np.complex64)  # [K,512]
    wave = np.ascontiguousarray((coarse @ fine).imag).reshape(-1)[:length]
    if voice.knock:
        hit = rng.standard_normal(min(length, 1200)) * np.exp(-np.arange(min(length, 1200)) / 160.0)
        smooth = np.convolve(hit, np.hanning(25) / 7.0, mode="same")
        wave[: len(smooth)] += (voice.knock * (0.4 + brightness) * smooth * amplitude[0]).astype(np.float32)
    fade = min(length, 2400)
    wave[-fade:] *= np.linspace(1.0, 0.0, fade, dtype=np.float32)
    return wave[:, None]


def _blown_samples(longest: int) -> int:
    """Return how much of a blown note is needed: never less than 0.5 s, never more than the sample has."""
    return min(BLOWN_SAMPLES, max(SAMPLE_RATE_HZ // 2, longest))


def _blow(voice: Blown, hertz: float, brightness: float, samples: int) -> Float32Array:
    """Sum harmonics over a phase with vibrato; sin(n x) follows from sin((n-1) x) and sin((n-2) x)."""
    rng = np.random.default_rng(round(hertz * 100))
    time = np.arange(samples) / SAMPLE_RATE_HZ
    depth = voice.vibrato_cents * np.clip((time - 0.25) / 0.5, 0.0, 1.0)
    cents = depth * np.sin(2 * np.pi * 5.1 * time + rng.uniform(0, 6.28))
    phase = 2 * np.pi * np.cumsum(hertz * 2.0 ** (cents / 1200.0)) / SAMPLE_RATE_HZ
    one = np.sin(phase).astype(np.float32)
    twice_cos = (2.0 * np.cos(phase)).astype(np.float32)
    before, this = np.zeros_like(one), one
    wave = np.zeros_like(one)
    for number, amplitude in enumerate(voice.harmonics, start=1):
        if number * hertz > 0.9 * _NYQUIST_HZ:
            break
        wave += np.float32(amplitude * number ** (0.5 * (brightness - 0.6))) * this
        before, this = this, twice_cos * this - before
    noise = rng.standard_normal(samples, dtype=np.float32)
    noise = np.convolve(noise, np.hanning(24).astype(np.float32) / 4.0, mode="same")
    wave *= (1.0 + 0.04 * np.sin(2 * np.pi * 5.1 * time)).astype(np.float32)
    return (wave + np.float32(voice.breath) * noise)[:, None]


def _spread(voice: Ensemble, hertz: float, brightness: float, size: int) -> Float32Array:
    """Spread each harmonic into a band of random phases, so that one inverse transform is a choir.

    The PADsynth method of Nasca O. Paul (ZynAddSubFX, "The PADsynth algorithm", 2003). The loop is seamless,
    and two sets of phases give the two sides of a wide stereo picture.
    """
    rng = np.random.default_rng(round(hertz * 100))
    bin_hertz = SAMPLE_RATE_HZ / size
    number = np.arange(1, MOST_HARMONICS + 1)
    heard = (number * hertz < 0.85 * _NYQUIST_HZ) & (
        (number <= 3) | (number * hertz < 1.7 * voice.bandwidth_hertz)
    )
    number = number[heard]
    centre = number * hertz  # [K]
    gain = number ** -(voice.tilt + 0.9 * (0.6 - brightness)) / (1.0 + (centre / voice.bandwidth_hertz) ** 4)
    gain *= 1.0 + sum(g * np.exp(-(((centre - f) / w) ** 2)) for f, w, g in voice.formants)
    cents = 2.0 ** (voice.spread_cents / 1200.0) - 1.0
    width = np.maximum(0.25, cents * hertz * number**0.85)
    # All bands lie in one row of B bins; ``of`` tells which harmonic a bin belongs to.
    reach = np.ceil(2.3 * width / bin_hertz).astype(int)
    count = 2 * reach + 1
    of = np.repeat(np.arange(len(number)), count)
    place = np.arange(len(of)) - np.repeat(np.cumsum(count) - count + reach, count)
    bins = np.clip(np.round(centre / bin_hertz).astype(int)[of] + place, 1, size // 2 - 1)
    band = np.exp(-(((bins * bin_hertz - centre[of]) / width[of]) ** 2))
    band *= (gain / np.sqrt(np.bincount(of, band**2)))[of]
    phase = 2 * np.pi * rng.random((2, len(of)), dtype=np.float32)
    phase[1, centre[of] < MONO_HERTZ] = phase[0, centre[of] < MONO_HERTZ]
    spectrum = np.empty((2, size // 2 + 1), dtype=np.complex64)
    for side in range(2):
        spectrum[side].real = np.bincount(bins, band * np.cos(phase[side]), size // 2 + 1)
        spectrum[side].imag = np.bincount(bins, band * np.sin(phase[side]), size // 2 + 1)
    return np.ascontiguousarray(np.fft.irfft(spectrum, n=size).T, dtype=np.float32)


def factor_of(decibels: float) -> float:
    """Return the factor that a level in dB stands for."""
    return float(10.0 ** (decibels / 20.0))
