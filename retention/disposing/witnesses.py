"""Witnesses 监销人 and their credentials: each registers a passphrase of his own, and proves with it who he is.

Principle that must never break: no passphrase is kept, only its scrypt hash with a salt of its own; nobody registers
himself, another person vouches for him; and who is registered keeps his passphrase (`renewing` gives him another).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from retention import person, register
from retention.acts import stamp
from retention.disposing.disposing_tables import witness
from retention.errors import BadCredential

SHORTEST = 12
MOST_FAILURES = 5
_COST, _BLOCK, _LANES, _LENGTH = 1 << 15, 8, 1, 32
_MEMORY = 128 * _COST * _BLOCK * 2


@dataclass(frozen=True)
class Witness:
    """A person who can witness. `since` is UTC, ISO 8601; `blocked` after too many wrong passphrases in a row."""

    name: str
    vouched_by: str
    since: str
    failures: int

    @property
    def blocked(self) -> bool:
        """Whether he needs a new passphrase."""
        return self.failures >= MOST_FAILURES


def enrol(connection: Connection, name: str, passphrase: str, *, vouched_by: str, at: datetime) -> Witness:
    """Register a witness who is not registered yet: who vouches says that it is he. Raises BadCredential."""
    if not person.key_of(name) or not person.key_of(vouched_by) or person.same(name, vouched_by):
        raise BadCredential(
            "监销人须由他人担保登记（--by、--vouched-by）。A witness is registered by somebody else, who vouches for him"
        )
    refuse_short(passphrase)
    register.lock(connection)
    if of_name(connection, name) is not None:
        raise BadCredential(
            f"{name} 已登记为监销人：换口令用 disposal passphrase --by {name.strip()}，忘记口令加 --forgotten 并由两人担保。{name} is "
            "registered already: disposal passphrase changes it, with --forgotten on the word of two people"
        )
    row = {"name": name.strip(), "vouched_by": vouched_by.strip(), "since": stamp(at), "failures": 0}
    connection.execute(insert(witness).values(key=person.key_of(name), credential=hashed(passphrase), **row))
    told = {"witness": name.strip(), "vouched_by": vouched_by.strip()}
    subject = f"witness/{name.strip()}"
    register.append(
        connection,
        at=at,
        actor=vouched_by.strip(),
        action="witness-registered",
        subject=subject,
        payload=told,
    )
    return Witness(**row)  # type: ignore[arg-type]  # the row's values in their order


def prove(connection: Connection, name: str, passphrase: str, *, at: datetime) -> bool:
    """Whether this is he. A wrong passphrase is counted and in the register, so the caller commits before he refuses.

    Raises BadCredential for one who is not registered, or blocked.
    """
    register.lock(connection)
    row = of_name(connection, name)
    if row is None:
        raise BadCredential(
            f"{name} 未登记为监销人：先 disposal enrol。{name} is no registered witness: disposal enrol first"
        )
    if row.failures >= MOST_FAILURES:
        raise BadCredential(
            f"{name} 口令连错 {row.failures} 次：须由两人担保换口令（disposal passphrase --forgotten）。Too many wrong passphrases: two people vouch "
            "for a new one (disposal passphrase --forgotten)"
        )
    right = matches(passphrase, row.credential)
    failures = 0 if right else row.failures + 1
    connection.execute(update(witness).where(witness.c.key == row.key).values(failures=failures))
    if not right:
        told = {"failures": failures}
        subject = f"witness/{row.name}"
        register.append(
            connection, at=at, actor=row.name, action="witness-refused", subject=subject, payload=told
        )
    return right


def every(connection: Connection) -> tuple[Witness, ...]:
    """All who are registered, by name."""
    columns = (witness.c.name, witness.c.vouched_by, witness.c.since, witness.c.failures)
    return tuple(Witness(*row) for row in connection.execute(select(*columns).order_by(witness.c.name)))


def of_name(connection: Connection, name: str) -> Row[Any] | None:
    """His row; None where he is not registered."""
    mine = witness.c.key.in_(keys_of(connection, name))
    asked = select(witness).where(mine).order_by(witness.c.since.desc())
    return connection.execute(asked.limit(1)).one_or_none()


def refuse_short(passphrase: str) -> None:
    """Raises BadCredential for a passphrase that is too short."""
    if len(passphrase) < SHORTEST:
        raise BadCredential(f"口令至少 {SHORTEST} 个字符。The passphrase has {SHORTEST} characters at least")


def keys_of(connection: Connection, name: str) -> list[str]:
    """Under which keys he is registered: names were compared more narrowly once."""
    rows = connection.execute(select(witness.c.key, witness.c.name))
    return [row.key for row in rows if person.same(row.name, name)]


def hashed(passphrase: str) -> str:
    """What is kept of a passphrase: `scrypt$cost$block$lanes$salt$hash`, the last two in hex."""
    salt = secrets.token_bytes(16)
    digest = _scrypt(passphrase, salt, _COST, _BLOCK, _LANES)
    return f"scrypt${_COST}${_BLOCK}${_LANES}${salt.hex()}${digest.hex()}"


def matches(passphrase: str, kept: str) -> bool:
    """Whether `kept` was made of that passphrase."""
    _, cost, block, lanes, salt, digest = kept.split("$")
    found = _scrypt(passphrase, bytes.fromhex(salt), int(cost), int(block), int(lanes))
    return hmac.compare_digest(found, bytes.fromhex(digest))


def _scrypt(passphrase: str, salt: bytes, cost: int, block: int, lanes: int) -> bytes:
    return hashlib.scrypt(
        passphrase.encode("utf-8", "surrogatepass"),
        salt=salt,
        n=cost,
        r=block,
        p=lanes,
        maxmem=_MEMORY,
        dklen=_LENGTH,
    )
