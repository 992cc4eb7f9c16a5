from __future__ import annotations

from pathlib import Path

from engine.compositing.subtitles import as_srt, as_vtt, subtitle_cues, write_subtitles
from engine.compositing.timeline import Cue
from tests.unit.engine.compositing.stand_ins import SMALL, make_direction, make_scene

CUES = (Cue(text="One & two", start=0, end=45), Cue(text="<three>", start=45, end=30 * 3700))


def test_srt() -> None:
    assert as_srt(CUES) == (
        "1\n00:00:00,000 --> 00:00:01,500\nOne & two\n\n2\n00:00:01,500 --> 01:01:40,000\n<three>\n"
    )


def test_vtt_escapes_and_begins_with_its_name() -> None:
    assert as_vtt(CUES) == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nOne &amp; two\n\n"
        "00:00:01.500 --> 01:01:40.000\n&lt;three&gt;\n"
    )


def test_cues_follow_the_scenes_and_take_the_headline_where_there_is_no_caption() -> None:
    direction = make_direction(
        make_scene(0, caption="", headline="The Tower"),
        make_scene(1, caption="It is high."),
        transition_frames=6,
    )
    found = subtitle_cues(direction, SMALL)
    assert [(cue.text, cue.start, cue.end) for cue in found] == [
        ("The Tower", 0, 24),
        ("It is high.", 30, 54),
    ]


def test_files_lie_beside_the_clip(tmp_path: Path) -> None:
    written = write_subtitles(make_direction(make_scene(0)), SMALL, tmp_path / "clip.mp4")
    assert written == (tmp_path / "clip.srt", tmp_path / "clip.vtt")
    assert "A red ball rolls." in written[0].read_text(encoding="utf-8")


def test_a_clip_without_words_has_no_files(tmp_path: Path) -> None:
    assert write_subtitles(make_direction(make_scene(0, caption="")), SMALL, tmp_path / "clip.mp4") == ()
    assert list(tmp_path.iterdir()) == []
