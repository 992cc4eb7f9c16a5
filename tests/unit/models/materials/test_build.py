from __future__ import annotations

import hashlib
import io
import json
import tarfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from models.materials.build import BuildPaths, build
from models.materials.concepts import read_concepts
from models.materials.drawn import DRAWINGS
from models.materials.fetch import MaterialError, Package, load_packages
from models.materials.shards import read_shard
from models.materials.text_vectors import read_vectors

POINTS = ("1f408", "1f415")


def png(colour: tuple[int, int, int, int]) -> bytes:
    stream = io.BytesIO()
    Image.new("RGBA", (32, 32), colour).save(stream, "PNG")
    return stream.getvalue()


def pack(path: Path, files: Mapping[str, bytes]) -> str:
    with tarfile.open(path, "w:gz") as tar:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def packages(tmp_path: Path) -> dict[str, Package]:
    """Archives laid out like the real ones, with two animals."""
    rows = [
        {"label": name, "hexcode": point, "tags": [], "group": 3, "subgroup": 0, "order": order}
        for order, (name, point) in enumerate(zip(("cat", "dog"), POINTS, strict=True))
    ]
    messages = {
        "groups": [{"order": 3, "key": "animals-nature"}],
        "subgroups": [{"order": 0, "key": "mammal"}],
    }
    tables = {"en/data": rows, "zh/data": rows, "en/messages": messages}
    contents = {
        "emojibase-data": {
            f"package/{name}.json": json.dumps(table).encode() for name, table in tables.items()
        },
        "fluent-emoji-3d": {f"package/assets/{point}.png": png((200, 0, 0, 255)) for point in POINTS},
        "emoji-datasource-google": {"package/img/google/64/1f408.png": png((0, 200, 0, 255))},
    }
    cache = tmp_path / "cache"
    cache.mkdir()
    made: dict[str, Package] = {}
    for name, files in contents.items():
        digest = pack(cache / f"{name}.tgz", files)
        made[name] = Package(
            name=name, kind="npm", spec=name, file=f"{name}.tgz", sha256=digest, licence="MIT"
        )
    return made


def encode(texts: Sequence[str]) -> np.ndarray:
    return np.stack([np.full(8, len(text), np.float32) + np.arange(8) % (1 + len(text)) for text in texts])


def paths(tmp_path: Path) -> BuildPaths:
    return BuildPaths(
        cache_dir=tmp_path / "cache", shards_dir=tmp_path / "shards", weights_dir=tmp_path / "weights"
    )


def test_packages_become_shards_concepts_and_vectors(tmp_path: Path, packages: dict[str, Package]) -> None:
    concepts = build(paths(tmp_path), encode, size_px=16, packages=packages)

    names = [concept.id for concept in concepts]
    assert names[:2] == ["cat", "dog"]
    assert set(names[2:]) == set(DRAWINGS)
    assert read_concepts(tmp_path / "weights" / "concepts.json") == concepts
    assert read_vectors(tmp_path / "weights" / "text_vectors.safetensors").concepts == tuple(names)
    shards = {path.stem: read_shard(path) for path in (tmp_path / "shards").iterdir()}
    assert {name: len(shard.concepts) for name, shard in shards.items()} == {
        "fluent_16": 2,
        "noto_16": 1,
        "drawn_16": len(DRAWINGS),
    }
    assert shards["fluent_16"].pixels[0, 8, 8].tolist() == [200, 0, 0, 255]


def test_nothing_is_written_when_a_package_is_not_the_pinned_one(
    tmp_path: Path, packages: dict[str, Package]
) -> None:
    (tmp_path / "cache" / "fluent-emoji-3d.tgz").write_bytes(b"tampered")

    with pytest.raises(MaterialError, match="pinned is"):
        build(paths(tmp_path), encode, packages=packages)

    assert not (tmp_path / "shards").exists()
    assert not (tmp_path / "weights").exists()


def test_the_pinned_packages_name_version_digest_and_licence() -> None:
    for package in load_packages().values():
        assert package.spec.rpartition("@")[2].count(".") == 2
        assert len(package.sha256) == 64
        assert package.licence
