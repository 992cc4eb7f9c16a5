"""The plan shows what the text says: who leads, where it plays, what must not be drawn.

Each case once went wrong in a real clip.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import models
from engine.contract.request import ClipOptions
from engine.contract.storyboard import EntityKind, Mood, Place, Scene, Storyboard, Weather
from engine.stages.plan import make_plan
from engine.stages.timing import PlanLimits
from engine.stages.understand.reader import Reader, load_reader

CONCEPTS = Path(models.__path__[0]) / "weights" / "concepts.json"
LIMITS = PlanLimits(min_seconds=6.0, max_seconds=60.0)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reader(CONCEPTS)


def plan(reader: Reader, text: str) -> Storyboard:
    return make_plan(reader.read(text), ClipOptions(), seed=5, limits=LIMITS)


def concepts(scene: Scene) -> list[str | None]:
    return [subject.concept for subject in scene.subjects]


def scene_of(board: Storyboard, words: str) -> Scene:
    return next(scene for scene in board.scenes if words in scene.caption)


@pytest.mark.parametrize(
    ("text", "hero"),
    [
        ("A red fox runs through the snowy forest at night.", "fox"),
        ("Three blue birds fly over the sea while a whale swims below.", "bird"),
        ("一位老渔夫每天清晨划着小船去海上捕鱼。", "person_rowing_boat"),
        ("我们的新款手机今天上市，价格只要1999元！", "mobile_phone"),
    ],
)
def test_the_one_who_acts_leads(reader: Reader, text: str, hero: str) -> None:
    assert concepts(scene_of(plan(reader, text), text[:6]))[0] == hero


@pytest.mark.parametrize(
    ("text", "unwanted"),
    [
        (
            "巴黎铁塔是法国巴黎的标志性建筑，也是世界著名的旅游景点之一。",
            {"house", "globe_showing_asia_australia"},
        ),
        ("长城是中国古代劳动人民智慧的结晶。", {"brain"}),
        ("The Golden Gate Bridge is a landmark and a popular building in the world.", {"house"}),
    ],
)
def test_what_a_subject_is_said_to_be_is_not_drawn_beside_it(
    reader: Reader, text: str, unwanted: set[str]
) -> None:
    drawn = {concept for scene in plan(reader, text).scenes for concept in concepts(scene)}
    assert drawn & unwanted == set()


@pytest.mark.parametrize(
    ("text", "words", "place"),
    [
        ("A fox runs through the snowy forest at night. The moon is bright.", "moon", Place.FOREST),
        ("A little girl flies a kite in the park on a windy day.", "kite", Place.FIELD),
        ("恐龙生活在大约6500万年前的森林里。巨大的陨石撞击地球。", "恐龙", Place.FOREST),
    ],
)
def test_the_setting_is_where_it_plays(reader: Reader, text: str, words: str, place: Place) -> None:
    assert scene_of(plan(reader, text), words).setting.place is place


def test_a_heavenly_body_is_a_place_and_no_person(reader: Reader) -> None:
    reading = reader.read("NASA launched a rocket to the Moon in 1969. Neil Armstrong walked on its surface.")
    kinds = {entity.text: entity.kind for entity in reading.entities}
    assert kinds["Moon"] is EntityKind.PLACE
    assert kinds["Neil Armstrong"] is EntityKind.PERSON


def test_the_named_person_walks(reader: Reader) -> None:
    board = plan(reader, "NASA launched a rocket to the Moon in 1969. Neil Armstrong walked on its surface.")
    subject = scene_of(board, "walked").subjects[0]
    assert (subject.text, subject.kind) == ("Neil Armstrong", "person")


def test_a_colour_word_is_no_place(reader: Reader) -> None:
    reading = reader.read("用小火煎三分钟，直到金黄。")
    assert "金黄" not in {entity.text for entity in reading.entities if entity.kind is EntityKind.PLACE}


def test_pronouns_are_no_people(reader: Reader) -> None:
    for text in ("我们的新款手机今天上市。", "陨石撞击地球，导致它们灭绝。"):
        assert {entity.text for entity in reader.read(text).entities} & {"我们", "它们"} == set()


def test_children_with_kites_are_shown_with_kites(reader: Reader) -> None:
    text = "春天来了，樱花开满了山坡，孩子们在草地上放风筝。"
    drawn = {concept for scene in plan(reader, text).scenes for concept in concepts(scene)}
    assert {"child", "kite", "cherry_blossom"} <= drawn


def test_lost_hope_is_not_happy(reader: Reader) -> None:
    sentence = reader.read("The old fisherman rowed home. He had lost hope years ago.").sentences[1]
    assert sentence.mood in {Mood.SAD, Mood.CALM}


def test_a_medical_sentence_is_not_sad_by_itself(reader: Reader) -> None:
    assert reader.read("医生给病人量体温，护士准备药物。").sentences[0].mood is not Mood.SAD


def test_a_title_is_short(reader: Reader) -> None:
    for text in ("一只小猫在月光下的屋顶上跳舞。", "两只熊猫在竹林里吃竹子。"):
        assert len(plan(reader, text).title) <= 8


def test_a_recipe_is_named_after_the_dish(reader: Reader) -> None:
    text = (
        "Mix the flour, sugar and two eggs in a bowl. Bake the batter for 30 minutes at 180 degrees. "
        "Serve the cake with strawberries."
    )
    assert "cake" in plan(reader, text).title.lower()


def test_a_mere_time_is_no_title(reader: Reader) -> None:
    title = plan(reader, "I feel so lonely tonight. Nothing makes sense any more.").title
    assert title.lower() not in {"tonight", "night"}


def test_a_crowd_is_shown_as_a_crowd(reader: Reader) -> None:
    board = plan(
        reader, "Heavy rain flooded the streets of Mumbai, and thousands of people left their homes."
    )
    subjects = [subject for scene in board.scenes for subject in scene.subjects]
    assert any(subject.kind == "person" and subject.count >= 3 for subject in subjects)


def test_weather_alone_falls_on_what_was_there_before(reader: Reader) -> None:
    board = plan(
        reader,
        "The Golden Gate Bridge opened in 1937. Fog often rolls in from the sea. Visitors walk across it.",
    )
    scene = scene_of(board, "Fog")
    assert concepts(scene) == ["golden_gate_bridge"]
    assert scene.setting.weather is Weather.FOG


def test_the_moon_hangs_in_the_sky_and_does_not_stand_on_the_ground(reader: Reader) -> None:
    board = plan(
        reader, "A fox runs through the forest at night. The moon is bright and an owl watches from a tree."
    )
    assert concepts(scene_of(board, "moon"))[:2] == ["owl", "deciduous_tree"]


def test_in_space_the_moon_is_a_subject(reader: Reader) -> None:
    board = plan(reader, "A rocket flies through space to the Moon.")
    assert "full_moon" in {concept for scene in board.scenes for concept in concepts(scene)}
