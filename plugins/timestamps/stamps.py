"""The stamps that are kept, one file each beside the heads file: the authority's answer as it came, for anybody to check.

What is stamped is the head's line in the heads file, with its end, as it stands there. So a third party needs nothing of ours:

    grep '^123 ' register-heads.txt > line.txt
    openssl ts -verify -data line.txt -in register-stamps/123-0f1e2d3c4b5a.tsr -CAfile authority.pem
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.errors import BadSetting
from plugins.timestamps.answer import decoded
from retention.errors import RegisterBroken
from retention.heads import line_of
from retention.register import Head

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_NAME = re.compile(r"(?P<seq>\d{1,18})-(?P<hash>[0-9a-f]{12})\.tsr", re.ASCII)
_SHA256 = "2.16.840.1.101.3.4.2.1"


@dataclass(frozen=True)
class Stamp:
    """A kept stamp: of the head with that number, whose hash begins so."""

    seq: int
    begins: str
    path: Path


def stamps(folder: Path) -> tuple[Stamp, ...]:
    """All that are kept in the folder, by number; none where there is no folder."""
    if not folder.is_dir():
        return ()
    found = [(match, path) for path in folder.iterdir() if (match := _NAME.fullmatch(path.name))]
    return tuple(
        sorted(
            (Stamp(int(match["seq"]), match["hash"], path) for match, path in found), key=lambda one: one.seq
        )
    )


def keep(folder: Path, head: Head, answer: bytes) -> Path:
    """Write an authority's answer to its place, whole or not at all, and give back where that is."""
    folder.mkdir(mode=0o700, exist_ok=True)
    place = folder / f"{head.seq}-{head.hash[:12]}.tsr"
    unfinished = place.with_name(f"{place.name}.{os.getpid()}.part")
    with unfinished.open("wb") as file:
        file.write(answer)
        file.flush()
        os.fsync(file.fileno())
    os.replace(unfinished, place)
    return place


def check(stamp: Stamp, published: Mapping[int, Head], roots: Sequence[Certificate]) -> datetime:
    """When the authority saw the head, by its own clock.

    Raises RegisterBroken where the stamp is not one, is of another head than was published, or, with the certificates that it is
    to be trusted by, was not signed by that authority. Without any the signature is not looked at.
    """
    from cryptography.hazmat.primitives.hashes import SHA256, Hash
    from rfc3161_client import VerificationError, VerifierBuilder

    head = published.get(stamp.seq)
    if head is None or not head.hash.startswith(stamp.begins):
        raise _bad(
            stamp,
            "没有公布过这一条 no such head was published: the heads file was changed, or the stamp is of another register",
        )
    digest = Hash(SHA256())
    digest.update(line_of(head))
    wanted = digest.finalize()
    try:
        answer = decoded(stamp.path.read_bytes())
        told = answer.tst_info.message_imprint
        if told.hash_algorithm.dotted_string != _SHA256 or told.message != wanted:
            raise _bad(stamp, "盖的不是这一条 it was put on something else than the published line")
        if roots:
            builder = VerifierBuilder()
            for root in roots:
                builder = builder.add_root_certificate(root)
            builder.build().verify(answer, wanted)
        when: datetime = answer.tst_info.gen_time
    except (ValueError, VerificationError) as error:
        raise _bad(stamp, f"不是有效的时间戳 it is no valid time stamp ({error})") from error
    return when


@dataclass(frozen=True)
class Stamped:
    """What the kept stamps prove: how many there are, up to which entry, when the authority has seen that (UTC, ISO 8601), and
    whether signatures were looked at."""

    count: int
    last: int
    at: str
    signed: bool


def check_all(folder: Path, published: Iterable[Head], roots: Sequence[Certificate]) -> Stamped:
    """Check every stamp in the folder; raises RegisterBroken naming the first that is wrong."""
    found, last = stamps(folder), None
    heads = {one.seq: one for one in published} if found else {}
    for one in found:
        last = one.seq, check(one, heads, roots)
    at = last[1].isoformat() if last else ""
    return Stamped(len(found), last[0] if last else 0, at, bool(found and roots))


def roots_in(path: Path | None) -> tuple[Certificate, ...]:
    """The certificates of a PEM file; raises BadSetting."""
    from cryptography.x509 import load_pem_x509_certificates

    if path is None:
        return ()
    try:
        return tuple(load_pem_x509_certificates(path.read_bytes()))
    except (OSError, ValueError) as error:
        raise BadSetting(
            f"DOSSIER_TIMESTAMP_CA: {path}: {error}; name a PEM file with the authority's certificates"
        ) from error


def _bad(stamp: Stamp, why: str) -> RegisterBroken:
    return RegisterBroken(
        f"{stamp.path.name}：{why}. 保持原样，与另存的副本比对 keep everything as it is, and compare with the copies elsewhere"
    )
