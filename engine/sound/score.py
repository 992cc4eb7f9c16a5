"""A score: who plays what and when. What a composer hands to a synthesiser and to a MIDI file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from engine.contract.storyboard import Mood
from engine.media import AudioTrack
from engine.scenery import MusicBrief


class Role(StrEnum):
    """What a track does in the music."""

    MELODY = "melody"
    CHORDS = "chords"
    ARPEGGIO = "arpeggio"
    BASS = "bass"
    DRUMS = "drums"  #: Pitches are percussion keys of General MIDI, not tones.


class Mode(StrEnum):
    """Scales that a passage can stand in."""

    IONIAN = "ionian"
    DORIAN = "dorian"
    PHRYGIAN = "phrygian"
    LYDIAN = "lydian"
    MIXOLYDIAN = "mixolydian"
    AEOLIAN = "aeolian"
    HARMONIC_MINOR = "harmonic_minor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """A line of the score and the instrument that plays it."""

    role: Role
    #: A name of instruments.toml; "kit" for drums.
    instrument: str
    #: Level against the other tracks, in dB.
    gain_db: float = 0.0
    #: Place between the speakers: -1 left, 1 right.
    pan: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One note."""

    #: Index into Score.tracks.
    track: int
    #: MIDI key, 0 to 127; 60 is middle C.
    pitch: int
    #: In beats (quarter notes) from the start of the score.
    start_beats: float
    #: How long the key is held, in beats.
    beats: float
    #: How hard the key is struck, 1 to 127.
    velocity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar; most have four beats, one before a change of scene may have two, the last rings out."""

    #: In beats from the start of the score.
    start_beats: float
    #: Length, in beats.
    beats: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of the score with one mood and one scale."""

    #: In beats from the start of the score.
    start_beats: float
    end_beats: float
    mood: Mood
    #: Pitch class of the tonic, 0 (C) to 11 (B).
    key: int
    mode: Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A whole piece in one tempo."""

    #: Beats (quarter notes) a minute.
    tempo_bpm: float
    tracks: tuple[Track, ...]
    #: In order, without gaps; the last one ends with the clip.
    bars: tuple[Bar, ...]
    #: In order, without gaps; each begins with a bar.
    passages: tuple[Passage, ...]
    #: Ordered by their start.
    notes: tuple[Note, ...]
    #: How long the room that suits the music rings, in seconds for a fall of 60 dB.
    reverb_seconds: float = 1.8

    def __post_init__(self) -> None:
        if not self.bars or not self.passages or not self.tracks:
            raise ValueError("a score has at least a bar, a passage and a track")
        if self.tempo_bpm <= 0:
            raise ValueError(f"tempo_bpm must be above 0, not {self.tempo_bpm}")
        for note in self.notes:
            self._check(note)

    def _check(self, note: Note) -> None:
        """Raise ValueError for a note that cannot be played."""
        if not 0 <= note.track < len(self.tracks):
            raise ValueError(f"{note} stands in no track")
        if not 0 <= note.pitch <= 127 or not 1 <= note.velocity <= 127:
            raise ValueError(f"{note} has a pitch or velocity that MIDI does not know")
        if note.beats <= 0 or not 0 <= note.start_beats < self.total_beats:
            raise ValueError(f"{note} lies outside the score")

    @property
    def total_beats(self) -> float:
        """Length, in beats."""
        return self.bars[-1].start_beats + self.bars[-1].beats

    @property
    def seconds(self) -> float:
        """Length, in seconds."""
        return self.total_beats * 60.0 / self.tempo_bpm

    @property
    def key(self) -> int:
        """Pitch class of the first passage's tonic, 0 (C) to 11 (B)."""
        return self.passages[0].key

    @property
    def mode(self) -> Mode:
        """Mode of the first passage."""
        return self.passages[0].mode

    def played_by(self, role: Role) -> tuple[Note, ...]:
        """Return the notes of all tracks with a role."""
        return tuple(note for note in self.notes if self.tracks[note.track].role is role)

    def passage_at(self, beats: float) -> Passage:
        """Return the passage that sounds at a beat; the last one after the end."""
        return next((p for p in self.passages if beats < p.end_beats), self.passages[-1])


class MusicModel(Protocol):
    """Composes: the rules today, a trained network beside them."""

    @property
    def version(self) -> str:
        """Name and version, for the clip's record."""
        ...

    def compose(self, brief: MusicBrief) -> Score:
        """Return a score of exactly ``brief.seconds``; the same brief gives the same score."""
        ...


class Synthesiser(Protocol):
    """Plays a score."""

    def render(self, score: Score) -> AudioTrack:
        """Return the sound of ``score``: stereo, as long as the score, not yet levelled."""
        ...
