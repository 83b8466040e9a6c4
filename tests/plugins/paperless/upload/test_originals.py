"""Tests of getting the scanner's bytes back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from plugins.paperless.backend import PaperlessDms
from plugins.paperless.client.documents import Documents
from plugins.paperless.upload.enclosing import original_in
from retention.dms import Deposit
from retention.errors import DmsUnavailable, NoSuchRecord
from tests.consumers.searchable.made import by_pdfium, line, page, paper, write
from tests.contract.deposits import CARD
from tests.plugins.paperless.fake import FakePaperless

TEXT = "江州置业有限公司商品房买卖合同" * 10


def scanned(folder: Path) -> Deposit:
    """A picture with its searchable PDF."""
    scan = paper(folder)
    archive, _ = write(scan, page(line(TEXT, 0.2)))
    sha256 = hashlib.sha256(scan.read_bytes()).hexdigest()
    card = replace(CARD, sha256=sha256, name="扫描.png", media_type="image/png")
    return Deposit(scan, card, (TEXT,), (), archive)


def test_a_scan_is_sent_inside_its_searchable_pdf_and_comes_back_as_it_was(
    dms: PaperlessDms, fake: FakePaperless, tmp_path: Path
) -> None:
    scan = scanned(tmp_path)
    dms_id = dms.file(scan)
    kept = fake.documents[int(dms_id)]["bytes"]
    assert kept.startswith(b"%PDF")
    assert original_in(kept) == scan.original.read_bytes() == dms.original(dms_id)
    assert dms.checksum(dms_id) == scan.card.sha256
    assert dms.find(scan.card.sha256) == dms_id


def test_the_archive_version_comes_back_without_the_original(dms: PaperlessDms, tmp_path: Path) -> None:
    archive = dms.archive(dms.file(scanned(tmp_path)))
    assert archive is not None
    (tmp_path / "archive.pdf").write_bytes(archive)
    assert TEXT[:15] in by_pdfium(tmp_path / "archive.pdf")[0].replace("\n", "")
    assert original_in(archive) is None


def test_an_original_that_was_damaged_on_the_server_does_not_have_its_checksum(
    dms: PaperlessDms, fake: FakePaperless, tmp_path: Path
) -> None:
    scan = scanned(tmp_path)
    dms_id = dms.file(scan)
    fake.documents[int(dms_id)]["bytes"] = b"%PDF damaged"
    assert dms.checksum(dms_id) != scan.card.sha256


def test_a_document_whose_file_is_missing_on_the_server_is_not_taken_for_gone(
    dms: PaperlessDms, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dms_id = dms.file(scanned(tmp_path))

    def missing(*_: object) -> Iterator[bytes]:
        raise NoSuchRecord("no such file")

    monkeypatch.setattr(Documents, "original", missing)
    for asked in (dms.checksum, dms.original):
        with pytest.raises(DmsUnavailable, match="its file is missing on the server's disk"):
            asked(dms_id)
        with pytest.raises(NoSuchRecord):
            asked("77777")


def test_the_file_of_a_document_that_was_not_filed_here_is_its_original(
    dms: PaperlessDms, fake: FakePaperless
) -> None:
    dms.prepare([])
    assert dms.original(str(fake.add_document(b"%PDF theirs"))) == b"%PDF theirs"
