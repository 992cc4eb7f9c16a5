from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from models.materials.concepts import Concept, read_concepts
from models.materials.fetch import MaterialError
from models.materials.text_vectors import VECTOR_LENGTH, embed_concepts, read_vectors, write_vectors

WEIGHTS = Path(__file__).parents[4] / "models" / "weights"


def encode(texts: Sequence[str]) -> np.ndarray:
    rows = [np.random.default_rng(abs(hash(text)) % 2**32).normal(3.0, 1.0, 32) for text in texts]
    return np.stack(rows).astype(np.float32)


def concepts(*names: str) -> list[Concept]:
    return [
        Concept(
            id=n,
            label_en=n,
            label_zh=n + "z",
            tags_en=("a",),
            tags_zh=("b",),
            group="g",
            subgroup="s",
            codepoint="",
        )
        for n in names
    ]


def test_vectors_are_centred_and_of_one_length() -> None:
    table = embed_concepts(concepts("cat", "dog", "owl"), encode)

    assert table.vectors.shape == (3, 4, 32)
    assert np.linalg.norm(table.vectors, axis=-1) == pytest.approx(VECTOR_LENGTH, rel=0.01)
    assert table.place(encode(["cat"]))[0] == pytest.approx(table.vectors[0, 0], abs=0.05)


def test_more_concepts_leave_the_old_vectors_where_they_were() -> None:
    old = embed_concepts(concepts("cat", "dog"), encode)
    new = embed_concepts(concepts("cat", "dog", "tower"), encode, mean_over=2)

    assert np.array_equal(new.mean, old.mean)
    assert np.array_equal(new.vectors[:2], old.vectors)


def test_the_table_survives_being_written(tmp_path: Path) -> None:
    table = embed_concepts(concepts("cat", "dog"), encode)
    write_vectors(tmp_path / "v.safetensors", table)

    again = read_vectors(tmp_path / "v.safetensors")

    assert again.concepts == ("cat", "dog")
    assert again.vectors == pytest.approx(table.vectors, abs=1e-5)


@pytest.mark.parametrize("content", [None, b"", b"not a table"])
def test_a_bad_table_says_how_to_make_it(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "v.safetensors"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(MaterialError, match=r"models\.materials build"):
        read_vectors(path)


def test_the_shipped_vectors_belong_to_the_shipped_concepts() -> None:
    table = read_vectors(WEIGHTS / "text_vectors.safetensors")

    assert table.concepts == tuple(concept.id for concept in read_concepts(WEIGHTS / "concepts.json"))
    assert table.vectors.shape == (len(table.concepts), 4, 384)
    assert np.linalg.norm(table.vectors, axis=-1) == pytest.approx(VECTOR_LENGTH, rel=0.02)
