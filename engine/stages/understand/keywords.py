"""The most telling words of a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from engine.contract.storyboard import EntityKind, Language
from engine.stages.understand.words import Mention, ParsedSentence

#: At most so many keywords.
MAX_KEYWORDS = 12
_KIND_WEIGHT = {
    EntityKind.LANDMARK: 3.0,
    EntityKind.EVENT: 2.6,
    EntityKind.PERSON: 2.4,
    EntityKind.SCENE: 2.2,
    EntityKind.PLACE: 2.0,
    EntityKind.COUNTRY: 1.8,
    EntityKind.ORGANIZATION: 1.8,
    EntityKind.PEOPLE: 1.5,
    EntityKind.OBJECT: 1.5,
    EntityKind.DATE: 1.2,
    EntityKind.QUANTITY: 1.0,
}
_STOP = frozenset(
    [
        "thing",
        "way",
        "lot",
        "kind",
        "one",
        "time",
        "day",
        "year",
        "part",
        "people",
        "something",
        "someone",
        "anything",
        "place",
        "number",
        "step",
        "minute",
        "人",
        "时候",
        "东西",
        "时间",
        "地方",
        "一",
        "事",
        "年",
        "中",
        "之一",
        "方面",
        "情况",
        "问题",
        "一种",
    ]
)


def find_keywords(
    text: str, sentences: Sequence[ParsedSentence], mentions: Sequence[Mention]
) -> tuple[str, ...]:
    """Return the most telling words first: named things, then frequent and early nouns."""
    scores: defaultdict[str, float] = defaultdict(float)
    for mention in mentions:
        early = 1.0 - 0.5 * mention.start / max(1, len(text))
        scores[text[mention.start : mention.end]] += _KIND_WEIGHT[mention.kind] * early
    for sentence in sentences:
        for word in sentence.words:
            long_enough = len(word.text) > (1 if sentence.language is Language.CHINESE else 2)
            inside = any(mention.start < word.end and word.start < mention.end for mention in mentions)
            if (
                word.is_noun
                and long_enough
                and not inside
                and word.lemma not in _STOP
                and word.text[0].isalpha()
            ):
                scores[word.text if sentence.language is Language.CHINESE else word.lemma] += 0.6
    ranked = sorted(scores.items(), key=lambda item: (-item[1], text.find(item[0])))
    return tuple(word for word, _ in ranked[:MAX_KEYWORDS])
