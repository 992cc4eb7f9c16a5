"""Drums from noise, sine sweeps and a few inharmonic partials."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from engine.media import SAMPLE_RATE_HZ, Float32Array
from engine.sound.backing import DRUM_KEYS

FloatArray = NDArray[np.float64]
#: Given a generator of random numbers, makes the samples of a stroke: [S], peak set later.
Maker = Callable[[np.random.Generator], FloatArray]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drum:
    """A drum of the kit."""

    make: Maker
    #: Level against the other drums, in dB.
    gain_db: float
    #: Place between the speakers: -1 left, 1 right.
    pan: float
    #: Part that goes to the reverb, 0 to 1.
    send: float


def drum_sample(drum: Drum, key: int) -> Float32Array:
    """Make the sample of a drum: float32 [S,1], peak 1, faded to nothing at its end."""
    wave = drum.make(np.random.default_rng(key))
    fade = min(len(wave), 960)
    wave[-fade:] *= np.linspace(1.0, 0.0, fade)
    return np.asarray(wave / np.abs(wave).max(), dtype=np.float32)[:, None]


def _time(seconds: float) -> FloatArray:
    return np.arange(round(seconds * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ


def _band(noise: FloatArray, low_hz: float, high_hz: float) -> FloatArray:
    """Keep what lies between two frequencies, with soft edges; the mean square becomes 1."""
    spectrum = np.fft.rfft(noise)
    hertz = np.fft.rfftfreq(len(noise), 1 / SAMPLE_RATE_HZ).clip(1e-3)
    shape = 1.0 / (1.0 + (low_hz / hertz) ** 4) / (1.0 + (hertz / high_hz) ** 4)
    kept: FloatArray = np.fft.irfft(spectrum * shape, n=len(noise))
    kept /= np.sqrt(np.mean(kept**2))
    return kept


def _noise(seconds: float, low_hz: float, high_hz: float, rng: np.random.Generator) -> FloatArray:
    return _band(rng.standard_normal(round(seconds * SAMPLE_RATE_HZ)), low_hz, high_hz)


def _sweep(time: FloatArray, start_hz: float, end_hz: float, fall_seconds: float) -> FloatArray:
    """Return a sine that falls from one frequency to another."""
    hertz = end_hz + (start_hz - end_hz) * np.exp(-time / fall_seconds)
    swept: FloatArray = np.sin(2 * np.pi * np.cumsum(hertz) / SAMPLE_RATE_HZ)
    return swept


def _soft_start(wave: FloatArray, samples: int = 48) -> FloatArray:
    """Take the click off the first millisecond."""
    wave[:samples] *= np.linspace(0.0, 1.0, samples)
    return wave


def _kick(rng: np.random.Generator) -> FloatArray:
    time = _time(0.45)
    body = _sweep(time, 170.0, 47.0, 0.035) * np.exp(-time / 0.13)
    click = 0.16 * _noise(0.45, 1500, 6000, rng) * np.exp(-time / 0.004)
    return _soft_start(np.tanh(1.5 * body) + click)


def _taiko(rng: np.random.Generator) -> FloatArray:
    time = _time(1.6)
    body = _sweep(time, 120.0, 62.0, 0.05) * np.exp(-time / 0.38)
    body += 0.45 * _sweep(time, 190.0, 104.0, 0.04) * np.exp(-time / 0.2)
    skin = 0.28 * _noise(1.6, 120, 900, rng) * np.exp(-time / 0.07)
    return _soft_start(np.tanh(1.3 * body) + skin)


def _tom(hertz: float) -> Maker:
    def make(rng: np.random.Generator) -> FloatArray:
        time = _time(0.7)
        body = _sweep(time, 1.6 * hertz, hertz, 0.05) * np.exp(-time / 0.17)
        return _soft_start(body + 0.12 * _noise(0.7, 300, 2500, rng) * np.exp(-time / 0.03))

    return make


def _snare(rng: np.random.Generator) -> FloatArray:
    time = _time(0.35)
    shell = np.sin(2 * np.pi * 186 * time) + 0.6 * np.sin(2 * np.pi * 331 * time)
    wires = 0.42 * _noise(0.35, 1400, 9000, rng) * np.exp(-time / 0.075)
    return _soft_start(0.8 * shell * np.exp(-time / 0.05) + wires)


def _rim(rng: np.random.Generator) -> FloatArray:
    time = _time(0.12)
    wood = np.sin(2 * np.pi * 1720 * time) + 0.7 * np.sin(2 * np.pi * 520 * time)
    return _soft_start(
        wood * np.exp(-time / 0.012) + 0.2 * _noise(0.12, 2000, 8000, rng) * np.exp(-time / 0.006), 24
    )


def _clap(rng: np.random.Generator) -> FloatArray:
    time = _time(0.3)
    bursts = sum(np.exp(-((time - at) / 0.006).clip(0) * 1.4) * (time >= at) for at in (0.0, 0.011, 0.023))
    return _soft_start(_noise(0.3, 900, 5200, rng) * (bursts + 0.6 * np.exp(-time / 0.07)), 24)


def _metal(time: FloatArray, base_hz: float) -> FloatArray:
    """Return a cloud of square waves that share no harmonic: the ring of a cymbal."""
    ratios = (1.0, 1.342, 1.2312, 1.6532, 1.9523, 2.1523, 2.73, 3.17)
    cloud: FloatArray = np.sum([np.sign(np.sin(2 * np.pi * base_hz * r * time + r)) for r in ratios], axis=0)
    return cloud


def _hat(rng: np.random.Generator) -> FloatArray:
    time = _time(0.12)
    ring = _band(_metal(time, 540.0), 7000, 15000)
    return _soft_start((0.6 * ring + 0.6 * _noise(0.12, 7500, 16000, rng)) * np.exp(-time / 0.022), 24)


def _open_hat(rng: np.random.Generator) -> FloatArray:
    time = _time(0.6)
    ring = _band(_metal(time, 540.0), 6500, 15000)
    return _soft_start((0.6 * ring + 0.6 * _noise(0.6, 7000, 16000, rng)) * np.exp(-time / 0.14), 24)


def _crash(rng: np.random.Generator) -> FloatArray:
    time = _time(2.6)
    ring = _band(_metal(time, 420.0), 3000, 12000)
    hiss = _noise(2.6, 3500, 13000, rng)
    return _soft_start((0.4 * ring + hiss) * (0.75 * np.exp(-time / 0.55) + 0.25 * np.exp(-time / 0.08)))


def _swell(rng: np.random.Generator) -> FloatArray:
    time = _time(1.4)
    rise = (time / time[-1]) ** 2.6
    rise[-2400:] *= np.linspace(1.0, 0.0, 2400)
    swelling: FloatArray = _noise(1.4, 2500, 11000, rng) * rise
    return swelling


def _tambourine(rng: np.random.Generator) -> FloatArray:
    time = _time(0.25)
    jingle = _band(_metal(time, 1130.0), 6000, 13000)
    return _soft_start((jingle + _noise(0.25, 6000, 14000, rng)) * np.exp(-time / 0.05), 96)


def _shaker(rng: np.random.Generator) -> FloatArray:
    time = _time(0.14)
    shape = np.minimum(time / 0.022, 1.0) * np.exp(-(time - 0.022).clip(0) / 0.028)
    shaken: FloatArray = _noise(0.14, 4200, 11000, rng) * shape
    return shaken


def _woodblock(rng: np.random.Generator) -> FloatArray:
    time = _time(0.16)
    wood = np.sin(2 * np.pi * 905 * time) + 0.5 * np.sin(2 * np.pi * 2260 * time)
    return _soft_start(
        wood * np.exp(-time / 0.022) + 0.05 * _noise(0.16, 1000, 5000, rng) * np.exp(-time / 0.004), 24
    )


def _triangle(rng: np.random.Generator) -> FloatArray:
    time = _time(1.6)
    partials = ((2510.0, 0.5), (4120.0, 1.0), (5960.0, 0.8), (8240.0, 0.5), (10900.0, 0.3))
    detune = rng.uniform(0.998, 1.002, len(partials))
    ring: FloatArray = np.sum(
        [a * np.sin(2 * np.pi * f * d * time) for (f, a), d in zip(partials, detune, strict=True)], axis=0
    )
    return _soft_start(ring * np.exp(-time / 0.38))


_KIT = {
    "taiko": Drum(make=_taiko, gain_db=1.0, pan=0.0, send=0.30),
    "kick": Drum(make=_kick, gain_db=0.0, pan=0.0, send=0.03),
    "rim": Drum(make=_rim, gain_db=-9.0, pan=0.12, send=0.18),
    "snare": Drum(make=_snare, gain_db=-5.0, pan=-0.05, send=0.16),
    "clap": Drum(make=_clap, gain_db=-9.0, pan=0.05, send=0.2),
    "tom_low": Drum(make=_tom(82.0), gain_db=-3.0, pan=0.35, send=0.2),
    "hat": Drum(make=_hat, gain_db=-15.0, pan=0.25, send=0.05),
    "tom_mid": Drum(make=_tom(110.0), gain_db=-3.5, pan=0.1, send=0.2),
    "open_hat": Drum(make=_open_hat, gain_db=-15.0, pan=0.25, send=0.08),
    "tom_high": Drum(make=_tom(147.0), gain_db=-4.0, pan=-0.2, send=0.2),
    "crash": Drum(make=_crash, gain_db=-11.0, pan=-0.3, send=0.25),
    "tambourine": Drum(make=_tambourine, gain_db=-15.0, pan=-0.3, send=0.15),
    "swell": Drum(make=_swell, gain_db=-15.0, pan=0.0, send=0.35),
    "shaker": Drum(make=_shaker, gain_db=-11.0, pan=-0.35, send=0.12),
    "woodblock": Drum(make=_woodblock, gain_db=-10.0, pan=0.3, send=0.22),
    "triangle": Drum(make=_triangle, gain_db=-16.0, pan=-0.4, send=0.35),
}
#: Percussion key of General MIDI to drum.
DRUMS: Mapping[int, Drum] = MappingProxyType({DRUM_KEYS[name]: drum for name, drum in _KIT.items()})
