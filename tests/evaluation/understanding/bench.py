"""Measure understanding on the development set: entities, branch, concepts, speed.

    python tests/evaluation/understanding/bench.py [--split tune|check|all] [--errors] [--json FILE]

paragraphs.json marks entities as [text|X] (X: the letter of KINDS, or - where people may differ and neither
answer counts), and gives the branch of every sentence as P (picture) or S (sound). Rules were written while
looking at the "tune" paragraphs; the "check" ones were written afterwards.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from engine.contract.storyboard import Branch, EntityKind, Language
from engine.stages.understand import Reader, load_reader

HERE = Path(__file__).parent
VOCABULARY = HERE.parents[2] / "models" / "weights" / "concepts.json"
KINDS = {
    "L": EntityKind.LANDMARK,
    "C": EntityKind.COUNTRY,
    "P": EntityKind.PLACE,
    "N": EntityKind.PERSON,
    "O": EntityKind.ORGANIZATION,
    "G": EntityKind.PEOPLE,
    "D": EntityKind.DATE,
    "Q": EntityKind.QUANTITY,
    "E": EntityKind.EVENT,
    "S": EntityKind.SCENE,
}
_MARK = re.compile(r"\[([^\[\]|]+)\|([A-Z-])\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One labelled text."""

    id: str
    split: str
    language: Language
    text: str
    #: (start, end, kind) of what has to be found.
    entities: frozenset[tuple[int, int, EntityKind]]
    #: Spans where neither answer counts.
    ignored: tuple[tuple[int, int], ...]
    branches: tuple[Branch, ...]


def load_paragraphs(path: Path = HERE / "paragraphs.json") -> list[Paragraph]:
    """Read the development set."""
    return [parse_row(row) for row in json.loads(path.read_text(encoding="utf-8"))]


def parse_row(row: dict[str, str]) -> Paragraph:
    """Turn one row with marks into a text with offsets."""
    text, entities, ignored, last = "", set(), [], 0
    for match in _MARK.finditer(row["marked"]):
        text += row["marked"][last : match.start()]
        span = (len(text), len(text) + len(match[1]))
        text += match[1]
        last = match.end()
        if match[2] == "-":
            ignored.append(span)
        else:
            entities.add((*span, KINDS[match[2]]))
    text += row["marked"][last:]
    return Paragraph(
        id=row["id"],
        split=row["split"],
        language=Language(row["language"]),
        text=text,
        entities=frozenset(entities),
        ignored=tuple(ignored),
        branches=tuple(Branch.PICTURE if mark == "P" else Branch.SOUND for mark in row["branches"]),
    )


@dataclass(slots=True)
class Score:
    """Counts of right, spurious and missed answers."""

    right: int = 0
    spurious: int = 0
    missed: int = 0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 to 1."""
        return 2 * self.right / max(1, 2 * self.right + self.spurious + self.missed)


def score_entities(
    reader: Reader, paragraphs: Iterable[Paragraph], errors: list[str]
) -> tuple[Score, Counter[str]]:
    """Compare spans and kinds; OBJECT is not labelled and not counted."""
    total, by_kind = Score(), Counter[str]()
    for paragraph in paragraphs:
        found = {
            (e.start, e.end, e.kind)
            for e in reader.read(paragraph.text).entities
            if e.kind is not EntityKind.OBJECT
            and not any(e.start < high and low < e.end for low, high in paragraph.ignored)
        }
        total.right += len(found & paragraph.entities)
        for start, end, kind in sorted(found - paragraph.entities):
            total.spurious += 1
            by_kind[f"+{kind.value}"] += 1
            errors.append(f"{paragraph.id} + {kind.value} {paragraph.text[start:end]!r}")
        for start, end, kind in sorted(paragraph.entities - found):
            total.missed += 1
            by_kind[f"-{kind.value}"] += 1
            errors.append(f"{paragraph.id} - {kind.value} {paragraph.text[start:end]!r}")
    return total, by_kind


def score_branches(reader: Reader, paragraphs: Iterable[Paragraph], errors: list[str]) -> tuple[int, int]:
    """Return right and all sentences."""
    right = total = 0
    for paragraph in paragraphs:
        sentences = reader.read(paragraph.text).sentences
        if len(sentences) != len(paragraph.branches):
            errors.append(f"{paragraph.id} has {len(paragraph.branches)} sentences, {len(sentences)} found")
        for sentence, branch in zip(sentences, paragraph.branches, strict=False):
            total += 1
            right += sentence.branch is branch
            if sentence.branch is not branch:
                errors.append(f"{paragraph.id} {sentence.branch.value} {sentence.text!r}: {sentence.why}")
    return right, total


def score_concepts(reader: Reader, errors: list[str]) -> dict[str, float]:
    """Return the share of drawable nouns with an acceptable concept, and of abstract ones with none."""
    nouns = json.loads((HERE / "nouns.json").read_text(encoding="utf-8"))
    figures: dict[str, float] = {}
    for code, table in nouns["drawable"].items():
        good = 0
        for noun, accepted in table.items():
            concept = subject_concept(reader, noun, Language(code))
            good += concept in accepted
            if concept not in accepted:
                errors.append(f"concept {noun} -> {concept}, not {accepted}")
        figures[f"drawable_{code}"] = good / len(table)
    for code, words in nouns["abstract"].items():
        wrong = [word for word in words if subject_concept(reader, word, Language(code)) is not None]
        errors.extend(f"abstract {word} -> {subject_concept(reader, word, Language(code))}" for word in wrong)
        figures[f"abstract_none_{code}"] = 1 - len(wrong) / len(words)
    return figures


def subject_concept(reader: Reader, noun: str, language: Language) -> str | None:
    """Return the concept of the first subject of a short phrase with the noun, as a clip of it would show."""
    phrase = f"There is the {noun}." if language is Language.ENGLISH else f"这里有{noun}。"
    subjects = reader.read(phrase).subjects
    return subjects[0].concept if subjects else None


def score_speed(reader: Reader, paragraphs: Iterable[Paragraph]) -> dict[str, float]:
    """Return the median seconds for 1,000 characters, warm."""
    figures = {}
    for language in Language:
        joined = "\n".join(p.text for p in paragraphs if p.language is language)[:1000]
        reader.read(joined)
        times = []
        for _ in range(5):
            start = time.perf_counter()
            reader.read(joined)
            times.append(time.perf_counter() - start)
        figures[f"seconds_per_1000_characters_{language.value}"] = round(statistics.median(times), 3)
    return figures


def main(arguments: list[str] | None = None) -> int:
    """Print the figures, and with --errors what went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=("tune", "check", "check2", "all"), default="all")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args(arguments)
    reader = load_reader(VOCABULARY)
    paragraphs = [p for p in load_paragraphs() if options.split in {"all", p.split}]
    figures: dict[str, float] = {}
    errors: list[str] = []
    for language in Language:
        own = [p for p in paragraphs if p.language is language]
        score, by_kind = score_entities(reader, own, errors)
        figures[f"entity_f1_{language.value}"] = round(score.f1, 3)
        right, total = score_branches(reader, own, errors)
        figures[f"branch_accuracy_{language.value}"] = round(right / max(1, total), 3)
        sys.stdout.write(f"{language.value}: {score} {dict(by_kind)}\n")
    figures |= {name: round(value, 3) for name, value in score_concepts(reader, errors).items()}
    figures |= score_speed(reader, load_paragraphs())
    if options.errors:
        sys.stdout.write("\n".join(errors) + "\n")
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
