"""When everything happens, in frames: pure arithmetic on the direction."""

from __future__ import annotations

from dataclasses import dataclass

from engine.contract.storyboard import Transition
from engine.scenery import Direction

#: Frames that a caption takes to appear and to go.
CAPTION_IN = 9
CAPTION_OUT = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of the clip that belongs to one scene; the one before may still be visible at its start."""

    scene_index: int
    #: First frame of the clip.
    start: int
    #: One past its last frame; the next segment starts here.
    end: int
    #: One past the last frame in which the scene can be seen (under the next one's transition).
    visible_until: int
    #: Frames over which it takes over from the scene before, 0 for a cut.
    transition_frames: int
    transition: Transition

    @property
    def frames(self) -> int:
        """Length without the stretch under the next scene, in frames."""
        return self.end - self.start

    @property
    def words_from(self) -> int:
        """First frame, from the scene's start, in which words may appear."""
        return self.transition_frames

    @property
    def words_until(self) -> int:
        """One past the last frame, from the scene's start, in which words may be seen."""
        return self.end - self.start


def segments(direction: Direction) -> tuple[Segment, ...]:
    """Cut the clip into segments, in order, without gap or overlap."""
    found: list[Segment] = []
    for number, directed in enumerate(direction.scenes):
        last = number + 1 == len(direction.scenes)
        end = direction.total_frames if last else direction.scenes[number + 1].start_frame
        frames = min(directed.transition_frames, end - directed.start_frame) if number else 0
        found.append(
            Segment(
                scene_index=number,
                start=directed.start_frame,
                end=end,
                visible_until=directed.end_frame,
                transition_frames=frames,
                transition=directed.scene.transition,
            )
        )
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A page of a caption and when it can be seen, in frames from the scene's start."""

    text: str
    start: int
    end: int

    def opacity(self, frame: int, *, comes: bool = True, leaves: bool = True) -> float:
        """Return how visible it is at ``frame``, 0 to 1.

        One that does not come is there from its first frame; one that does not leave stays to its last.
        """
        if not self.start <= frame < self.end:
            return 0.0
        appearing = (frame - self.start + 1) / CAPTION_IN if comes else 1.0
        going = (self.end - frame) / CAPTION_OUT if leaves else 1.0
        return max(0.0, min(1.0, appearing, going))


def cues(pages: tuple[str, ...], start: int, end: int) -> tuple[Cue, ...]:
    """Share the frames from ``start`` to ``end`` among pages by the length of their text."""
    if not pages or end <= start:
        return ()
    total = sum(len(page) for page in pages)
    found: list[Cue] = []
    passed = 0
    for page in pages:
        first = start + round((end - start) * passed / total)
        passed += len(page)
        found.append(Cue(text=page, start=first, end=start + round((end - start) * passed / total)))
    return tuple(found)
