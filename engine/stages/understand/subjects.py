"""What every sentence shows: nouns mapped to concepts, pronouns to what they stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from engine.contract.storyboard import Action, EntityKind, Language, Role, Subject
from engine.stages.understand.concepts import NO_MATCH, ConceptIndex, ConceptMatch
from engine.stages.understand.found import (
    SOMEBODY,
    Found,
    SentenceSubjects,
    again,
    antecedent,
    fitting,
    merged_names,
    named_again,
    ranked,
    without_predicates,
)
from engine.stages.understand.gazetteer import Entry, Gazetteer
from engine.stages.understand.nouns import Noun, VerbTable, nouns_of
from engine.stages.understand.people import PeopleTable, PeopleWord
from engine.stages.understand.words import Mention, ParsedSentence

#: What shows a named landscape, by the setting that it is.
_LANDSCAPES = {
    "sea": "water_wave",
    "river": "water_wave",
    "desert": "desert",
    "forest": "evergreen_tree",
    "polar": "snow_capped_mountain",
    "mountains": "mountain",
    "coast": "desert_island",
}
#: Concept of a ruler, and what marks one's name.
_CROWNED = "person_with_crown"
_RULER = re.compile(
    r"\b(?:King|Queen|Emperor|Empress|Tsar|Pharaoh|Sultan|Prince|Princess|Kaiser|Shah)\b|秦始皇|[皇帝王宗祖]$|皇帝|大帝|女王|太后|武则天"
)
_NOT_DRAWN = frozenset({EntityKind.DATE, EntityKind.QUANTITY, EntityKind.COUNTRY, EntityKind.ORGANIZATION})


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
                back = antecedent(noun.lemmas[0], memory)
                if back is not None:
                    found.append(again(back, noun))
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
        found = without_predicates(merged_names(found), named=_is_about_a_place(nouns, mentions))
        if sentence.language is Language.CHINESE and not found:
            found += self._elided(sentence, nouns, memory)
        plain_nouns = sum(not noun.pronoun for noun in nouns)
        return SentenceSubjects(found=ranked(found), abstract=abstract, nouns=plain_nouns)

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
        }:
            return self._named(plain, noun, mention, language)
        back = named_again(noun, memory)
        if back is not None:
            return again(back, noun)
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
        return _found(noun, match, action=noun.action, person=self._concepts.is_person(match.concept))

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
            shown = _CROWNED if _RULER.search(name) else SOMEBODY
            match = self._concepts.given(shown, 0.6, f"“{name}” is a person")
            return _found(noun, replace(match, kind="person"), action=noun.action, person=True, text=name)
        entry = self._gazetteer.lookup(name, language) or self._gazetteer.lookup(name, _other(language))
        if entry is None and mention.kind is EntityKind.EVENT:
            return self._event(name, noun, language)
        if entry is None:
            return self._unknown_name(name, noun, mention, language)
        return self._entry(name, noun, entry)

    def _entry(self, name: str, noun: Noun, entry: Entry) -> Found | None:
        if entry.kind is EntityKind.PLACE and entry.subkind != "heavenly":
            return self._landscape(name, noun, entry)
        if entry.english == "Earth" and noun.weight < 1.5:
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

    def _landscape(self, name: str, noun: Noun, entry: Entry) -> Found | None:
        """A named sea, desert or forest is shown by its like; a city is only a setting."""
        if noun.weight < 1.5 or entry.subkind in {
            "city",
            "state",
            "province",
            "country",
            "continent",
            "district",
        }:
            return None
        match = self._concepts.given(
            _LANDSCAPES.get(entry.place, ""), 0.5, f"“{name}” is a {entry.subkind} of that kind"
        )
        return _found(noun, match, action=Action.STAND, person=False, text=name) if match.concept else None

    def _event(self, name: str, noun: Noun, language: Language) -> Found | None:
        """An event by the known event in its name ("2022 World Cup"), else by what happens ("Great Fire")."""
        for hit in self._gazetteer.find(name, 0, len(name), language):
            if hit.entry.concept:
                return self._entry(name, noun, hit.entry)
        words = name.lower().split() if language is Language.ENGLISH else [name]
        for word in words:
            match = self._concepts.match(word, language, lemmas=(word,))
            if match.score >= 0.6:
                return _found(noun, match, action=Action.STAND, person=False, text=name)
        return None

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


def _is_about_a_place(nouns: Sequence[Noun], mentions: Sequence[Mention]) -> bool:
    """Whether the subject of the sentence is a place, country or organization, which is no thing to draw."""
    names = [
        mention for mention in mentions if mention.kind in _NOT_DRAWN or mention.kind is EntityKind.PLACE
    ]
    return any(
        noun.weight >= 2.5 and any(m.start < noun.end and noun.start < m.end for m in names) for noun in nouns
    )


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
        action=fitting(action, match.kind),
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
