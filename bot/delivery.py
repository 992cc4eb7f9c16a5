"""From a job's events to what a person sees: one status that is edited, then the clip or the reason."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import tempfile
from pathlib import Path

from adapters.base import Button, ChatAdapter, ReadyClip, Status, StatusHandle, StatusState, Verb
from bot.engine_client import EngineClient
from bot.progress import Progress
from bot.replies import Replies, bar, size_text
from engine.contract.clip import Clip
from engine.contract.errors import AddressGone, Cancelled, DeliveryError, TextreelError
from engine.contract.events import (
    AnyJobEvent,
    JobCancelled,
    JobFailed,
    JobQueued,
    JobRequeued,
    JobSucceeded,
)
from engine.contract.job import JobId
from engine.contract.request import ReplyAddress

_log = logging.getLogger(__name__)


class StatusLine:
    """One message of the bot, edited as often as the network allows and always to the newest state."""

    def __init__(self, adapter: ChatAdapter, address: ReplyAddress) -> None:
        self._adapter = adapter
        self._address = address
        self._handle: StatusHandle | None = None
        self._newest: Status | None = None
        self._changed = asyncio.Event()
        self._editor: asyncio.Task[None] | None = None
        self._posting: asyncio.Task[None] | None = None

    def show(self, status: Status) -> None:
        """Show ``status`` as soon as the pace of the network allows."""
        if status == self._newest:
            return
        self._newest = status
        self._changed.set()
        if self._editor is None:
            self._editor = asyncio.create_task(self._edit(), name="status editor")

    async def finish(self, status: Status) -> None:
        """Show the last status now; nothing follows it. DeliveryError goes to the caller."""
        await self.stop()
        await self._post(status)

    async def stop(self) -> None:
        """Edit no more. A message on its way is waited for: cut off, it would be posted a second time."""
        if self._editor is not None:
            self._editor.cancel()
            await asyncio.wait((self._editor,))
            self._editor = None
        if self._posting is not None:
            await asyncio.wait((self._posting,))

    async def _edit(self) -> None:
        while True:
            await self._changed.wait()
            self._changed.clear()
            if self._newest is not None:
                self._posting = asyncio.create_task(self._post_or_log(self._newest), name="status post")
                await asyncio.shield(self._posting)
            await asyncio.sleep(self._adapter.limits.edit_interval_s)

    async def _post_or_log(self, status: Status) -> None:
        """A lost progress line is no reason to lose the clip."""
        try:
            await self._post(status)
        except DeliveryError as error:
            _log.warning("%s: a status could not be shown: %s", self._adapter.name, error)

    async def _post(self, status: Status) -> None:
        if self._handle is None:
            self._handle = await self._adapter.send_status(self._address, status)
        else:
            await self._adapter.edit_status(self._handle, status)


class Courier:
    """Follows one job and brings its outcome to one address."""

    def __init__(
        self,
        client: EngineClient,
        adapter: ChatAdapter,
        replies: Replies,
        address: ReplyAddress,
        *,
        pauses_s: tuple[float, ...] = (30.0, 60.0, 120.0),
    ) -> None:
        """``pauses_s``: waits between tries to deliver when the network asks for a pause, in seconds."""
        self._client = client
        self._adapter = adapter
        self._replies = replies
        self._address = address
        self._line = StatusLine(adapter, address)
        self._progress = Progress()
        self._pauses_s = pauses_s

    async def deliver(self, job_id: JobId) -> None:
        """Follow the job to its end, tell the chat, and mark the delivery as done.

        Cancelled (the asker goes away): the job is stopped when nobody could receive its clip later.
        """
        try:
            final = await self._follow(job_id)
            await self._tell_patiently(job_id, final)
        except asyncio.CancelledError:
            await self._line.stop()
            if not self._adapter.limits.addresses_last:
                await self._give_up(job_id)
            raise
        finally:
            await self._line.stop()
        await self._client.delivery_done(job_id)

    async def refuse(self, error: TextreelError) -> None:
        """Tell the chat that no job came of its message."""
        await self._line.finish(self._failed(None, error.code, error.message))

    async def say(self, text: str) -> None:
        """Answer with a plain sentence."""
        await self._line.finish(Status(text=text, state=StatusState.SAID))

    async def _follow(self, job_id: JobId) -> AnyJobEvent:
        last: AnyJobEvent | None = None
        async with contextlib.aclosing(self._client.follow(job_id)) as events:
            async for event in events:
                last = event
                self._progress = self._progress.after(event)
                if not isinstance(event, JobSucceeded | JobFailed | JobCancelled):
                    self._line.show(self._working(event))
        if last is None:
            raise Cancelled("The job has no events.")
        return last

    async def _tell_patiently(self, job_id: JobId, final: AnyJobEvent) -> None:
        """Tell the chat, again after a while when it asks for that; note each try that failed."""
        for pause_s in (*self._pauses_s, None):
            try:
                await self._tell(job_id, final)
            except DeliveryError as error:
                await self._client.delivery_done(job_id, error=error.message)
                if pause_s is None or not error.retryable:
                    raise
                await asyncio.sleep(pause_s)
            else:
                return

    async def _tell(self, job_id: JobId, final: AnyJobEvent) -> None:
        try:
            if isinstance(final, JobSucceeded):
                await self._send(job_id, final.clip)
            elif isinstance(final, JobFailed):
                await self._line.finish(self._failed(job_id, final.code, final.detail))
            else:
                text = self._replies.event("JobCancelled")
                cancelled = Status(
                    text=text, state=StatusState.CANCELLED, job_id=job_id, error_code="cancelled"
                )
                await self._line.finish(cancelled)
        except AddressGone as error:
            _log.warning("%s: nobody is there for job %s any more: %s", self._adapter.name, job_id, error)

    async def _send(self, job_id: JobId, clip: Clip) -> None:
        with tempfile.TemporaryDirectory(prefix="textreel-") as folder:
            path = Path(folder) / f"textreel-{job_id}.mp4"
            await self._client.download_clip(job_id, path, sha256=clip.sha256)
            ready = ReadyClip(
                job_id=job_id,
                clip=clip,
                path=path,
                thumbnail=await self._thumbnail(job_id, Path(folder)),
                text=self._clip_text(clip),
                understood=self._progress.understood,
                buttons=self._buttons(job_id, Verb.AGAIN, Verb.LONGER, Verb.SHORTER),
            )
            await self._line.finish(
                Status(
                    text=self._replies.event("JobSucceeded", title=clip.title),
                    state=StatusState.SUCCEEDED,
                    job_id=job_id,
                    fraction=1.0,
                    understood=self._progress.understood,
                )
            )
            await self._adapter.send_clip(self._address, ready)

    async def _thumbnail(self, job_id: JobId, folder: Path) -> Path | None:
        path = folder / f"textreel-{job_id}.jpg"
        try:
            await self._client.download_thumbnail(job_id, path)
        except TextreelError as error:
            _log.info("Job %s has no still picture: %s", job_id, error)
            return None
        return path

    async def _give_up(self, job_id: JobId) -> None:
        """Stop a job that nobody waits for; the engine may be going away as well, so not for long."""
        try:
            await asyncio.wait_for(self._client.cancel(job_id), 5.0)
            await asyncio.wait_for(self._client.delivery_done(job_id), 5.0)
        except (TextreelError, TimeoutError) as error:
            _log.warning("Job %s could not be cancelled: %s", job_id, error)

    def _working(self, event: AnyJobEvent) -> Status:
        progress = self._progress
        headline = self._headline(event)
        drawn = progress.stage is not None
        return Status(
            text=self._with_bar(headline) if drawn else headline,
            state=StatusState.WORKING,
            job_id=event.job_id,
            headline=headline,
            stage=progress.stage,
            fraction=progress.fraction if drawn else None,
            seconds_left=progress.seconds_left,
            understood=progress.understood,
            buttons=self._buttons(event.job_id, Verb.CANCEL),
        )

    def _buttons(self, job_id: JobId, *verbs: Verb) -> tuple[Button, ...]:
        labels = ((verb, self._replies.word("buttons", str(verb))) for verb in verbs)
        return tuple(Button(verb=verb, label=label, job_id=job_id) for verb, label in labels)

    def _headline(self, event: AnyJobEvent) -> str:
        said = self._replies
        if isinstance(event, JobQueued):
            return self._queued(event)
        if isinstance(event, JobRequeued):
            return said.event("JobRequeued", attempt=event.attempts + 1)
        progress = self._progress
        if progress.stage is None:
            title = progress.understood.title if progress.understood else ""
            return said.event("JobUnderstood", title=title)
        stage = said.stage(progress.stage)
        if not progress.detail:
            return said.event("StageStarted", stage=stage)
        return said.event("StageProgressed", stage=stage, detail=progress.detail)

    def _queued(self, event: JobQueued) -> str:
        said = self._replies
        queued = said.event("JobQueued", count=event.position)
        low, high = event.wait_seconds_low, event.wait_seconds_high
        if low is None or high is None or high < 1:
            return queued
        return said.say("queued_wait", queued=queued, low=said.duration(low), high=said.duration(high))

    def _with_bar(self, headline: str) -> str:
        progress, said = self._progress, self._replies
        values = {
            "headline": headline,
            "bar": bar(progress.fraction),
            "percent": int(100 * progress.fraction),
        }
        if progress.seconds_left is None:
            return said.say("progress", **values)
        return said.say("progress_left", **values, left=said.duration(progress.seconds_left))

    def _failed(self, job_id: JobId | None, code: str, detail: str) -> Status:
        reason = self._replies.error(code, detail)
        return Status(
            text=self._replies.event("JobFailed", reason=reason),
            state=StatusState.FAILED,
            job_id=job_id,
            understood=self._progress.understood,
            error_code=code,
            error_detail=detail,
        )

    def _clip_text(self, clip: Clip) -> str:
        said = self._replies
        facts = said.say(
            "clip_line",
            width=clip.width_px,
            height=clip.height_px,
            seconds=f"{clip.seconds:.1f}",
            size=size_text(clip.bytes),
        )
        seed = said.say("seed_line", seed=clip.seed)
        notes = [said.say("note_line", note=note) for note in clip.notes]
        return "\n".join((clip.title, f"{facts}, {seed} ({said.say('ai_label')})", *notes))
