from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from engine.contract.errors import OutputUnwritable
from engine.contract.storyboard import Mood
from engine.sound.instruments import load_instruments
from engine.sound.midi import TICKS, midi_bytes, write_midi
from engine.sound.rules import RuleComposer
from engine.sound.score import Note, Role, Score
from tests.unit.engine.sound.conftest import BriefMaker


@dataclass
class Line:
    """A track of a file, read back."""

    name: str = ""
    program: int = -1
    channel: int = -1
    micros: int = 0
    ticks: int = 0
    metres: list[tuple[int, int]] = field(default_factory=list)
    keys: list[tuple[int, int]] = field(default_factory=list)
    notes: list[tuple[int, int, int, int]] = field(default_factory=list)


def read_length(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    while True:
        value = value << 7 | data[at] & 0x7F
        at += 1
        if not data[at - 1] & 0x80:
            return value, at


def read_meta(line: Line, now: int, kind: int, body: bytes) -> None:
    if kind == 0x03:
        line.name = body.decode()
    elif kind == 0x51:
        line.micros = int.from_bytes(body)
    elif kind == 0x58:
        line.metres.append((now, body[0]))
    elif kind == 0x59:
        line.keys.append((int.from_bytes(body[:1], signed=True), body[1]))


def read_line(data: bytes) -> Line:
    line, at, now = Line(), 0, 0
    sounding: dict[int, tuple[int, int]] = {}
    while at < len(data):
        delta, at = read_length(data, at)
        now += delta
        status, at = data[at], at + 1
        if status == 0xFF:
            kind = data[at]
            size, at = read_length(data, at + 1)
            read_meta(line, now, kind, data[at : at + size])
            at += size
            line.ticks = now
        elif status & 0xF0 == 0xC0:
            line.program, line.channel, at = data[at], status & 15, at + 1
        else:
            first, second, at = data[at], data[at + 1], at + 2
            if status & 0xF0 == 0x90:
                assert first not in sounding, "a key is struck twice without being let go"
                sounding[first] = (now, second)
            elif status & 0xF0 == 0x80:
                start, velocity = sounding.pop(first)
                line.notes.append((start, now, first, velocity))
    assert not sounding
    return line


def read_file(data: bytes) -> list[Line]:
    assert data[:4] == b"MThd"
    assert int.from_bytes(data[4:8]) == 6
    assert int.from_bytes(data[8:10]) == 1
    assert int.from_bytes(data[12:14]) == TICKS
    lines, at = [], 14
    for _ in range(int.from_bytes(data[10:12])):
        assert data[at : at + 4] == b"MTrk"
        size = int.from_bytes(data[at + 4 : at + 8])
        lines.append(read_line(data[at + 8 : at + 8 + size]))
        at += 8 + size
    assert at == len(data)
    return lines


@pytest.fixture
def score(composer: RuleComposer, brief_of: BriefMaker) -> Score:
    return composer.compose(brief_of((Mood.SAD, 8.0, 0.5), (Mood.HAPPY, 12.0, 0.8), seed=3))


def test_what_is_written_can_be_read_back(score: Score) -> None:
    conductor, *lines = read_file(midi_bytes(score, instruments=load_instruments()))
    assert 60e6 / conductor.micros == pytest.approx(score.tempo_bpm, rel=1e-5)
    assert len(lines) == len(score.tracks)
    for index, (line, track) in enumerate(zip(lines, score.tracks, strict=True)):
        assert line.name == f"{track.role.value} ({track.instrument})"
        assert (line.channel == 9) is (track.role is Role.DRUMS)
        asked = [note for note in score.notes if note.track == index]
        starts = sorted((round(n.start_beats * TICKS), n.pitch, n.velocity) for n in asked)
        assert sorted((start, pitch, velocity) for start, _, pitch, velocity in line.notes) == starts
        assert line.ticks == round(score.total_beats * TICKS)


def test_metres_and_keys_are_written(score: Score) -> None:
    conductor = read_file(midi_bytes(score, instruments=load_instruments()))[0]
    beats = [round(bar.beats) for bar in score.bars]
    changes = [
        (bar, b)
        for i, (bar, b) in enumerate(zip(score.bars, beats, strict=True))
        if i == 0 or b != beats[i - 1]
    ]
    assert conductor.metres == [(round(bar.start_beats * TICKS), b) for bar, b in changes]
    assert [minor for _, minor in conductor.keys] == [1, 0]
    assert all(-7 <= sharps <= 7 for sharps, _ in conductor.keys)


def test_a_key_struck_while_it_sounds_is_let_go_first(score: Score) -> None:
    notes = tuple(
        Note(track=0, pitch=60, start_beats=start, beats=2.0, velocity=80) for start in (0.0, 1.0, 2.0)
    )
    twice = Score(
        tempo_bpm=100.0, tracks=score.tracks[:1], bars=score.bars, passages=score.passages, notes=notes
    )
    line = read_file(midi_bytes(twice, instruments=load_instruments()))[1]
    assert [(start / TICKS, end / TICKS) for start, end, *_ in line.notes] == [(0, 1), (1, 2), (2, 4)]


def test_a_file_is_written(score: Score, tmp_path: Path) -> None:
    path = tmp_path / "a.mid"
    write_midi(score, path, instruments=load_instruments())
    assert path.read_bytes() == midi_bytes(score, instruments=load_instruments())


def test_a_path_that_cannot_be_written(score: Score, tmp_path: Path) -> None:
    with pytest.raises(OutputUnwritable, match=r"a\.mid"):
        write_midi(score, tmp_path / "missing" / "a.mid", instruments=load_instruments())
