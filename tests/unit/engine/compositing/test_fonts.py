from __future__ import annotations

from importlib.machinery import ModuleSpec

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.compositing import fonts
from engine.compositing.fonts import drawable, font_path, has_glyph, load_font
from engine.contract.errors import StageFailed


def test_the_simplified_chinese_face_is_taken() -> None:
    assert load_font(20, 400).getname()[0] == "Noto Sans CJK SC"


def test_bold_is_wider_than_regular() -> None:
    assert load_font(60, 800).getlength("Tower") > load_font(60, 400).getlength("Tower")


@pytest.mark.parametrize("char", list("aZ0 é巴黎铁塔，。€°²—…"))
def test_common_characters_have_glyphs(char: str) -> None:
    assert has_glyph(char)


@pytest.mark.parametrize("char", ["\U0010fffe", "ش", "א", "\U00012000"])
def test_other_scripts_have_none(char: str) -> None:
    assert not has_glyph(char)


def test_emoji_and_control_characters_are_left_out() -> None:
    assert drawable("Hi \U0001f98a\u200d fox\n\x00now ☀\ufe0f!") == "Hi fox now !"


def test_a_family_emoji_leaves_nothing() -> None:
    assert drawable("\U0001f468\u200d\U0001f469\u200d\U0001f467") == ""


def test_accents_without_a_glyph_fall_back_to_the_plain_letter() -> None:
    assert drawable("Ǟ") in ("Ǟ", "A")


def test_another_script_is_left_out() -> None:
    assert drawable("مرحبا hello") == "hello"


@given(st.text(max_size=60))
def test_everything_left_can_be_drawn(text: str) -> None:
    kept = drawable(text)
    assert all(has_glyph(char) for char in kept)
    assert kept == " ".join(kept.split())


def test_a_missing_font_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "find_spec", lambda _: None)
    with pytest.raises(StageFailed, match="manimgx-fonts-cjk"):
        font_path()


def test_a_package_without_the_file_is_named_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        fonts, "find_spec", lambda name: ModuleSpec(name, None, origin="/nowhere/__init__.py")
    )
    with pytest.raises(StageFailed, match="font is missing"):
        font_path()
