"""The bot put together: adapters on one side, the engine on the other, and an orderly end."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence

import aiohttp

from adapters.base import ChatAdapter, IncomingMessage, Limits
from bot import conversation
from bot.delivery import Courier
from bot.engine_client import Endpoint, EngineClient
from bot.engine_process import EngineProcess, engine_command
from bot.quota_client import QuotaClient
from bot.quota_texts import standing_lines
from bot.replies import Phrasebook, Replies
from bot.settings import BotSettings, secret_from_env
from engine.contract.delivery import Delivery, DeliveryState
from engine.contract.errors import DeliveryError, JobNotFound, TextreelError
from engine.contract.job import Job, JobId, JobStatus
from engine.contract.request import Requester

#: A clip that could not be delivered so often is not tried again after a restart.
MOST_TRIES = 8

_log = logging.getLogger(__name__)


@contextlib.asynccontextmanager
async def open_engine(settings: BotSettings, environment: Mapping[str, str]) -> AsyncIterator[EngineClient]:
    """Yield a client of the engine: of the one that ``url`` names, else of one started for the while."""
    location = settings.engine
    async with contextlib.AsyncExitStack() as stack:
        session = await stack.enter_async_context(aiohttp.ClientSession())
        if location.url is not None:
            token = secret_from_env(location.token_env, environment, purpose="the token of the engine")
            admin = environment.get(location.admin_token_env, "").strip() or None
            remote = Endpoint(base_url=location.url.rstrip("/"), token=token, admin_token=admin)

            async def endpoint() -> Endpoint:
                return remote
        else:
            command = engine_command(settings.config_file)
            process = EngineProcess(command, token_env=location.token_env, environment=environment)
            stack.push_async_callback(process.close)
            await process.start()
            endpoint = process.endpoint
        client = EngineClient(session, endpoint)
        await client.health()
        yield client


class Bot:
    """Listens to every adapter, turns messages into jobs and brings the clips back."""

    def __init__(self, client: EngineClient, adapters: Sequence[ChatAdapter], phrasebook: Phrasebook) -> None:
        self._client = client
        self._adapters = tuple(adapters)
        self._phrasebook = phrasebook

    async def run(self) -> None:
        """Serve until every adapter has stopped listening and every answer has been given.

        An adapter that fails is named in the log and leaves the others running; when all fail, the
        error of the first one is raised.
        """
        results: list[Exception | None] = []
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [
                    group.create_task(self._serve(adapter), name=adapter.name) for adapter in self._adapters
                ]
            results = [task.result() for task in tasks]
        finally:
            for adapter in self._adapters:
                await adapter.close()
        failures = [error for error in results if error is not None]
        if failures and len(failures) == len(results):
            raise failures[0]

    async def _serve(self, adapter: ChatAdapter) -> Exception | None:
        """Run one adapter; return the error that ended it, None when it ended by itself."""
        error: Exception | None = None
        try:
            async with asyncio.TaskGroup() as group:
                await self._resume(adapter, group)
                async with contextlib.aclosing(_messages(adapter)) as messages:
                    async for message in messages:
                        group.create_task(self._answer(adapter, message))
        except* Exception as failed:  # noqa: BLE001 - one adapter must not take the others down
            error = _first(failed)
            known = isinstance(error, TextreelError)
            _log.error(
                "The adapter %s has stopped: %s", adapter.name, error, exc_info=None if known else error
            )
        return error

    async def _answer(self, adapter: ChatAdapter, message: IncomingMessage) -> None:
        """Do what one message asks; no message can take the bot down."""
        replies = self._phrasebook.replies(message.locale)
        courier = Courier(self._client, adapter, replies, message.address)
        try:
            try:
                await self._obey(courier, message, adapter.limits, replies)
            except TextreelError as error:
                await courier.refuse(error)
            except Exception:  # noqa: BLE001 - the last resort of one message; logged with its traceback
                _log.exception("%s: a message could not be answered.", adapter.name)
                await courier.refuse(TextreelError())
        except DeliveryError as error:
            _log.warning("%s: an answer could not be given: %s", adapter.name, error)

    async def _obey(
        self, courier: Courier, message: IncomingMessage, limits: Limits, replies: Replies
    ) -> None:
        intent = conversation.read(message, limits)
        if isinstance(intent, conversation.Render):
            await courier.deliver((await self._client.submit(intent.request)).id)
        elif isinstance(intent, conversation.Repeat):
            await self._repeat(courier, intent, message, limits, replies)
        elif isinstance(intent, conversation.Refuse):
            raise intent.error
        elif isinstance(intent, conversation.AskStatus):
            await courier.say(await self._status_text(intent.job_id, message.requester, replies))
        elif isinstance(intent, conversation.AskCancel):
            await courier.say(await self._cancel_text(intent.job_id, message.requester, replies))
        elif isinstance(intent, conversation.AskQuota):
            standing = await QuotaClient(self._client, by="").standing(message.requester)
            await courier.say("\n".join(standing_lines(standing, replies)))
        elif isinstance(intent, conversation.Help):
            await courier.say(replies.say("help"))

    async def _repeat(
        self,
        courier: Courier,
        intent: conversation.Repeat,
        message: IncomingMessage,
        limits: Limits,
        replies: Replies,
    ) -> None:
        if intent.job_id is None:
            await courier.say(replies.say("which_clip"))
            return
        job = await self._own_job(intent.job_id, message.requester)
        request = conversation.repeated(job, message, limits, stretch=intent.stretch)
        await courier.deliver((await self._client.submit(request)).id)

    async def _status_text(self, job_id: JobId | None, requester: Requester, replies: Replies) -> str:
        if job_id is None:
            return replies.say("which_clip")
        job = await self._own_job(job_id, requester)
        if job.status is JobStatus.FAILED:
            reason = replies.error(job.error_code or "render_failed", job.error_detail)
            return replies.say("status_failed", job=job.id, reason=reason)
        return replies.say(f"status_{job.status}", job=job.id)

    async def _cancel_text(self, job_id: JobId | None, requester: Requester, replies: Replies) -> str:
        if job_id is None:
            return replies.say("which_clip")
        job = await self._own_job(job_id, requester)
        await self._client.cancel(job.id)
        return replies.say("cancel_asked", job=job.id)

    async def _own_job(self, job_id: JobId, requester: Requester) -> Job:
        """Return a job of this person; one of somebody else is not even there."""
        job = await self._client.status(job_id)
        if job.request.requester.key != requester.key:
            raise JobNotFound
        return job

    async def _resume(self, adapter: ChatAdapter, group: asyncio.TaskGroup) -> None:
        """Bring what was still owed when the bot last ended; stop what nobody can receive any more."""
        try:
            owed = [
                delivery
                for state in (DeliveryState.WAITING, DeliveryState.PENDING)
                for delivery in await self._client.deliveries(adapter.name, state=state)
            ]
        except TextreelError as error:
            _log.warning("%s: open deliveries could not be read: %s", adapter.name, error)
            return
        for delivery in owed:
            if not adapter.reaches(delivery.address) or delivery.attempts >= MOST_TRIES:
                group.create_task(self._abandon(adapter, delivery))
            elif adapter.limits.addresses_last:
                group.create_task(self._deliver_again(adapter, delivery))

    async def _abandon(self, adapter: ChatAdapter, delivery: Delivery) -> None:
        try:
            await self._client.cancel(delivery.job_id)
            await self._client.delivery_done(delivery.job_id)
        except TextreelError as error:
            _log.warning("%s: job %s could not be dropped: %s", adapter.name, delivery.job_id, error)

    async def _deliver_again(self, adapter: ChatAdapter, delivery: Delivery) -> None:
        courier = Courier(self._client, adapter, self._phrasebook.replies(), delivery.address)
        try:
            await courier.deliver(delivery.job_id)
        except TextreelError as error:
            _log.warning("%s: job %s could not be delivered: %s", adapter.name, delivery.job_id, error)


async def _messages(adapter: ChatAdapter) -> AsyncGenerator[IncomingMessage]:
    """Iterate over an adapter's messages as a generator, so that leaving it closes the adapter's own."""
    stream = adapter.listen()
    try:
        async for message in stream:
            yield message
    finally:
        close = getattr(stream, "aclose", None)
        if close is not None:
            await close()


def _first(group: ExceptionGroup[Exception]) -> Exception:
    error: Exception = group
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    return error
