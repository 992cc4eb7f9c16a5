from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path

import pytest

from models.materials.concepts import (
    Concept,
    emoji_concepts,
    landmark_concepts,
    normalise_codepoint,
    read_concepts,
    snake_case,
    write_concepts,
)
from models.materials.drawn import DRAWINGS
from models.materials.fetch import MaterialError
from models.materials.text_vectors import captions

SHIPPED = Path(__file__).parents[4] / "models" / "weights" / "concepts.json"


def archive(path: Path, files: dict[str, object]) -> Path:
    with tarfile.open(path, "w:gz") as tar:
        for name, content in files.items():
            data = json.dumps(content).encode()
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return path


def row(label: str, hexcode: str, group: int) -> dict[str, object]:
    return {
        "label": label,
        "hexcode": hexcode,
        "tags": ["t"],
        "group": group,
        "subgroup": 0,
        "order": int(hexcode, 16),
    }


@pytest.fixture
def emojibase(tmp_path: Path) -> Path:
    english = [row("cat", "1F408", 0), row("cat", "1F431", 0), row("plus", "2795", 1), row("owl", "1F989", 0)]
    chinese = [{**entry, "label": "中" + str(entry["label"])} for entry in english]
    messages = {
        "groups": [{"order": 0, "key": "animals-nature"}, {"order": 1, "key": "symbols"}],
        "subgroups": [{"order": 0, "key": "animal-mammal"}],
    }
    return archive(
        tmp_path / "emojibase.tgz",
        {
            "package/en/data.json": english,
            "package/zh/data.json": chinese,
            "package/en/messages.json": messages,
        },
    )


def test_only_pictorial_concepts_with_a_picture_are_kept(emojibase: Path) -> None:
    concepts = emoji_concepts(emojibase, {"1f408", "1f431", "2795"})

    assert [concept.id for concept in concepts] == ["cat", "cat_1f431"]
    assert concepts[0].label_zh == "中cat"
    assert concepts[0].subgroup == "animal-mammal"


def test_the_table_survives_being_written(tmp_path: Path, emojibase: Path) -> None:
    concepts = emoji_concepts(emojibase, {"1f408", "1f989"})
    write_concepts(tmp_path / "out" / "concepts.json", concepts)

    assert read_concepts(tmp_path / "out" / "concepts.json") == concepts


def test_an_archive_without_the_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        emoji_concepts(archive(tmp_path / "empty.tgz", {"package/x.json": 1}), set())


@pytest.mark.parametrize(
    ("label", "name"),
    [("T-Rex", "t_rex"), ("piñata", "pinata"), ("Mrs. Claus", "mrs_claus"), ("men's room", "mens_room")],
)
def test_labels_become_identifiers(label: str, name: str) -> None:
    assert snake_case(label) == name


def test_a_label_without_letters_is_refused() -> None:
    with pytest.raises(MaterialError, match="no ASCII letter"):
        snake_case("猫")


def test_variation_selectors_are_ignored() -> None:
    assert normalise_codepoint("2764-FE0F-200D-1F525") == "2764-200d-1f525"


def test_every_landmark_has_a_drawing_and_every_drawing_a_landmark() -> None:
    assert {concept.id for concept in landmark_concepts()} == set(DRAWINGS)


def test_the_shipped_table_is_complete_and_unambiguous() -> None:
    concepts = read_concepts(SHIPPED)

    assert len({concept.id for concept in concepts}) == len(concepts) == 1396
    assert all(concept.label_en and concept.label_zh and concept.group for concept in concepts)
    assert {concept.id for concept in concepts} >= {"cat", "rocket", "eiffel_tower", "great_wall"}


def test_captions_are_label_and_tags_in_both_languages() -> None:
    concept = Concept(
        id="cat",
        label_en="cat",
        label_zh="猫",
        tags_en=("cat", "pet", "kitten", "feline", "meow", "whiskers"),
        tags_zh=("宠物",),
        group="animals-nature",
        subgroup="animal-mammal",
        codepoint="1f408",
    )

    assert captions(concept) == ("cat", "cat, pet, kitten, feline, meow", "猫", "猫，宠物")
