"""The broker: how Celery is set, and how ids of files that wait are told to workers elsewhere.

Celery carries ids and nothing else. What a message says may be lost, late or told twice: the intake table alone decides
whether there is anything to do, and the watcher tells again of what waits there.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import timedelta

from celery import Celery
from kombu.entity import Queue
from kombu.exceptions import OperationalError

from consumers import intake, lease
from plugins.logs import log
from plugins.settings import Settings
from plugins.wiring import Archive

READING, FILING = "dossier.reading", "dossier.filing"
"""The queues: hours of OCR, and the light work behind it, which must not wait for that."""

_TELL_AGAIN, _FEW, _TELL_FEW_AGAIN = 300.0, 100, 30.0
"""Seconds after which a file is told of again that still waits: the broker may have lost it, or a worker that died may
have had its message in store. Where few wait that is soon."""
_BROKER_PAUSE = 15.0
"""Seconds for which a broker that did not answer is left alone."""
_GRACE = timedelta(seconds=30)
_FRESH = "fresh"
_LONG = 20
"""Files with more pages than this come after the others, where the broker knows priorities (Redis does)."""
_FIRST, _LAST = 0, 6


def make_app(settings: Settings) -> Celery:
    """Celery as this program needs it; nothing is connected to yet."""
    app = Celery("dossier", broker=settings.broker_url, set_as_current=False)
    longest = 2 * settings.max_file_seconds + 600
    quorum = {"x-queue-type": "quorum", "x-delivery-limit": 20, "x-consumer-timeout": (longest + 600) * 1000}
    redis = settings.broker_url.startswith(("redis", "sentinel"))
    queues = [
        Queue(name, routing_key=name, queue_arguments=None if redis else quorum)  # type: ignore[no-untyped-call]  # kombu has no types
        for name in (READING, FILING)
    ]
    # A message that is out longer than this is given to another worker as well (Redis): longer than any task.
    invisible = {"visibility_timeout": longest + 300}
    timeouts = {"socket_connect_timeout": 5, "socket_keepalive": True}
    app.conf.update(
        task_serializer="json",
        accept_content=["json"],
        task_ignore_result=True,
        task_store_errors_even_if_ignored=False,
        task_queues=queues,
        task_default_queue=READING,
        task_default_queue_type=None if redis else "quorum",
        task_routes={f"{READING}.one": {"queue": READING}, f"{FILING}.one": {"queue": FILING}},
        task_acks_late=True,
        # A task whose process was killed is not given to another one at once: its lease ends first, and the table counts.
        task_reject_on_worker_lost=False,
        # The lease holds while the broker is away: work that is cut off would only be begun again.
        worker_cancel_long_running_tasks_on_connection_loss=False,
        worker_prefetch_multiplier=1,
        task_soft_time_limit=longest - 300,
        task_time_limit=longest,
        worker_max_tasks_per_child=200,
        worker_max_memory_per_child=1_500_000,
        worker_soft_shutdown_timeout=60.0,
        worker_enable_soft_shutdown_on_idle=True,
        worker_enable_remote_control=False,
        worker_send_task_events=False,
        worker_hijack_root_logger=False,
        worker_redirect_stdouts=False,
        # A Celery worker that connects to Redis again has been seen to take nothing more (celery#8030, #8091, #10205): it
        # finishes what is in hand instead and ends, and its crew starts another one, which waits for the broker.
        broker_connection_retry=False,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_connection_timeout=5.0,
        broker_transport_options=(
            {**invisible, **timeouts, "queue_order_strategy": "priority", "priority_steps": [_FIRST, _LAST]}
            if redis
            else {"confirm_publish": True}
        ),
        result_backend_transport_options=invisible,
        visibility_timeout=invisible["visibility_timeout"],
        task_publish_retry_policy={"max_retries": 1, "interval_start": 0.1, "interval_max": 0.5},
    )
    return app


@dataclass
class Announcer:
    """Tells workers of files that wait; a broker that is away costs nothing but time."""

    app: Celery
    _told: dict[str, tuple[str, float]] = field(default_factory=dict)
    _down_until: float = 0.0

    def announce(self, intake_id: str, pages: int = 1, queue: str = READING) -> bool:
        """Tell of a file; False where the broker does not answer: `look_after` will tell of it."""
        if time.monotonic() < self._down_until:
            return False
        try:
            self.app.send_task(
                f"{queue}.one", (intake_id,), queue=queue, priority=_FIRST if pages <= _LONG else _LAST
            )
        except (OperationalError, OSError) as error:
            self._down_until = time.monotonic() + _BROKER_PAUSE
            self._told.clear()  # what it had, it may have lost
            log().warning("the broker does not answer; files wait in the table", reason=str(error))
            return False
        self._told[intake_id] = (_FRESH, time.monotonic())
        return True

    def look_after(self, archive: Archive, most: int) -> int:
        """Tell of every file that waits and was not told of, or long ago; gives back of how many.

        At most so many are told of at a time.
        """
        now, clock = time.monotonic(), archive.clock()
        with archive.engine.begin() as connection:
            waiting = lease.next_in_turn(connection, clock, most)
        again = _TELL_AGAIN if len(waiting) > _FEW else _TELL_FEW_AGAIN
        told = 0
        before, self._told = self._told, {}
        for row in waiting:
            key, known = _state_of(row), before.get(row.id)
            if known is not None and known[0] == key and now - known[1] < again:
                self._told[row.id] = known
            elif row.state == "read" and intake.stamp(clock - _GRACE) < row.since <= intake.stamp(clock):
                continue  # who has read it has just told of it
            elif self.announce(row.id, lease.pages_of(row), READING if row.state == "claimed" else FILING):
                self._told[row.id] = (key, now)
                told += 1
        return told


def _state_of(row: intake.Intake) -> str:
    """What makes a file worth telling of again; that of one that was just taken in is known beforehand."""
    return _FRESH if row.state == "claimed" and not row.deaths else f"{row.since}/{row.deaths}"
