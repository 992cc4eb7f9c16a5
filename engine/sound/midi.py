"""Standard MIDI files (format 1), written from a score.

Source: The Complete MIDI 1.0 Detailed Specification, part Standard MIDI Files 1.0 (MIDI Manufacturers
Association).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from engine.contract.errors import OutputUnwritable
from engine.sound.harmony import is_minor
from engine.sound.instruments import Instrument
from engine.sound.score import Bar, Note, Role, Score, Track

#: Ticks of a quarter note.
TICKS = 480
_DRUM_CHANNEL = 9
#: Sharps (or, below 0, flats) of the major key on each pitch class.
_SHARPS = (0, -5, 2, -3, 4, -1, 6, 1, -4, 3, -2, 5)

#: (tick, order at the same tick, bytes)
_Event = tuple[int, int, bytes]


def write_midi(score: Score, path: Path, *, instruments: Mapping[str, Instrument]) -> None:
    """Write a score as a MIDI file.

    Raises:
        OutputUnwritable: the file cannot be written.
    """
    try:
        path.write_bytes(midi_bytes(score, instruments=instruments))
    except OSError as error:
        raise OutputUnwritable(f"{path} cannot be written: {error.strerror}.") from error


def midi_bytes(score: Score, *, instruments: Mapping[str, Instrument]) -> bytes:
    """Return a score as the bytes of a MIDI file: tempo, metre and keys first, then track by track."""
    end = round(score.total_beats * TICKS)
    chunks = [_chunk(_conductor(score), end)]
    free = [channel for channel in range(16) if channel != _DRUM_CHANNEL]
    tonal = 0
    for index, track in enumerate(score.tracks):
        drums = track.role is Role.DRUMS
        channel = _DRUM_CHANNEL if drums else free[tonal % len(free)]
        tonal += not drums
        program = 0 if drums else instruments[track.instrument].program
        notes = [note for note in score.notes if note.track == index]
        chunks.append(_chunk(_line(track, notes, channel, program), end))
    header = b"MThd" + (6).to_bytes(4) + (1).to_bytes(2) + len(chunks).to_bytes(2) + TICKS.to_bytes(2)
    return header + b"".join(chunks)


def _conductor(score: Score) -> list[_Event]:
    """Return tempo, time signatures and key signatures."""
    micros = round(60e6 / score.tempo_bpm)
    events: list[_Event] = [(0, 0, b"\xff\x51\x03" + micros.to_bytes(3))]
    beats = 0
    for bar in score.bars:
        if round(bar.beats) != beats:
            beats = round(bar.beats)
            events.append((_tick(bar), 1, bytes((0xFF, 0x58, 4, beats, 2, 24, 8))))
    for passage in score.passages:
        minor = is_minor(passage.mode)
        sharps = _SHARPS[(passage.key + 3) % 12 if minor else passage.key]
        events.append((round(passage.start_beats * TICKS), 2, bytes((0xFF, 0x59, 2, sharps % 256, minor))))
    return events


def _tick(bar: Bar) -> int:
    return round(bar.start_beats * TICKS)


def _line(track: Track, notes: list[Note], channel: int, program: int) -> list[_Event]:
    """Return the events of one track; a note that is struck again while it sounds is let go first."""
    name = f"{track.role.value} ({track.instrument})".encode("ascii")
    pan = round(64 + 63 * max(-1.0, min(1.0, track.pan)))
    volume = round(max(0.0, min(127.0, 100 * 10 ** (track.gain_db / 40))))
    events: list[_Event] = [
        (0, 0, b"\xff\x03" + _length(len(name)) + name),
        (0, 1, bytes((0xC0 | channel, program))),
        (0, 2, bytes((0xB0 | channel, 7, volume))),
        (0, 3, bytes((0xB0 | channel, 10, pan))),
    ]
    starts: dict[int, list[int]] = {}
    for note in notes:
        starts.setdefault(note.pitch, []).append(round(note.start_beats * TICKS))
    for note in notes:
        start = round(note.start_beats * TICKS)
        end = max(start + 1, round((note.start_beats + note.beats) * TICKS))
        later = [at for at in starts[note.pitch] if start < at < end]
        events.append((start, 5, bytes((0x90 | channel, note.pitch, note.velocity))))
        events.append((min([end, *later]), 4, bytes((0x80 | channel, note.pitch, 64))))
    return events


def _chunk(events: list[_Event], end: int) -> bytes:
    """Return a track chunk: events in order, each after its distance from the one before."""
    body = bytearray()
    now = 0
    for tick, _, data in sorted(events):
        body += _length(tick - now) + data
        now = tick
    body += _length(max(0, end - now)) + b"\xff\x2f\x00"
    return b"MTrk" + len(body).to_bytes(4) + bytes(body)


def _length(value: int) -> bytes:
    """Return a number in groups of seven bits, the high bit set on all but the last."""
    groups = [value & 0x7F]
    while value := value >> 7:
        groups.append(value & 0x7F | 0x80)
    return bytes(reversed(groups))
