"""The engine as the bot sees it: jobs, their events, clips and tools over HTTP."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import hashlib
import json
import os
import tempfile
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

import aiohttp

from bot.sse import SseParser
from engine.contract.delivery import Delivery, DeliveryState
from engine.contract.errors import (
    EngineError,
    EngineUnavailable,
    IncompatibleVersion,
    OutputUnwritable,
    StorageFull,
    TextreelError,
    Unauthorized,
    error_from_code,
)
from engine.contract.events import FINAL_EVENTS, AnyJobEvent
from engine.contract.job import Job, JobId
from engine.contract.request import ClipRequest
from engine.contract.wire import CONTRACT_VERSION, event_from_json, from_json, to_json

#: Names and values of a query; a name may come more than once.
Query = Mapping[str, str] | Sequence[tuple[str, str]]
_PIECE_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where an engine listens and what opens it."""

    #: For example "http://127.0.0.1:40123", without a slash at its end.
    base_url: str
    token: str
    #: The token for changes of quotas; None where ``token`` opens these as well.
    admin_token: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryPlan:
    """How often and how patiently a lost connection is tried again."""

    #: Tries of one call, the first among them.
    tries: int = 5
    #: Pause before the second try, in seconds; it doubles each time.
    pause_s: float = 0.2
    #: Longest wait for a connection, in seconds.
    connect_s: float = 10.0
    #: Longest wait for the answer to an ordinary call, in seconds.
    call_s: float = 60.0
    #: Longest wait for the answer of a tool (it may load a model first), in seconds.
    tool_s: float = 600.0
    #: An event stream that is silent for so long is opened anew, in seconds.
    silence_s: float = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What the engine says of itself."""

    #: Version of the contract that it speaks.
    contract: int
    #: Its whole answer.
    details: Mapping[str, Any]


class EngineClient:
    """Calls the engine; every method raises errors of engine.contract.errors only.

    All calls may be repeated: a job is submitted under an idempotency key, so a call whose answer was
    lost is simply made again.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        endpoint: Callable[[], Awaitable[Endpoint]],
        *,
        plan: RetryPlan | None = None,
    ) -> None:
        self._session = session
        self._endpoint = endpoint
        self._plan = plan or RetryPlan()

    async def health(self) -> Health:
        """Ask how the engine is; raise IncompatibleVersion when it speaks another contract."""
        data = await self.call("GET", "/v1/health")
        spoken = data.get("contract") if isinstance(data, Mapping) else None
        if spoken != CONTRACT_VERSION:
            raise IncompatibleVersion(
                f"The engine speaks version {spoken} of the contract, this bot {CONTRACT_VERSION}. "
                "Bring both to the same version."
            )
        return Health(contract=CONTRACT_VERSION, details=data)

    async def submit(self, request: ClipRequest) -> Job:
        """Hand in a request; the same idempotency key always returns the same job."""
        return from_json(Job, await self.call("POST", "/v1/jobs", body=to_json(request)))

    async def status(self, job_id: JobId) -> Job:
        """Return the job as it stands; raise JobNotFound."""
        return from_json(Job, await self.call("GET", f"/v1/jobs/{job_id}"))

    async def cancel(self, job_id: JobId) -> Job:
        """Stop the job; one that has already ended stays as it is."""
        return from_json(Job, await self.call("DELETE", f"/v1/jobs/{job_id}"))

    async def follow(self, job_id: JobId, *, after: int = 0) -> AsyncGenerator[AnyJobEvent]:
        """Yield every event of a job after number ``after``, each exactly once, up to the final one.

        A lost stream is opened again where it broke off. EngineUnavailable ends it when the engine stays
        away for all tries in a row.
        """
        failures = 0
        while True:
            try:
                async with contextlib.aclosing(self._stream(job_id, after)) as events:
                    async for event in events:
                        failures = 0
                        if event.seq <= after:
                            continue
                        after = event.seq
                        yield event
                        if isinstance(event, FINAL_EVENTS):
                            return
            except TimeoutError:
                continue  # silence, not absence: the engine is asked again from where we are
            except (aiohttp.ClientError, OSError) as error:
                failures = await self._pause(failures, error)
            else:
                failures = await self._pause(failures, None)

    async def download_clip(self, job_id: JobId, target: Path, *, sha256: str) -> None:
        """Write the clip to ``target``, whole or not at all; raise EngineError when its hash differs."""
        await self._download(f"/v1/jobs/{job_id}/clip", target, sha256)

    async def download_thumbnail(self, job_id: JobId, target: Path) -> None:
        """Write the clip's still picture (JPEG or PNG) to ``target``."""
        await self._download(f"/v1/jobs/{job_id}/thumbnail", target, None)

    async def tool(self, name: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Run one of the engine's tools ("understand", "imagine" ...) and return its JSON answer."""
        data = await self.call("POST", f"/v1/tools/{name}", body=arguments, wait_s=self._plan.tool_s)
        if not isinstance(data, dict):
            raise IncompatibleVersion(
                f"The tool {name!r} answered with {type(data).__name__}, not an object."
            )
        return data

    async def deliveries(
        self, platform: str, *, state: DeliveryState = DeliveryState.PENDING
    ) -> tuple[Delivery, ...]:
        """Return what the chats of ``platform`` are still owed."""
        data = await self.call("GET", "/v1/deliveries", query={"platform": platform, "state": str(state)})
        items = data.get("deliveries", ()) if isinstance(data, Mapping) else data
        return tuple(from_json(Delivery, item) for item in items)

    async def delivery_done(self, job_id: JobId, *, error: str | None = None) -> None:
        """Say that the chat has its answer, or with an ``error`` that this try failed."""
        body = {} if error is None else {"error": error}
        await self.call("POST", f"/v1/deliveries/{job_id}/done", body=body)

    async def _stream(self, job_id: JobId, after: int) -> AsyncGenerator[AnyJobEvent]:
        """Open the event stream once and yield what it brings."""
        endpoint = await self._endpoint()
        timeout = aiohttp.ClientTimeout(
            total=None, sock_connect=self._plan.connect_s, sock_read=self._plan.silence_s
        )
        headers = {**_authorization(endpoint), "Last-Event-ID": str(after), "Accept": "text/event-stream"}
        url = f"{endpoint.base_url}/v1/jobs/{job_id}/events"
        async with self._session.get(url, headers=headers, timeout=timeout) as response:
            await _raise_for_error(response)
            parser = SseParser()
            async for piece in response.content.iter_any():
                for event in parser.feed(piece):
                    yield event_from_json(_parse(event.data))

    async def _pause(self, failures: int, error: Exception | None) -> int:
        """Wait before the next try; raise EngineUnavailable when all tries are used up."""
        if failures + 1 >= self._plan.tries:
            reason = f" ({error})" if error is not None and str(error) else ""
            raise EngineUnavailable(f"The engine cannot be reached{reason}.") from error
        await asyncio.sleep(self._plan.pause_s * 2**failures)
        return failures + 1

    async def call(
        self,
        method: str,
        path: str,
        *,
        body: Any = None,
        query: Query | None = None,
        wait_s: float | None = None,
        as_admin: bool = False,
    ) -> Any:
        """Make one call and return its JSON (None for an empty answer), again when the connection fails."""
        timeout = aiohttp.ClientTimeout(total=wait_s or self._plan.call_s, sock_connect=self._plan.connect_s)
        failures = 0
        while True:
            endpoint = await self._endpoint()
            try:
                async with self._session.request(
                    method,
                    endpoint.base_url + path,
                    json=body,
                    params=query,
                    headers=_authorization(endpoint, as_admin=as_admin),
                    timeout=timeout,
                ) as response:
                    await _raise_for_error(response)
                    return _parse(await response.text()) if response.status != HTTPStatus.NO_CONTENT else None
            except aiohttp.ClientConnectorError as error:
                failures = await self._pause(failures, error)
            except TimeoutError as error:
                raise EngineUnavailable(f"The engine did not answer within {timeout.total:.0f} s.") from error
            except (aiohttp.ClientError, OSError) as error:
                failures = await self._pause(failures, error)

    async def _download(self, path: str, target: Path, sha256: str | None) -> None:
        """Fetch a file into a temporary name beside ``target`` and move it there when it is whole."""
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", suffix=".part", dir=target.parent)
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                digest = await self._fetch(path, file)
            if sha256 is not None and digest != sha256:
                raise EngineError("The clip was damaged on its way from the engine. Try again.")
            _move(part, target)
        except OSError as error:
            raise _writing_error(target, error) from error
        finally:
            _remove(part)

    async def _fetch(self, path: str, file: Any) -> str:
        """Write the body of ``path`` to ``file`` and return its SHA-256; start over when it breaks off."""
        failures = 0
        while True:
            endpoint = await self._endpoint()
            timeout = aiohttp.ClientTimeout(
                total=None, sock_connect=self._plan.connect_s, sock_read=self._plan.call_s
            )
            url = endpoint.base_url + path
            try:
                async with self._session.get(
                    url, headers=_authorization(endpoint), timeout=timeout
                ) as response:
                    await _raise_for_error(response)
                    return await _write_body(response, file)
            except (aiohttp.ClientError, TimeoutError) as error:
                failures = await self._pause(failures, error)


def _authorization(endpoint: Endpoint, *, as_admin: bool = False) -> dict[str, str]:
    token = (endpoint.admin_token or endpoint.token) if as_admin else endpoint.token
    return {"Authorization": f"Bearer {token}"}


def _writing_error(target: Path, error: OSError) -> TextreelError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return StorageFull(f"No space is left for {target}. Free some and try again.")
    return OutputUnwritable(f"{target} cannot be written: {error.strerror}.")


async def _write_body(response: aiohttp.ClientResponse, file: Any) -> str:
    file.seek(0)
    file.truncate()
    digest = hashlib.sha256()
    async for piece in response.content.iter_chunked(_PIECE_BYTES):
        digest.update(piece)
        file.write(piece)
    return digest.hexdigest()


def _move(part: Path, target: Path) -> None:
    """Put a temporary file (0600) in its place, with the permissions that any new file of this user has."""
    mask = os.umask(0)
    os.umask(mask)
    part.chmod(0o666 & ~mask)
    part.replace(target)


def _remove(part: Path) -> None:
    part.unlink(missing_ok=True)


async def _raise_for_error(response: aiohttp.ClientResponse) -> None:
    """Turn an error answer into the error that its code names.

    A 409 is no error here: it carries the job that was submitted under the same key before.
    """
    if response.status < HTTPStatus.BAD_REQUEST or response.status == HTTPStatus.CONFLICT:
        if response.status == HTTPStatus.CONFLICT:
            await _raise_named_error(response, required=False)
        return
    await _raise_named_error(response, required=True)


async def _raise_named_error(response: aiohttp.ClientResponse, *, required: bool) -> None:
    text = await response.text()
    with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError):
        error = json.loads(text)["error"]
        raise _from_answer(error)
    if response.status == HTTPStatus.UNAUTHORIZED:
        raise Unauthorized
    if required:
        raise EngineError(f"The engine answered with HTTP status {response.status}.")


def _from_answer(error: Mapping[str, Any]) -> TextreelError:
    return error_from_code(str(error["code"]), str(error.get("message") or "") or None)


def _parse(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise IncompatibleVersion("The engine's answer is no JSON. Is it a textreel engine?") from error
