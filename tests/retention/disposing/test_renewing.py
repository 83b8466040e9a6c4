"""A new passphrase: his own old one proves who he is; where it is forgotten, others vouch, and what is under way goes on without him."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from retention import register
from retention.acts import stamp
from retention.disposing import renewing, witnesses
from retention.disposing.disposing_tables import (
    appraisal,
    appraisal_item,
    disposal,
    disposal_item,
    disposal_witness,
)
from retention.errors import BadCredential
from tests.retention.our_database import NOW, our_database

OLD, NEW = "一句只有本人知道的话啊啊", "另一句只有本人知道的话啊"
LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(witnesses, "_COST", 16)


def registered() -> sa.Engine:
    engine = our_database()
    with engine.begin() as connection:
        witnesses.enrol(connection, "孙丽", OLD, vouched_by="王芳", at=NOW)
    return engine


def a_disposal(connection: sa.Connection, state: str, begun_by: str = "") -> None:
    """Proposed by 李静, approved by 赵敏, started by 周伟; its one item stands there; 孙丽 has confirmed the list."""
    acts = {"approved_by": "赵敏", "approved_at": stamp(NOW), "withdrawn_by": "", "withdrawn_at": ""}
    batch = {"id": 1, "as_of": date(2026, 3, 2), "schedule": "f" * 64, "note": "", **acts}
    connection.execute(sa.insert(appraisal).values(**batch, proposed_by="李静", proposed_at=stamp(NOW)))
    begun = {"begun_by": begun_by, "begun_at": stamp(NOW) if begun_by else ""}
    row = {"id": 1, "appraisal_id": 1, "started_by": "周伟", "started_at": stamp(NOW), **begun}
    row |= {"quarantine_until": date(2026, 9, 2), "manifest": "", "manifest_sha256": "", "done_at": ""}
    connection.execute(sa.insert(disposal).values(**row))
    one = {
        "disposal_id": 1,
        "dms_id": "7",
        "sha256": "a" * 64,
        "state": state,
        "detail": "",
        "at": stamp(NOW),
    }
    connection.execute(sa.insert(disposal_item).values(**one))
    said = {"disposal_id": 1, "key": "孙丽", "name": "孙 丽", "manifest_sha256": "b" * 64, "at": stamp(NOW)}
    connection.execute(sa.insert(disposal_witness).values(**said))


def confirmations(connection: sa.Connection) -> int:
    return len(connection.execute(sa.select(disposal_witness)).all())


def last(connection: sa.Connection) -> tuple[str, str, object]:
    entry = list(register.entries(connection))[-1]
    return entry.action, entry.actor, json.loads(entry.payload)


def test_who_is_registered_is_not_registered_again_on_one_persons_word() -> None:
    with registered().begin() as connection:
        with pytest.raises(BadCredential, match="disposal passphrase"):
            witnesses.enrol(connection, "孙 丽", NEW, vouched_by="王芳", at=LATER)
        assert witnesses.prove(connection, "孙丽", OLD, at=LATER)


def test_his_own_old_passphrase_gives_him_a_new_one_and_what_he_confirmed_stands() -> None:
    with registered().begin() as connection:
        a_disposal(connection, "quarantined")
        assert renewing.change(connection, "孙丽", OLD, NEW, at=LATER)
        assert last(connection)[:2] == ("witness-renewed", "孙丽")
        assert (confirmations(connection), renewing.barred(connection, "孙丽", stamp(NOW))) == (1, False)
        assert witnesses.prove(connection, "孙丽", NEW, at=LATER)
        assert not witnesses.prove(connection, "孙丽", OLD, at=LATER)


def test_a_wrong_old_passphrase_changes_nothing_and_is_counted() -> None:
    with registered().begin() as connection:
        assert not renewing.change(connection, "孙丽", "x", NEW, at=LATER)
        assert last(connection)[0] == "witness-refused"
        for _ in range(witnesses.MOST_FAILURES - 1):
            renewing.change(connection, "孙丽", "x", NEW, at=LATER)
        with pytest.raises(BadCredential):
            renewing.change(connection, "孙丽", OLD, NEW, at=LATER)


@pytest.mark.parametrize(
    "vouchers",
    [
        (),
        ("王芳",),
        ("王芳", "王 芳"),
        ("王芳", "孙丽"),
        ("王芳", "李静"),
        ("赵敏", "王芳"),
        ("周伟", "王芳"),
        ("吴刚", "王芳"),
    ],
)
def test_a_forgotten_one_wants_two_others_who_have_no_hand_in_what_is_under_way(
    vouchers: tuple[str, ...],
) -> None:
    with registered().begin() as connection:
        a_disposal(connection, "destroying", begun_by="吴刚")
        with pytest.raises(BadCredential):
            renewing.reset(connection, "孙丽", NEW, vouched_by=vouchers, at=LATER)
        assert witnesses.prove(connection, "孙丽", OLD, at=LATER)


def test_an_open_or_approved_appraisal_is_under_way_too() -> None:
    with registered().begin() as connection:
        acts = {"approved_by": "", "approved_at": "", "withdrawn_by": "", "withdrawn_at": ""}
        row = {"as_of": date(2026, 3, 2), "schedule": "f" * 64, "note": "", "proposed_at": stamp(NOW), **acts}
        number = connection.execute(
            sa.insert(appraisal).values(proposed_by="李静", **row).returning(appraisal.c.id)
        ).scalar_one()
        with pytest.raises(BadCredential, match="李静"):
            renewing.reset(connection, "孙丽", NEW, vouched_by=("王芳", "李静"), at=LATER)
        approved = {"approved_by": "赵敏", "approved_at": stamp(NOW)}
        connection.execute(sa.update(appraisal).where(appraisal.c.id == number).values(**approved))
        # Nothing in it is to be destroyed: it is over.
        renewing.reset(connection, "孙丽", NEW, vouched_by=("王芳", "李静"), at=LATER)
        assert connection.execute(sa.select(appraisal_item)).all() == []


def test_who_was_renewed_by_others_has_no_part_in_what_was_started_before() -> None:
    with registered().begin() as connection:
        a_disposal(connection, "quarantined")
        renewing.reset(connection, "孙丽", NEW, vouched_by=("王芳", "郑华"), at=LATER)
        told = {"witness": "孙丽", "how": "vouched", "vouched_by": ["王芳", "郑华"], "void": [1]}
        assert last(connection) == ("witness-renewed", "王芳、郑华", told)
        assert confirmations(connection) == 0
        assert renewing.barred(connection, "孙 丽", stamp(NOW))
        assert not renewing.barred(connection, "孙丽", stamp(LATER + timedelta(seconds=1)))
        assert witnesses.prove(connection, "孙丽", NEW, at=LATER)


def test_what_he_watched_being_destroyed_stays_watched() -> None:
    with registered().begin() as connection:
        a_disposal(connection, "destroyed", begun_by="吴刚")
        renewing.reset(connection, "孙丽", NEW, vouched_by=("王芳", "吴刚"), at=LATER)
        assert confirmations(connection) == 1


def test_a_blocked_witness_comes_back_on_the_word_of_two() -> None:
    with registered().begin() as connection:
        for _ in range(witnesses.MOST_FAILURES):
            witnesses.prove(connection, "孙丽", "x", at=NOW)
        renewing.reset(connection, "孙丽", NEW, vouched_by=("王芳", "郑华"), at=LATER)
        assert witnesses.prove(connection, "孙丽", NEW, at=LATER)
        with pytest.raises(BadCredential):
            renewing.reset(connection, "钱峰", NEW, vouched_by=("王芳", "郑华"), at=LATER)
        with pytest.raises(BadCredential):
            renewing.reset(connection, "孙丽", "短口令", vouched_by=("王芳", "郑华"), at=LATER)
