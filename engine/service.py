"""The use cases of the engine: submit, follow, cancel, deliver, and the pipeline's tools."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.admission import check_request
from engine.allowances import Allowances
from engine.contract.delivery import Delivery, DeliveryState
from engine.contract.errors import Blocked, InvalidOption, QueueFull, QuotaExceeded, TextreelError
from engine.contract.events import FINAL_EVENTS, AnyJobEvent
from engine.contract.job import TERMINAL, Job, JobId, JobStatus
from engine.contract.request import ClipRequest
from engine.contract.wire import CONTRACT_VERSION
from engine.meter import Meter
from engine.ports import JobStore, Outcome, ToolRunner
from engine.queueing import Place, place_of
from engine.quota import Barred, Denied, Standing, day_of, decide, estimate_charge
from engine.settings import EngineSettings

#: What POST /v1/tools/{name} can run.
TOOLS = ("understand", "storyboard", "imagine", "music", "doctor")
#: How long a cancellation waits for the render process to let go, in seconds.
CANCEL_SECONDS = 4.0


class Topic:
    """Wakes those who wait for news of a job. It carries none itself: news are rows of the store."""

    def __init__(self) -> None:
        self._listeners: dict[JobId, set[asyncio.Event]] = {}

    @contextlib.contextmanager
    def listening(self, job_id: JobId) -> Iterator[asyncio.Event]:
        """Give an event that is set at every announcement; the listener clears it before it looks."""
        event = asyncio.Event()
        listeners = self._listeners.setdefault(job_id, set())
        listeners.add(event)
        try:
            yield event
        finally:
            listeners.discard(event)
            if not listeners:
                self._listeners.pop(job_id, None)

    def announce(self, job_id: JobId) -> None:
        """Wake everybody who listens for this job."""
        for event in self._listeners.get(job_id, ()):
            event.set()


class EventHub:
    """The engine's signals between its rooms, all inside one event loop."""

    def __init__(self) -> None:
        #: A job has new rows.
        self.rows = Topic()
        #: Somebody wants a running job stopped.
        self.stops = Topic()
        #: What is counted on the way.
        self.meter = Meter()
        #: A job waits for a worker.
        self.work = asyncio.Event()


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How the engine is."""

    #: State of the render process.
    worker: str
    #: Jobs that wait.
    queued: int
    #: Version of the contract that the engine speaks.
    contract: int
    #: Name of this engine instance.
    instance: str


class Service:
    """All that the API can ask of the engine."""

    def __init__(
        self,
        store: JobStore,
        worker: ToolRunner,
        hub: EventHub,
        *,
        settings: EngineSettings,
        instance: str,
        clock: Callable[[], datetime],
        check_space: Callable[[], None],
    ) -> None:
        self._store = store
        self._worker = worker
        self._hub = hub
        self._settings = settings
        self._instance = instance
        self._clock = clock
        self._check_space = check_space
        self.allowances = Allowances(store.quotas, settings=settings.quota, clock=clock)

    async def submit(self, request: ClipRequest) -> tuple[Job, bool]:
        """Queue a request; return its job and whether it is new (else the key was seen before).

        Raises RequestError for what cannot be rendered (Blocked among them), QuotaExceeded, QueueFull or
        StorageFull.
        """
        try:
            return await self._submit(request)
        except TextreelError as error:
            self._hub.meter.refuse(error.code)
            raise

    async def _submit(self, request: ClipRequest) -> tuple[Job, bool]:
        request = check_request(request, self._settings.clip)
        self._check_space()
        now = self._clock()
        cost = estimate_charge(request, self._settings.clip)
        job = Job(
            id=JobId(secrets.token_hex(8)),
            request=request,
            seed=secrets.randbelow(2**31) if request.seed is None else request.seed,
            status=JobStatus.QUEUED,
            attempts=0,
            queued_at=now,
        )

        def admit(standing: Standing) -> None:
            if standing.queued >= self._settings.max_queued:
                raise QueueFull(f"{standing.queued} clips are waiting. Try again in a few minutes.")
            verdict = decide(request, standing, self._settings.quota, cost=cost, now=now)
            if isinstance(verdict, Barred):
                raise Blocked(verdict.reason)
            if isinstance(verdict, Denied):
                raise QuotaExceeded(verdict.reason, verdict.resets_at)

        job, is_new = await self._store.submit(
            job,
            owner=self._instance,
            seconds=cost,
            day=day_of(now),
            admit=admit,
            workers=self._worker.capacity,
        )
        if is_new:
            self._hub.work.set()
        return job, is_new

    async def status(self, job_id: JobId) -> Job:
        """Return a job; raise JobNotFound."""
        return await self._store.job(job_id)

    async def place(self, job: Job) -> Place | None:
        """Return where a job stands in the queue now, None when it does not wait."""
        if job.status is not JobStatus.QUEUED:
            return None
        queue = await self._store.queue_around(job.id)
        return place_of(queue, workers=self._worker.capacity, now=self._clock())

    async def history(self, user: str, *, limit: int) -> tuple[Job, ...]:
        """Return the last jobs of the user with the key ``user``, the newest first."""
        return await self._store.history(user, limit=limit)

    async def cancel(self, job_id: JobId) -> Job:
        """Stop a job and return it as it then stands; an ended one stays as it is. Raises JobNotFound."""
        with self._hub.rows.listening(job_id) as changed:
            job = await self._store.ask_cancel(job_id, at=self._clock())
            if job.status is JobStatus.CANCELLED:
                self._hub.rows.announce(job_id)
            if job.status in TERMINAL:
                return job
            self._hub.stops.announce(job_id)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(CANCEL_SECONDS):
                    while (job := await self._store.job(job_id)).status not in TERMINAL:
                        await changed.wait()
                        changed.clear()
        return job

    async def follow(
        self, job_id: JobId, *, after: int, idle_seconds: float
    ) -> AsyncGenerator[tuple[AnyJobEvent, ...], None]:
        """Yield the events of a job behind number ``after`` as they come, up to the final one.

        The first batch comes at once, if need be empty; later an empty one comes after ``idle_seconds``
        without any, so that a listener knows we live. Raises JobNotFound.
        """
        with self._hub.rows.listening(job_id) as changed:
            is_first = True
            while True:
                changed.clear()
                # Read first: when the job had ended by now, the events below hold the final one.
                job = await self._store.job(job_id)
                events = await self._store.events_after(job_id, after)
                if events or is_first:
                    after = events[-1].seq if events else after
                    is_first = False
                    yield events
                if job.status in TERMINAL or (events and isinstance(events[-1], FINAL_EVENTS)):
                    return
                if events:
                    continue
                try:
                    async with asyncio.timeout(idle_seconds):
                        await changed.wait()
                except TimeoutError:
                    yield ()

    async def deliveries(self, *, platform: str | None, state: DeliveryState) -> tuple[Delivery, ...]:
        """Return what chats are owed."""
        return await self._store.deliveries(platform=platform, state=state)

    async def mark_delivered(self, job_id: JobId, *, error: str | None = None) -> None:
        """Note that a chat has its answer, or that a try failed with ``error``. Raises JobNotFound."""
        await self._store.delivery_tried(job_id, error=error)

    async def tool(self, name: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Run a tool of the pipeline; raise InvalidOption when there is none of that name."""
        if name not in TOOLS:
            raise InvalidOption(f"There is no tool {name!r}; there are {', '.join(TOOLS)}.")
        return await self._worker.call(name, arguments)

    @property
    def meter(self) -> Meter:
        """What the engine has counted."""
        return self._hub.meter

    async def outcomes(self) -> Mapping[Outcome, int]:
        """Return how many jobs there are of each outcome."""
        return await self._store.outcomes()

    async def health(self) -> Health:
        """Say how the engine is."""
        return Health(
            worker=str(self._worker.state),
            queued=await self._store.count_queued(),
            contract=CONTRACT_VERSION,
            instance=self._instance,
        )
