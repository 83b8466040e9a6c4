"""What stands in the way: every sort by its name, whatever the record's dossier was called before; an error means no."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import pytest
from sqlalchemy import Connection, insert, text

from retention.blocking import holds, litigation
from retention.blocking.block import Block
from retention.blocking.blocks import blocks, blocks_of
from retention.blocking.hold import HoldScope, HoldSort
from retention.blocking.hold_query import HeldQuery
from retention.households.dossier_numbers import note_numbers
from retention.keeping_tables import unnoted
from retention.periods import events
from retention.periods.event import Event, Scope
from retention.record import FactValue, Record
from retention.schedule import kept_rules
from retention.tables import dossier, merge
from tests.retention.a_record import DOSSIER, TODAY, a_record, example
from tests.retention.our_database import NOW, our_database

OTHER = "滨江雅苑/3栋1单元2002"
CASE = FactValue("case_no", "(2023)粤0106民初123号", 1, "（2023）粤0106民初123号")
SUIT = a_record(
    "50", category="litigation", kind="民事起诉状", title="起诉状", document_date=date(2023, 5, 1)
)


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = our_database()
    with engine.begin() as open_one:
        yield open_one
    engine.dispose()


def place(connection: Connection, scope: HoldScope, key: str, sort: HoldSort = "hold") -> int:
    return holds.place(
        connection, scope, key, reason="稽查", mandate="税稽通12号", who="李静", at=NOW, sort=sort
    ).id


def codes(connection: Connection, record: Record, today: date = TODAY) -> list[str]:
    return [block.code for block in blocks(connection, record, today)]


def merged(connection: Connection, source: str, target: str, at: str = "2026-06-01T00:00:00") -> None:
    for key in (source, target):
        row = {"title": "", "unit": "x", "project": "", "customer": "", "opened_on": TODAY}
        connection.execute(
            insert(dossier).values(**row, key=key, merged_into=target if key == source else "")
        )
    row = {"source": source, "target": target, "who": "李静", "reason": "同一户"}
    connection.execute(insert(merge).values(**row, begun_at=at, listed_at=at, done_at=at))


def test_a_free_record_has_no_block(connection: Connection) -> None:
    assert blocks(connection, a_record(), TODAY) == ()


@pytest.mark.parametrize(
    ("scope", "key", "free"),
    [
        ("record", "1", a_record("2")),
        ("dossier", DOSSIER, a_record(dossier=OTHER)),
        ("case", "（2023）粤0106民初123号", a_record()),
        ("customer", "贺 宇", a_record(customer="石颖琪")),
    ],
)
def test_a_hold_reaches_what_it_names_and_nothing_else(
    connection: Connection, scope: HoldScope, key: str, free: Record
) -> None:
    place(connection, scope, key)
    assert codes(connection, a_record(facts=(CASE,))) == ["on-hold"]
    assert codes(connection, free) == []


@pytest.mark.parametrize(
    ("sort", "code"),
    [("hold", "on-hold"), ("debt", "open-debt"), ("restriction", "personal-data-restricted")],
)
def test_each_sort_is_shown_by_its_name(connection: Connection, sort: HoldSort, code: str) -> None:
    place(connection, "dossier", DOSSIER, sort)
    (block,) = blocks(connection, a_record(), TODAY)
    assert (block.code, "税稽通12号" in block.reason_zh, "李静" in block.reason_zh) == (code, True, True)


def test_of_many_holds_every_one_stands_until_it_is_released(connection: Connection) -> None:
    first, second = place(connection, "dossier", DOSSIER), place(connection, "record", "1")
    assert codes(connection, a_record()) == ["on-hold", "on-hold"]
    holds.release(connection, first, who="李静", at=NOW, reason="稽查结束")
    assert codes(connection, a_record()) == ["on-hold"]
    holds.release(connection, second, who="李静", at=NOW, reason="稽查结束")
    assert codes(connection, a_record()) == []


def test_a_record_moved_into_a_held_dossier_later_is_held(connection: Connection) -> None:
    place(connection, "dossier", DOSSIER)
    assert codes(connection, a_record(dossier=OTHER)) == []
    assert codes(connection, a_record(dossier=DOSSIER)) == ["on-hold"]


@pytest.mark.parametrize("held", [OTHER, DOSSIER])
@pytest.mark.parametrize("lies_in", [OTHER, DOSSIER])
def test_a_merger_frees_nothing_from_a_hold(connection: Connection, held: str, lies_in: str) -> None:
    place(connection, "dossier", held)
    merged(connection, OTHER, DOSSIER)
    assert codes(connection, a_record(dossier=lies_in)) == ["on-hold"]


def test_a_hold_on_a_case_holds_the_whole_dossier_that_bears_its_number(connection: Connection) -> None:
    note_numbers(connection, "50", DOSSIER, (CASE,))
    place(connection, "case", "（2023）粤0106民初123号")
    assert codes(connection, a_record("7")) == ["on-hold"]
    assert codes(connection, a_record("8", dossier=OTHER)) == []


def test_a_hold_on_a_customer_holds_the_dossier_that_bears_the_name(connection: Connection) -> None:
    row = {"key": DOSSIER, "title": "", "unit": "x", "project": "", "customer": "贺宇、石颖琪"}
    connection.execute(insert(dossier).values(**row, opened_on=TODAY))
    place(connection, "customer", "石颖琪")
    assert codes(connection, a_record(customer="")) == ["on-hold"]


def query(connection: Connection, asked: HeldQuery, *found: str) -> int:
    number = place(connection, "query", asked.written())
    holds.write_down(connection, number, [(dms_id, "a" * 64) for dms_id in found], NOW)
    return number


def test_a_query_holds_what_it_found_whatever_becomes_of_its_labels(connection: Connection) -> None:
    query(connection, HeldQuery(category="repair"), "1")
    assert codes(connection, a_record("1", category="sales")) == ["on-hold"]
    assert codes(connection, a_record("2", category="sales")) == []


def test_a_query_holds_what_comes_later_and_fits(connection: Connection) -> None:
    query(connection, HeldQuery(category="repair", dated_from=date(2012, 1, 1)))
    assert codes(connection, a_record("9", category="repair")) == ["on-hold"]
    assert codes(connection, a_record("9", category="repair", document_date=date(2011, 1, 1))) == []
    assert codes(connection, a_record("9", category="repair", document_date=None)) == ["on-hold"]


def test_a_query_for_words_holds_a_later_record_whose_text_has_them(connection: Connection) -> None:
    query(connection, HeldQuery(words="渗漏 赔偿"))
    with_words, without = a_record("8"), a_record("9")
    holds.note_words(connection, with_words, ("卫生间渗 漏", "同意赔\n偿"))
    holds.note_words(connection, without, ("卫生间渗漏",))
    assert (codes(connection, with_words), codes(connection, without)) == (["on-hold"], [])


def test_a_query_whose_list_is_not_written_yet_holds_all_that_may_fit(connection: Connection) -> None:
    place(connection, "query", HeldQuery(words="渗漏", category="sales").written())
    assert codes(connection, a_record("9")) == ["on-hold"]
    assert codes(connection, a_record("9", category="repair")) == []


def test_an_open_litigation_paper_holds_its_dossier_by_itself(connection: Connection) -> None:
    litigation.note(connection, SUIT)
    (block,) = blocks(connection, a_record(), TODAY)
    assert (block.code, "起诉状" in block.reason_zh) == ("open-litigation", True)
    assert codes(connection, a_record(dossier=OTHER)) == []


def closed(connection: Connection, on: date, scope: Scope) -> events.Told:
    return events.tell(connection, Event("case_closed", on, scope, "结案报告"), who="李静", at=NOW)


def test_a_case_is_open_until_it_is_closed_after_its_paper(connection: Connection) -> None:
    litigation.note(connection, SUIT)
    closed(connection, date(2022, 1, 1), Scope("dossier", DOSSIER))
    assert codes(connection, a_record()) == ["open-litigation"]
    told = closed(connection, date(2024, 1, 1), Scope("dossier", DOSSIER))
    assert codes(connection, a_record()) == []
    assert codes(connection, a_record(), today=date(2023, 12, 31)) == ["open-litigation"]
    events.withdraw(connection, told.id, who="李静", at=NOW, reason="又上诉")
    assert codes(connection, a_record()) == ["open-litigation"]


def test_a_litigation_paper_that_nobody_noted_holds_itself(connection: Connection) -> None:
    assert codes(connection, SUIT) == ["open-litigation"]


def test_a_paper_that_turns_out_to_be_no_litigation_holds_no_longer(connection: Connection) -> None:
    litigation.note(connection, SUIT)
    litigation.note(connection, a_record("50", category="sales"))
    assert codes(connection, a_record()) == []


def test_a_closing_from_before_a_merger_closes_only_what_it_was_told_of(connection: Connection) -> None:
    old = a_record("50", category="litigation", dossier=OTHER, document_date=date(2023, 5, 1))
    litigation.note(connection, old)
    closed(connection, date(2024, 1, 1), Scope("dossier", DOSSIER))
    merged(connection, OTHER, DOSSIER, at="2026-12-01T00:00:00")
    assert codes(connection, a_record()) == ["open-litigation"]


def test_a_batch_is_held_by_its_parts(connection: Connection) -> None:
    batch = a_record("1", sha256="b" * 64, batch=True)
    part = a_record("2", part_of="b" * 64)
    kept_rules.note(connection, part, example(), who="dossier", at=NOW)
    assert codes(connection, batch) == ["parts-kept"]
    kept_rules.forget(connection, "2")
    assert codes(connection, batch) == []


def test_labels_in_doubt_and_a_missing_household_block(connection: Connection) -> None:
    record = a_record(review_reasons=("文种不明",), dossier_doubt="未见房号")
    assert codes(connection, record) == ["labels-in-doubt", "dossier-unassigned"]


def test_nothing_is_free_while_older_records_are_not_noted(connection: Connection) -> None:
    connection.execute(insert(unnoted).values(since="2026-11-21"))
    assert codes(connection, a_record()) == ["not-noted"]


def on_loan(connection: Connection, records: Sequence[Record], today: date) -> Mapping[str, Sequence[Block]]:
    return {"1": (Block("on-loan", "暂缓：借出未还（王晓云）", "blocked: on loan"),)}


def broken(connection: Connection, records: Sequence[Record], today: date) -> Mapping[str, Sequence[Block]]:
    connection.execute(text("SELECT * FROM no_such_table"))
    return {}


def test_what_is_plugged_in_is_asked_too(connection: Connection) -> None:
    assert [block.code for block in blocks(connection, a_record("1"), TODAY, (on_loan,))] == ["on-loan"]
    assert blocks(connection, a_record("2"), TODAY, (on_loan,)) == ()


def test_an_error_means_blocked_and_the_transaction_goes_on(connection: Connection) -> None:
    assert [block.code for block in blocks(connection, a_record(), TODAY, (broken,))] == ["not-known"]
    place(connection, "record", "1")
    assert codes(connection, a_record()) == ["on-hold"]


def test_a_query_that_can_not_be_read_means_blocked(connection: Connection) -> None:
    place(connection, "query", '{"colour":"red"}')
    assert codes(connection, a_record()) == ["not-known"]


def test_many_records_are_answered_as_each_by_itself(connection: Connection) -> None:
    place(connection, "dossier", DOSSIER)
    place(connection, "customer", "石颖琪", "debt")
    litigation.note(connection, SUIT)
    records = [a_record("1"), a_record("2", dossier=OTHER, customer="石颖琪"), a_record("3", dossier="")]
    together = blocks_of(connection, records, TODAY)
    assert together == {one.dms_id: blocks(connection, one, TODAY) for one in records}
    assert [len(together[one.dms_id]) for one in records] == [2, 1, 0]
