from __future__ import annotations

from aiohttp.test_utils import TestClient
from prometheus_client.parser import text_string_to_metric_families

from engine.api.metrics import Snapshot
from engine.contract.events import JobFailed
from engine.contract.job import JobStatus
from engine.meter import Meter
from engine.ports import Outcome
from tests.fakes.http_engine import METRICS, HttpEngine, request_body
from tests.fakes.values import at

AS_MONITOR = {"Authorization": f"Bearer {METRICS}"}
Figures = dict[tuple[str, str], float]


async def figures(client: TestClient) -> Figures:
    """Return what a monitor reads: name and label of each sample, and its value."""
    answer = await client.get("/v1/metrics", headers=AS_MONITOR)
    assert (answer.status, answer.content_type) == (200, "text/plain")
    return {
        (sample.name, ",".join(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(await answer.text())
        for sample in family.samples
    }


async def test_jobs_are_counted_by_status_and_failures_by_code(
    client: TestClient, engine: HttpEngine
) -> None:
    await engine.done_job()
    await engine.submit("2")
    hold = await engine.claim()
    failed = JobFailed(job_id=hold.job_id, seq=0, at=at(9), code="out_of_memory", detail="It is full.")
    await engine.store.finish(hold, failed)
    await engine.submit("3")
    found = await figures(client)
    jobs = {status: found["textreel_jobs", status] for status in JobStatus}
    assert jobs == {
        JobStatus.QUEUED: 1,
        JobStatus.RUNNING: 0,
        JobStatus.SUCCEEDED: 1,
        JobStatus.FAILED: 1,
        JobStatus.CANCELLED: 0,
    }
    assert found["textreel_jobs_failed_total", "out_of_memory"] == 1
    assert found["textreel_worker", "new"] == 1
    assert found["process_resident_memory_bytes", ""] > 1e6


async def test_refusals_are_counted_by_code(client: TestClient, engine: HttpEngine) -> None:
    await engine.service.allowances.block("fake:7", reason="", days=None, by="root")
    for text in ("A fox.", "A fox.", " "):
        await client.post("/v1/jobs", json=request_body(text=text))
    found = await figures(client)
    assert found["textreel_requests_refused_total", "blocked"] == 2
    assert found["textreel_requests_refused_total", "empty_prompt"] == 1


async def test_stages_are_timed(client: TestClient, engine: HttpEngine) -> None:
    engine.service.meter.rendered(12.0, {"composite": 3.0, "plan": 0.02})
    engine.service.meter.rendered(8.0, {"composite": 999.0})
    found = await figures(client)
    assert found["textreel_clip_seconds_total", ""] == 20.0
    assert found["textreel_stage_seconds_count", "composite"] == 2
    assert found["textreel_stage_seconds_sum", "composite"] == 1002.0
    assert found["textreel_stage_seconds_bucket", "2.5,composite"] == 0
    assert found["textreel_stage_seconds_bucket", "5.0,composite"] == 1
    assert found["textreel_stage_seconds_bucket", "+Inf,composite"] == 2


def test_a_new_engine_has_figures_as_well() -> None:
    snapshot = Snapshot(worker="new", outcomes={Outcome(JobStatus.QUEUED, None): 2}, meter=Meter())
    names = {family.name for family in snapshot.collect()}
    assert len(names) == 6
    assert all(name.startswith("textreel_") for name in names)
