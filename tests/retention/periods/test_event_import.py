"""A list of events from a spreadsheet: all of it or nothing, and every wrong row named."""

from __future__ import annotations

from datetime import date

import pytest

from retention.errors import BadEvent
from retention.periods.event import Event, Scope
from retention.periods.event_import import read_events

HEAD = "kind,on,dossier,record,evidence\n"
GOOD = HEAD + "结案,2026-03-01,锦绣花园/3-2-1201,,结案报告\nloan_paid_out,2025/12/31,,17,结清证明\n"
EVENTS = (
    Event("case_closed", date(2026, 3, 1), Scope("dossier", "锦绣花园/3-2-1201"), "结案报告"),
    Event("loan_paid_out", date(2025, 12, 31), Scope("record", "17"), "结清证明"),
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_list_is_read_as_spreadsheets_write_it(encoding: str) -> None:
    assert read_events(GOOD.encode(encoding)) == EVENTS


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("判决,2026-03-01,a/1,,x", "choose from contract_ended"),
        ("结案,1.3.2026,a/1,,x", "YYYY-MM-DD"),
        ("结案,2026-03-01,a/1,7,x", "exactly one"),
        ("结案,2026-03-01,,,x", "exactly one"),
        ("结案,2026-03-01,a/1,,", "how one knows"),
        ("结案,2026-03-01", "as many columns"),
        ("结案,2026-03-01,a/1,,x,y", "as many columns"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_taken(row: str, message: str) -> None:
    with pytest.raises(BadEvent, match=f"line 4: .*{message}"):
        read_events((GOOD + row + "\n").encode())


def test_all_wrong_rows_are_told_at_once() -> None:
    with pytest.raises(BadEvent) as caught:
        read_events((HEAD + "判决,2026-03-01,a/1,,x\n结案,x,a/1,,x\n").encode())
    assert [line[:3] for line in str(caught.value).splitlines()] == ["第2行", "第3行"]


@pytest.mark.parametrize("content", [b"", b"kind,on\n", HEAD.encode(), b"\xff\xff\xff\xff"])
def test_what_is_no_list_of_events_is_refused(content: bytes) -> None:
    with pytest.raises(BadEvent):
        read_events(content)
