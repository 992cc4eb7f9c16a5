"""The whole clip as a moviepy edit: scenes as clips, transitions as effects, in a row, with sound."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from moviepy import Effect, VideoClip, concatenate_videoclips

from engine.compositing.effects.dissolve import Dissolve
from engine.compositing.effects.wipe import Wipe
from engine.compositing.prepare import prepare_scene, show_of
from engine.compositing.render import SceneRenderer
from engine.compositing.soundtrack import TrackClip
from engine.compositing.timeline import Segment, segments
from engine.contract.storyboard import Transition
from engine.media import FPS, AudioTrack, FrameSize, UInt8Array
from engine.scenery import Direction, SceneArt


class SceneClip(VideoClip):  # type: ignore[misc]  # moviepy is not annotated
    """A clip whose size is known, so that cutting it and giving it effects draws nothing.

    moviepy's own clips draw their first frame at every such step, which would make each scene ready at once.
    """

    def with_updated_frame_function(self, frame_function: Callable[[float], UInt8Array]) -> SceneClip:
        """Return a copy that takes its frames from ``frame_function`` (seconds to uint8 [H,W,3])."""
        clip: SceneClip = self.copy()
        clip.frame_function = frame_function
        return clip


class Theatre:
    """Makes scenes ready when their first frame is asked for and keeps two, so that memory stays flat."""

    def __init__(self, direction: Direction, art: Sequence[SceneArt], size: FrameSize) -> None:
        if len(art) != len(direction.scenes):
            raise ValueError(f"{len(direction.scenes)} scenes need as many drawings, not {len(art)}")
        self._direction = direction
        self._art = art
        self._show = show_of(direction.storyboard, size)
        self._ready: dict[int, SceneRenderer] = {}
        self.segments = segments(direction)

    def renderer(self, index: int) -> SceneRenderer:
        """Return the renderer of scene ``index``."""
        if index not in self._ready:
            for other in [i for i in self._ready if i != index - 1]:
                del self._ready[other]
            self._ready[index] = prepare_scene(
                self._direction.scenes[index],
                self._art[index],
                self.segments[index],
                self._show,
            )
        return self._ready[index]

    def clip(self, segment: Segment) -> VideoClip:
        """Return one scene as a clip, as long as it can be seen."""

        def frame_at(t: float) -> UInt8Array:
            return self.renderer(segment.scene_index).frame(int(t * FPS))

        clip = SceneClip(duration=(segment.visible_until - segment.start) / FPS)
        clip.size = (self._show.size.width_px, self._show.size.height_px)
        return clip.with_updated_frame_function(frame_at).with_fps(FPS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """The clip as it is cut, ready to be read frame by frame."""

    video: VideoClip
    sound: TrackClip | None
    frames: int

    def frame(self, number: int) -> UInt8Array:
        """Return frame ``number`` of the clip, uint8 [H,W,3].

        Moments lie in the middle of a frame, where no rounding of sums can reach a neighbour.
        """
        picture: UInt8Array = self.video.get_frame((number + 0.5) / FPS)
        return picture


def build_edit(
    direction: Direction, art: Sequence[SceneArt], audio: AudioTrack | None, size: FrameSize
) -> Edit:
    """Cut the clip together."""
    theatre = Theatre(direction, art, size)
    whole = [theatre.clip(segment) for segment in theatre.segments]
    parts: list[VideoClip] = []
    for number, segment in enumerate(theatre.segments):
        part = whole[number].subclipped(0, segment.frames / FPS)
        if segment.transition_frames:
            before = theatre.segments[number - 1]
            offset = (segment.start - before.start) / FPS
            part = part.with_effects([_transition(segment, whole[number - 1], offset)])
        parts.append(part)
    video = concatenate_videoclips(parts, method="chain") if len(parts) > 1 else parts[0]
    sound = None if audio is None else TrackClip(audio, direction.total_frames / FPS)
    return Edit(video=video.with_audio(sound), sound=sound, frames=direction.total_frames)


def _transition(segment: Segment, before: VideoClip, before_from: float) -> Effect:
    kind = Wipe if segment.transition is Transition.WIPE else Dissolve
    return kind(before=before, before_from=before_from, frames=segment.transition_frames)
