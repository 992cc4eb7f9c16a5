"""Discord: slash commands, direct messages and mentions. The only file that imports discord.py."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Literal, TypeVar

import aiohttp
import discord
import yarl
from discord import app_commands
from discord.app_commands import locale_str
from discord.gateway import DiscordWebSocket
from discord.http import Route

from adapters.base import Button, IncomingMessage, Limits, ReadyClip, Status, StatusHandle, StatusState, Verb
from adapters.places import Place, known_place, read_place
from engine.contract.errors import AddressGone, ConfigError, DeliveryError, PlatformRejected, RateLimited
from engine.contract.request import Aspect, ClipOptions, LanguageChoice, ReplyAddress, Requester

NAME = "discord"
MAX_TEXT_CHARACTERS = 2_000
#: What Discord takes from a bot where it tells no other limit, in bytes.
DEFAULT_BYTES = 10 * 1024 * 1024
#: The token of an interaction lives 15 minutes; after these seconds the bot writes to the channel instead.
TOKEN_SECONDS = 14 * 60
#: Longest pause that is waited for, in seconds; tries of one message and of the first connection.
LONGEST_PAUSE_S, TRIES = 60.0, 4
#: Pause after a failed first connection, in seconds; it doubles each time.
CONNECT_PAUSE_S = 1.0
_PREFIX = "textreel"
_UNKNOWN_MESSAGE, _TOO_LARGE = 10_008, 40_005
_NOBODY = discord.AllowedMentions.none()
#: Language code ("" for all others) to command to its description.
Descriptions = Mapping[str, Mapping[str, str]]
Put = Callable[[IncomingMessage], None]
Heard = discord.Interaction[discord.Client]
T = TypeVar("T")


class DiscordChat:
    """One bot account, in any number of servers and direct chats."""

    name = NAME
    limits = Limits(
        max_bytes=None,  # each place has its own; it travels with the message
        edit_interval_s=2.0,
        max_characters=MAX_TEXT_CHARACTERS,
        addresses_last=True,
    )

    def __init__(
        self,
        *,
        token: str,
        api_base: str | None = None,
        gateway_url: str | None = None,
        guilds: tuple[str, ...] = (),
        descriptions: Descriptions | None = None,
    ) -> None:
        """Commands are listed in ``guilds`` at once, or everywhere (within an hour) when there are none."""
        self._token = token
        self._api_base = api_base
        self._gateway_url = gateway_url
        self._guilds = tuple(discord.Object(int(guild)) for guild in guilds)
        self._heard: asyncio.Queue[IncomingMessage | Exception | None] = asyncio.Queue()
        self._client = _Client(self._heard.put_nowait)
        self._tree = app_commands.CommandTree(self._client)
        self._descriptions = descriptions or {}
        _add_video(self._tree, self._heard.put_nowait, self._descriptions.get("", {}))
        _add_questions(self._tree, self._heard.put_nowait, self._descriptions.get("", {}))
        self._runner: asyncio.Task[None] | None = None

    async def listen(self) -> AsyncIterator[IncomingMessage]:
        """Connect and yield what is asked until ``close``; raise ConfigError for a refused token."""
        self._runner = asyncio.create_task(self._run(), name="discord")
        while (item := await self._heard.get()) is not None:
            if isinstance(item, Exception):
                raise item
            yield item

    def reaches(self, address: ReplyAddress) -> bool:
        """Tell whether the address is one of ours; whether the channel still exists shows when it is used."""
        return read_place(address.payload, "channel") is not None

    async def send_status(self, address: ReplyAddress, status: Status) -> StatusHandle:
        """Answer where it was asked: as the response to the command, or as a reply to the message."""
        place = known_place(address.payload, "channel")
        if place.get("silent") and status.state is StatusState.SAID:
            return StatusHandle(id=json.dumps({**place, "message": None}))
        sent = await _call(
            lambda: self._post(place, status.text[:MAX_TEXT_CHARACTERS], _view(status.buttons))
        )
        return StatusHandle(id=json.dumps({**place, "message": sent.id}))

    async def edit_status(self, handle: StatusHandle, status: Status) -> None:
        """Change the answer; one that was deleted is left alone."""
        place = known_place(handle.id, "channel")
        if place.get("message") is None:
            return
        message_id = int(place["message"])
        content, view = status.text[:MAX_TEXT_CHARACTERS], _view(status.buttons)
        try:
            if _has_token(place):
                webhook = self._webhook(place)
                await _call(lambda: webhook.edit_message(message_id, content=content, view=view))
            else:
                message = self._channel(place).get_partial_message(message_id)
                await _call(lambda: message.edit(content=content, view=view))
        except AddressGone as error:
            cause = error.__cause__
            if not (isinstance(cause, discord.NotFound) and cause.code == _UNKNOWN_MESSAGE):
                raise

    async def send_clip(self, address: ReplyAddress, ready: ReadyClip) -> None:
        """Post the clip in the channel; where the bot may not write, as a further answer to the command."""
        place = known_place(address.payload, "channel")
        content, view = ready.text[:MAX_TEXT_CHARACTERS], _view(ready.buttons)

        def file() -> discord.File:  # a file is read anew for each try
            return discord.File(ready.path, filename=ready.path.name)

        if not place.get("private"):
            try:
                channel = self._channel(place)
                await _call(lambda: channel.send(content, file=file(), view=view, allowed_mentions=_NOBODY))
            except AddressGone as error:
                if not (isinstance(error.__cause__, discord.Forbidden) and _has_token(place)):
                    raise
            else:
                return
        webhook = self._webhook(place)
        hidden = bool(place.get("private"))
        await _call(lambda: webhook.send(content, file=file(), view=view, ephemeral=hidden, wait=True))

    async def close(self) -> None:
        """Leave the network."""
        self._heard.put_nowait(None)
        await self._client.close()
        if self._runner is not None:
            self._runner.cancel()
            await asyncio.wait((self._runner,))

    async def _run(self) -> None:
        """Keep the connection; what ends it goes to whoever listens."""
        try:
            await self._log_in()
            await self._stay_connected()
        except discord.LoginFailure:
            self._heard.put_nowait(ConfigError("Discord refuses the bot's token. Make a new one and set it."))
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            self._heard.put_nowait(PlatformRejected(f"Discord cannot be reached: {error}."))
        except Exception as error:  # noqa: BLE001 - whatever ends the connection has to end ``listen``
            self._heard.put_nowait(error)

    async def _log_in(self) -> None:
        if self._api_base is not None:
            Route.BASE = self._api_base.rstrip("/")  # the library has no other way
        await self._client.login(self._token)
        if self._gateway_url is not None:
            DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(self._gateway_url)
        await self._tree.set_translator(_Translator(self._descriptions))
        for guild in self._guilds:
            self._tree.copy_global_to(guild=guild)
        for where in self._guilds or (None,):
            await self._tree.sync(guild=where)

    async def _stay_connected(self) -> None:
        """Connect; the library itself reconnects later, but gives up when the first try fails."""
        for attempt in range(TRIES):
            try:
                await self._client.connect()
            except (OSError, aiohttp.ClientError, AttributeError, discord.GatewayNotFound) as error:
                if self._client.was_ready or attempt == TRIES - 1:
                    raise PlatformRejected(f"Discord's gateway cannot be reached: {error}.") from error
                await asyncio.sleep(CONNECT_PAUSE_S * 2**attempt)
            else:
                return

    async def _post(self, place: Place, content: str, view: discord.ui.View) -> Any:
        if _has_token(place):
            # The command was acknowledged with "is thinking"; this fills that very message.
            return await self._webhook(place).edit_message("@original", content=content, view=view)  # type: ignore[call-overload]
        channel = self._channel(place)
        reply_to = place.get("reply_to")
        reference = (
            None
            if reply_to is None
            else channel.get_partial_message(int(reply_to)).to_reference(fail_if_not_exists=False)
        )
        return await channel.send(content, view=view, reference=reference, allowed_mentions=_NOBODY)  # type: ignore[arg-type]

    def _webhook(self, place: Place) -> discord.Webhook:
        webhook = discord.Webhook.partial(int(place["app"]), place["token"], client=self._client)
        webhook.type = discord.WebhookType.application  # only such a one may answer in private
        return webhook

    def _channel(self, place: Place) -> discord.PartialMessageable:
        return self._client.get_partial_messageable(int(place["channel"]))


class _Client(discord.Client):
    """Hears direct messages, mentions and presses of buttons."""

    def __init__(self, put: Put) -> None:
        super().__init__(intents=discord.Intents.default(), allowed_mentions=_NOBODY, max_messages=None)
        self._put = put
        self.was_ready = False

    async def on_ready(self) -> None:
        self.was_ready = True

    async def on_message(self, message: discord.Message) -> None:
        if message.author.bot or self.user is None:
            return
        mentioned = self.user in message.mentions
        if message.guild is not None and not mentioned:
            return
        text = message.content
        for mark in (f"<@{self.user.id}>", f"<@!{self.user.id}>"):
            text = text.replace(mark, "")
        place = {"channel": message.channel.id, "reply_to": message.id}
        self._put(
            IncomingMessage(
                text=text,
                requester=_requester(message.author, message.channel.id),
                address=ReplyAddress(platform=NAME, payload=json.dumps(place)),
                received_at=message.created_at,
                message_id=str(message.id),
                max_bytes=DEFAULT_BYTES if message.guild is None else message.guild.filesize_limit,
            )
        )

    async def on_interaction(self, interaction: Heard) -> None:
        """Take presses of buttons; commands go through the command tree."""
        if interaction.type is not discord.InteractionType.component or interaction.data is None:
            return
        prefix, _, rest = str(interaction.data.get("custom_id", "")).partition(":")
        name, _, job_id = rest.partition(":")
        if prefix != _PREFIX or name not in set(Verb):
            return
        verb = Verb(name)
        await interaction.response.defer(thinking=verb is not Verb.CANCEL)
        self._put(_asked(interaction, verb, job_id, silent=verb is Verb.CANCEL))


class _Translator(app_commands.Translator):
    """Gives the description of a command in the language of the reader's client."""

    def __init__(self, descriptions: Descriptions) -> None:
        self._descriptions = descriptions

    async def translate(
        self,
        string: locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,  # noqa: ARG002 - the library's signature
    ) -> str | None:
        """Return the words for ``locale``, None where there are none of its own."""
        key = string.extras.get("command")
        return self._descriptions.get(locale.value.split("-")[0], {}).get(key) if key else None


def _add_video(tree: app_commands.CommandTree[_Client], put: Put, words: Mapping[str, str]) -> None:
    """Add /video and the menu entry of messages."""

    @tree.command(name="video", description=locale_str(words.get("video", "video"), command="video"))
    async def video(
        interaction: Heard,
        *,
        text: app_commands.Range[str, 1, 5_000],
        aspect: Literal["16:9", "9:16", "1:1"] = "16:9",
        seconds: app_commands.Range[int, 1, 600] | None = None,
        language: Literal["auto", "en", "zh"] = "auto",
        music: bool = True,
        voice: bool = True,
        seed: app_commands.Range[int, 0] | None = None,
        private: bool = False,
    ) -> None:
        await interaction.response.defer(thinking=True, ephemeral=private)
        options = ClipOptions(
            seconds=None if seconds is None else float(seconds),
            aspect=Aspect(aspect),
            language=LanguageChoice(language),
            music=music,
            narration=voice,
        )
        put(_asked(interaction, Verb.VIDEO, text, options=options, seed=seed, private=private))

    @tree.context_menu(name="Make a video")
    async def make(interaction: Heard, message: discord.Message) -> None:
        await interaction.response.defer(thinking=True)
        put(_asked(interaction, Verb.VIDEO, message.content))


def _add_questions(tree: app_commands.CommandTree[_Client], put: Put, words: Mapping[str, str]) -> None:
    """Add /status, /cancel and /help, whose answers only the asker sees."""

    async def answer(interaction: Heard, verb: Verb, text: str) -> None:
        await interaction.response.defer(thinking=True, ephemeral=True)
        put(_asked(interaction, verb, text, private=True))

    @tree.command(name="status", description=locale_str(words.get("status", "status"), command="status"))
    async def status(interaction: Heard, clip: str) -> None:
        await answer(interaction, Verb.STATUS, clip)

    @tree.command(name="cancel", description=locale_str(words.get("cancel", "cancel"), command="cancel"))
    async def cancel(interaction: Heard, clip: str) -> None:
        await answer(interaction, Verb.CANCEL, clip)

    @tree.command(name="quota", description=locale_str(words.get("quota", "quota"), command="quota"))
    async def quota(interaction: Heard) -> None:
        await answer(interaction, Verb.QUOTA, "")

    @tree.command(name="help", description=locale_str(words.get("help", "help"), command="help"))
    async def explain(interaction: Heard) -> None:
        await answer(interaction, Verb.HELP, "")


def _asked(
    interaction: Heard,
    verb: Verb,
    text: str,
    *,
    options: ClipOptions | None = None,
    seed: int | None = None,
    private: bool = False,
    silent: bool = False,
) -> IncomingMessage:
    """Turn an acknowledged interaction into a message."""
    place: Place = {"channel": interaction.channel_id, "private": private, "silent": silent}
    if not silent:
        place |= {"app": interaction.application_id, "token": interaction.token}
        place["until"] = time.time() + TOKEN_SECONDS
    return IncomingMessage(
        text=text,
        verb=verb,
        requester=_requester(interaction.user, interaction.channel_id),
        address=ReplyAddress(platform=NAME, payload=json.dumps(place)),
        received_at=datetime.now(UTC),
        message_id=str(interaction.id),
        locale=str(interaction.locale),
        options=options or ClipOptions(),
        seed=seed,
        # What the interaction tells is the person's own limit; the bot has that of the server.
        max_bytes=DEFAULT_BYTES if interaction.guild is None else interaction.guild.filesize_limit,
    )


def _requester(user: discord.User | discord.Member, channel_id: int | None) -> Requester:
    roles = tuple(str(role.id) for role in user.roles) if isinstance(user, discord.Member) else ()
    place = str(user.guild.id) if isinstance(user, discord.Member) else str(channel_id)
    return Requester(
        platform=NAME, user_id=str(user.id), display_name=user.display_name, roles=roles, place=place
    )


def _has_token(place: Place) -> bool:
    """Tell whether the interaction can still be answered itself."""
    return "token" in place and time.time() < float(place.get("until", 0))


def _view(buttons: tuple[Button, ...]) -> discord.ui.View:
    """Draw buttons; they carry verb and job alone, so that they work after a restart as well."""
    view = discord.ui.View(timeout=None)
    for button in buttons:
        view.add_item(
            discord.ui.Button(label=button.label, custom_id=f"{_PREFIX}:{button.verb}:{button.job_id}")
        )
    view.stop()  # presses are heard by their id; a view that listens would be kept for ever
    return view


async def _call(send: Callable[[], Awaitable[T]]) -> T:
    """Make one call, wait when Discord asks for it, and name what went wrong."""
    for _ in range(TRIES):
        try:
            return await send()
        except discord.HTTPException as error:
            if error.status != 429:
                raise _named(error) from error
            pause = float(error.response.headers.get("Retry-After", 1.0))
            if pause > LONGEST_PAUSE_S:
                break
            await asyncio.sleep(pause)
        except (aiohttp.ClientError, OSError) as error:
            raise PlatformRejected(f"Discord could not be reached: {error}.") from error
    raise RateLimited("Discord asks for a longer pause than can be waited for.")


def _named(error: discord.HTTPException) -> DeliveryError:
    if isinstance(error, discord.NotFound | discord.Forbidden):
        return AddressGone(f"Discord: {error.text or error}.")
    if error.status == 413 or error.code == _TOO_LARGE:
        return PlatformRejected("The clip is larger than Discord takes here.")
    return PlatformRejected(f"Discord refused the message: {error.text or error}.")
