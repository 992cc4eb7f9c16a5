"""From a job to a clip: understand, plan, generate, score, composite.

``build`` is the composition root of the render process; ``ClipPipeline.render`` is the one path that every
clip takes, whichever chat it comes from.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.compositing.compose import compose_clip
from engine.compositing.product import AI_LABEL, ClipMetadata, EncodedClip, EncodeSettings
from engine.contract.clip import Clip, ClipScene
from engine.contract.events import Stage
from engine.contract.job import Job
from engine.contract.request import ClipRequest
from engine.contract.storyboard import EntityKind, Reading, Storyboard
from engine.media import FPS, FrameSize
from engine.parts import Parts, load_parts
from engine.scenery import Direction, MusicBrief, MusicSection, SceneArt
from engine.stages.direct import direct
from engine.tools import TOOLS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.reporting import Report
    from engine.settings import EngineSettings

#: Kinds of key information that are common words, not names; they stay out of the plan that people see first.
_PLAIN_KINDS = frozenset({EntityKind.OBJECT})


@dataclass(slots=True)
class _Clock:
    """Announces stages and takes their time."""

    report: Report
    #: Stage name to wall time, in seconds.
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, stage: Stage) -> Iterator[None]:
        self.report.check_cancelled()
        self.report.stage(stage)
        started = time.monotonic()
        yield
        self.seconds[stage.value] = round(time.monotonic() - started, 3)


class ClipPipeline:
    """Renders jobs one after the other with parts that stay warm."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def render(self, job: Job, *, workdir: Path, report: Report) -> Clip:
        """Render ``job`` into ``workdir``; see engine.executors.base.Pipeline."""
        request, clock = job.request, _Clock(report)
        size = self._frame_size(request)
        with clock.stage(Stage.UNDERSTAND):
            reading = self._parts.reader.read(request.text, request.options.language)
        with clock.stage(Stage.PLAN):
            storyboard = self._parts.plan(reading, request.options, seed=job.seed)
            direction = direct(storyboard)
            self._tell(report, reading, storyboard)
        with clock.stage(Stage.GENERATE):
            art = self._paint(storyboard, size, report)
        with clock.stage(Stage.SCORE):
            track = self._parts.play(music_brief(direction)) if request.options.music else None
        with clock.stage(Stage.COMPOSITE):
            encoded = compose_clip(
                direction,
                art,
                track,
                size=size,
                output=workdir / "clip.mp4",
                settings=self._encode_settings(),
                metadata=self._metadata(storyboard),
                max_bytes=request.max_bytes,
                report=report,
            )
        return self._describe(storyboard, direction, encoded, clock.seconds)

    def tool(self, name: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Run one of the tools; see engine.tools."""
        return TOOLS[name](self._parts, arguments)

    def close(self) -> None:
        """Nothing is open between jobs."""

    def _frame_size(self, request: ClipRequest) -> FrameSize:
        options = request.options
        return FrameSize.of(options.aspect, min(options.height_px, self._parts.settings.clip.max_height_px))

    @staticmethod
    def _tell(report: Report, reading: Reading, storyboard: Storyboard) -> None:
        report.understood(
            title=storyboard.title,
            captions=tuple(scene.caption for scene in storyboard.scenes),
            entities=tuple(
                f"{entity.kind}: {entity.text}"
                for entity in reading.entities
                if entity.kind not in _PLAIN_KINDS
            ),
            notes=storyboard.notes,
        )

    def _paint(self, storyboard: Storyboard, size: FrameSize, report: Report) -> tuple[SceneArt, ...]:
        artist, total, art = self._parts.artist(), len(storyboard.scenes), []
        for number, scene in enumerate(storyboard.scenes):
            report.check_cancelled()
            report.progress(done=number, total=total, detail=", ".join(one.text for one in scene.subjects))
            art.append(artist.paint(scene, size, seed=storyboard.seed))
        report.progress(done=total, total=total)
        return tuple(art)

    def _encode_settings(self) -> EncodeSettings:
        clip = self._parts.settings.clip
        return EncodeSettings(preset=clip.encoder_preset, quality=clip.encoder_quality)

    @staticmethod
    def _metadata(storyboard: Storyboard) -> ClipMetadata:
        return ClipMetadata(
            title=storyboard.title,
            comment=f"{AI_LABEL} by textreel, seed {storyboard.seed}",
            language=storyboard.language,
        )

    def _describe(
        self, storyboard: Storyboard, direction: Direction, encoded: EncodedClip, timings: Mapping[str, float]
    ) -> Clip:
        return Clip(
            location=str(encoded.path),
            sha256=encoded.sha256,
            mime="video/mp4",
            bytes=encoded.bytes,
            seconds=encoded.seconds,
            width_px=encoded.width_px,
            height_px=encoded.height_px,
            fps=encoded.fps,
            seed=storyboard.seed,
            language=storyboard.language,
            title=storyboard.title,
            scenes=clip_scenes(direction),
            timings=timings,
            models=self._parts.versions(),
            notes=(*storyboard.notes, *self._parts.notes(), *encoded.notes),
        )


def music_brief(direction: Direction) -> MusicBrief:
    """Turn the scenes' moods into sections; a section ends where the next scene has half come in."""
    changes = [
        (scene.start_frame + scene.transition_frames / 2) / FPS if scene.start_frame else 0.0
        for scene in direction.scenes
    ]
    seconds = direction.total_frames / FPS
    sections = tuple(
        MusicSection(start=start, end=end, mood=directed.scene.mood, energy=directed.scene.energy)
        for directed, start, end in zip(direction.scenes, changes, [*changes[1:], seconds], strict=True)
    )
    return MusicBrief(sections=sections, seconds=seconds, seed=direction.storyboard.seed)


def clip_scenes(direction: Direction) -> tuple[ClipScene, ...]:
    """Say what stands where in the clip; a scene ends where the next one has taken over."""
    return tuple(
        ClipScene(
            text=directed.scene.text,
            branch=directed.scene.branch,
            subjects=tuple(subject.text for subject in directed.scene.subjects),
            mood=directed.scene.mood,
            start=round(directed.start_frame / FPS, 3),
            end=round(directed.end_frame / FPS, 3),
        )
        for directed in direction.scenes
    )


def build(settings: EngineSettings) -> ClipPipeline:
    """Build the pipeline of a render process; what is heavy is loaded here or at its first use."""
    return ClipPipeline(load_parts(settings))
