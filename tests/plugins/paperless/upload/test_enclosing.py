"""Tests of the searchable PDF that holds the scanner's own bytes."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from pikepdf import AttachedFileSpec, Name, Pdf

from plugins.paperless.upload.enclosing import enclosed, original_in, without_original
from plugins.paperless_native.brought_along import Brought, brought_along
from tests.consumers.searchable.made import by_pdfium, line, page, paper, write

DAY = date(2024, 3, 1)
LONG = "江州置业有限公司商品房买卖合同" * 10


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    return paper(tmp_path)


def whole(scan: Path, text: str = LONG, *, archival: bool = False) -> bytes:
    archive, _ = write(scan, page(line(text, 0.2)), archival=archival)
    made = enclosed(
        archive, scan.read_bytes(), scan.name, "image/png", brought=Brought((text,), DAY), day=DAY
    )
    assert made is not None
    return made


def seen(content: bytes, folder: Path) -> str:
    (folder / "seen.pdf").write_bytes(content)
    return by_pdfium(folder / "seen.pdf")[0]


def test_the_original_comes_out_as_it_went_in(scan: Path) -> None:
    assert original_in(whole(scan)) == scan.read_bytes()


def test_any_pdf_reader_sees_the_file_and_what_it_is(scan: Path) -> None:
    with Pdf.open(io.BytesIO(whole(scan))) as pdf:
        attached = pdf.attachments[scan.name]
        assert attached.obj.AFRelationship == Name.Source
        assert attached.get_file().mime_type == "image/png"
        assert pdf.Root.AF[0].objgen == attached.obj.objgen


def test_the_text_can_be_searched(scan: Path, tmp_path: Path) -> None:
    assert LONG[:15] in seen(whole(scan), tmp_path).replace("\n", "")


def test_the_same_document_is_always_the_same_file(scan: Path) -> None:
    assert whole(scan) == whole(scan)


def test_without_the_original_it_is_the_searchable_pdf_again(scan: Path, tmp_path: Path) -> None:
    bare = without_original(whole(scan))
    assert bare is not None
    assert original_in(bare) is None
    assert len(bare) < len(whole(scan))
    assert LONG[:15] in seen(bare, tmp_path).replace("\n", "")


@pytest.mark.parametrize("text", ["", "收"])
def test_a_page_with_little_text_bears_what_keeps_the_server_from_reading_it(
    scan: Path, tmp_path: Path, text: str
) -> None:
    assert len("".join(seen(whole(scan, text), tmp_path).split())) > 50
    assert original_in(whole(scan, text)) == scan.read_bytes()


def test_an_archival_pdf_says_that_it_holds_a_file(scan: Path) -> None:
    with Pdf.open(io.BytesIO(whole(scan, archival=True))) as pdf, pdf.open_metadata() as metadata:
        assert metadata["pdfaid:part"] == "3"


def test_a_pdf_that_has_its_own_text_is_sent_as_it_is(scan: Path, tmp_path: Path) -> None:
    archive, _ = write(scan, page(line(LONG, 0.2)))
    born = tmp_path / "born.pdf"
    with Pdf.open(archive) as pdf:  # a page with another font, to which nothing was added
        for one in pdf.pages:
            del one.obj.Resources.Font
        pdf.save(born)
    sent = enclosed(born, b"%PDF", "born.pdf", "application/pdf", brought=Brought((LONG,), DAY), day=DAY)
    assert sent is None


def test_a_mixed_pdf_is_sent_with_its_layer(scan: Path) -> None:
    archive, _ = write(scan, page(line(LONG, 0.2)))
    sent = enclosed(
        archive, b"%PDF mixed", "m.pdf", "application/pdf", brought=Brought((LONG,), DAY), day=DAY
    )
    assert sent is not None
    assert original_in(sent) == b"%PDF mixed"


def test_a_damaged_archive_version_is_not_sent(tmp_path: Path) -> None:
    (tmp_path / "bad.pdf").write_bytes(b"%PDF of it")
    assert (
        enclosed(tmp_path / "bad.pdf", b"x", "x.png", "image/png", brought=Brought(("x",), DAY), day=DAY)
        is None
    )


def test_a_file_of_the_same_name_inside_the_scan_stays(scan: Path, tmp_path: Path) -> None:
    archive, _ = write(scan, page(line(LONG, 0.2)))
    with Pdf.open(archive) as pdf:
        pdf.attachments["paper.png"] = AttachedFileSpec(
            pdf, b"theirs", description="", filename="paper.png", mime_type="", creation_date="", mod_date=""
        )
        pdf.save(tmp_path / "with.pdf")
    sent = enclosed(
        tmp_path / "with.pdf", b"ours", "paper.png", "image/png", brought=Brought((LONG,), DAY), day=DAY
    )
    assert sent is not None
    assert original_in(sent) == b"ours"
    with Pdf.open(io.BytesIO(sent)) as pdf:
        assert pdf.attachments["paper.png"].get_file().read_bytes() == b"theirs"


@pytest.mark.parametrize("archival", [False, True])
def test_a_picture_brings_its_text_and_day_along_for_the_parser_in_the_server(
    scan: Path, tmp_path: Path, archival: bool
) -> None:
    (tmp_path / "sent.pdf").write_bytes(whole(scan, archival=archival))
    assert brought_along(tmp_path / "sent.pdf") == Brought((LONG,), DAY)


def test_a_pdf_brings_nothing_along_since_its_pages_are_somebody_elses(scan: Path, tmp_path: Path) -> None:
    archive, _ = write(scan, page(line(LONG, 0.2)))
    sent = enclosed(archive, b"%PDF", "m.pdf", "application/pdf", brought=Brought((LONG,), DAY), day=DAY)
    assert sent is not None
    (tmp_path / "sent.pdf").write_bytes(sent)
    assert brought_along(tmp_path / "sent.pdf") is None


def test_without_the_original_nothing_is_brought_along_either(scan: Path, tmp_path: Path) -> None:
    bare = without_original(whole(scan))
    assert bare is not None
    (tmp_path / "bare.pdf").write_bytes(bare)
    with Pdf.open(tmp_path / "bare.pdf") as pdf:
        assert Name.PieceInfo not in pdf.Root


@pytest.mark.parametrize("content", [b"", b"%PDF", b"\x89PNG"])
def test_what_is_no_pdf_of_ours_holds_no_original(content: bytes) -> None:
    assert original_in(content) is None
    assert without_original(content) is None
