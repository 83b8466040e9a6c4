"""Tests of uploading to a real paperless-ngx: what it keeps, and that it reads nothing that we have read."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from consumers.searchable import write_searchable
from consumers.transcript import Transcript
from plugins.paperless.backend import PaperlessDms
from plugins.paperless.client.connection import Connection
from plugins.paperless.upload.enclosing import original_in
from retention.dms import Deposit, Term
from retention.errors import AlreadyFiled
from tests.conftest import scan_of
from tests.consumers.searchable.made import line, page, paper
from tests.contract.deposits import CARD, deposit
from tests.live import server

TEXT = "江州置业有限公司商品房买卖合同编号甲乙"


def scanned(
    folder: Path, text: str = TEXT, name: str = "paper.png", media_type: str = "image/png"
) -> Deposit:
    """A picture with its searchable PDF, that nobody has ever read otherwise."""
    picture = paper(folder, name)
    sha256 = hashlib.sha256(picture.read_bytes()).hexdigest()
    target = folder / f"{name}.archive.pdf"
    lines = [line(text, 0.1 + 0.05 * n) for n in range(6)] if text else []
    write_searchable(scan_of(picture), Transcript(sha256, (page(*lines),)), target)
    card = replace(CARD, sha256=sha256, name=name, media_type=media_type)
    return Deposit(picture, card, ("\n".join(one.text for one in lines),), (), target)


@pytest.mark.parametrize("text", [TEXT, "收", ""], ids=["a page of text", "one character", "a blank page"])
def test_the_server_reads_no_scan_again_and_keeps_the_scanners_bytes(
    dms: PaperlessDms, person: Connection, tmp_path: Path, text: str
) -> None:
    scan = scanned(tmp_path, text)
    dms_id = dms.file(scan)
    shown = person.get(f"documents/{dms_id}/")
    # Where the server reads a file, it makes an archive version of it.
    assert shown["archived_file_name"] is None
    assert (shown["mime_type"], shown["page_count"]) == ("application/pdf", 1)
    assert dms.original(dms_id) == scan.original.read_bytes()
    assert dms.checksum(dms_id) == scan.card.sha256
    assert dms.text(dms_id) == scan.pages


def test_what_a_person_downloads_is_the_searchable_pdf_with_the_original_inside(
    dms: PaperlessDms, person: Connection, tmp_path: Path
) -> None:
    scan = scanned(tmp_path, name="paper.jpg", media_type="image/jpeg")
    dms_id = dms.file(scan)
    downloaded = b"".join(person.bytes_of(f"documents/{dms_id}/download/"))
    assert original_in(downloaded) == scan.original.read_bytes()


def test_the_same_scan_read_otherwise_is_the_same_document(dms: PaperlessDms, tmp_path: Path) -> None:
    dms_id = dms.file(scanned(tmp_path))
    with pytest.raises(AlreadyFiled) as told:
        dms.file(scanned(tmp_path, "another reading of the same page"))
    assert told.value.dms_id == dms_id


def test_all_that_was_sent_is_read_back(dms: PaperlessDms, person: Connection, tmp_path: Path) -> None:
    dms_id = dms.file(scanned(tmp_path))
    shown = person.get(f"documents/{dms_id}/", [("full_perms", "true")])
    assert shown["owner"] == dms._me.get().id
    nobody: list[int] = []
    assert shown["permissions"] == {
        action: {"users": nobody, "groups": nobody} for action in ("view", "change")
    }
    assert shown["created"] == "2024-02-29"


def test_until_it_is_completed_a_document_is_its_uploaders_alone(
    archive: PaperlessDms, tmp_path: Path
) -> None:
    levels = archive._readers.levels
    archive.prepare([Term("level", level) for level in levels])
    reader = server.person_in(tmp_path, f"密级/{levels[-1]}/编辑")
    own = [server.own(tmp_path)]
    seen: list[tuple[list[int], int | None]] = []
    complete = archive._documents.complete

    def looked_at_before(number: int, *told: Any) -> None:
        seen.append(([row["id"] for row in reader.rows("documents/", own)], owner_of(archive, number)))
        complete(number, *told)

    archive._documents.complete = looked_at_before  # type: ignore[method-assign, assignment]  # to look in between
    dms_id = archive.file(deposit(tmp_path, b"some text", ("text",), confidentiality=levels[0]))
    assert seen == [([], archive._me.get().id)]
    assert [row["id"] for row in reader.rows("documents/", own)] == [int(dms_id)]


def owner_of(dms: PaperlessDms, number: int) -> int | None:
    rights = dms._documents.one(number, rights=True).rights
    assert rights is not None
    return rights.owner


def test_the_serial_number_goes_with_the_first_record_that_has_it_and_with_no_other(
    dms: PaperlessDms, person: Connection, tmp_path: Path
) -> None:
    number = 2_000_000_000 + secrets.randbelow(100_000_000)
    ours = dms.file(deposit(tmp_path, b"first", ("text",), asn=number))
    assert serial_of(person, ours) == number
    second = dms.file(deposit(tmp_path, b"second", ("text",), asn=number))
    assert serial_of(person, second) is None
    # In the trash it still has the number, and is not among the documents any more.
    person.delete(f"documents/{ours}/")
    third = dms.file(deposit(tmp_path, b"third", ("text",), asn=number))
    assert serial_of(person, third) is None
    assert dms.record(third).card.asn == number


def serial_of(person: Connection, dms_id: str) -> Any:
    return person.get(f"documents/{dms_id}/")["archive_serial_number"]
