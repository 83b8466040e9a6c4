"""The register 台账: everything that was decided and done, one entry after the other, chained by SHA-256.

Principle that must never break: an entry is written once and never changed or removed. The database
refuses both, the chain shows what was done behind its back, and heads published outside the database
(`retention.heads`) show a cut tail and a replaced database.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from json.encoder import encode_basestring as _quoted
from typing import Any

from sqlalchemy import Connection, insert, select, text

from retention.errors import BadEntry, NotRegistrable
from retention.tables import GENESIS, register

_ADVISORY_LOCK = 0x7265_6769_7374_6572
"""The number that PostgreSQL knows the register's write lock by: "register" in ASCII."""


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


@dataclass(frozen=True)
class Entry:
    """One entry: `seq` counts from 1 without gaps, `at` is UTC text, `payload` canonical JSON text,
    `prev` the hash of the entry before, `hash` the entry's own."""

    seq: int
    at: str
    actor: str
    action: str
    subject: str
    payload: str
    prev: str
    hash: str


@dataclass(frozen=True)
class Head:
    """The register's last entry at some time: with its hash one can prove all that stood before.

    An empty register has the seq 0, no time, and the hash GENESIS.
    """

    seq: int
    at: str
    hash: str


def canonical(value: object) -> str:
    """The one JSON text of a value: keys sorted by code point, no white space, nothing escaped that
    need not be. Raises NotRegistrable for floats, and for what JSON does not know."""
    _refuse_ambiguous(value)
    try:
        found = _CANONICAL.encode(value)
        found.encode("utf-8")
    except (TypeError, ValueError) as error:
        raise NotRegistrable(
            f"{error}: give text, whole numbers, booleans, null, lists and objects"
        ) from error
    return found


def entry_hash(prev: str, seq: int, at: str, actor: str, action: str, subject: str, payload: str) -> str:
    """SHA-256, in hex, of the canonical JSON array [prev, seq, at, actor, action, subject, payload] as
    UTF-8; `payload` is canonical JSON text already and stands in the array as the value it is."""
    front = canonical([prev, seq, at, actor, action, subject])
    return sha256(f"{front[:-1]},{payload}]".encode()).hexdigest()


def append(
    connection: Connection,
    *,
    at: datetime,
    actor: str,
    action: str,
    subject: str,
    payload: Mapping[str, Any],
) -> Entry:
    """Write the next entry inside the caller's transaction, and give it back.

    The write lock is taken before the last entry is looked at and is held until the caller commits
    or rolls back, so two processes can not write the same seq; on SQLite the caller does best to
    have opened with BEGIN IMMEDIATE, else SQLite may answer "database is locked" where it could have
    waited. `at` must know its time zone. Raises NotRegistrable.
    """
    if at.tzinfo is None:
        raise NotRegistrable("the time of an entry has no time zone: give an aware datetime")
    for name, value in (("actor", actor), ("action", action), ("subject", subject)):
        if not value.strip():
            raise NotRegistrable(f"the entry's {name} is empty: say it in words")
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    body = canonical(dict(payload))
    canonical([actor, action, subject])
    lock(connection)
    last = head(connection)
    seq = last.seq + 1
    digest = entry_hash(last.hash, seq, moment, actor, action, subject, body)
    entry = Entry(seq, moment, actor, action, subject, body, last.hash, digest)
    connection.execute(insert(register).values(**vars(entry)))
    return entry


def head(connection: Connection) -> Head:
    """The last entry's seq, time and hash, as this connection sees the register."""
    last = select(register.c.seq, register.c.at, register.c.hash).order_by(register.c.seq.desc()).limit(1)
    row = connection.execute(last).one_or_none()
    return Head(row.seq, row.at, row.hash) if row else Head(0, "", GENESIS)


def entries(connection: Connection, *, after: int = 0) -> Iterator[Entry]:
    """The entries with a seq greater than `after`, in their order, read as a stream."""
    rows = select(register).where(register.c.seq > after).order_by(register.c.seq)
    for row in connection.execute(rows, execution_options={"yield_per": 2000}):
        yield Entry(*row)


def verify(connection: Connection, published: Iterable[Head] = ()) -> int:
    """How many entries the register has, once every one of them was found to be right.

    Raises BadEntry naming the first one that is edited, removed, swapped or put in between, and, as
    far as `published` heads tell, the first one that was cut off or belongs to another register.
    """
    expected: dict[int, set[str]] = defaultdict(set)
    for one in published:
        expected[one.seq].add(one.hash)
    last, last_hash = 0, GENESIS
    with closing(_rows(connection)) as rows:
        for row in rows:
            seq, at, actor, action, subject, payload, prev, found = row
            try:
                # The same text as `entry_hash` makes, put together without its checks: they cost two thirds of the time.
                texts = f'"{prev}",{seq},{_quoted(at)},{_quoted(actor)},{_quoted(action)},{_quoted(subject)}'
                whole = sha256(f"[{texts},{payload}]".encode()).hexdigest()
            except (TypeError, UnicodeEncodeError):
                whole = ""
            if seq != last + 1 or prev != last_hash or whole != found or not isinstance(payload, str):
                _check(Entry(*row), Head(last, "", last_hash))
            if seq in expected and expected[seq] != {found}:
                raise BadEntry(
                    seq,
                    f"第{seq}条与已公布的末条不符，台账被重写 entry {seq} is not the one whose hash was published: the register was "
                    "rewritten",
                )
            last, last_hash = seq, found
    furthest = max(expected, default=0)
    if furthest > last:
        raise BadEntry(
            last + 1,
            f"第{last + 1}条起缺失，末尾被截去 entry {last + 1} is missing: the register ends at {last}, yet head {furthest} was "
            "published: its tail was cut off",
        )
    return last


def _rows(connection: Connection) -> Generator[tuple[Any, ...]]:
    """Every row as it lies in the database, in the order of seq, also those that nobody has numbered from 1."""
    rows = select(register).order_by(register.c.seq)
    with connection.execute(rows, execution_options={"yield_per": 5000}) as found:
        for some in found.partitions():
            yield from map(tuple, some)


def _check(entry: Entry, last: Head) -> None:
    seq = last.seq + 1
    if entry.seq != seq:
        raise BadEntry(seq, f"第{seq}条缺失 entry {seq} is missing: after {last.seq} comes {entry.seq}")
    if entry.prev != last.hash:
        raise BadEntry(
            seq,
            f"第{seq}条与前一条不相接 entry {seq} does not follow from entry {last.seq}: one of the two was replaced",
        )
    fields = (entry.prev, seq, entry.at, entry.actor, entry.action, entry.subject, entry.payload)
    edited = (
        f"第{seq}条内容被改动 entry {seq} does not have the content that its hash was made of: it was edited"
    )
    try:
        if all(isinstance(one, str) for one in fields[2:]) and entry_hash(*fields) == entry.hash:
            return
    except NotRegistrable as error:
        raise BadEntry(seq, edited) from error
    raise BadEntry(seq, edited)


def lock(connection: Connection) -> None:
    """Take the register's write lock until the caller's transaction ends.

    Whoever asks what stands in the way of an act and then does it holds the lock over both, and so does whoever puts
    something in the way. SQLite takes the lock with any writing statement, even one that touches no row.
    """
    if connection.dialect.name == "sqlite":
        connection.execute(text("UPDATE register SET seq = seq WHERE 0"))
    else:
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _ADVISORY_LOCK})


def _refuse_ambiguous(value: object) -> None:
    """Refuse what would not come back as it went in: floats, and keys that JSON would turn into text."""
    if isinstance(value, float):
        raise NotRegistrable(f"{value!r} is a float: give a whole number (of cents, of per mille) or text")
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise NotRegistrable(f"the key {key!r} is no text: JSON knows only text as key")
            _refuse_ambiguous(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            _refuse_ambiguous(inner)
