"""Title and subline of a clip, out of the text's own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from engine.contract.storyboard import Branch, Entity, EntityKind, Language, Place, Reading, Subject
from engine.stages.captions import split_caption, tidy, trim, width
from engine.stages.scenery_concepts import SCENERY
from engine.stages.understand.commands import strip_command

#: Longest title: 14 Chinese characters or 32 others.
MAX_TITLE_WIDTH = 0.38
#: Longest phrase that is its own title: 8 Chinese characters or 26 others.
MAX_PHRASE_HAN = 8
MAX_PHRASE_LATIN = 26
#: Concepts that show what is on the table at the end of a recipe, and those that only season it.
_DISHES = frozenset({
    "shortcake", "birthday_cake", "cupcake", "pie", "bread", "pizza", "cooked_rice", "curry_rice",
    "steaming_bowl", "spaghetti", "dumpling", "pancakes", "green_salad", "sandwich", "hamburger",
    "moon_cake", "sushi", "cookie", "waffle", "rice_ball", "taco", "burrito", "croissant", "bagel",
    "baguette_bread", "flatbread", "ice_cream", "doughnut", "custard", "falafel", "french_fries",
})  # fmt: skip
_SEASONINGS = frozenset({
    "salt", "pouring_liquid", "droplet", "butter", "candy", "garlic", "ginger_root", "onion",
    "herb", "hot_pepper", "sake",
})  # fmt: skip
_VESSELS = frozenset({"pot_of_food", "cooking", "bowl_with_spoon", "fork_and_knife_with_plate"})
_NAMES = (EntityKind.LANDMARK, EntityKind.EVENT)
_SUBLINE_KINDS = (
    EntityKind.PLACE,
    EntityKind.COUNTRY,
    EntityKind.PERSON,
    EntityKind.DATE,
    EntityKind.EVENT,
    EntityKind.ORGANIZATION,
)


def make_title(reading: Reading) -> str:
    """Return the title: a heading, the short text itself, the main name or subject, or first words."""
    first = tidy(reading.sentences[0].text)
    heading = first.rstrip("。.！!：:")
    lone = len(reading.sentences) > 1 and not re.search(r"[。.!?！？]$", first)
    if lone and width(heading) <= MAX_TITLE_WIDTH and not re.match(r"^\d", heading):
        return _capital(heading)
    bare = strip_command(first).rstrip("。.！!，, ")
    room = MAX_PHRASE_HAN if reading.language is Language.CHINESE else MAX_PHRASE_LATIN
    if len(reading.sentences) == 1 and len(bare) <= room:
        return _capital(bare)
    for candidate in _candidates(reading, bare):
        if candidate and width(candidate) <= 1.6 * MAX_TITLE_WIDTH:
            return _capital(tidy(candidate))
    return _capital(_shortened(bare))


def _candidates(reading: Reading, bare: str) -> Iterator[str | None]:
    """Yield what might be the title, the best first."""
    yield _main_name(reading)
    yield _opening_name(reading)
    if all(sentence.branch is Branch.SOUND for sentence in reading.sentences):
        clause = re.split(r"[，,。.；;：:！!？?]", bare)[0]
        yield clause if width(clause) <= MAX_TITLE_WIDTH else None
    yield _dish(reading)
    yield _main_subject(reading)
    yield _keyword(reading)


def make_subline(reading: Reading, title: str) -> str:
    """Return up to three pieces of key information beside the title, joined by a dot; "" for none."""
    picked: list[str] = []
    for kind in _SUBLINE_KINDS:
        for entity in reading.entities:
            text = tidy(entity.text)
            inside = text in title or title in text or any(text in other or other in text for other in picked)
            if entity.kind is kind and not inside and width(text) < 0.3 and _fits(entity):
                picked.append(text)
                break
    ordered = sorted(picked[:3], key=reading.text.find)
    line = " · ".join(ordered)
    return line if width(line) <= 0.6 else ordered[0] if ordered else ""


def _fits(entity: Entity) -> bool:
    if entity.kind is EntityKind.DATE:
        return entity.normal is not None and bool(re.search(r"\d{4}", entity.normal))
    return True


def _main_name(reading: Reading) -> str | None:
    """The landmark, event or person that the text is about: named first, as its hero, or more than once."""
    first = reading.sentences[0]
    heroes = {reading.subjects[indices[0]].text for indices in reading.sentence_subjects[:1] if indices}
    scores: Counter[str] = Counter()
    for entity in reading.entities:
        if entity.kind in _NAMES or entity.kind is EntityKind.PERSON:
            scores[entity.text] += 2
    for text in scores:
        opening = first.text.find(text)
        person = any(e.text == text and e.kind is EntityKind.PERSON for e in reading.entities)
        scores[text] += (1 if person else 2) * (opening >= 0) + 3 * (text in heroes) - person
    named = [text for text, score in scores.items() if score >= 4]
    return max(named, key=lambda text: (scores[text], -reading.text.find(text)), default=None)


def _opening_name(reading: Reading) -> str | None:
    """The place, country or organization that the text begins with."""
    start = reading.sentences[0].start
    room = 0 if reading.language is Language.CHINESE else 4  # "The " may stand before an English name
    kinds = {EntityKind.PLACE, EntityKind.COUNTRY, EntityKind.ORGANIZATION}
    return next((e.text for e in reading.entities if e.kind in kinds and e.start - start <= room), None)


def _main_subject(reading: Reading) -> str | None:
    """The subject that most sentences are about; in a tie the first."""
    scores: Counter[int] = Counter()
    first = reading.sentences[0]
    opening = [e.text for e in reading.entities if e.kind is EntityKind.PLACE and e.end <= first.end]
    for order, indices in enumerate(reading.sentence_subjects):
        for rank, index in enumerate(indices):
            if reading.subjects[index].score >= 0.6:
                scores[index] += (10 if rank == 0 else 4) + (3 if order == 0 else 0)
    if not scores:
        return None
    index = max(sorted(scores), key=lambda item: scores[item])
    subject = reading.subjects[index]
    return opening[0] if opening and subject.concept in SCENERY else subject.text


def _dish(reading: Reading) -> str | None:
    """What is cooked: the last dish that a recipe names, else its first ingredient that is no seasoning."""
    cooking = sum(setting.place is Place.KITCHEN for setting in reading.settings)
    if 2 * cooking < len(reading.settings):
        return None
    dishes = [subject.text for subject in reading.subjects if _is_dish(subject)]
    opening = [reading.subjects[index].text for index in reading.sentence_subjects[0]]
    dishes += [text for text in opening if text in dishes]
    food = [s.text for s in reading.subjects if s.kind == "food" and s.concept not in _SEASONINGS | _VESSELS]
    return dishes[-1] if dishes else food[0] if food else None


def _is_dish(subject: Subject) -> bool:
    return subject.concept in _DISHES or bool(
        re.search(r"(?:soup|stew|curry|porridge|汤|粥|羹)$", subject.text)
    )


def _keyword(reading: Reading) -> str | None:
    """The first keyword that is more than a time or a number."""
    bare = {e.text for e in reading.entities if e.kind in {EntityKind.DATE, EntityKind.QUANTITY}}
    return next((word for word in reading.keywords if word not in bare), None)


def _shortened(text: str) -> str:
    pieces = split_caption(text) or (text,)
    first = trim(re.split(r"[，,。.；;：:！!？?]", pieces[0])[0]) or pieces[0]
    if width(first) <= MAX_TITLE_WIDTH:
        return first
    limit = next(i for i in range(1, len(first) + 1) if width(first[:i]) > MAX_TITLE_WIDTH)
    blank = first.rfind(" ", 0, limit)
    return first[: blank if blank > 8 else limit - 1].rstrip()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:] if text[:1].isascii() else text


def is_short(reading: Reading) -> bool:
    """Whether the text is one short phrase that is to be unfolded."""
    limit = 0.55 if reading.language is Language.CHINESE else 0.75
    return len(reading.sentences) == 1 and width(tidy(reading.sentences[0].text)) <= limit
