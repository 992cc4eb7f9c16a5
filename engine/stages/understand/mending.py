"""Mend what the English model commonly gets wrong in short sentences."""

from __future__ import annotations

from dataclasses import replace

from engine.contract.storyboard import Action, Language
from engine.stages.understand.nouns import VerbTable
from engine.stages.understand.words import ParsedSentence, Word


def mended(sentence: ParsedSentence, verbs: VerbTable) -> ParsedSentence:
    """Return ``sentence`` with "a fox runs" read as subject and verb where the model saw two nouns."""
    words = list(sentence.words)
    finite = any(word.pos in {"VERB", "AUX"} and word.dep == "ROOT" for word in words)
    for index in range(1, len(words)):
        noun, word = words[index - 1], words[index]
        if noun.pos not in {"NOUN", "PROPN"} or noun.dep != "compound" or noun.head != index:
            continue
        plural = noun.tag == "NNS" and word.tag == "NN"
        hidden = not finite and (plural or word.tag == "NNS") and _is_hidden_verb(word, words, index, verbs)
        if word.pos == "VERB" or hidden:
            words[index - 1] = replace(noun, dep="nsubj")
            words[index] = replace(word, pos="VERB", dep="ROOT" if not finite else word.dep)
            finite = True
    return replace(sentence, words=tuple(words))


def _is_hidden_verb(word: Word, words: list[Word], index: int, verbs: VerbTable) -> bool:
    """Whether a noun that roots its sentence is a verb of motion."""
    follows = words[index + 1] if index + 1 < len(words) else None
    moves = verbs.action(word.lemma, Language.ENGLISH) is not Action.STAND
    open_end = follows is None or follows.pos in {"ADP", "ADV", "PUNCT", "PART", "SCONJ"}
    return word.dep == "ROOT" and moves and open_end
