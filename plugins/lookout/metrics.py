"""Figures in the text format of Prometheus: how the queue stands, and what lies outside of it. No names, no numbers of
persons: labels are states, stages, codes and roles, of which there is a fixed set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
)
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from plugins.lookout.outside import Outside
from plugins.lookout.queue_state import AGES, QueueState
from plugins.lookout.stages import BOUNDS, Stage

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
ROLES = ("watch", "line-up", "worker", "celery")


def text_of(queue: QueueState | None, outside: Outside | None) -> bytes:
    """What a scrape is answered with; None: our database does not answer, nobody has looked yet."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Looked(queue, outside))
    return generate_latest(registry)


class _Looked(Collector):
    def __init__(self, queue: QueueState | None, outside: Outside | None) -> None:
        self._queue, self._outside = queue, outside

    def collect(self) -> Iterable[Metric]:
        """Every figure of this look."""
        yield _gauge(
            "database_up", "Whether our database answered this scrape.", float(self._queue is not None)
        )
        if self._queue is not None:
            yield from _of_queue(self._queue)
        if self._outside is not None:
            yield from _of_outside(self._outside)


def _of_queue(queue: QueueState) -> Iterator[Metric]:
    yield _gauges("files", "Files ever taken in, by the state in which they are.", "state", queue.files)
    yield _gauges("set_aside_files", "Refused files, by the code of the reason.", "code", queue.set_aside)
    yield _gauge("waiting_files", "Files in the table that nobody works on.", queue.waiting)
    yield _gauge("leased_files", "Files that somebody works on.", queue.leased)
    yield _gauge(
        "oldest_file_seconds", "Seconds since the oldest unfinished file was taken in; 0: none.", queue.oldest
    )
    yield _gauge("inbox_files", "Files that stand in the watched folders.", queue.in_folders)
    standing = max([one.sight.oldest for one in queue.watchers], default=0.0)
    yield _gauge(
        "inbox_oldest_seconds", "Seconds for which the first of them has stood there unchanged.", standing
    )
    yield _ages(queue.ages)
    yield _stages(queue.stages)
    pages = sum(one.pages for one in queue.stages)
    yield CounterMetricFamily("dossier_pages_read", "Pages of the files that were filed.", value=pages)
    alive, processes = dict.fromkeys(ROLES, 0), dict.fromkeys(ROLES, 0)
    for who in queue.present:
        if who.alive and who.role in alive:
            alive[who.role] += 1
            processes[who.role] += who.sight.processes
    yield _gauges("present", "Watchers and crews of workers that are at work.", "role", alive)
    yield _gauges("reading_processes", "Processes that read for them.", "role", processes)
    dead = sum(not who.alive for who in queue.present)
    yield _gauge("silent", "Watchers and crews that went silent within a day without having ended.", dead)


def _ages(told: Sequence[int]) -> Metric:
    """Of what stands there now, unlike a histogram of what has been: without a sum, which the table can not tell cheaply."""
    name = "dossier_queue_age_seconds"
    family = Metric(
        name, "Files that are not finished, by the seconds since they were taken in.", "gaugehistogram"
    )
    *within, every = told
    for bound, number in _buckets(AGES, within, every):
        family.add_sample(f"{name}_bucket", {"le": bound}, number)
    family.add_sample(f"{name}_gcount", {}, every)
    return family


def _stages(told: Sequence[Stage]) -> HistogramMetricFamily:
    family = HistogramMetricFamily(
        "dossier_stage_seconds",
        "Seconds of the files that were filed, by stage; read: summed over the reading processes.",
        labels=["stage"],
    )
    for one in told:
        family.add_metric([one.stage], _buckets(BOUNDS, one.within, one.files), one.seconds)
    return family


def _buckets(bounds: Sequence[float], within: Sequence[int], every: int) -> list[tuple[str, float]]:
    told = zip(bounds, within or [0] * len(bounds), strict=True)
    return [*((str(bound), float(number)) for bound, number in told), ("+Inf", float(every))]


def _of_outside(outside: Outside) -> Iterator[Metric]:
    yield _gauge("dms_up", "Whether the DMS answered when it was last asked.", float(not outside.trouble))
    yield _gauge("dms_answer_seconds", "Seconds that it took.", outside.seconds)
    yield _gauge("disk_free_bytes", "Bytes that are free on the disk of DOSSIER_HOME.", outside.free)
    yield _gauge("inbox_up", "Whether the scanner's folder is there.", float(outside.inbox))
    if outside.set_aside is not None:
        yield _gauge(
            "set_aside_waiting", "Files in the set-aside folder, for somebody to see to.", outside.set_aside
        )


def _gauge(name: str, told: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"dossier_{name}", told, value=value)


def _gauges(name: str, told: str, label: str, values: object) -> GaugeMetricFamily:
    assert isinstance(values, dict)
    family = GaugeMetricFamily(f"dossier_{name}", told, labels=[label])
    for key, value in sorted(values.items()):
        family.add_metric([key], value)
    return family
