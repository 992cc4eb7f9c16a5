from __future__ import annotations

import subprocess
import sys

import pytest

from engine.contract.storyboard import Language
from engine.stages.understand import Reader
from engine.stages.understand.chinese import merge_latin, resegment

SCRIPT = """
import sys
from engine.stages.understand.english import EnglishModel
from engine.stages.understand.sentences import Span
model = EnglishModel()
assert "torch" not in sys.modules, "torch was loaded"
text = "A cat sleeps."
before = model.parse(text, [Span(start=0, end=len(text))])
import torch
assert torch.zeros(2).sum().item() == 0.0
assert model.parse(text, [Span(start=0, end=len(text))]) == before
"""


def test_english_starts_without_torch_and_torch_still_loads_later() -> None:
    result = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, timeout=100, check=False
    )
    assert result.returncode == 0, result.stderr


def test_latin_runs_stay_together_in_chinese_words() -> None:
    text = "我用iPhone拍了New York的照片"
    pairs = [("我", "r"), ("用i", "p"), ("Phone", "n"), ("拍", "v"), ("了", "u"), ("New", "nz"), (" ", "w"),
             ("York的", "xc"), ("照片", "n")]  # fmt: skip
    merged = merge_latin(text, pairs)
    assert "".join(word for word, _ in merged) == text
    assert ("iPhone", "nz") in merged
    assert ("New York", "nz") in merged


def test_words_are_put_together_and_cut_by_the_lexicon() -> None:
    lexicon = {"外科医生": "n", "科学家": "n"}
    things = frozenset({"风筝"})
    pairs = [("外科", "n"), ("医生", "n"), ("科学家用", "n"), ("放风筝", "v")]
    assert resegment(pairs, lexicon, things) == [
        ("外科医生", "n"),
        ("科学家", "n"),
        ("用", "p"),
        ("放", "v"),
        ("风筝", "n"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "巴黎铁塔是法国巴黎的标志性建筑。",
        "東京鐵塔高三百三十三公尺。",
        "我 用iPhone 拍 照。",
        "Dr. Smith's cat  sleeps.",
    ],
)
def test_words_lie_where_they_stand(reader: Reader, text: str) -> None:
    for sentence in reader.parse(text):
        for word in sentence.words:
            assert text[word.start : word.end] == word.text
        assert all(0 <= word.head < len(sentence.words) for word in sentence.words)


def test_a_fox_runs_is_subject_and_verb(reader: Reader) -> None:
    (sentence,) = reader.parse("A fox runs through the snowy forest at night.")
    assert sentence.language is Language.ENGLISH
    by_text = {word.text: word for word in sentence.words}
    assert by_text["runs"].pos == "VERB"
    assert by_text["fox"].dep == "nsubj"
