"""What every sentence shows: nouns mapped to concepts, pronouns to what they stand for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from engine.contract.storyboard import Action, EntityKind, Language, Role, Subject
from engine.stages.understand.concepts import NO_MATCH, ConceptIndex, ConceptMatch
from engine.stages.understand.gazetteer import Entry, Gazetteer
from engine.stages.understand.nouns import Noun, VerbTable, nouns_of
from engine.stages.understand.people import PeopleTable, PeopleWord
from engine.stages.understand.words import Mention, ParsedSentence

#: At most so many subjects of one sentence are kept.
MAX_SUBJECTS = 4
#: Kinds of entities that are not drawn as things.
#: Concept of a person of whom nothing more is known.
_SOMEBODY = "person_standing"
#: A sentence is about what has at least this weight.
_HERO_WEIGHT = 1.8
#: Kinds that move by themselves; other things only do what happens to things.
_ALIVE = frozenset({"person", "animal", "bird", "fish", "vehicle", "boat", "aircraft"})
_OF_THINGS = frozenset(
    {Action.SPIN, Action.RISE, Action.FALL, Action.FLOAT, Action.SHAKE, Action.FLY, Action.SWAY}
)
_FIXED = frozenset({"tower", "building", "bridge", "mountain"})
_NOT_DRAWN = frozenset({EntityKind.DATE, EntityKind.QUANTITY, EntityKind.COUNTRY, EntityKind.ORGANIZATION})
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


class SubjectFinder:
    """Finds the subjects of sentences, one after the other."""

    def __init__(
        self, concepts: ConceptIndex, gazetteer: Gazetteer, people: PeopleTable, verbs: VerbTable
    ) -> None:
        self._concepts = concepts
        self._gazetteer = gazetteer
        self._people = people
        self._verbs = verbs

    def read(
        self, plain: str, sentences: Sequence[ParsedSentence], mentions: Sequence[Sequence[Mention]]
    ) -> list[SentenceSubjects]:
        """Return the subjects of every sentence; what was named before is recognised again."""
        memory: list[Found] = []
        result: list[SentenceSubjects] = []
        for sentence, named in zip(sentences, mentions, strict=True):
            subjects = self._sentence(plain, sentence, named, memory)
            fresh = sorted(subjects.found, key=lambda found: found.weight)
            memory = [*memory, *fresh][-12:]
            result.append(subjects)
        return result

    def _sentence(
        self, plain: str, sentence: ParsedSentence, mentions: Sequence[Mention], memory: Sequence[Found]
    ) -> SentenceSubjects:
        nouns = nouns_of(sentence, self._verbs)
        found: list[Found] = []
        abstract = 0
        for noun in nouns:
            if noun.pronoun:
                back = _antecedent(noun.lemmas[0], memory)
                if back is not None:
                    found.append(_again(back, noun))
                continue
            mention = next((m for m in mentions if m.start < noun.end and noun.start < m.end), None)
            if mention is not None and mention.kind in _NOT_DRAWN:
                continue
            thing = self._thing(plain, sentence, noun, mention, memory)
            if thing is not None:
                found.append(thing)
            elif self._concepts.is_abstract(noun.text.lower(), sentence.language, lemmas=noun.lemmas):
                abstract += 1
        found += self._left_over(plain, sentence, mentions, found)
        found = _without_predicates(_merged_names(found))
        if sentence.language is Language.CHINESE and not any(item.weight >= 2.0 for item in found):
            found += self._elided(sentence, nouns, memory)
        plain_nouns = sum(not noun.pronoun for noun in nouns)
        return SentenceSubjects(found=_ranked(found), abstract=abstract, nouns=plain_nouns)

    def _thing(
        self,
        plain: str,
        sentence: ParsedSentence,
        noun: Noun,
        mention: Mention | None,
        memory: Sequence[Found],
    ) -> Found | None:
        language = sentence.language
        if mention is not None and mention.kind in {
            EntityKind.LANDMARK,
            EntityKind.PLACE,
            EntityKind.EVENT,
            EntityKind.PERSON,
            EntityKind.SCENE,
        }:
            return self._named(plain, noun, mention, language)
        back = _named_again(noun, memory)
        if back is not None:
            return _again(back, noun)
        role = self._role(noun, language)
        if role is not None:
            match = self._concepts.given(
                role.concept, 0.85, f"“{noun.text}” are people shown by {role.concept}"
            )
            action = noun.action if noun.action is not Action.STAND else role.action
            return _found(noun, replace(match, kind="person"), action=action, person=True)
        colour = noun.colour if language is Language.ENGLISH else None
        match = self._concepts.match(
            plain[noun.start : noun.end],
            language,
            lemmas=noun.lemmas if language is Language.ENGLISH else (),
            colour=colour,
        )
        if match.concept is None:
            return None
        return _found(noun, match, action=noun.action, person=match.kind == "person")

    def _role(self, noun: Noun, language: Language) -> PeopleWord | None:
        """The role that a noun names; a word that names a concept is no role by its mere ending."""
        head, last_two = noun.lemmas[-1], " ".join(noun.lemmas[-2:])
        found = self._people.listed(head, language) or self._people.listed(last_two, language)
        if found is not None or self._concepts.names(head, language):
            return found
        return self._people.role(head, language)

    def _named(self, plain: str, noun: Noun, mention: Mention, language: Language) -> Found | None:
        name = plain[mention.start : mention.end]
        if mention.kind is EntityKind.PERSON:
            match = self._concepts.given(_SOMEBODY, 0.6, f"“{name}” is a person")
            return _found(noun, replace(match, kind="person"), action=noun.action, person=True, text=name)
        entry = self._gazetteer.lookup(name, language) or self._gazetteer.lookup(name, _other(language))
        if entry is None:
            return self._unknown_name(name, noun, mention, language)
        return self._entry(name, noun, entry)

    def _entry(self, name: str, noun: Noun, entry: Entry) -> Found | None:
        if entry.kind is EntityKind.PLACE and entry.subkind != "heavenly":
            return None
        if entry.subkind == "heavenly":
            match = self._concepts.match(entry.english, Language.ENGLISH, lemmas=(entry.english.lower(),))
            if match.concept is None:
                match = self._concepts.given("ringed_planet", 0.5, f"“{name}” is a heavenly body")
            return _found(noun, match, action=noun.action, person=False, text=name, place="space")
        match = self._concepts.given(
            entry.concept, entry.score, f"“{name}” is a {entry.subkind} shown by {entry.concept}"
        )
        if match.concept is None:
            match = replace(
                NO_MATCH, why=f"“{name}” is a {entry.subkind} that no concept shows", kind=entry.draw
            )
        if entry.draw != "object":
            match = replace(match, kind=entry.draw)
        if entry.kind is EntityKind.EVENT and match.concept is None:
            return None
        return _found(noun, match, action=Action.STAND, person=False, text=name, place=entry.place)

    def _unknown_name(self, name: str, noun: Noun, mention: Mention, language: Language) -> Found | None:
        if mention.kind is not EntityKind.LANDMARK:
            return None
        lemmas = tuple(name.lower().split()) if language is Language.ENGLISH else ()
        match = self._concepts.match(name, language, lemmas=lemmas)
        match = replace(
            match, kind="building" if match.concept is None else match.kind, score=min(match.score, 0.7)
        )
        return _found(noun, match, action=Action.STAND, person=False, text=name)

    def _left_over(
        self, plain: str, sentence: ParsedSentence, mentions: Sequence[Mention], found: Sequence[Found]
    ) -> list[Found]:
        """Landmarks and people that no noun phrase covered, because the parse went astray."""
        added: list[Found] = []
        for mention in mentions:
            covered = any(item.start < mention.end and mention.start < item.end for item in found)
            if covered or mention.kind not in {EntityKind.LANDMARK, EntityKind.PEOPLE, EntityKind.EVENT}:
                continue
            text = plain[mention.start : mention.end]
            noun = Noun(
                text=text,
                start=mention.start,
                end=mention.end,
                lemmas=(text.lower(),),
                weight=1.0,
                count=1,
                colour=None,
                action=Action.STAND,
            )
            thing = self._thing(plain, sentence, noun, mention, ())
            if thing is not None:
                added.append(thing)
        return added

    def _elided(
        self, sentence: ParsedSentence, nouns: Sequence[Noun], memory: Sequence[Found]
    ) -> list[Found]:
        """A Chinese sentence that begins with its verb goes on about the hero of the one before."""
        words = sentence.words
        first = next(
            (
                word
                for word in words
                if word.pos not in {"ADV", "PUNCT", "CCONJ", "PART"} and word.tag not in {"TIME", "t"}
            ),
            None,
        )
        if first is None or not memory or any(noun.weight >= 3.0 for noun in nouns):
            return []
        if first.pos not in {"VERB", "ADJ"} and first.tag != "p":
            return []
        hero = memory[-1]
        action = next(
            (
                a
                for a in (
                    self._verbs.action(word.lemma, Language.CHINESE) for word in words if word.pos == "VERB"
                )
                if a is not Action.STAND
            ),
            Action.STAND,
        )
        return [replace(hero, weight=1.9, subject=replace(hero.subject, action=action))]


def _merged_names(found: Sequence[Found]) -> list[Found]:
    """Make one of a role and the name beside it: 设计师埃菲尔, "the engineer Gustave Eiffel"."""
    merged: list[Found] = []
    for item in sorted(found, key=lambda item: item.start):
        before = merged[-1] if merged else None
        beside = before is not None and 0 <= item.start - before.end <= 1
        if (
            before is not None
            and beside
            and before.person
            and item.subject.concept == _SOMEBODY
            and before.subject.count == 1
        ):
            subject = replace(before.subject, text=item.subject.text)
            merged[-1] = replace(
                before, subject=subject, end=item.end, weight=max(before.weight, item.weight)
            )
        else:
            merged.append(item)
    return merged


def _without_predicates(found: Sequence[Found]) -> list[Found]:
    """Leave out what a sentence only says of its subject: "is a landmark", 是标志性建筑."""
    if not any(item.weight >= _HERO_WEIGHT for item in found):
        return list(found)
    return [item for item in found if not item.predicate]


def _other(language: Language) -> Language:
    return Language.ENGLISH if language is Language.CHINESE else Language.CHINESE


def _found(
    noun: Noun, match: ConceptMatch, *, action: Action, person: bool, text: str | None = None, place: str = ""
) -> Found:
    subject = Subject(
        text=text or noun.text,
        concept=match.concept,
        score=round(match.score, 3),
        why=match.why,
        kind=match.kind,
        count=noun.count,
        colour=noun.colour,
        action=_fitting(action, match.kind),
        role=Role.HERO,
    )
    return Found(
        subject=subject,
        weight=noun.weight * (0.85 + 0.15 * match.score),
        start=noun.start,
        end=noun.end,
        person=person,
        head=noun.lemmas[-1],
        place=place,
        predicate=noun.predicate,
    )


def _fitting(action: Action, kind: str) -> Action:
    """What a thing of ``kind`` can do of ``action``: buildings stand, food does not walk."""
    if kind in _FIXED:
        return Action.SHAKE if action is Action.SHAKE else Action.STAND
    return action if kind in _ALIVE or action in _OF_THINGS else Action.STAND


def _again(back: Found, noun: Noun) -> Found:
    action = noun.action if noun.action is not Action.STAND else back.subject.action
    subject = replace(back.subject, action=_fitting(action, back.subject.kind))
    return replace(
        back, subject=subject, weight=noun.weight, start=noun.start, end=noun.end, predicate=noun.predicate
    )


def _antecedent(pronoun: str, memory: Sequence[Found]) -> Found | None:
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


def _named_again(noun: Noun, memory: Sequence[Found]) -> Found | None:
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
    named = subject.concept is None or subject.concept == _SOMEBODY
    return (subject.concept, subject.text.lower() if named else "")


def _ranked(found: Iterable[Found]) -> tuple[Found, ...]:
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
