from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from models.common.checkpoint import CheckpointError
from models.text_gan.sample import UnknownConcept, load_sampler, main


@pytest.fixture
def weights(small_models: Path, tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    shutil.copytree(small_models, tmp_path / "models")
    return tmp_path / "models" / "weights"


def test_a_sampler_draws_every_seed_as_straight_rgba(weights: Path) -> None:
    sampler = load_sampler(weights)

    drawn = sampler.draw("cat", seeds=range(11))

    assert sampler.concepts == {"cat", "dog"}
    assert (drawn.shape, drawn.dtype) == ((11, sampler.size_px, sampler.size_px, 4), np.uint8)
    assert sampler.version.startswith("text_gan ")


def test_a_picture_depends_on_concept_and_seed_alone(weights: Path) -> None:
    sampler = load_sampler(weights)

    three = sampler.draw("cat", seeds=[7, 8, 9]).astype(int)

    assert abs(sampler.draw("cat", seeds=[8])[0].astype(int) - three[1]).max() <= 1
    assert abs(three[0] - three[1]).max() > 1
    assert abs(sampler.draw("dog", seeds=[7])[0].astype(int) - three[0]).max() > 1


def test_no_seed_is_no_picture(weights: Path) -> None:
    assert load_sampler(weights).draw("cat", seeds=[]).shape == (0, 16, 16, 4)


def test_an_unknown_concept_is_refused_by_name(weights: Path) -> None:
    with pytest.raises(UnknownConcept, match="no concept 'unicorn'"):
        load_sampler(weights).draw("unicorn", seeds=[1])


@pytest.mark.parametrize(
    ("file", "damage", "reason"),
    [
        ("text_gan.safetensors", "gone", "missing"),
        ("text_gan.safetensors", "cut", "wrong_hash"),
        ("text_vectors.safetensors", "gone", "missing"),
        ("text_vectors.safetensors", "cut", "wrong_hash"),
        ("../checkpoints.toml", "gone", "missing"),
        ("../checkpoints.toml", "cut", "missing"),
    ],
)
def test_weights_that_cannot_be_trusted_are_refused(
    weights: Path, file: str, damage: str, reason: str
) -> None:
    path = weights / file
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:40])

    with pytest.raises(CheckpointError) as caught:
        load_sampler(weights)

    assert caught.value.reason == reason


def test_weights_that_match_a_cut_manifest_are_still_read_carefully(weights: Path) -> None:
    path = weights / "text_gan.safetensors"
    path.write_bytes(path.read_bytes()[:200])
    from models.common.checkpoint import sha256_of  # noqa: PLC0415

    manifest = weights.parent / "checkpoints.toml"
    old = manifest.read_text(encoding="utf-8").split('sha256 = "', 1)[1][:64]
    manifest.write_text(manifest.read_text(encoding="utf-8").replace(old, sha256_of(path)), encoding="utf-8")

    with pytest.raises(CheckpointError) as caught:
        load_sampler(weights)

    assert caught.value.reason == "damaged"


def test_the_command_writes_a_sheet(weights: Path, tmp_path: Path) -> None:
    arguments = ["--concepts", "cat, dog", "--seeds", "3", "--weights-dir", str(weights), "--zoom", "1"]

    assert main([*arguments, "--out", str(tmp_path / "sheet.png")]) == 0
    with Image.open(tmp_path / "sheet.png") as sheet:
        assert sheet.size == (3 * 16, 2 * 16)


def test_the_command_names_what_it_cannot_draw(
    weights: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["--concepts", "ufo", "--weights-dir", str(weights), "--out", str(tmp_path / "x.png")])

    assert code == 2
    assert "no concept 'ufo'" in capsys.readouterr().err


def test_a_colour_changes_the_picture_but_not_its_shape(weights: Path) -> None:
    sampler = load_sampler(weights)

    plain, blue = (sampler.draw("cat", seeds=[1], colour=colour) for colour in (None, (0, 0, 255)))

    assert np.array_equal(plain[..., 3], blue[..., 3])
    assert blue.shape == plain.shape
