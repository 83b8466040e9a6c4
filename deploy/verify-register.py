#!/usr/bin/env python3
"""Checks the register of paperless-dossier without paperless-dossier: Python 3.8 or later, and nothing else.

    python3 verify-register.py dossier.sqlite3 [--heads register-heads.txt ...]
    python3 verify-register.py register.jsonl  [--heads register-heads.txt ...]

The first argument is the SQLite database, which is opened read-only, or what `dossier register export` wrote (for
PostgreSQL); - reads that from standard input. Each --heads names a file of published heads: lines of "number time hash",
as in DOSSIER_HOME/register-heads.txt or typed off a printed report. Without one, a cut tail and a register that was forged
from some entry to its end can not be seen.

The hash of an entry is the SHA-256 of the UTF-8 bytes of the JSON array [hash before, number, time, actor, action, subject,
payload] without white space; the first one follows 64 zeros.

Ends with 0: all is right; 1: the first bad entry is named; 2: the words or the files make no sense.
"""

import argparse
import hashlib
import json
import re
import sqlite3
import sys
from json.encoder import encode_basestring
from pathlib import Path

GENESIS = "0" * 64
COLUMNS = ("seq", "at", "actor", "action", "subject", "payload", "prev", "hash")
HEAD = re.compile(r"(\d{1,18}) (\S{0,32}) ([0-9a-f]{64})", re.ASCII)


class Bad(Exception):
    """An entry that is wrong, or missing where one must stand."""


class Unreadable(Exception):
    """A file that is not what it should be."""


def from_database(path):
    """The entries in the order of their numbers, of an SQLite database."""
    address = Path(path).absolute().as_uri() + "?mode=ro"
    try:
        connection = sqlite3.connect(address, uri=True)
        # What is no UTF-8 was never written by the program: it is an entry like others, whose hash does not fit.
        connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
        query = "SELECT " + ", ".join(COLUMNS) + " FROM register ORDER BY seq"  # noqa: S608 - our own words
        yield from connection.execute(query)
    except sqlite3.Error as error:
        raise Unreadable(
            f"{path}: {error}. 请核对是否本系统的数据库，连同其 -wal 文件一并复制 Is it the database of paperless-dossier, copied "
            "with the -wal file beside it?"
        ) from error


def from_lines(lines, name):
    """The entries as they stand in exported lines, which are given as bytes; blank ones are passed over."""
    for number, line in enumerate(lines, start=1):
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
            if not text.strip():
                continue
            row = json.loads(text, object_pairs_hook=once, parse_constant=no_number)
            entry = tuple(row[column] for column in COLUMNS)
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise Unreadable(
                f"{name}: 第{number}行不是完整的导出条目，请用 dossier register export 重新导出（UTF-8） line {number} is no whole "
                f"exported entry ({str(error)[:120] or type(error).__name__}): export it anew, in UTF-8"
            ) from error
        yield entry


def once(pairs):
    """An object whose keys all differ: of two values under one name nobody knows which was meant."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands there twice")
    return found


def no_number(name):
    """JSON knows no NaN and no Infinity."""
    raise ValueError(name + " is no JSON")


def first_bytes(path):
    """By which one tells an SQLite database."""
    with Path(path).open("rb") as file:
        return file.read(16)


def heads_in(path):
    """The published heads: the hashes that were told of each number."""
    found = {}
    # What is not ASCII is on no line that is a head.
    lines = Path(path).read_bytes().decode("utf-8-sig", "replace").split("\n")
    for number, line in enumerate(lines, start=1):
        match = HEAD.fullmatch(line.strip())
        if match:
            found.setdefault(int(match[1]), set()).add(match[3])
        elif line.strip() and number < len(lines):
            # A last line without its end is a crash in the middle of writing.
            raise Unreadable(
                f'{path}: 第{number}行不是末条（应为“号 时间 散列值”） line {number} is no head, "number time hash"'
            )
    if not found:
        raise Unreadable(
            f"{path}: 没有一个已公布的末条，请给出另存的 register-heads.txt there is no published head in it: name a copy of "
            "register-heads.txt"
        )
    return found


def verify(entries, heads):
    """How many entries there are and the last hash; raises Bad naming the first that is wrong."""
    last, before = 0, GENESIS
    for seq, at, actor, action, subject, payload, prev, told in entries:
        if seq != last + 1 and isinstance(seq, int) and 0 < seq <= last:
            raise Bad(f"第{seq}条重复或次序有误 entry {seq} stands there again, behind entry {last}")
        if seq != last + 1:
            raise Bad(f"第{last + 1}条缺失 entry {last + 1} is missing: after {last} comes {str(seq)[:40]}")
        number = last + 1
        if prev != before:
            raise Bad(
                f"第{number}条与前一条不相接 entry {number} does not follow from entry {last}: one of the two was replaced"
            )
        texts = (at, actor, action, subject, payload)
        whole = ""
        if all(isinstance(one, str) for one in texts):
            front = ",".join(map(encode_basestring, texts[:-1]))
            text = f'["{prev}",{seq},{front},{payload}]'
            whole = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        if whole != told:
            raise Bad(
                f"第{number}条内容被改动 entry {number} does not have the content that its hash was made of: it was edited"
            )
        if seq in heads and heads[seq] != {told}:
            raise Bad(
                f"第{seq}条与已公布的末条不符，台账被重写 entry {seq} is not the one whose hash was published: the register was "
                "rewritten"
            )
        last, before = number, told
    furthest = max(heads, default=0)
    if not last and not furthest:
        raise Unreadable(
            "没有任何条目，请核对文件 there is no entry in it: is it the register, and all of it?"
        )
    if furthest > last:
        raise Bad(
            f"第{last + 1}条起缺失 entry {last + 1} is missing: the register ends at {last}, yet head {furthest} was published: "
            "its tail was cut off, or the database was replaced"
        )
    return last, before


def main(words=None):
    """Check what the command line names; gives back the exit code."""
    parser = argparse.ArgumentParser(
        description="Checks the register of paperless-dossier.", epilog="See the head of this file."
    )
    parser.add_argument(
        "register", help="the SQLite database, exported lines (.jsonl), or - for standard input"
    )
    parser.add_argument(
        "--heads", action="append", default=[], help="a file of published heads; may be repeated"
    )
    told = parser.parse_args(words)
    for stream in (sys.stdout, sys.stderr):
        # A terminal that knows no Chinese shows something else, and the answer is the same.
        stream.reconfigure(errors="backslashreplace")
    try:
        heads = {}
        for path in told.heads:
            for seq, hashes in heads_in(path).items():
                heads.setdefault(seq, set()).update(hashes)
        if told.register == "-":
            count, last = verify(from_lines(sys.stdin.buffer, "standard input"), heads)
        elif first_bytes(told.register) == b"SQLite format 3\0":
            count, last = verify(from_database(told.register), heads)
        else:
            with Path(told.register).open("rb") as lines:
                count, last = verify(from_lines(lines, told.register), heads)
    except Bad as error:
        print(f"BAD: {error}")
        print(
            "保持数据库和末条文件原样，换一份备份和另存的末条再核验，报告负责人。Keep database and heads as they are, check a backup "
            "and the copies of the heads kept elsewhere, and tell who is responsible."
        )
        return 1
    except (Unreadable, OSError) as error:
        print(f"无法核验 can not be checked: {error}", file=sys.stderr)
        return 2
    print(
        f"OK: 台账完好 {count} entries, the chain holds, {len(heads)} published heads agree; last hash {last}"
    )
    if not heads:
        print(
            "未给出已公布的末条：查不出末尾被截或数据库被换。No published heads were given: a cut tail or a replaced database "
            "can not be seen"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
