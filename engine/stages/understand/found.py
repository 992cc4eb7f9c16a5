"""Subjects that were found: told apart, recognised again, ranked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from engine.contract.storyboard import Action, Role, Subject
from engine.stages.understand.nouns import Noun

#: At most so many subjects of one sentence are kept.
MAX_SUBJECTS = 4
#: Concept of a person of whom nothing more is known.
SOMEBODY = "person_standing"
#: A sentence is about what has at least this weight.
_HERO_WEIGHT = 1.8
#: Kinds that move by themselves; other things only do what happens to things.
_ALIVE = frozenset({"person", "animal", "bird", "fish", "vehicle", "boat", "aircraft"})
_OF_THINGS = frozenset(
    {Action.SPIN, Action.RISE, Action.FALL, Action.FLOAT, Action.SHAKE, Action.FLY, Action.SWAY}
)
_FIXED = frozenset({"tower", "building", "bridge", "mountain"})
_PLURAL_PRONOUNS = frozenset({"they", "它们", "他们", "她们"})
_PERSON_PRONOUNS = frozenset({"he", "she", "他", "她", "他们", "她们"})
#: Nouns that only point back: "the tower" after the Eiffel Tower, 这座塔 after 巴黎铁塔.
_BACK_WORDS = frozenset(
    {"building", "structure", "animal", "creature", "landmark", "place", "建筑", "动物", "地方", "景点"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A subject of one sentence."""

    subject: Subject
    #: How much the sentence is about it.
    weight: float
    start: int
    end: int
    #: Whether a person (or people) is meant.
    person: bool
    #: Base form of its head, to recognise it again.
    head: str
    #: Setting that it stands in (a value of Place), "" when unknown.
    place: str = ""
    #: Whether the sentence only says that its subject is such a thing.
    predicate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceSubjects:
    """The subjects of a sentence, the hero first."""

    found: tuple[Found, ...]
    #: Nouns that name nothing to see.
    abstract: int
    #: Nouns of the sentence, pronouns left out.
    nouns: int


def merged_names(found: Sequence[Found]) -> list[Found]:
    """Make one of a role and the name beside it: 设计师埃菲尔, "the engineer Gustave Eiffel"."""
    merged: list[Found] = []
    for item in sorted(found, key=lambda item: item.start):
        before = merged[-1] if merged else None
        beside = before is not None and 0 <= item.start - before.end <= 1
        if (
            before is not None
            and beside
            and before.person
            and item.subject.concept == SOMEBODY
            and before.subject.count == 1
        ):
            subject = replace(before.subject, text=item.subject.text)
            merged[-1] = replace(
                before, subject=subject, end=item.end, weight=max(before.weight, item.weight)
            )
        else:
            merged.append(item)
    return merged


def without_predicates(found: Sequence[Found], *, named: bool = False) -> list[Found]:
    """Leave out what a sentence only says of its subject: "is a landmark", 是标志性建筑.

    ``named`` says that its subject is a name that is not drawn.
    """
    if not named and not any(item.weight >= _HERO_WEIGHT for item in found):
        return list(found)
    return [item for item in found if not item.predicate]


def fitting(action: Action, kind: str) -> Action:
    """What a thing of ``kind`` can do of ``action``: buildings stand, food does not walk."""
    if kind in _FIXED:
        return Action.SHAKE if action is Action.SHAKE else Action.STAND
    return action if kind in _ALIVE or action in _OF_THINGS else Action.STAND


def again(back: Found, noun: Noun) -> Found:
    """Return what was found before, with the part that it plays in this sentence."""
    action = noun.action if noun.action is not Action.STAND else back.subject.action
    subject = replace(back.subject, action=fitting(action, back.subject.kind))
    return replace(
        back, subject=subject, weight=noun.weight, start=noun.start, end=noun.end, predicate=noun.predicate
    )


def antecedent(pronoun: str, memory: Sequence[Found]) -> Found | None:
    """What a pronoun stands for: the last suitable hero."""
    wants_person = pronoun in _PERSON_PRONOUNS
    plural = pronoun in _PLURAL_PRONOUNS
    fitting = [item for item in memory if item.person == wants_person or pronoun in {"they", "this", "其"}]
    if plural:
        many = [item for item in fitting if item.subject.count > 1]
        fitting = many or fitting
    if pronoun in {"他", "她", "he", "she"} and not fitting:
        fitting = [item for item in memory if item.subject.kind in {"animal", "bird"}]
    heroes = [item for item in fitting[-4:] if item.weight >= 1.8]
    return (heroes or fitting)[-1] if fitting else None


def named_again(noun: Noun, memory: Sequence[Found]) -> Found | None:
    """A shorter name of something named before: 铁塔 for 巴黎铁塔, "the tower" for the Eiffel Tower."""
    head = noun.lemmas[-1]
    for item in reversed(memory):
        name = item.subject.text.lower()
        if item.subject.kind in {"tower", "building", "bridge", "mountain"} and len(noun.lemmas) == 1:
            if (name.endswith(head) and name != head and len(head) > 1) or head in _BACK_WORDS:
                return item
            if head in {
                "塔",
                "桥",
                "山",
                "城墙",
                "城堡",
                "大桥",
                "tower",
                "bridge",
                "castle",
            } and name.endswith(head):
                return item
    return None


def identity(subject: Subject) -> tuple[str | None, str]:
    """Return what makes two subjects the same: the concept, and the name where that says little."""
    named = subject.concept is None or subject.concept == SOMEBODY
    return (subject.concept, subject.text.lower() if named else "")


def ranked(found: Iterable[Found]) -> tuple[Found, ...]:
    """Return the strongest subjects once each, the hero first."""
    best: dict[tuple[str | None, str], Found] = {}
    for item in found:
        key = identity(item.subject)
        if key not in best or best[key].weight < item.weight:
            best[key] = item
    ranked = sorted(best.values(), key=lambda item: (-item.weight, item.start))[:MAX_SUBJECTS]
    return tuple(
        replace(item, subject=replace(item.subject, role=Role.HERO if index == 0 else Role.SECONDARY))
        for index, item in enumerate(ranked)
    )
