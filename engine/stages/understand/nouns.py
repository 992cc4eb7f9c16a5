"""Nouns that a picture may show, with their part in the sentence: who acts, how many, which colour."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.contract.storyboard import Action, Language
from engine.stages.understand.gazetteer import DATA
from engine.stages.understand.measures import ZH_COUNTERS
from engine.stages.understand.numerals import chinese_number, english_number
from engine.stages.understand.words import ParsedSentence, Word

#: More of one kind than this are not drawn.
MAX_COUNT = 5
#: How many are drawn of "tourists" or 游客们, where the text gives no number.
_SOME = 3
_ZH_CLAUSE = frozenset("，。；！？：、,;!?")
_TABLES = tomllib.loads((DATA / "nouns.toml").read_text(encoding="utf-8"))
_COLOURS_EN: dict[str, str] = _TABLES["colours"]["en"]
_COLOURS_ZH: dict[str, str] = _TABLES["colours"]["zh"]
#: Weight of a noun by its dependency: what the sentence is about comes first.
_WEIGHTS: dict[str, float] = _TABLES["weights"]
_EN_MANY = frozenset(_TABLES["many"]["en"])
_ZH_MANY = frozenset(_TABLES["many"]["zh"])
#: Weight of a Chinese noun by the word before it.
_ZH_WEIGHTS = (
    (frozenset({"在", "从", "到", "于", "向", "往", "朝"}), 1.0),
    (frozenset({"由", "被", "给", "用", "和", "与", "跟", "对"}), 1.3),
    (frozenset({"是", "为", "成为", "作为", "像", "如"}), 0.9),
    (frozenset({"把", "将"}), 2.5),
)
#: Nouns that only measure the thing before them: 机器人高度只有8厘米 is about the robot.
_ZH_MEASURED = frozenset(
    {"高度", "长度", "重量", "体重", "面积", "价格", "售价", "速度", "全长", "总长", "年龄", "直径"}
)
_ZH_NUMERALS = frozenset("0123456789一二两三四五六七八九十百千万亿")
_ZH_HELPERS = frozenset(
    [
        "是",
        "有",
        "可以",
        "会",
        "能",
        "要",
        "想",
        "应",
        "应该",
        "去",
        "来",
        "在",
        "开始",
        "正",
        "让",
        "使",
        "被",
    ]
)
_PRONOUNS_EN = frozenset({"it", "they", "he", "she", "this"})
_PARTS_EN = frozenset({"nsubj", "nsubjpass", "dobj", "pobj"})
_PRONOUNS_ZH = frozenset({"它", "它们", "他", "她", "他们", "她们", "牠", "其"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """A noun phrase and its part in the sentence."""

    #: Words as written, without article, number and most adjectives.
    text: str
    start: int
    end: int
    #: Base forms, the head last; one simplified word for Chinese.
    lemmas: tuple[str, ...]
    #: How much the sentence is about it.
    weight: float
    count: int
    #: English colour word or CSS name; None when it has none.
    colour: str | None
    action: Action
    #: Whether it is a pronoun, to be replaced by what it stands for.
    pronoun: bool = False
    #: Whether it stands after "is" or 是: said of the subject, not a thing beside it.
    predicate: bool = False


class VerbTable:
    """Knows verbs: how a subject moves, what a camera can see."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self._actions: dict[Language, dict[str, Action]] = {}
        self.seen: dict[Language, frozenset[str]] = {}
        self.unseen: dict[Language, frozenset[str]] = {}
        for language in Language:
            key = language.value
            actions = {word: Action(name) for name, rows in tables["action"].items() for word in rows[key]}
            self._actions[language] = actions
            self.seen[language] = frozenset(tables["seen"][key]) | frozenset(actions)
            self.unseen[language] = frozenset(tables["unseen"][key])

    @classmethod
    def load(cls) -> VerbTable:
        """Read data/verbs.toml."""
        return cls(tomllib.loads((DATA / "verbs.toml").read_text(encoding="utf-8")))

    def action(self, verb: str, language: Language) -> Action:
        """Return how somebody moves who does ``verb`` (base form)."""
        actions = self._actions[language]
        found = actions.get(verb)
        if found is None and language is Language.CHINESE:
            for length in (3, 2, 1):
                found = found or (actions.get(verb[:length]) if len(verb) > length else None)
        return found or Action.STAND

    def can_be_seen(self, verb: str, language: Language) -> bool:
        """Whether a camera sees somebody do ``verb``."""
        if verb in self.seen[language]:
            return True
        return language is Language.CHINESE and self.action(verb, language) is not Action.STAND


def nouns_of(sentence: ParsedSentence, verbs: VerbTable) -> list[Noun]:
    """Return the noun phrases of a sentence in the order of the text."""
    finder = _english_nouns if sentence.language is Language.ENGLISH else _chinese_nouns
    return list(finder(sentence, verbs))


def _english_nouns(sentence: ParsedSentence, verbs: VerbTable) -> Iterator[Noun]:
    words = sentence.words
    for index, word in enumerate(words):
        if word.pos == "PRON" and word.lemma in _PRONOUNS_EN and word.dep in _PARTS_EN:
            yield Noun(
                text=word.text,
                start=word.start,
                end=word.end,
                lemmas=(word.lemma,),
                weight=_WEIGHTS[word.dep],
                count=1,
                colour=None,
                action=_english_action(words, index, verbs),
                pronoun=True,
            )
        within = word.dep in {"compound", "nmod"} or (word.dep == "amod" and word.pos == "PROPN")
        if word.is_noun and not within:
            yield _english_noun(sentence, index, verbs)


def _english_noun(sentence: ParsedSentence, index: int, verbs: VerbTable) -> Noun:
    words, word = sentence.words, sentence.words[index]
    first = index
    while first > 0 and words[first - 1].is_noun and words[first - 1].dep in {"compound", "nmod", "amod"}:
        first -= 1
    before = words[max(0, first - 3) : first]
    colours = [
        _COLOURS_EN[other.lemma] for other in before if other.head == index and other.lemma in _COLOURS_EN
    ]
    described = first > 0 and words[first - 1].pos == "ADJ" and words[first - 1].head == index
    lemmas = tuple(other.lemma for other in words[first - 1 if described else first : index + 1])
    return Noun(
        text=sentence.text[words[first].start - sentence.start : word.end - sentence.start],
        start=words[first].start,
        end=word.end,
        lemmas=lemmas,
        weight=_english_weight(words, index),
        count=_english_count(words, index, first),
        colour=colours[0] if colours else None,
        action=_english_action(words, index, verbs),
        predicate=_is_predicate(words, index),
    )


def _is_predicate(words: tuple[Word, ...], index: int) -> bool:
    """Whether a noun stands after "is", or hangs on one that does ("one of the attractions")."""
    for _ in range(4):
        if words[index].dep == "attr":
            return True
        head = words[index].head
        up = words[index].dep in {"pobj", "conj", "prep"} and words[head].dep in {"prep", "attr", "pobj"}
        if head == index or not up or words[head].lemma in {"in", "on", "at", "with"}:
            return False
        index = head
    return False


def _english_weight(words: tuple[Word, ...], index: int) -> float:
    word = words[index]
    if word.dep == "conj" and word.head != index:
        return 0.9 * _english_weight(words, word.head) if words[word.head].dep != "conj" else 1.0
    weight = _WEIGHTS.get(word.dep, 0.8)
    if word.dep in {"nsubj", "nsubjpass"} and words[word.head].dep in {"advcl", "relcl", "ccomp", "acl"}:
        weight *= 0.85
    if word.dep == "pobj" and words[word.head].lemma == "of":
        outer = words[words[word.head].head] if word.head != index else word
        if outer.lemma in {
            "group",
            "herd",
            "flock",
            "pack",
            "pair",
            "bowl",
            "cup",
            "glass",
            "piece",
            "slice",
            "crowd",
            "team",
            "lot",
            "number",
            "kind",
            "bunch",
            "basket",
            "field",
            "sea",
        }:
            return 2.2
    return weight


def _english_count(words: tuple[Word, ...], index: int, first: int) -> int:
    word = words[index]
    for other in words[max(0, first - 4) : first]:
        if other.head == index and other.pos == "NUM":
            value = english_number(other.text)
            whole = value is not None and value == int(value)
            return max(1, min(MAX_COUNT, int(value or 1))) if whole else 1
        if other.lemma in _EN_MANY:
            return MAX_COUNT
    return _SOME if word.tag in {"NNS", "NNPS"} or word.lemma in {"people", "crowd", "family", "team"} else 1


def _english_action(words: tuple[Word, ...], index: int, verbs: VerbTable) -> Action:
    """Follow the heads from a noun to the verb that it does."""
    position, steps = index, 0
    while words[position].dep == "conj" and words[position].head != position and steps < 6:
        position, steps = words[position].head, steps + 1
    governor = words[position].head
    if words[position].dep in {"nsubj", "nsubjpass"} and words[governor].pos in {"VERB", "AUX"}:
        chain = [governor]
        chain += [
            i
            for i, other in enumerate(words)
            if other.head == governor and other.dep in {"xcomp", "conj", "ccomp"} and other.pos == "VERB"
        ]
        for verb in chain:
            action = verbs.action(words[verb].lemma, Language.ENGLISH)
            if action is not Action.STAND:
                return action
    for other in words[index + 1 : index + 4]:
        if other.head == index and other.tag == "VBG":
            return verbs.action(other.lemma, Language.ENGLISH)
    for other in words[max(0, index - 2) : index]:
        if other.head == index and other.tag == "VBG":
            return verbs.action(other.lemma, Language.ENGLISH)
    return Action.STAND


def _chinese_nouns(sentence: ParsedSentence, verbs: VerbTable) -> Iterator[Noun]:
    words = sentence.words
    index = 0
    while index < len(words):
        word = words[index]
        if word.tag == "r" and word.lemma in _PRONOUNS_ZH:
            weight = 0.6 if word.lemma == "其" else 3.0 if _before_verb(words, index) else 1.5
            yield Noun(
                text=word.text,
                start=word.start,
                end=word.end,
                lemmas=(word.lemma,),
                weight=weight,
                count=1,
                colour=None,
                action=_chinese_action(words, index, verbs),
                pronoun=True,
            )
        if not _names_thing(word):
            index += 1
            continue
        last = index
        while last + 1 < len(words) and _joins(words[last], words[last + 1]):
            last += 1
        lemma = "".join(other.lemma for other in words[index : last + 1])
        yield Noun(
            text=sentence.text[word.start - sentence.start : words[last].end - sentence.start],
            start=word.start,
            end=words[last].end,
            lemmas=(lemma,),
            weight=_chinese_weight(words, index, last),
            count=_chinese_count(words, index, lemma),
            colour=_chinese_colour(words, index),
            action=_chinese_action(words, last, verbs),
            predicate=_after_is(words, index),
        )
        index = last + 1


def _after_is(words: tuple[Word, ...], index: int) -> bool:
    """Whether 是 or 成为 is the last verb before a noun in its clause."""
    first, _ = _clause(words, index)
    verbs = [other.lemma for other in words[first:index] if other.pos == "VERB"]
    return bool(verbs) and verbs[-1] in {"是", "为", "成为", "属于", "不是", "也是", "就是"}


def _names_thing(word: Word) -> bool:
    return word.tag in {"n", "nz", "nw", "PER", "LOC", "ORG", "s", "an"} and any(
        char.isalnum() for char in word.text
    )


def _joins(word: Word, following: Word) -> bool:
    """Whether two nouns make one compound: 太空 + 飞船; names stay apart."""
    return (
        word.tag in {"n", "nz", "s", "vn"}
        and following.tag == "n"
        and word.end == following.start
        and len(word.text) + len(following.text) <= 6
    )


def _clause(words: tuple[Word, ...], index: int) -> tuple[int, int]:
    first = index
    while first > 0 and words[first - 1].text not in _ZH_CLAUSE:
        first -= 1
    last = index
    while last + 1 < len(words) and words[last + 1].text not in _ZH_CLAUSE:
        last += 1
    return first, last


def _before_verb(words: tuple[Word, ...], index: int) -> bool:
    first, last = _clause(words, index)
    return not any(other.pos == "VERB" for other in words[first:index]) and any(
        other.pos in {"VERB", "ADJ"} for other in words[index + 1 : last + 1]
    )


def _chinese_weight(words: tuple[Word, ...], first: int, last: int) -> float:
    before = words[first - 1].text if first else ""
    after = words[last + 1] if last + 1 < len(words) else None
    named_after = after is not None and after.is_noun and after.tag not in {"TIME", "t", "s"}
    if after is not None and after.lemma in _ZH_MEASURED and _before_verb(words, last):
        return 3.0
    if after is not None and (after.text in {"的", "之"} or named_after):
        return 0.7 if after.text in {"的", "之"} or after.tag == "LOC" else 0.6
    if after is not None and after.tag == "f":
        return 1.0
    for markers, weight in _ZH_WEIGHTS:
        if before in markers:
            return weight
    return 3.0 if _before_verb(words, last) else 2.0


def _chinese_count(words: tuple[Word, ...], index: int, lemma: str) -> int:
    if lemma.endswith("们") or lemma in {"人们", "人群", "群众", "观众", "游客", "动物"}:
        return _SOME
    for other in reversed(words[max(0, index - 3) : index]):
        if other.pos in {"VERB", "PUNCT", "ADP"} or (other.is_noun and other.tag != "q"):
            break
        if other.lemma in _ZH_MANY or other.lemma.startswith(("几", "许多", "一群", "无数", "成群", "数")):
            return MAX_COUNT
        if other.tag == "m" and (other.lemma[-1] in ZH_COUNTERS or other.lemma[-1] in _ZH_NUMERALS):
            value = chinese_number(
                "".join(char for char in other.lemma if char in "0123456789一二两三四五六七八九十百千万")
            )
            return max(1, min(MAX_COUNT, int(value))) if value is not None else 1
    return 1


def _chinese_colour(words: tuple[Word, ...], index: int) -> str | None:
    for other in words[max(0, index - 3) : index]:
        bare = other.lemma.removesuffix("色")
        if (
            other.tag in {"a", "n", "an"}
            and bare
            and bare[-1] in _COLOURS_ZH
            and (len(bare) == 1 or other.lemma.endswith("色"))
        ):
            return _COLOURS_ZH[bare[-1]]
    return None


def _chinese_action(words: tuple[Word, ...], index: int, verbs: VerbTable) -> Action:
    """What the first two verbs after the noun in its clause say that it does."""
    _, last = _clause(words, index)
    found = [
        word
        for word in words[index + 1 : last + 1]
        if word.tag in {"v", "vd"} and word.lemma not in _ZH_HELPERS
    ]
    for verb in found[:2]:
        action = verbs.action(verb.lemma, Language.CHINESE)
        if action is not Action.STAND:
            return action
    return Action.STAND
