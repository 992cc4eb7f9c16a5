"""The parts that the pipeline and the tools share, chosen from the settings and loaded once."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from importlib.resources import files
from pathlib import Path

from engine.contract.errors import CheckpointMissing
from engine.contract.request import ClipOptions
from engine.contract.storyboard import Reading, Storyboard
from engine.generators.base import MotionModel, SubjectGenerator
from engine.generators.motion import RuleMotion
from engine.generators.registry import load_generator
from engine.generators.scene import SceneArtist
from engine.media import AudioTrack
from engine.scenery import MusicBrief
from engine.settings import EngineSettings, GeneratorSettings
from engine.sound.mix import mix
from engine.sound.rules import RuleComposer
from engine.sound.score import MusicModel, Synthesiser
from engine.sound.synth import NumpySynthesiser
from engine.sound.track import compose_track
from engine.stages.plan import make_plan
from engine.stages.timing import PlanLimits
from engine.stages.understand.reader import Reader, load_reader

#: The shipped weights and the vocabulary that belongs to them.
WEIGHTS = Path(str(files("models"))) / "weights"
#: Drawn by rule; stands in, and says so, where a trained generator is missing or does not know a subject.
FALLBACK = "procedural"


@dataclass(slots=True, kw_only=True)
class Parts:
    """Everything that stays warm between jobs."""

    settings: EngineSettings
    reader: Reader
    composer: MusicModel
    synthesiser: Synthesiser
    motion: MotionModel
    _artist: SceneArtist | None = None
    _generator_note: str | None = None
    _generators: list[SubjectGenerator] = field(default_factory=list)

    def artist(self) -> SceneArtist:
        """Return the artist; its networks are loaded at the first call, when understanding already runs."""
        if self._artist is None:
            self._artist = SceneArtist(self.generators(), motion=self.motion)
        return self._artist

    def plan(self, reading: Reading, options: ClipOptions, *, seed: int) -> Storyboard:
        """Plan a clip within the bounds of [engine.clip]."""
        clip = self.settings.clip
        limits = PlanLimits(min_seconds=clip.min_seconds, max_seconds=clip.max_seconds)
        return make_plan(reading, options, seed=seed, limits=limits)

    def play(self, brief: MusicBrief) -> AudioTrack:
        """Compose, play and level the music of a clip."""
        music = compose_track(brief, model=self.composer, synthesiser=self.synthesiser)
        return mix(music, narration=None, seconds=brief.seconds)

    def generators(self) -> tuple[SubjectGenerator, ...]:
        """Return the subject generators, the configured one first, the procedural one last."""
        if not self._generators:
            wanted = self.settings.generator
            if wanted.name != FALLBACK:
                try:
                    self._generators.append(load_generator(wanted.name, with_threads(wanted), WEIGHTS))
                except CheckpointMissing as error:
                    self._generator_note = f"drawn by rule, not by {wanted.name}: {error.message}"
            self._generators.append(load_generator(FALLBACK, wanted, WEIGHTS))
        return tuple(self._generators)

    def notes(self) -> tuple[str, ...]:
        """Return one line for each part that is degraded."""
        return (self._generator_note,) if self._generator_note else ()

    def languages(self) -> dict[str, str]:
        """Return the language models in use, by language."""
        english, chinese = self.reader.versions
        return {"english": english, "chinese": chinese}

    def versions(self) -> dict[str, str]:
        """Return the version of every model and generator in use, by name."""
        drawn = {generator.name: generator.version for generator in self.generators()}
        return {**self.languages(), **drawn, "music": self.composer.version}


def with_threads(settings: GeneratorSettings) -> GeneratorSettings:
    """Replace 0 threads by all cores but one, so that the encoder has a core of its own."""
    threads = settings.threads or max(1, (os.cpu_count() or 2) - 1)
    return replace(settings, threads=threads)


def load_parts(settings: EngineSettings) -> Parts:
    """Load what every job needs at once; the rest is loaded at its first use."""
    return Parts(
        settings=settings,
        reader=load_reader(WEIGHTS / "concepts.json"),
        composer=RuleComposer(),
        synthesiser=NumpySynthesiser(),
        motion=RuleMotion(),
    )
