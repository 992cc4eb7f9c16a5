"""What happened to a job, as rows that are only ever added."""

from __future__ import annotations

import json
from dataclasses import replace

from engine.contract.events import AnyJobEvent
from engine.contract.job import JobId
from engine.contract.wire import event_from_json, event_to_json
from engine.store.database import Rows


def append(rows: Rows, event: AnyJobEvent) -> AnyJobEvent:
    """Store ``event`` under the next number of its job and return it with that number."""
    (last,) = rows.execute(
        "SELECT COALESCE(MAX(seq), 0) FROM job_events WHERE job_id = ?", (event.job_id,)
    ).fetchone()
    numbered = replace(event, seq=last + 1)
    body = json.dumps(event_to_json(numbered), ensure_ascii=False)
    rows.execute(
        "INSERT INTO job_events(job_id, seq, at, body) VALUES (?, ?, ?, ?)",
        (numbered.job_id, numbered.seq, numbered.at.isoformat(), body),
    )
    return numbered


def after(rows: Rows, job_id: JobId, seq: int) -> tuple[AnyJobEvent, ...]:
    """Return the events of a job behind number ``seq``, in order."""
    found = rows.execute(
        "SELECT body FROM job_events WHERE job_id = ? AND seq > ? ORDER BY seq", (job_id, seq)
    ).fetchall()
    return tuple(event_from_json(json.loads(row[0])) for row in found)
