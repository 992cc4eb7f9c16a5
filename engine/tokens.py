"""Which tokens open the engine, and what each may do."""

from __future__ import annotations

import hmac
from collections.abc import MutableMapping
from dataclasses import dataclass
from enum import StrEnum

from engine.settings import EngineSettings


class TokenScope(StrEnum):
    """What a caller may do."""

    BOT = "bot"  #: Jobs, events, clips, deliveries, tools, history, and a look at a user's quota.
    ADMIN = "admin"  #: Rules, grants, blocks and the audit.
    METRICS = "metrics"  #: Figures for a monitor.


ALL_SCOPES = frozenset(TokenScope)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """The tokens of one engine; None where there is none."""

    #: Opens all when it is the only one of an engine that a bot has started for itself, else TokenScope.BOT.
    bot: str | None
    #: Opens all.
    admin: str | None = None
    #: Opens TokenScope.METRICS.
    metrics: str | None = None
    #: Whether a bot has started this engine and made the token itself.
    is_private: bool = False

    def __repr__(self) -> str:
        """Keep the tokens out of logs."""
        return "Tokens(...)"

    @property
    def is_open(self) -> bool:
        """Whether there is no token at all, so that every program of this machine may do all."""
        return self.bot is None and self.admin is None and self.metrics is None

    def scopes(self, given: bytes) -> frozenset[TokenScope]:
        """Return what ``given`` opens, nothing for a wrong token; takes equally long for each."""
        opened: frozenset[TokenScope] = frozenset()
        bot_scopes = ALL_SCOPES if self.is_private else frozenset({TokenScope.BOT})
        for token, scopes in (
            (self.bot, bot_scopes),
            (self.admin, ALL_SCOPES),
            (self.metrics, frozenset({TokenScope.METRICS})),
        ):
            if token is not None and hmac.compare_digest(given, token.encode()):
                opened |= scopes
        return opened


def take_tokens(
    environment: MutableMapping[str, str], settings: EngineSettings, *, has_parent: bool
) -> Tokens:
    """Take the tokens out of the environment, so that no child process inherits them."""
    bot, admin, metrics = (
        environment.pop(name, None) or None
        for name in (settings.token_env, settings.admin_token_env, settings.metrics_token_env)
    )
    if has_parent:  # the tokens of a shared engine do not open a private one
        return Tokens(bot=bot, is_private=True)
    return Tokens(bot=bot, admin=admin, metrics=metrics)
