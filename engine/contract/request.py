"""What somebody asks for: the text, who asks, where to answer, and the options."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

#: Longest text that is taken, in characters.
MAX_TEXT_CHARACTERS = 5_000


class Aspect(StrEnum):
    """Shape of the picture, width to height."""

    WIDE = "16:9"
    TALL = "9:16"
    SQUARE = "1:1"


class LanguageChoice(StrEnum):
    """Language that the requester names for the text."""

    AUTO = "auto"
    ENGLISH = "en"
    CHINESE = "zh"


@dataclass(frozen=True, slots=True, kw_only=True)
class Requester:
    """Who asks. Ids are strings on every platform."""

    #: Name of the adapter, for example "discord" or "console".
    platform: str
    #: The platform's id of the user.
    user_id: str
    #: Name to show; never used as a key.
    display_name: str = ""
    #: The platform's ids of the user's roles in that place.
    roles: tuple[str, ...] = ()
    #: Guild, channel or chat that the message came from.
    place: str = ""

    @property
    def key(self) -> str:
        """One string that names this user across platforms, the key of quotas and fairness."""
        return f"{self.platform}:{self.user_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyAddress:
    """Where the answer goes; only the adapter of ``platform`` reads ``payload``."""

    platform: str
    #: Opaque JSON that the adapter wrote and will read again, also after a restart.
    payload: str = "{}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipOptions:
    """Choices that a requester may make; None means that the storyboard decides."""

    #: Length wished for, in seconds; None follows the text.
    seconds: float | None = None
    aspect: Aspect = Aspect.WIDE
    #: Shorter side of the picture, in px.
    height_px: int = 720
    #: Name of a look, or "default".
    style: str = "default"
    language: LanguageChoice = LanguageChoice.AUTO
    music: bool = True
    narration: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipRequest:
    """One clip that somebody wants."""

    text: str
    requester: Requester
    reply_to: ReplyAddress
    #: The same seed and text give the same frames; None lets the engine choose one.
    seed: int | None = None
    options: ClipOptions = field(default_factory=ClipOptions)
    #: Id of an uploaded background picture or video, or None.
    background_upload: str | None = None
    #: The clip must not be larger, in bytes; None for no limit. Only the adapter knows it.
    max_bytes: int | None = None
    #: Platform and message id, so that a message seen twice makes one clip.
    idempotency_key: str
