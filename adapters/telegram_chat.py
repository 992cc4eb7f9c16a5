"""Telegram by long polling. The only file that imports python-telegram-bot."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any, TypeVar

import telegram
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import Updater
from telegram.request import HTTPXRequest

from adapters.base import Button, IncomingMessage, Limits, ReadyClip, Status, StatusHandle, StatusState, Verb
from adapters.pace import Pace
from adapters.places import Place, known_place, read_place
from engine.contract.errors import AddressGone, ConfigError, DeliveryError, PlatformRejected, RateLimited
from engine.contract.request import ReplyAddress, Requester

NAME = "telegram"
#: What a bot may upload, in bytes: through the official servers, and through a local Bot API server.
OFFICIAL_BYTES, LOCAL_BYTES = 50_000_000, 2_000_000_000
MAX_CAPTION_CHARACTERS = 1_024
MAX_TEXT_CHARACTERS = 4_096
#: Telegram allows a message a second in a private chat and 20 a minute in a group; edits count.
PRIVATE_GAP_S, GROUP_GAP_S = 1.0, 3.0
#: Longest pause that is waited for and pause after a passing fault, in seconds; tries of one message.
LONGEST_PAUSE_S, TRANSIENT_PAUSE_S, TRIES = 90.0, 2.0, 4
_COMMANDS = ("video", "status", "cancel", "quota", "help")
_GONE = re.compile(
    r"chat not found|thread not found|bot was (kicked|blocked)|user is deactivated|CHAT_WRITE", re.I
)
#: Faults after which nothing was sent. A time-out is none: the message may have arrived.
_TRANSIENT = re.compile(r"ConnectError|Internal Server Error|Bad Gateway|Service Unavailable|\(5\d\d\)")

_log = logging.getLogger(__name__)
T = TypeVar("T")


class TelegramChat:
    """Messages of private chats and groups; topics are answered where they were asked."""

    name = NAME

    def __init__(
        self,
        *,
        token: str,
        api_root: str | None = None,
        local_mode: bool = False,
        descriptions: dict[str, dict[str, str]] | None = None,
    ) -> None:
        """``descriptions``: language code ("" for all others) to command to its description."""
        root = (api_root or "https://api.telegram.org").rstrip("/")
        self._requests = (
            HTTPXRequest(
                connection_pool_size=32,
                read_timeout=20,
                write_timeout=20,
                media_write_timeout=300,
                pool_timeout=10,
            ),
            HTTPXRequest(connection_pool_size=1, read_timeout=20),
        )
        self._bot = telegram.Bot(
            token,
            base_url=f"{root}/bot",
            base_file_url=f"{root}/file/bot",
            local_mode=local_mode,
            request=self._requests[0],
            get_updates_request=self._requests[1],
        )
        self._local_mode = local_mode
        self._descriptions = descriptions or {}
        self._updates: asyncio.Queue[Any] = asyncio.Queue()
        self._updater: Updater | None = None
        self._pace = Pace(_gap, clock=time.monotonic)

    @property
    def limits(self) -> Limits:
        """Return what Telegram allows a bot, by the server that is used."""
        return Limits(
            max_bytes=LOCAL_BYTES if self._local_mode else OFFICIAL_BYTES,
            edit_interval_s=GROUP_GAP_S,
            max_characters=MAX_TEXT_CHARACTERS,
            addresses_last=True,
        )

    async def listen(self) -> AsyncIterator[IncomingMessage]:
        """Poll for messages and presses of buttons until ``close``."""
        await self._connect()
        while (update := await self._updates.get()) is not None:
            if not isinstance(update, telegram.Update):
                continue
            if update.callback_query is not None:
                await self._acknowledge(update.callback_query)
            message = self._read(update)
            if message is not None:
                yield message

    def reaches(self, address: ReplyAddress) -> bool:
        """Tell whether the address is one of ours; whether the chat still exists shows when it is used."""
        return read_place(address.payload, "chat") is not None

    async def send_status(self, address: ReplyAddress, status: Status) -> StatusHandle:
        """Answer the message; progress goes without a sound."""
        place = known_place(address.payload, "chat")
        if place.get("silent") and status.state is StatusState.SAID:
            return StatusHandle(id=json.dumps({**place, "message": None}))
        sent = await self._call(
            place,
            lambda: self._bot.send_message(
                text=status.text[:MAX_TEXT_CHARACTERS],
                disable_notification=status.state is StatusState.WORKING,
                reply_markup=_keyboard(status.buttons),
                link_preview_options=telegram.LinkPreviewOptions(is_disabled=True),
                **_where(place),
            ),
        )
        return StatusHandle(id=json.dumps({"chat": place["chat"], "message": sent.message_id}))

    async def edit_status(self, handle: StatusHandle, status: Status) -> None:
        """Change the answer; one that is the same already, or was deleted, is left alone."""
        place = known_place(handle.id, "chat")
        if place.get("message") is None:
            return
        try:
            await self._call(
                place,
                lambda: self._bot.edit_message_text(
                    text=status.text[:MAX_TEXT_CHARACTERS],
                    chat_id=place["chat"],
                    message_id=place["message"],
                    reply_markup=_keyboard(status.buttons),
                    link_preview_options=telegram.LinkPreviewOptions(is_disabled=True),
                ),
            )
        except PlatformRejected as error:
            if not re.search("not modified|message to edit not found|can't be edited", error.message):
                raise

    async def send_clip(self, address: ReplyAddress, ready: ReadyClip) -> None:
        """Send the clip as a video that plays in the chat."""
        place = known_place(address.payload, "chat")
        clip = ready.clip
        video = await asyncio.to_thread(ready.path.read_bytes)
        still = None if ready.thumbnail is None else await asyncio.to_thread(ready.thumbnail.read_bytes)
        await self._call(
            place,
            lambda: self._bot.send_video(
                video=telegram.InputFile(video, filename=ready.path.name),
                thumbnail=still,
                caption=ready.text[:MAX_CAPTION_CHARACTERS],
                duration=timedelta(seconds=max(1, round(clip.seconds))),
                width=clip.width_px,
                height=clip.height_px,
                supports_streaming=True,
                reply_markup=_keyboard(ready.buttons),
                **_where(place),
            ),
        )

    async def close(self) -> None:
        """Stop to poll."""
        self._updates.put_nowait(None)
        updater, self._updater = self._updater, None
        if updater is not None and updater.running:
            await updater.stop()
        if updater is not None:
            await updater.shutdown()
        for request in self._requests:  # the library leaves them open when its start failed
            await request.shutdown()

    async def _connect(self) -> None:
        updater = Updater(self._bot, self._updates)
        try:
            await updater.initialize()
            self._updater = updater
            for language, commands in self._descriptions.items():
                listed = [(name, commands[name]) for name in _COMMANDS if name in commands]
                await self._bot.set_my_commands(listed, language_code=language or None)
            await updater.start_polling(
                allowed_updates=["message", "callback_query"], bootstrap_retries=5, error_callback=_log_error
            )
        except InvalidToken as error:
            raise ConfigError("Telegram refuses the bot's token. Make a new one with @BotFather.") from error
        except TelegramError as error:
            raise PlatformRejected(f"Telegram cannot be reached: {error.message}.") from error

    async def _acknowledge(self, query: telegram.CallbackQuery) -> None:
        """Take the waiting sign off a button that was pressed."""
        try:
            await self._bot.answer_callback_query(query.id)
        except TelegramError as error:
            _log.info("A press was not acknowledged: %s", error)

    def _read(self, update: telegram.Update) -> IncomingMessage | None:
        """Turn an update into a message; None for what is not for us."""
        if update.callback_query is not None:
            return _pressed(update.callback_query)
        message = update.message
        if message is None or message.from_user is None or message.from_user.is_bot:
            return None
        return _written(message, self._bot.username)

    async def _call(self, place: Place, send: Callable[[], Awaitable[T]]) -> T:
        """Make one call at the chat's pace, wait when Telegram asks for it, and name what went wrong."""
        chat = str(place["chat"])
        for _ in range(TRIES):
            async with self._pace.turn(chat):
                try:
                    return await send()
                except RetryAfter as error:
                    pause = _retry_seconds(error)
                    if pause > LONGEST_PAUSE_S:
                        raise RateLimited(f"Telegram asks for a pause of {pause:.0f} s.") from error
                    self._pace.hold(chat, pause)
                    last: TelegramError = error
                except TelegramError as error:
                    if not _TRANSIENT.search(error.message):
                        raise _named(error) from error
                    self._pace.hold(chat, TRANSIENT_PAUSE_S)
                    last = error
        raise RateLimited(f"Telegram did not take the message in {TRIES} tries: {last.message}.")


def _written(message: telegram.Message, username: str) -> IncomingMessage | None:
    text = message.text or message.caption or ""
    command = re.match(r"/\w+(?:@(\w+))?", text)
    if command is not None and command.group(1) not in {None, username}:
        return None  # a command for another bot
    mention = re.compile(rf"@{re.escape(username)}\b", re.IGNORECASE)
    direct = message.chat.type == "private" or mention.search(text) is not None
    replied = message.reply_to_message
    if re.fullmatch(r"/video(@\w+)?\s*", text) and replied is not None:
        text = f"/video {replied.text or replied.caption or ''}"
    user = message.from_user
    return IncomingMessage(
        text=text if command is not None else mention.sub("", text),
        requester=_requester(user, message.chat),
        address=_address(message),
        received_at=message.date,
        message_id=f"{message.chat.id}:{message.message_id}",
        direct=direct,
        locale=(user.language_code if user is not None else None) or "",
    )


def _pressed(query: telegram.CallbackQuery) -> IncomingMessage | None:
    name, _, job_id = (query.data or "").partition(":")
    if name not in set(Verb) or not isinstance(query.message, telegram.Message):
        return None  # a message of long ago comes without its place
    return IncomingMessage(
        text=job_id,
        verb=Verb(name),
        requester=_requester(query.from_user, query.message.chat),
        address=_address(query.message, silent=Verb(name) is Verb.CANCEL),
        received_at=query.message.date,
        message_id=f"press:{query.id}",
        locale=query.from_user.language_code or "",
    )


def _requester(user: telegram.User | None, chat: telegram.Chat) -> Requester:
    return Requester(
        platform=NAME,
        user_id=str(user.id if user is not None else chat.id),
        display_name=user.full_name if user is not None else "",
        place=str(chat.id),
    )


def _address(message: telegram.Message, *, silent: bool = False) -> ReplyAddress:
    """Write down where to answer: chat, topic and message. ``silent`` leaves plain answers out."""
    payload: dict[str, Any] = {"chat": message.chat.id, "reply_to": message.message_id}
    if message.is_topic_message and message.message_thread_id is not None:
        payload["topic"] = message.message_thread_id
    if silent:
        payload["silent"] = True
    return ReplyAddress(platform=NAME, payload=json.dumps(payload))


def _where(place: Place) -> dict[str, Any]:
    """Return the arguments that say where a new message goes."""
    reply = telegram.ReplyParameters(place["reply_to"], allow_sending_without_reply=True)
    return {"chat_id": place["chat"], "message_thread_id": place.get("topic"), "reply_parameters": reply}


def _keyboard(buttons: tuple[Button, ...]) -> telegram.InlineKeyboardMarkup | None:
    """Draw buttons; they carry the job's id alone, so that they work after a restart as well."""
    if not buttons:
        return None
    row = [
        telegram.InlineKeyboardButton(button.label, callback_data=f"{button.verb}:{button.job_id}")
        for button in buttons
    ]
    return telegram.InlineKeyboardMarkup([row])


def _gap(chat: str) -> float:
    """Return the pause between two messages to a chat; ids of groups are negative."""
    return GROUP_GAP_S if chat.startswith("-") else PRIVATE_GAP_S


def _retry_seconds(error: RetryAfter) -> float:
    pause = error.retry_after
    return (pause.total_seconds() if isinstance(pause, timedelta) else float(pause)) + 0.5


def _named(error: TelegramError) -> DeliveryError:
    if isinstance(error, Forbidden) or (isinstance(error, BadRequest) and _GONE.search(error.message)):
        return AddressGone(f"Telegram: {error.message}.")
    if isinstance(error, NetworkError) and not isinstance(error, BadRequest):
        return PlatformRejected(f"Telegram could not be reached: {error.message}.")
    return PlatformRejected(f"Telegram refused the message: {error.message}.")


def _log_error(error: TelegramError) -> None:
    _log.warning("Telegram: %s", error.message)
