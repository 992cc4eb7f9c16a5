"""The picture before melts into the one that follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from moviepy import Clip, Effect, VideoClip

from engine.compositing.blend import mix
from engine.compositing.easing import ease_in_out
from engine.media import FPS, UInt8Array


@dataclass
class Dissolve(Effect):  # type: ignore[misc]  # moviepy is not annotated
    """Blend from the tail of ``before`` into the clip, over its first frames."""

    #: The clip that it takes over from.
    before: VideoClip
    #: Moment in ``before`` at which this clip begins, in seconds.
    before_from: float
    #: Length, in frames.
    frames: int

    def apply(self, clip: Clip) -> Clip:
        """Return ``clip`` with the transition at its start."""

        def blended(get_frame: Callable[[float], UInt8Array], t: float) -> UInt8Array:
            number = int(t * FPS)
            picture = get_frame(t)
            if number >= self.frames:
                return picture
            weight = ease_in_out((number + 1) / (self.frames + 1))
            return mix(self.before.get_frame(self.before_from + t), picture, weight)

        return clip.transform(blended)
