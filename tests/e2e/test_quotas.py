"""`textreel quota` changes what `textreel render` may do, over bot, engine and store."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A configuration in which the console has quotas like everybody."""
    path = tmp_path / "mine.toml"
    path.write_text(
        f'[engine]\ndata_dir = "{tmp_path / "data"}"\n'
        'pipeline = "tests.fixtures.pipelines.ok:build"\nmin_free_megabytes = 1\n'
        "[quota]\nfree_platforms = []\n"
    )
    return path


def run(config: Path, *argv: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot", *argv, "--config", str(config)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


def render(config: Path, name: str) -> subprocess.CompletedProcess[str]:
    out = config.parent / name
    return run(config, "render", "A fox.", "--out", str(out), "--seconds", "10", "--height", "360")


def last_line(result: subprocess.CompletedProcess[str]) -> str:
    return result.stderr.strip().splitlines()[-1]


def test_a_quota_and_a_block_end_a_render_with_code_3(config: Path) -> None:
    assert run(config, "quota", "set", "console", "2").returncode == 0
    refused = render(config, "a.mp4")
    assert (refused.returncode, last_line(refused).split()[0]) == (3, "error[quota_exceeded]:")
    assert run(config, "quota", "grant", "console:local", "60").returncode == 0
    assert render(config, "b.mp4").returncode == 0
    assert run(config, "quota", "block", "console:local", "--reason", "Too loud").returncode == 0
    blocked = render(config, "c.mp4")
    assert (blocked.returncode, last_line(blocked).split()[0]) == (3, "error[blocked]:")
    assert "Too loud" in last_line(blocked)
    assert [path.name for path in config.parent.glob("*.mp4")] == ["b.mp4"]
    record = run(config, "quota", "audit").stdout.splitlines()
    assert [line.split()[4] for line in record] == ["block", "grant", "set"]
