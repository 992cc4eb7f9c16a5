from __future__ import annotations

import io
import tarfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image

from models.materials.drawn import DRAWINGS, PICTURE_PX, draw
from models.materials.fetch import MaterialError, Package, archive_path
from models.materials.pictures import codepoints, read_pictures, shrink, unpremultiply
from models.materials.shards import Shard, read_shard, write_shard


def png(colour: tuple[int, int, int, int]) -> bytes:
    stream = io.BytesIO()
    Image.new("RGBA", (32, 32), colour).save(stream, "PNG")
    return stream.getvalue()


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    path = tmp_path / "set.tgz"
    with tarfile.open(path, "w:gz") as tar:
        for name, colour in (
            ("package/a/1F408.png", (255, 0, 0, 255)),
            ("package/a/1f431-fe0f.png", (0, 255, 0, 128)),
            ("package/b/1f989.png", (0, 0, 255, 255)),
            ("package/a/readme.md", (0, 0, 0, 0)),
        ):
            data = png(colour)
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return path


def test_only_the_folder_s_pictures_are_listed(pictures: Path) -> None:
    assert codepoints(pictures, "package/a") == {"1f408", "1f431"}


def test_pictures_come_small_and_premultiplied(pictures: Path) -> None:
    found = dict(read_pictures(pictures, "package/a", wanted=frozenset({"1f431"}), size_px=8))

    assert set(found) == {"1f431"}
    assert found["1f431"].shape == (8, 8, 4)
    assert np.unique(found["1f431"].reshape(-1, 4), axis=0).tolist() == [[0, 128, 0, 128]]


def test_colour_of_invisible_pixels_does_not_bleed() -> None:
    image = Image.new("RGBA", (64, 64), (255, 0, 255, 0))
    image.paste((0, 200, 0, 255), (0, 0, 32, 64))

    small = shrink(image, 16)

    assert small[..., 0].max() == 0
    assert small[..., 2].max() == 0


@given(arrays.arrays(np.uint8, (3, 3, 4), elements=st.integers(0, 255)))
def test_straight_and_premultiplied_agree(straight: np.ndarray) -> None:
    straight[..., 3] = np.maximum(straight[..., 3], 1)
    premultiplied = straight.copy()
    premultiplied[..., :3] = np.rint(straight[..., :3] * (straight[..., 3:] / 255.0))

    again = unpremultiply(premultiplied).astype(int)

    allowed = 0.5 * 255 / straight[..., 3:] + 1
    assert (abs(again[..., :3] - straight[..., :3]) <= allowed).all()
    assert (again[..., 3] == straight[..., 3]).all()


@pytest.mark.parametrize("name", sorted(DRAWINGS))
def test_every_landmark_is_a_whole_shaded_drawing(name: str) -> None:
    pixels = np.asarray(draw(name))
    solid = pixels[..., 3] > 200

    assert pixels.shape == (PICTURE_PX, PICTURE_PX, 4)
    assert 0.08 < solid.mean() < 0.75
    assert len(np.unique(pixels[solid][:, :3], axis=0)) > 300
    assert np.nonzero(solid.any(axis=1))[0].size > PICTURE_PX * 0.5


def test_a_shard_survives_being_written(tmp_path: Path) -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (5, 4, 4, 4), dtype=np.uint8)
    shard = Shard(style="test", licence="own", concepts=tuple("abcde"), pixels=pixels)
    write_shard(tmp_path / "x.npz", shard)

    again = read_shard(tmp_path / "x.npz")

    assert (again.style, again.licence, again.concepts) == ("test", "own", tuple("abcde"))
    assert np.array_equal(again.pixels, pixels)


@pytest.mark.parametrize("damage", ["missing", "cut", "other"])
def test_a_bad_shard_says_how_to_make_it(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "x.npz"
    if damage != "missing":
        pixels = np.zeros((2, 4, 4, 4), dtype=np.uint8)
        write_shard(path, Shard(style="s", licence="l", concepts=("a", "b"), pixels=pixels))
        path.write_bytes(path.read_bytes()[: 120 if damage == "cut" else 0])

    with pytest.raises(MaterialError, match=r"models\.materials build"):
        read_shard(path)


def test_a_shard_must_name_each_picture(tmp_path: Path) -> None:
    pixels = np.zeros((2, 4, 4, 4), dtype=np.uint8)
    with pytest.raises(MaterialError, match=r"expected uint8 \[1,S,S,4\]"):
        write_shard(tmp_path / "x.npz", Shard(style="s", licence="l", concepts=("a",), pixels=pixels))


def package(**changes: str) -> Package:
    row = {"name": "n", "kind": "npm", "spec": "n@1", "file": "n.tgz", "sha256": "0" * 64, "licence": "MIT"}
    return Package(**{**row, **changes})


def test_an_archive_with_another_digest_is_refused(tmp_path: Path) -> None:
    (tmp_path / "n.tgz").write_bytes(b"something else")
    with pytest.raises(MaterialError, match="delete the file and build again"):
        archive_path(package(), tmp_path)


def test_a_registry_that_is_not_known_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MaterialError, match="unknown kind 'hub'"):
        archive_path(package(kind="hub"), tmp_path)


def test_without_npm_the_message_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MaterialError, match="npm is needed to fetch n@1"):
        archive_path(package(), tmp_path)
