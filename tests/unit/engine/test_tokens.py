from __future__ import annotations

from pathlib import Path

import pytest

from engine.tokens import ALL_SCOPES, Tokens, TokenScope, take_tokens
from tests.fakes import engine_parts

TOKENS = Tokens(bot="b", admin="a", metrics="m")


@pytest.mark.parametrize(
    ("given", "opened"),
    [
        (b"b", {TokenScope.BOT}),
        (b"a", set(ALL_SCOPES)),
        (b"m", {TokenScope.METRICS}),
        (b"x", set()),
        (b"", set()),
        (b"\xff", set()),
    ],
)
def test_a_token_opens_its_scopes(given: bytes, opened: set[TokenScope]) -> None:
    assert TOKENS.scopes(given) == opened


def test_one_secret_for_two_purposes_opens_both() -> None:
    assert Tokens(bot="s", metrics="s").scopes(b"s") == {TokenScope.BOT, TokenScope.METRICS}


def test_the_token_of_a_private_engine_opens_all() -> None:
    assert Tokens(bot="b", is_private=True).scopes(b"b") == ALL_SCOPES


def test_without_any_token_the_engine_is_open() -> None:
    assert Tokens(bot=None).is_open
    assert not Tokens(bot=None, metrics="m").is_open


def test_tokens_are_taken_out_of_the_environment_and_kept_out_of_logs(tmp_path: Path) -> None:
    names = ("TEXTREEL_ENGINE_TOKEN", "TEXTREEL_ADMIN_TOKEN", "TEXTREEL_METRICS_TOKEN")
    environment = {**dict(zip(names, "bam", strict=True)), "HOME": "/"}
    taken = take_tokens(environment, engine_parts.settings(tmp_path), has_parent=False)
    assert taken == TOKENS
    assert environment == {"HOME": "/"}
    assert repr(taken) == "Tokens(...)"


def test_an_engine_with_a_parent_has_one_token(tmp_path: Path) -> None:
    environment = {"TEXTREEL_ENGINE_TOKEN": "b", "TEXTREEL_ADMIN_TOKEN": "", "TEXTREEL_METRICS_TOKEN": "m"}
    taken = take_tokens(environment, engine_parts.settings(tmp_path), has_parent=True)
    assert taken == Tokens(bot="b", is_private=True)
    assert environment == {}
