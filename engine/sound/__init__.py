"""Sound: a brief becomes a score, the score becomes samples, the mix brings them to the clip's loudness."""

from __future__ import annotations

from engine.sound.energy import energy_curve
from engine.sound.mix import mix
from engine.sound.rules import RuleComposer
from engine.sound.score import MusicModel, Score, Synthesiser
from engine.sound.synth import NumpySynthesiser
from engine.sound.track import compose_track, write_wav

__all__ = [
    "MusicModel",
    "NumpySynthesiser",
    "RuleComposer",
    "Score",
    "Synthesiser",
    "compose_track",
    "energy_curve",
    "mix",
    "write_wav",
]
