"""Tasks: what the server does with an upload after it has taken it."""

from __future__ import annotations

import re
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median_low
from typing import Any

from plugins.masking import mask_id_numbers
from plugins.paperless.client.connection import Connection
from retention.errors import AlreadyFiled, DmsError, DmsRefused, DmsUnavailable

_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 2.0
_LAST = 5
"""Uploads of one scanner take about as long as each other: for as long as half of so many took nothing is asked. To ask when
the first of them may be done costs the server a question more than it saves time."""
_WAITING = ("pending", "started")
_LOST = {"started": timedelta(minutes=35), "pending": timedelta(hours=2)}
"""A worker that is killed, or a queue that is lost, leaves a task that is under way for ever. The server itself gives a
task half an hour (PAPERLESS_WORKER_TIMEOUT); a queue may be long."""
_SERVERS_OWN = re.compile(
    r"WorkerLost|OperationalError|InterfaceError|Errno (?:5|28|30|122)\b|No space left|Read-only file system|"
    r"quota exceeded|database is locked|disk I/O error",
    re.IGNORECASE,
)
"""What says that it is not the file which is wrong: full or broken disks, a database that is away, a killed worker."""
_TAKEN = re.compile(r"ASN \d+ already exists")


class NumberTaken(DmsRefused):
    """The archive serial number that came with the file, or stands on it as a barcode, belongs to another document."""


@dataclass(frozen=True)
class Failure:
    """Why an upload has failed, in the server's words; `duplicate` where it has the same bytes already."""

    words: str
    duplicate: bool


class Tasks:
    """The tasks of this account; others are not shown by the server."""

    def __init__(
        self,
        connection: Connection,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._connection = connection
        self._sleep = sleep
        self._now = now
        self._took: deque[float] = deque(maxlen=_LAST)

    def uploading(self, field: int, value: str) -> str | None:
        """The task that works on an upload which bears `value` in the custom field `field`, or None; one that is too
        old is taken for lost: if it comes to its end after all, there are two copies, of which the older one stays."""
        asked = [
            ("task_type", "consume_file"),
            *(("status", status) for status in _WAITING),
            ("page_size", "1000"),
        ]
        for row in self._connection.rows("tasks/", asked):
            overrides = (row.get("input_data") or {}).get("overrides") or {}
            same = (overrides.get("custom_fields") or {}).get(str(field)) == value
            if same and self._is_alive(row):
                return str(row["task_id"])
        return None

    def _is_alive(self, row: Any) -> bool:
        # The server leaves out a filter that it does not know.
        status = str(row["status"]).lower()
        since = row.get("date_started") or row.get("date_created")
        return status in _LOST and (not since or self._now() - datetime.fromisoformat(since) <= _LOST[status])

    def failed(self) -> tuple[Failure, ...]:
        """The uploads that have failed, as far as the server still knows of them."""
        asked = [("task_type", "consume_file"), ("status", "failure"), ("page_size", "1000")]
        rows = [
            row for row in self._connection.rows("tasks/", asked) if str(row["status"]).lower() == "failure"
        ]
        return tuple(
            Failure(_words(row), (row.get("result_data") or {}).get("duplicate_of") is not None)
            for row in rows
        )

    def wait(self, task: str, sha256: str, seconds: float) -> int:
        """The id of the document that came out of it.

        Raises NumberTaken, DmsRefused where the server could not read the file, AlreadyFiled where it is set to
        refuse duplicates and has one, DmsUnavailable where it is the server that failed, and after `seconds`.
        """
        waited = min(median_low(self._took), _LONGEST_PAUSE) if self._took else 0.0
        if waited:
            self._sleep(waited)
        while True:
            # An unknown id is no error to the server, only an empty list.
            row = next(self._connection.rows("tasks/", [("task_id", task)]), None)
            status = str(row["status"]).lower() if row else "pending"
            if row and status == "success":
                self._took.append(_seconds_of(row, waited))
                return _document_of(row)
            if row and status not in _WAITING:
                raise _failure(row, sha256)
            if waited >= seconds:
                raise DmsUnavailable(
                    f"paperless-ngx has taken the file but not finished with it after {seconds:.0f} seconds (its "
                    f"task {task}): see that its worker runs; it is looked for again before anything is sent again"
                )
            pause = min(max(_FIRST_PAUSE, waited / 8), _LONGEST_PAUSE)
            self._sleep(pause)
            waited += pause


def _seconds_of(row: Any, waited: float) -> float:
    """How long the server took, by its own clock; what was waited where it does not say."""
    begun, done = row.get("date_created"), row.get("date_done")
    if not (begun and done):
        return waited
    return max(0.0, (datetime.fromisoformat(done) - datetime.fromisoformat(begun)).total_seconds())


def _document_of(row: Any) -> int:
    told = row.get("result_data") or {}
    document = told.get("document_id", row.get("related_document"))  # the latter in version 9
    if document is None:
        raise DmsUnavailable("paperless-ngx finished with the file and names no document: see its log")
    return int(document)


def _failure(row: Any, sha256: str) -> DmsError:
    told = row.get("result_data") or {}
    twin = told.get("duplicate_of")
    if twin is not None and told.get("duplicate_in_trash"):
        return DmsRefused(
            f"paperless-ngx refuses the file because the same bytes lie in its trash as document {twin}: restore "
            "that one, or empty it from the trash, then take the file in again"
        )
    if twin is not None:
        return AlreadyFiled(str(twin), sha256)
    line = _words(row)
    if str(row["status"]).lower() == "revoked" or _SERVERS_OWN.search(f"{told.get('error_type')} {line}"):
        return DmsUnavailable(
            f"paperless-ngx failed with the file for a reason of its own ({line}): see its disk, database and worker; "
            "the file is sent again"
        )
    if _TAKEN.search(line):
        return NumberTaken(
            f"paperless-ngx takes a number (ASN) from a barcode on the paper, and that number is taken ({line}): free it "
            "there, in the trash too, or switch PAPERLESS_CONSUMER_ENABLE_ASN_BARCODE off, then take the file in again"
        )
    return DmsRefused(f"paperless-ngx could not take the file: {line}")


def _words(row: Any) -> str:
    told = row.get("result_data") or {}
    words = told.get("error_message") or row.get("result") or "it gives no reason"
    return " ".join(mask_id_numbers(str(words)).split())[:300]
