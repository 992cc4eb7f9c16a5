from __future__ import annotations

import pytest

from engine.stages.captions import width
from engine.stages.titles import MAX_TITLE_WIDTH, make_subline, make_title
from engine.stages.understand import Reader
from engine.stages.understand.commands import blank_command, strip_command


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Make a video of a cat in space", "a cat in space"),
        ("please create a short clip about the moon", "the moon"),
        ("I want to see a dragon", "dragon"),
        ("请生成一段关于长城的视频", "长城"),
        ("做一个小猫跳舞的短视频", "小猫跳舞"),
        ("A cat sleeps.", "A cat sleeps."),
        ("Make a 10 second video of a dog", "a dog"),
        ("show me a volcano", "volcano"),
        ("Make a well in the flour.", "Make a well in the flour."),
        ("Film festivals are fun.", "Film festivals are fun."),
        ("做一碗面并不难。", "做一碗面并不难。"),
        ("Make a video", "Make a video"),
    ],
)
def test_commands_are_stripped(text: str, expected: str) -> None:
    assert strip_command(text) == expected


def test_a_command_is_blanked_in_place() -> None:
    text = "  Make a video of a cat"
    assert blank_command(text) == " " * 18 + "a cat"
    assert blank_command("请生成一段关于长城的视频") == "       长城   "
    assert blank_command("A cat sleeps.") == "A cat sleeps."


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("a cat in space", "A cat in space"),
        ("一只在太空的猫", "一只在太空的猫"),
        ("Tomato soup\nFry an onion in oil. Add tomatoes and simmer.", "Tomato soup"),
        ("泰山日出\n清晨，游客登上山顶。太阳慢慢升起。", "泰山日出"),
        ("The Golden Gate Bridge opened in 1937. It is red.", "Golden Gate Bridge"),
        ("一只小猫在月光下的屋顶上跳舞。", "小猫"),
    ],
)
def test_titles_name_what_the_clip_is_about(reader: Reader, text: str, title: str) -> None:
    assert make_title(reader.read(text)) == title


def test_titles_are_short_and_of_the_text(reader: Reader) -> None:
    text = (
        "Whatever one may think of the endless debate about the nature of justice, it goes on and on and on."
    )
    title = make_title(reader.read(text))
    assert title.lower() in text.lower()
    assert width(title) <= 1.6 * MAX_TITLE_WIDTH


def test_the_subline_adds_place_and_time(reader: Reader) -> None:
    reading = reader.read("The Golden Gate Bridge in San Francisco opened in 1937.")
    assert make_subline(reading, "Golden Gate Bridge") == "San Francisco · 1937"
    assert make_subline(reader.read("A cat sleeps."), "Cat") == ""
