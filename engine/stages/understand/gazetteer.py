"""Tables of names: persons, landmarks, countries, places, events. Matching is by exact spelling."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.contract.storyboard import EntityKind, Language
from engine.stages.understand.script import simplified

DATA = Path(__file__).with_name("data")
_WORD_START = re.compile(r"(?<![\w'’])[A-Za-z\u00c0-\u024f]")
#: Territories of CLDR that are no states of their own: they count as places.
_NO_STATE = frozenset(
    [
        "HK",
        "MO",
        "TW",
        "AQ",
        "GL",
        "PR",
        "GI",
        "BM",
        "GF",
        "GP",
        "MQ",
        "RE",
        "YT",
        "NC",
        "PF",
        "PM",
        "WF",
        "BL",
        "MF",
        "AW",
        "CW",
        "SX",
        "BQ",
        "AS",
        "GU",
        "MP",
        "VI",
        "VG",
        "KY",
        "TC",
        "AI",
        "MS",
        "FK",
        "GS",
        "SH",
        "IO",
        "PN",
        "IM",
        "JE",
        "GG",
        "FO",
        "AX",
        "SJ",
        "BV",
        "CX",
        "CC",
        "NF",
        "HM",
        "TF",
        "TK",
        "NU",
        "CK",
        "UM",
        "AC",
        "CP",
        "DG",
        "EA",
        "IC",
        "TA",
    ]
)
#: Codes of CLDR for unions and for what is unknown.
_NO_PLACE = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})
#: English names of countries that are common words, given names or cities as well; the model must agree.
_DOUBTFUL = frozenset(
    {"Jersey", "Guinea", "Chad", "Georgia", "Jordan", "Turkey", "Nice", "Reading", "Mobile", "Bath"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row of a table."""

    kind: EntityKind
    #: First English name; the gloss of a Chinese name.
    english: str
    #: First Chinese name, "" when there is none.
    chinese: str
    #: Country code, "" when unknown.
    country: str = ""
    #: Finer kind: "tower", "river", "city" ...
    subkind: str = ""
    #: Concept to draw, "" for none.
    concept: str = ""
    #: Trust in that concept, 0 to 1.
    score: float = 0.0
    #: Setting it stands in (a value of Place), "" when unknown.
    place: str = ""
    #: Kind for the procedural generator.
    draw: str = "object"
    #: Thousands of inhabitants; 0 when it is no city.
    thousands: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A name found in the text."""

    start: int
    end: int
    entry: Entry


def read_rows(path: Path) -> Iterator[list[str]]:
    """Yield the fields of every line of a table that is no comment."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def names(field: str) -> list[str]:
    """Split a field of names joined by ``|``."""
    return [name for name in field.split("|") if name]


class NameTable:
    """Finds the longest names of a language in a text."""

    def __init__(self, entries: Mapping[str, Entry], language: Language) -> None:
        self.entries = dict(entries)
        self._language = language
        self._longest = max(map(len, entries), default=0)
        self._by_first: dict[str, list[str]] = {}
        for name in sorted(entries, key=len, reverse=True):
            self._by_first.setdefault(name[:2], []).append(name)

    def find(self, text: str, start: int, end: int) -> Iterator[Hit]:
        """Yield the names between two offsets; they do not overlap, and the longest wins."""
        position = start
        for begin in self._starts(text, start, end):
            if begin < position:
                continue
            name = self._match(text, begin, end)
            if name is not None:
                position = begin + len(name)
                yield Hit(start=begin, end=position, entry=self.entries[name])

    def _starts(self, text: str, start: int, end: int) -> Iterable[int]:
        if self._language is Language.CHINESE:
            return range(start, end)
        return (match.start() for match in _WORD_START.finditer(text, start, end))

    def _match(self, text: str, begin: int, end: int) -> str | None:
        for name in self._by_first.get(text[begin : begin + 2], ()):
            stop = begin + len(name)
            if stop > end or not text.startswith(name, begin):
                continue
            following = text[stop : stop + 1]
            if self._language is Language.CHINESE or not (following.isalnum() and not _is_han(following)):
                return name
        return None


class Gazetteer:
    """All tables of names, for both languages."""

    def __init__(self, entries: Iterable[tuple[list[str], list[str], Entry]]) -> None:
        tables: dict[Language, dict[str, Entry]] = {Language.ENGLISH: {}, Language.CHINESE: {}}
        cities: dict[Language, dict[str, Entry]] = {Language.ENGLISH: {}, Language.CHINESE: {}}
        for english, chinese, entry in entries:
            target = cities if entry.thousands else tables
            for name in english:
                target[Language.ENGLISH].setdefault(name, entry)
            for name in chinese:
                target[Language.CHINESE].setdefault(simplified(name), entry)
        #: Names that count wherever they stand.
        self.sure = {language: NameTable(rows, language) for language, rows in tables.items()}
        #: Names of cities, that count when the language model agrees.
        self.cities = cities

    @classmethod
    def load(cls) -> Gazetteer:
        """Read the tables beside this module and the territories of CLDR."""
        return cls(
            [
                *_persons(),
                *_landmarks(),
                *_organizations(),
                *_countries(),
                *_geography(),
                *_events(),
                *_cities(),
            ]
        )

    def find(self, text: str, start: int, end: int, language: Language) -> list[Hit]:
        """Return the sure names between two offsets. Chinese text is to be given in simplified characters."""
        hits = list(self.sure[language].find(text, start, end))
        if language is Language.CHINESE:
            latin = self.sure[Language.ENGLISH].find(text, start, end)
            hits += [hit for hit in latin if not any(hit.start < h.end and h.start < hit.end for h in hits)]
        return hits

    def city(self, name: str, language: Language) -> Entry | None:
        """Return the city of that name."""
        table = self.cities[language]
        found = table.get(name)
        if found is None and language is Language.CHINESE and len(name) > 2:
            found = table.get(name.removesuffix("市").removesuffix("县"))
        return found

    def lookup(self, name: str, language: Language) -> Entry | None:
        """Return the entry of exactly that name: a sure one, else a city."""
        return self.sure[language].entries.get(name) or self.city(name, language)

    @staticmethod
    def is_doubtful(name: str) -> bool:
        """Whether an English name means other things as well."""
        return name in _DOUBTFUL


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


def _landmarks() -> Iterator[tuple[list[str], list[str], Entry]]:
    kinds: dict[str, dict[str, Any]] = tomllib.loads((DATA / "landmark_kinds.toml").read_text("utf-8"))[
        "kind"
    ]
    for english, chinese, country, kind, concept in read_rows(DATA / "landmarks.tsv"):
        row = kinds[kind]
        entry = Entry(
            kind=EntityKind.LANDMARK,
            english=names(english)[0],
            chinese=names(chinese)[0] if chinese else "",
            country=country,
            subkind=kind,
            concept=concept or row["concept"],
            score=1.0 if concept else float(row["score"]),
            place=row["place"],
            draw=row["draw"],
        )
        yield names(english), names(chinese), entry


def _countries() -> Iterator[tuple[list[str], list[str], Entry]]:
    from babel import Locale  # noqa: PLC0415 - reads CLDR files; only needed once a gazetteer is built

    for english, chinese, code in read_rows(DATA / "countries.tsv"):
        yield names(english), names(chinese), _country(names(english)[0], names(chinese)[0], code)
    in_chinese = Locale("zh").territories
    for code, name in Locale("en").territories.items():
        if len(code) == 2 and code.isalpha() and code not in _NO_PLACE:
            english_name = (
                re.sub(r" SAR China| \(.*\)", "", str(name)).replace(" & ", " and ").replace("’", "'")
            )
            chinese_name = re.sub(r"^中国|特别行政区$|（.*）", "", str(in_chinese.get(code, ""))) or "中国"
            if code in _NO_STATE:
                entry = Entry(
                    kind=EntityKind.PLACE,
                    english=english_name,
                    chinese=chinese_name,
                    country=code,
                    subkind="region",
                )
            else:
                entry = _country(english_name, chinese_name, code)
            yield [english_name], [chinese_name] if len(chinese_name) > 1 else [], entry


def _country(english: str, chinese: str, code: str) -> Entry:
    return Entry(kind=EntityKind.COUNTRY, english=english, chinese=chinese, country=code, subkind="country")


def _geography() -> Iterator[tuple[list[str], list[str], Entry]]:
    for english, chinese, kind, place in read_rows(DATA / "geography.tsv"):
        spelled = [name for name in names(english) if name[0].isupper()]
        entry = Entry(
            kind=EntityKind.PLACE,
            english=names(english)[0],
            chinese=names(chinese)[0] if chinese else "",
            subkind=kind,
            place=place,
        )
        yield spelled, names(chinese), entry


def _events() -> Iterator[tuple[list[str], list[str], Entry]]:
    for english, chinese, concept in read_rows(DATA / "events.tsv"):
        entry = Entry(
            kind=EntityKind.EVENT,
            english=names(english)[0],
            chinese=names(chinese)[0] if chinese else "",
            subkind="event",
            concept=concept,
            score=0.6 if concept else 0.0,
        )
        yield names(english), names(chinese), entry


def _persons() -> Iterator[tuple[list[str], list[str], Entry]]:
    for english, chinese in read_rows(DATA / "persons.tsv"):
        entry = Entry(
            kind=EntityKind.PERSON,
            english=names(english)[0],
            chinese=names(chinese)[0],
            subkind="person",
            draw="person",
        )
        yield names(english), [name for name in names(chinese) if len(name) > 1], entry


def _organizations() -> Iterator[tuple[list[str], list[str], Entry]]:
    for english, chinese in read_rows(DATA / "organizations.tsv"):
        entry = Entry(
            kind=EntityKind.ORGANIZATION,
            english=names(english)[0],
            chinese=names(chinese)[0],
            subkind="organization",
        )
        yield names(english), names(chinese), entry


def _cities() -> Iterator[tuple[list[str], list[str], Entry]]:
    for english, chinese, country, thousands in read_rows(DATA / "places.tsv"):
        chinese_names = names(chinese)
        entry = Entry(
            kind=EntityKind.PLACE,
            english=english,
            chinese=chinese_names[0] if chinese_names else "",
            country=country,
            subkind="city",
            place="city",
            thousands=max(1, int(thousands)),
        )
        yield [english], chinese_names, entry
