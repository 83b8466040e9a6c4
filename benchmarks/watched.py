"""Scans that a scanner writes into the inbox of a running `dossier watch`, and what of them is in paperless-ngx in the end.

    PAPERLESS_URL=... PAPERLESS_TOKEN=... python -m benchmarks.watched [--truth FILE] [--scans 60] [--workers 2] [--quick] [--json FILE]

The token must be an administrator's: the archive gets an account of its own, which goes at the end with all that it made, and so do
groups and custom fields that were not there before. The scans come as a scanner writes them: one after the other, each in pieces, under
its final name from the first byte on.

Told: how many documents the server has of each scan (one), of how many the scanner's bytes come back as they were, how many bear the
labels, date and rights that their card asks for; and, beside it, how often customer, unit and date on the card are ones that the truth
has: that is how well the scans were read, which `benchmarks.reading` and `benchmarks.labels` measure better.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.measure import truth
from benchmarks.measure.truth import Case
from benchmarks.paperless import NEEDED
from benchmarks.served import through
from benchmarks.served.server import Server
from plugins import settings
from plugins.paperless import custom_fields as field
from plugins.paperless.backend import PaperlessDms
from plugins.paperless.labelled import fields_of, tags_of, title_of
from plugins.paperless.rights.readers import CHANGE, SEE, name_of
from plugins.settings import Settings
from plugins.wiring import Archive, open_archive, open_rules
from retention.record import Card, Record

_QUICK = 6
_PIECES, _PAUSE = 5, 0.02
_DATE = re.compile(r"([0-9]{4})\D+([0-9]{1,2})\D+([0-9]{1,2})")
Written = dict[str, tuple[Case, str]]


def main() -> None:
    """File, look, print, write."""
    told = _told()
    url, token = os.environ.get("PAPERLESS_URL", ""), os.environ.get("PAPERLESS_TOKEN", "")
    if not (url and token):
        sys.exit(NEEDED)
    cases = [case for path in told.truth or truth.known() for case in truth.load(path)]
    cases = cases[:: max(1, len(cases) // told.scans)][: told.scans]
    admin = Server(url, token)
    before = {name: {row["id"] for row in rows} for name, rows in _of_everybody(admin).items()}
    account = admin.make_account(preparing=True)
    try:
        with tempfile.TemporaryDirectory() as name:
            figures = measured(Path(name), cases, url, account.token, told.workers)
    finally:
        admin.clear(account)
        for name, rows in _of_everybody(admin).items():
            for row in rows:
                if row["id"] not in before[name]:
                    admin.ask("DELETE", f"{name}/{row['id']}/")
    print(json.dumps(figures, ensure_ascii=False, indent=2))
    if told.json:
        told.json.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _of_everybody(admin: Server) -> dict[str, list[dict[str, Any]]]:
    """What an archive makes and no account owns: the custom fields, and the groups of the levels."""
    circles = {
        name_of(level, sort) for level in open_rules(Settings()).ladder.names for sort in (SEE, CHANGE)
    }
    groups = [row for row in admin.rows("groups") if row["name"] in circles]
    return {"custom_fields": admin.rows("custom_fields"), "groups": groups}


def _told() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.watched",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--truth", type=Path, action="append", help="a labelled set; may be given more than once"
    )
    parser.add_argument("--scans", type=int, default=60, help="so many scans, spread over the sets")
    parser.add_argument("--workers", type=int, default=2, help="our reading processes")
    parser.add_argument("--quick", action="store_true", help=f"only {_QUICK} scans")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    told = parser.parse_args()
    if told.quick:
        told.scans = _QUICK
    return told


def measured(folder: Path, cases: list[Case], url: str, token: str, workers: int) -> dict[str, Any]:
    """All figures."""
    told = through.settings(folder, url, token, workers, os.environ)
    told |= {"DOSSIER_SETTLE_SECONDS": "1", "DOSSIER_SPLIT": "propose"}
    inbox = folder / "inbox"
    inbox.mkdir()
    through.prepare(folder, told)
    written: Written = {}
    began = time.monotonic()
    with through.Watch(folder, told) as watch:
        for case in cases:
            written[case.path.name] = case, scanned(case.path, inbox)
        rows = [watch.told() for _ in cases]
    seconds = time.monotonic() - began
    with open_archive(settings.load(told, folder)) as archive:
        assert isinstance(archive.dms, PaperlessDms)
        found = judged(archive, archive.dms, written)
    ends = [str(row.get("state") or row.get("error", {}).get("code")) for row in rows]
    return {
        "scans": len(cases),
        "ends": {end: ends.count(end) for end in sorted(set(ends))},
        "seconds": round(seconds, 1),
        **found,
    }


def scanned(scan: Path, inbox: Path) -> str:
    """Write the scan into the inbox piece by piece; gives back the SHA-256 of what was written."""
    content = scan.read_bytes()
    step = max(1, -(-len(content) // _PIECES))
    with (inbox / scan.name).open("wb") as file:
        for at in range(0, len(content), step):
            file.write(content[at : at + step])
            file.flush()
            time.sleep(_PAUSE)
    return hashlib.sha256(content).hexdigest()


def judged(archive: Archive, dms: PaperlessDms, written: Written) -> dict[str, Any]:
    """What of the scans is in the DMS, and how."""
    records = list(dms.records())
    by_name = {record.card.name: record for record in records}
    held = [by_name[name] for name in written if name in by_name]
    numbers = dms._fields.ensure()
    names = archive.rules.taxonomy.categories
    tags = {row.id: row.name for row in map(dms._vocabulary._tags.find, _all_tags(held, names)) if row}

    def as_written(record: Record) -> bool:
        return dms.original(record.dms_id) == written[record.card.name][0].path.read_bytes()

    def labelled(record: Record) -> bool:
        card, shown = record.card, dms._documents.one(int(record.dms_id))
        values = {numbers[name]: value for name, value in fields_of(card).items()}
        wanted = {name for name, _ in tags_of(card, names)}
        kind = dms._vocabulary._types.find(card.kind) if card.kind else None
        return (
            shown.title == title_of(card)
            and shown.document_type == kind
            and wanted <= {tags.get(tag, "") for tag in shown.tags}
            and {n: v for n, v in shown.fields.items() if n != numbers[field.CARD]} == values
        )

    def dated(record: Record) -> bool:
        day = record.card.document_date or record.card.filed_on
        return dms._documents.one(int(record.dms_id)).created == day.isoformat()

    def count(holds: Callable[[Record], bool]) -> int:
        return sum(map(holds, held))

    return {
        "documents": dms.status().documents,
        "once": sum(len(dms._filing._twins(sha256)) == 1 for _, sha256 in written.values()),
        "bytes_as_written": count(as_written),
        "labels_as_on_the_card": count(labelled),
        "dates_as_on_the_card": count(dated),
        "wrong_rights": len(list(dms.audit_rights())),
        "read_rightly": {
            "customer": _share(written, held, lambda card: card.customer, "names"),
            "unit": _share(written, held, lambda card: card.unit, "unit"),
            "date": _share(written, held, lambda card: card.document_date, "dates"),
        },
    }


def _all_tags(records: list[Record], names: dict[str, str]) -> set[str]:
    return {name for record in records for name, _ in tags_of(record.card, names)}


def _share(written: Written, held: list[Record], value: Callable[[Card], object], name: str) -> str:
    """Of how many cards with such a value the truth has it, as `n of m`."""
    known = [
        (value(record.card), written[record.card.name][0].fields.get(name, ()))
        for record in held
        if value(record.card) and written[record.card.name][0].fields.get(name)
    ]
    return f"{sum(any(same(found, true) for true in trues) for found, trues in known)} of {len(known)}"


def same(found: object, true: str) -> bool:
    """Whether a value on a card is that of the truth, which writes it as the paper does."""
    day = _DATE.search(true)
    if day and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", str(found)):
        return str(found) == f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}"
    digits = re.findall(r"[0-9]+", true)
    return (
        str(found) in true
        or true in str(found)
        or (bool(digits) and re.findall(r"[0-9]+", str(found)) == digits)
    )


if __name__ == "__main__":
    main()
