"""What the bot says. The sentences stand in replies_en.toml and replies_zh.toml; here they are filled in."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bot.settings import REPLY_LANGUAGES
from engine.contract.errors import TextreelError, error_from_code
from engine.contract.events import Stage

Entry = str | Mapping[str, str]


class Replies:
    """The sentences of one language."""

    def __init__(self, language: str, tables: Mapping[str, Mapping[str, Entry]]) -> None:
        self.language = language
        self._tables = tables

    @property
    def tables(self) -> Mapping[str, Mapping[str, Entry]]:
        """Return all entries, by table and key, as they stand in the file."""
        return self._tables

    def say(self, key: str, **values: object) -> str:
        """Return the entry ``key`` of [sentences] with its {names} filled in."""
        return self._fill("sentences", key, values)

    def event(self, name: str, **values: object) -> str:
        """Return what is said when the job event of the class ``name`` arrives."""
        return self._fill("events", name, values)

    def stage(self, stage: Stage) -> str:
        """Name a stage of the render as a short phrase."""
        return self._fill("stages", str(stage), {})

    def word(self, table: str, key: str) -> str:
        """Return a single word, for example ``word("moods", "calm")``; an unknown one stays as it is."""
        entry = self._tables[table].get(key, key)
        return entry if isinstance(entry, str) else key

    def table(self, name: str) -> dict[str, str]:
        """Return all entries of a table of single phrases."""
        return {key: self.word(name, key) for key in self._tables[name]}

    def error(self, code: str, detail: str | None = None) -> str:
        """Return the sentence for an error code, with the detail where that says more than the code."""
        error = error_from_code(code)
        sentence = self._fill("errors", error.code, {})
        said = (detail or "").strip()
        if not said or said in {error.message, type(error)().message, sentence}:
            return sentence
        return said if self.language == "en" and _is_sentence(said) else f"{sentence} ({said})"

    def failure(self, error: TextreelError) -> str:
        """Return the sentence for an error at hand."""
        return self.error(error.code, error.message)

    def duration(self, seconds: float) -> str:
        """Write a duration as a person says it, rounded up to what the estimate deserves."""
        whole = max(1, round(seconds))
        if whole < 60:
            return self.say("seconds", seconds=whole if whole < 20 else 5 * -(-whole // 5))
        return self.say("minutes", minutes=whole // 60, seconds=10 * (whole % 60 // 10))

    def _fill(self, table: str, key: str, values: Mapping[str, Any]) -> str:
        entry = self._tables[table][key]
        if not isinstance(entry, str):
            entry = entry["one" if values.get("count") == 1 else "other"]
        return entry.format_map(values).strip()


class Phrasebook:
    """The replies of every language."""

    def __init__(self, default: str) -> None:
        self._default = default
        self._replies = {language: _load(language) for language in REPLY_LANGUAGES}

    def replies(self, locale: str = "") -> Replies:
        """Return the replies for a locale such as "zh-CN"; the default for one that is not spoken."""
        language = locale.replace("_", "-").split("-")[0].lower()
        return self._replies.get(language) or self._replies[self._default]


def bar(fraction: float, width: int = 12) -> str:
    """Draw a progress bar of ``width`` characters for a fraction of 0 to 1."""
    full = round(min(max(fraction, 0.0), 1.0) * width)
    return "█" * full + "░" * (width - full)


def size_text(size_bytes: int) -> str:
    """Write a file size with a decimal unit."""
    return f"{size_bytes / 1e6:.1f} MB" if size_bytes >= 100_000 else f"{size_bytes / 1e3:.0f} kB"


def grouped_entities(entities: Iterable[str]) -> dict[str, list[str]]:
    """Group "KIND: text" lines by kind, in order of first appearance, each text once."""
    groups: dict[str, list[str]] = {}
    for line in entities:
        kind, _, text = line.partition(": ")
        texts = groups.setdefault(kind, [])
        if text not in texts:
            texts.append(text)
    return groups


def _is_sentence(text: str) -> bool:
    return (text[:1].isupper() or text[:1].isdigit()) and text[-1:] in ".!?)"


def _load(language: str) -> Replies:
    path = Path(__file__).with_name(f"replies_{language}.toml")
    return Replies(language, tomllib.loads(path.read_text(encoding="utf-8")))
