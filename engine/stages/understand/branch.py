"""Does a sentence show something? A scored decision with stated features.

The score is a logistic function of the features below; the weights stand in data/branch.toml and were
fitted on the labelled sentences of the development set (tests/evaluation/understanding).
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.contract.storyboard import Branch, EntityKind, Language
from engine.stages.understand.found import SentenceSubjects
from engine.stages.understand.gazetteer import DATA
from engine.stages.understand.nouns import VerbTable
from engine.stages.understand.words import Mention, ParsedSentence

_GENERIC_EN = frozenset(
    {
        "we",
        "you",
        "i",
        "us",
        "one",
        "everyone",
        "people",
        "anyone",
        "life",
        "nobody",
        "something",
        "nothing",
        "everything",
        "should",
        "must",
        "may",
        "might",
        "would",
        "could",
        "never",
        "always",
    }
)
_GENERIC_ZH = re.compile(
    r"我们|你|您|咱们|人生|每个人|任何人|应该|必须|可能|也许|只有|才能|如果|因为|所以|虽然|无论|不仅|往往|总是|从来|一种|所谓|其实"
)
_SIGHTS = frozenset({EntityKind.LANDMARK, EntityKind.SCENE})
_PLACES = frozenset({EntityKind.PLACE, EntityKind.COUNTRY})
#: What each feature says to a person when it decides.
_REASONS = {
    "things": "it names things that can be drawn",
    "hero": "it is about a thing that can be drawn",
    "named_sight": "it names a sight",
    "people": "it names people",
    "seen_verbs": "something happens that can be seen",
    "unseen_verbs": "its verbs are of mind or being",
    "setting": "it tells where, when or in what weather it plays",
    "abstract_share": "its nouns are abstract",
    "measures": "it gives a measure",
    "places": "it names a place",
    "generic": "it speaks in general",
    "question": "it asks",
    "quote": "it reports words",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchDecision:
    """The branch of a sentence and its reason."""

    branch: Branch
    #: Probability that the sentence shows something, 0 to 1.
    probability: float
    #: The reason, for a person.
    why: str


class BranchJudge:
    """Scores sentences."""

    def __init__(self, tables: Mapping[str, Any], verbs: VerbTable) -> None:
        self._bias = float(tables["bias"])
        self._weights: dict[str, float] = dict(tables["weight"])
        self._verbs = verbs

    @classmethod
    def load(cls, verbs: VerbTable) -> BranchJudge:
        """Read the weights."""
        return cls(tomllib.loads((DATA / "branch.toml").read_text(encoding="utf-8")), verbs)

    def decide(
        self,
        sentence: ParsedSentence,
        subjects: SentenceSubjects,
        mentions: Sequence[Mention],
        setting: float,
    ) -> BranchDecision:
        """Judge one sentence; ``setting`` is the number of cue words for its setting."""
        features = self.features(sentence, subjects, mentions, setting)
        parts = {name: self._weights[name] * value for name, value in features.items() if value}
        score = self._bias + sum(parts.values())
        probability = 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))
        branch = Branch.PICTURE if probability >= 0.5 else Branch.SOUND
        return BranchDecision(
            branch=branch, probability=round(probability, 3), why=_reason(branch, parts, subjects)
        )

    def features(
        self,
        sentence: ParsedSentence,
        subjects: SentenceSubjects,
        mentions: Sequence[Mention],
        setting: float,
    ) -> dict[str, float]:
        """Return the features of one sentence, each about 0 to 2."""
        kinds = [mention.kind for mention in mentions]
        drawn = [
            item
            for item in subjects.found
            if item.subject.concept is not None or item.subject.kind != "object"
        ]
        return {
            "things": min(2.0, sum(max(0.4, item.subject.score) for item in drawn)),
            "hero": float(any(item.weight >= 2.0 for item in drawn)),
            "named_sight": min(1.0, float(sum(kind in _SIGHTS for kind in kinds))),
            "people": min(1.0, float(sum(kind in {EntityKind.PEOPLE, EntityKind.PERSON} for kind in kinds))),
            "seen_verbs": min(2.0, float(self._verb_count(sentence, seen=True))),
            "unseen_verbs": min(2.0, float(self._verb_count(sentence, seen=False))),
            "setting": min(3.0, setting),
            "abstract_share": subjects.abstract / max(1, subjects.nouns),
            "measures": float(
                any(m.measure is not None and m.measure.unit not in {"", "%"} for m in mentions)
            ),
            "places": float(any(kind in _PLACES for kind in kinds)),
            "generic": min(2.0, float(_generic(sentence))),
            "question": float(sentence.text.rstrip("\"'”’」』)）").endswith(("?", "？"))),
            "quote": float(any(mark in sentence.text for mark in '“「『"')),
        }

    def _verb_count(self, sentence: ParsedSentence, *, seen: bool) -> int:
        language = sentence.language
        verbs = [word.lemma for word in sentence.words if word.pos == "VERB"]
        if seen:
            return sum(self._verbs.can_be_seen(verb, language) for verb in verbs)
        return sum(verb in self._verbs.unseen[language] for verb in verbs)


def _generic(sentence: ParsedSentence) -> int:
    if sentence.language is Language.CHINESE:
        return len(_GENERIC_ZH.findall(sentence.text))
    return sum(word.lemma in _GENERIC_EN for word in sentence.words)


def _reason(branch: Branch, parts: Mapping[str, float], subjects: SentenceSubjects) -> str:
    sign = 1.0 if branch is Branch.PICTURE else -1.0
    names = [name for name in sorted(parts, key=lambda name: -sign * parts[name]) if sign * parts[name] > 0][
        :2
    ]
    reasons = [_REASONS[name] for name in names]
    shown = [item.subject.text for item in subjects.found[:3] if item.subject.concept is not None]
    if branch is Branch.PICTURE:
        text = " and ".join(reasons) or "its words can be shown"
        return f"{text} ({', '.join(shown)})" if shown else text
    return " and ".join(reasons) or "it names nothing that can be drawn"
