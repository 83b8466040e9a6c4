"""Tests of waiting for what the server does with an upload."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from plugins.paperless.client.connection import Connection
from plugins.paperless.client.tasks import NumberTaken, Tasks
from retention.errors import AlreadyFiled, DmsError, DmsRefused, DmsUnavailable
from tests.plugins.paperless.wire import Answer, Responder, Wire, in_turn, recorded, told, wire

SHA256 = "ab" * 32


def tasks(server: Wire, pauses: list[float] | None = None) -> Tasks:
    kept = [] if pauses is None else pauses
    return Tasks(Connection(server.url, "0" * 40), kept.append)


def failed_with(responder: Responder | Answer) -> DmsError:
    with wire(responder) as server, pytest.raises(DmsError) as told_of:
        tasks(server).wait("t", SHA256, 5.0)
    return told_of.value


def failure(**result: object) -> Answer:
    return told({"next": None, "results": [{"task_id": "t", "status": "failure", "result_data": result}]})


@pytest.mark.parametrize("name", ["task-success", "task-success-version-9"])
def test_the_document_is_known_when_the_task_is_done(name: str) -> None:
    under_way = recorded("task-under-way")
    pauses: list[float] = []
    with wire(in_turn(recorded("task-unknown"), under_way, recorded(name))) as server:
        found = tasks(server, pauses).wait("t", SHA256, 5.0)
    done = json.loads(recorded("task-success").body)["results"][0]
    assert found == done["result_data"]["document_id"]
    assert len(pauses) == 2


@pytest.mark.parametrize("name", ["task-failure", "task-failure-version-9"])
def test_a_file_that_the_server_can_not_read_is_refused_with_its_reason(name: str) -> None:
    error = failed_with(recorded(name))
    assert type(error) is DmsRefused
    assert "failure.pdf" in str(error)
    assert "Traceback" not in str(error)


def test_a_duplicate_that_the_server_refuses_is_already_filed() -> None:
    error = failed_with(failure(duplicate_of=15, duplicate_in_trash=False))
    assert isinstance(error, AlreadyFiled)
    assert (error.dms_id, error.sha256) == ("15", SHA256)


def test_a_duplicate_in_the_trash_says_what_to_do() -> None:
    error = failed_with(failure(duplicate_of=15, duplicate_in_trash=True))
    assert type(error) is DmsRefused
    assert "document 15: restore" in str(error)


def test_a_number_that_is_taken_says_what_to_do() -> None:
    error = failed_with(recorded("task-number-taken"))
    assert isinstance(error, NumberTaken)
    assert "ASN 20010001 already exists" in str(error)
    assert "free it there" in str(error)


def test_failed_uploads_are_told_with_their_reason() -> None:
    rows = [
        json.loads(recorded("task-failure").body)["results"][0],
        {"task_id": "d", "id": 7, "status": "failure", "result_data": {"duplicate_of": 5}},
    ]
    with wire(told({"next": None, "results": rows})) as server:
        first, second = tasks(server).failed()
    assert "failure.pdf" in first.words
    assert (first.duplicate, second.duplicate) == (False, True)


def test_a_server_without_a_worker_is_not_waited_for_for_ever() -> None:
    pauses: list[float] = []
    with wire(recorded("task-under-way")) as server, pytest.raises(DmsUnavailable, match="after 5 seconds"):
        tasks(server, pauses).wait("t", SHA256, 5.0)
    assert 5 <= sum(pauses) < 8


def test_a_success_without_a_document_is_told_of() -> None:
    answer = told({"next": None, "results": [{"task_id": "t", "status": "success", "result_data": None}]})
    assert "names no document" in str(failed_with(answer))


def test_an_upload_under_way_is_known_by_its_checksum() -> None:
    overrides = {"custom_fields": {"7": SHA256}}
    rows = [
        {"task_id": "other", "input_data": {}},
        {"task_id": "old", "input_data": None},
        {"task_id": "done", "status": "success", "input_data": {"overrides": overrides}},
        {"task_id": "ours", "status": "pending", "input_data": {"overrides": overrides}},
    ]
    with wire(told({"next": None, "results": rows})) as server:
        assert tasks(server).uploading(7, SHA256) == "ours"
        assert tasks(server).uploading(8, SHA256) is None
        assert tasks(server).uploading(7, "cd" * 32) is None
    assert ("status", "pending") in server.asked[0].query
    assert ("status", "started") in server.asked[0].query


def test_the_next_upload_is_asked_for_when_it_may_be_done() -> None:
    pauses: list[float] = []
    done = recorded("task-success")  # the server took 0.35 seconds
    with wire(in_turn(*[recorded("task-under-way")] * 12, done)) as server:
        waiting = tasks(server, pauses)
        waiting.wait("t", SHA256, 5.0)
        assert sum(pauses) > 0.36
        pauses.clear()
        waiting.wait("t", SHA256, 5.0)
    assert pauses == [pytest.approx(0.350856)]


def test_of_a_server_that_tells_no_times_the_wait_counts() -> None:
    pauses: list[float] = []
    done = told(
        {"next": None, "results": [{"task_id": "t", "status": "success", "result_data": {"document_id": 4}}]}
    )
    with wire(in_turn(*[recorded("task-under-way")] * 5, done)) as server:
        waiting = tasks(server, pauses)
        waiting.wait("t", SHA256, 5.0)
        waited = sum(pauses)
        pauses.clear()
        waiting.wait("t", SHA256, 5.0)
    assert pauses == [waited]


def test_one_slow_upload_does_not_hold_up_the_next() -> None:
    pauses: list[float] = []
    times = {"date_created": "2026-11-22T11:00:00+08:00", "date_done": "2026-11-22T11:00:09+08:00"}
    slow = {"task_id": "t", "status": "success", "result_data": {"document_id": 4}, **times}
    quick = slow | {"date_done": "2026-11-22T11:00:00.500000+08:00"}
    answers = [told({"next": None, "results": [row]}) for row in (quick, slow, quick)]
    with wire(in_turn(*answers)) as server:
        waiting = tasks(server, pauses)
        for _ in answers:
            waiting.wait("t", SHA256, 5.0)
    assert pauses == [0.5, 0.5]


def test_nothing_is_asked_before_half_of_the_last_uploads_would_have_been_done() -> None:
    pauses: list[float] = []
    begun = "2026-11-22T11:00:00+08:00"
    row = {"task_id": "t", "status": "success", "result_data": {"document_id": 4}, "date_created": begun}
    took = ("00.500", "00.800", "00.700", "00.600", "00.900", "00.700")
    answers = [
        told({"next": None, "results": [{**row, "date_done": f"2026-11-22T11:00:{one}+08:00"}]})
        for one in took
    ]
    with wire(in_turn(*answers)) as server:
        waiting = tasks(server, pauses)
        for _ in answers:
            waiting.wait("t", SHA256, 5.0)
    assert pauses[-1] == pytest.approx(0.7)


def test_a_task_that_was_taken_back_is_tried_again() -> None:
    row = {"task_id": "t", "status": "revoked", "result_data": None}
    assert type(failed_with(told({"next": None, "results": [row]}))) is DmsUnavailable


@pytest.mark.parametrize(
    ("status", "minutes", "found"),
    [("pending", 119, "t"), ("pending", 121, None), ("started", 34, "t"), ("STARTED", 36, None)],
)
def test_an_upload_that_is_under_way_for_too_long_is_taken_for_lost(
    status: str, minutes: int, found: str | None
) -> None:
    now = datetime(2026, 1, 2, tzinfo=UTC)
    row = {
        "task_id": "t",
        "status": status,
        "date_created": (now - timedelta(minutes=minutes)).isoformat(),
        "input_data": {"overrides": {"custom_fields": {"7": SHA256}}},
    }
    with wire(told({"next": None, "results": [row]})) as server:
        connection = Connection(server.url, "0" * 40)
        assert Tasks(connection, now=lambda: now).uploading(7, SHA256) == found
