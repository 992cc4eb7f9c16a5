"""The house keeps its rules: imports, errors, settings, weights."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from itertools import pairwise
from pathlib import Path

from engine.contract.errors import error_classes

ROOT = Path(__file__).parents[2]
MEGABYTE = 1_000_000


def test_imports_keep_to_the_plan() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=100, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_error_codes_are_unique_and_explained() -> None:
    classes = list(error_classes())
    codes = [cls.code for cls in classes]
    assert sorted(codes) == sorted(set(codes))
    for cls in classes:
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", cls.code)
        assert cls().message.endswith("."), f"{cls.__name__} needs a sentence"


def test_the_error_tree_is_drawn_in_full() -> None:
    drawn = (ROOT / "engine/contract/errors.py").read_text(encoding="utf-8").split('"""')[1]
    assert {cls.__name__ for cls in error_classes()} == set(re.findall(r"[*x+] (\w+)", drawn))


def test_every_setting_has_a_comment() -> None:
    lines = (ROOT / "config.toml").read_text(encoding="utf-8").splitlines()
    bare = [
        line
        for above, line in pairwise(lines)
        if re.match(r"\w+ = ", line) and not line.startswith(("enabled", "token_env", "host", "port"))
        if not above.startswith("#")
    ]
    # A key right under another one shares its comment.
    shared = [line for line in bare if re.match(r"\w+ = ", lines[lines.index(line) - 1])]
    assert [line for line in bare if line not in shared] == []


def test_the_default_configuration_is_toml_with_the_promised_keys() -> None:
    tables = tomllib.loads((ROOT / "config.toml").read_text(encoding="utf-8"))
    assert {"url", "data_dir", "executor"} <= set(tables["engine"])
    assert all("enabled" in table for table in tables["adapters"].values())


def test_weights_stay_within_their_budget() -> None:
    files = list((ROOT / "models/weights").glob("*.safetensors"))
    assert sum(file.stat().st_size for file in files) <= 25 * MEGABYTE
    for file in files:
        assert file.stat().st_size <= 8 * MEGABYTE, file.name


def test_locks_are_hashed_and_bring_no_cuda() -> None:
    for name in ("runtime.lock", "dev.lock"):
        text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
        pinned = re.findall(r"^([a-z0-9.-]+)==", text, flags=re.MULTILINE)
        assert pinned
        assert "torch" not in pinned
        assert "nvidia" not in text
        assert text.count("--hash=sha256:") >= len(pinned)


def test_nothing_is_unpickled_or_evaluated() -> None:
    banned = re.compile(
        r"\bpickle\.loads?\b|torch\.load\((?![\s\S]{0,200}weights_only=True)|shell=True|(?<![.\w])(eval|exec)\("
    )
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for room in ("bot", "adapters", "engine", "models")
        for path in (ROOT / room).rglob("*.py")
        if (match := banned.search(path.read_text(encoding="utf-8")))
    ]
    assert found == []
