"""Witnesses: no passphrase is kept, and who he is only his own proves."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from retention import register
from retention.disposing import witnesses
from retention.disposing.disposing_tables import witness
from retention.errors import BadCredential
from tests.retention.our_database import NOW, our_database

SECRET = "一句只有本人知道的话啊啊"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(witnesses, "_COST", 16)


def test_two_hashes_of_one_passphrase_differ_and_both_fit() -> None:
    one, other = witnesses.hashed(SECRET), witnesses.hashed(SECRET)
    assert one != other
    assert witnesses.matches(SECRET, one)
    assert witnesses.matches(SECRET, other)
    assert not witnesses.matches(SECRET + "x", one)


def test_neither_table_nor_register_holds_the_passphrase() -> None:
    with our_database().begin() as connection:
        witnesses.enrol(connection, "孙丽", SECRET, vouched_by="王芳", at=NOW)
        kept = str(connection.execute(sa.select(witness)).all()) + str(list(register.entries(connection)))
    assert SECRET not in kept
    assert "scrypt$16$8$1$" in kept


@pytest.mark.parametrize(
    ("name", "secret", "vouched_by"),
    [("孙丽", SECRET, "孙 丽"), ("孙丽", SECRET, " "), ("", SECRET, "王芳"), ("孙丽", "短口令", "王芳")],
)
def test_nobody_vouches_for_himself_and_no_passphrase_is_short(
    name: str, secret: str, vouched_by: str
) -> None:
    with our_database().begin() as connection, pytest.raises(BadCredential):
        witnesses.enrol(connection, name, secret, vouched_by=vouched_by, at=NOW)


def test_a_right_passphrase_takes_the_failures_away_until_there_are_too_many() -> None:
    with our_database().begin() as connection:
        witnesses.enrol(connection, "孙丽", SECRET, vouched_by="王芳", at=NOW)
        for _ in range(witnesses.MOST_FAILURES - 1):
            assert not witnesses.prove(connection, "孙丽", "x", at=NOW)
        assert witnesses.prove(connection, " 孙丽", SECRET, at=NOW)
        assert witnesses.every(connection)[0].failures == 0
        for _ in range(witnesses.MOST_FAILURES):
            assert not witnesses.prove(connection, "孙丽", "x", at=NOW)
        assert witnesses.every(connection)[0].blocked
        with pytest.raises(BadCredential, match="--forgotten"):
            witnesses.prove(connection, "孙丽", SECRET, at=NOW)
