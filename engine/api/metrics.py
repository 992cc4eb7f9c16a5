"""Figures for Prometheus. Numbers of jobs come from the store, so they hold for all engines and restarts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from aiohttp import web
from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from engine.api.keys import SERVICE
from engine.contract.job import JobStatus
from engine.meter import Meter
from engine.ports import Outcome

metric_routes = web.RouteTableDef()


@metric_routes.get("/v1/metrics")
async def metrics(request: web.Request) -> web.Response:
    """Tell the figures in the text format of Prometheus."""
    service = request.app[SERVICE]
    health = await service.health()
    snapshot = Snapshot(worker=health.worker, outcomes=await service.outcomes(), meter=service.meter)
    registry = CollectorRegistry()
    registry.register(snapshot)
    ProcessCollector(registry=registry)
    return web.Response(
        body=generate_latest(registry),
        headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"},
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Snapshot(Collector):
    """All figures at one moment."""

    #: State of the render process.
    worker: str
    #: How many jobs there are of each outcome.
    outcomes: Mapping[Outcome, int]
    meter: Meter

    def collect(self) -> Iterator[Metric]:
        """Yield each family of figures."""
        yield self._jobs()
        yield self._failures()
        refused = CounterMetricFamily(
            "textreel_requests_refused", "Requests refused since the start, by error code.", labels=["code"]
        )
        for code, count in sorted(self.meter.refused.items()):
            refused.add_metric([code], count)
        yield refused
        yield self._stages()
        yield CounterMetricFamily(
            "textreel_clip_seconds",
            "Seconds of clip rendered since the start.",
            value=self.meter.clip_seconds,
        )
        worker = GaugeMetricFamily(
            "textreel_worker", "1 for the state of the render process.", labels=["state"]
        )
        worker.add_metric([self.worker], 1)
        yield worker

    def _jobs(self) -> Metric:
        family = GaugeMetricFamily("textreel_jobs", "Jobs in the store, by status.", labels=["status"])
        for status in JobStatus:
            count = sum(count for outcome, count in self.outcomes.items() if outcome.status is status)
            family.add_metric([status], count)
        return family

    def _failures(self) -> Metric:
        family = CounterMetricFamily(
            "textreel_jobs_failed", "Failed jobs in the store, by error code.", labels=["code"]
        )
        counts = {code: count for (_, code), count in self.outcomes.items() if code is not None}
        for code, count in sorted(counts.items()):
            family.add_metric([code], count)
        return family

    def _stages(self) -> Metric:
        family = HistogramMetricFamily(
            "textreel_stage_seconds",
            "Seconds that a stage of a render took, since the start.",
            labels=["stage"],
        )
        for stage, histogram in sorted(self.meter.stages.items()):
            buckets = [
                ("+Inf" if bound == float("inf") else str(bound), count)
                for bound, count in histogram.cumulative()
            ]
            family.add_metric([stage], buckets=buckets, sum_value=histogram.total_s)
        return family
