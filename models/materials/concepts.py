"""The concept table: what can be drawn, under which names, in English and Chinese.

Labels and tags come from emojibase-data (MIT); landmarks that no emoji set has are listed in `landmarks.json`
and drawn by `models.materials.drawn`.
"""

from __future__ import annotations

import json
import re
import tarfile
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from models.materials.fetch import MaterialError

__all__ = ["Concept", "emoji_concepts", "landmark_concepts", "read_concepts", "write_concepts"]

LANDMARKS_FILE = Path(__file__).with_name("landmarks.json")
#: Groups of emojibase that show a thing or a being; symbols, flags and components are left out.
PICTORIAL_GROUPS = frozenset(
    {
        "smileys-emotion",
        "people-body",
        "animals-nature",
        "food-drink",
        "travel-places",
        "activities",
        "objects",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """One thing that text_gan can draw."""

    #: Stable snake_case English name.
    id: str
    #: English name as a person would say it.
    label_en: str
    #: Simplified Chinese name.
    label_zh: str
    #: Other English words for it.
    tags_en: tuple[str, ...]
    #: Other Chinese words for it.
    tags_zh: tuple[str, ...]
    #: Broad kind, for example "animals-nature".
    group: str
    #: Finer kind, for example "animal-mammal".
    subgroup: str
    #: Lower-case hexadecimal code points joined by "-", or "" for our own drawings.
    codepoint: str


def emoji_concepts(archive: Path, available: Iterable[str]) -> tuple[Concept, ...]:
    """Read the pictorial base concepts out of the emojibase archive, in the set's own order.

    `available` are normalised code points that have a picture; concepts without one are left out.
    """
    pictures = frozenset(available)
    with tarfile.open(archive) as tar:
        english = _read_json(tar, "package/en/data.json")
        chinese = {row["hexcode"]: row for row in _read_json(tar, "package/zh/data.json")}
        messages = _read_json(tar, "package/en/messages.json")
    groups = {row["order"]: row["key"] for row in messages["groups"]}
    subgroups = {row["order"]: row["key"] for row in messages["subgroups"]}
    concepts: dict[str, Concept] = {}
    for row in sorted(english, key=lambda row: row.get("order", 1 << 30)):
        group = groups.get(row.get("group"), "")
        codepoint = normalise_codepoint(row["hexcode"])
        if group not in PICTORIAL_GROUPS or codepoint not in pictures:
            continue
        other = chinese[row["hexcode"]]
        name = snake_case(row["label"])
        if name in concepts:
            name = f"{name}_{codepoint.replace('-', '_')}"
        concepts[name] = Concept(
            id=name,
            label_en=row["label"],
            label_zh=other["label"],
            tags_en=tuple(row.get("tags", ())),
            tags_zh=tuple(other.get("tags", ())),
            group=group,
            subgroup=subgroups[row["subgroup"]],
            codepoint=codepoint,
        )
    return tuple(concepts.values())


def landmark_concepts(path: Path = LANDMARKS_FILE) -> tuple[Concept, ...]:
    """Read the landmarks that are drawn by this project itself."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    return tuple(_from_json({"group": "travel-places", "codepoint": "", **row}) for row in rows)


def write_concepts(path: Path, concepts: Sequence[Concept]) -> None:
    """Write the table as JSON, one concept a line, so that a change is readable in a diff."""
    lines = [json.dumps(asdict(concept), ensure_ascii=False, separators=(",", ":")) for concept in concepts]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


def read_concepts(path: Path) -> tuple[Concept, ...]:
    """Read a table written by `write_concepts`."""
    return tuple(_from_json(row) for row in json.loads(path.read_text(encoding="utf-8")))


def normalise_codepoint(text: str) -> str:
    """Lower-case, without the variation selector FE0F, which sets write or leave out as they please."""
    return "-".join(part for part in text.lower().split("-") if part != "fe0f")


def snake_case(label: str) -> str:
    """Turn a label such as "T-Rex" or "piñata" into an ASCII identifier."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode("ascii")
    name = re.sub(r"[^a-z0-9]+", "_", plain.lower().replace("'", "")).strip("_")
    if not name:
        raise MaterialError(f"label {label!r} has no ASCII letter to build a name from")
    return name


def _from_json(row: dict[str, Any]) -> Concept:
    return Concept(**{**row, "tags_en": tuple(row["tags_en"]), "tags_zh": tuple(row["tags_zh"])})


def _read_json(tar: tarfile.TarFile, name: str) -> Any:
    member = tar.extractfile(name)
    if member is None:
        raise MaterialError(f"the archive has no {name}")
    return json.load(member)
