from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from tests.consumers.searchable.made import line, page, paper, write


def _archived(path: Path) -> pikepdf.Pdf:
    target, done = write(path, page(line("甲方", 0.1)), archival=True)
    assert done.archival, done.notes
    return pikepdf.open(target)


def test_it_says_that_it_is_pdf_a_2b_in_words_that_are_not_packed(tmp_path: Path) -> None:
    with _archived(paper(tmp_path)) as pdf:
        assert "/Filter" not in pdf.Root.Metadata
        with pdf.open_metadata() as words:
            assert (words["pdfaid:part"], words["pdfaid:conformance"]) == ("2", "B")


def test_what_it_says_of_itself_is_the_same_in_both_places(tmp_path: Path) -> None:
    with _archived(paper(tmp_path, "甲<方>&.png")) as pdf, pdf.open_metadata() as words:
        assert str(pdf.docinfo.Title) == words["dc:title"] == "甲<方>&.png"
        assert str(pdf.docinfo.Producer) == words["pdf:Producer"]


def test_its_colours_are_said_to_be_srgb(tmp_path: Path) -> None:
    with _archived(paper(tmp_path)) as pdf:
        (intent,) = pdf.Root.OutputIntents
        profile = intent.DestOutputProfile.read_bytes()
    assert (str(intent.S), profile[36:40], profile[16:20]) == ("/GTS_PDFA1", b"acsp", b"RGB ")


def test_every_font_is_embedded_and_no_code_leads_to_a_missing_glyph(tmp_path: Path) -> None:
    with _archived(paper(tmp_path)) as pdf:
        (font,) = [
            one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/CIDToGIDMap" in one
        ]
        glyphs = font.CIDToGIDMap.read_bytes()
        assert font.FontDescriptor.FontFile2.read_bytes()[:4] == b"\x00\x01\x00\x00"
    assert 0 not in [int.from_bytes(glyphs[place : place + 2], "big") for place in range(2, len(glyphs), 2)]


def test_it_has_an_identity_and_neither_lock_nor_transparency_nor_lzw(tmp_path: Path) -> None:
    with _archived(paper(tmp_path)) as pdf:
        assert len(pdf.trailer.ID) == 2
        assert not pdf.is_encrypted
        words = b"".join(
            one.unparse() for one in pdf.objects if isinstance(one, pikepdf.Stream | pikepdf.Dictionary)
        )
    assert not re.search(rb"/SMask|/LZWDecode|/JavaScript|/Interpolate|/AA ", words)


def test_qpdf_finds_nothing_wrong(tmp_path: Path) -> None:
    with _archived(paper(tmp_path)) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_the_same_scan_gives_the_same_bytes(tmp_path: Path) -> None:
    path = paper(tmp_path)
    first = write(path, page(line("甲方", 0.1)), archival=True)[0].read_bytes()
    assert write(path, page(line("甲方", 0.1)), archival=True)[0].read_bytes() == first


def test_a_picture_in_four_inks_makes_no_pdf_a_and_it_is_said(tmp_path: Path) -> None:
    path = tmp_path / "inks.jpg"
    Image.new("CMYK", (50, 50)).save(path)
    _, done = write(path, page(line("甲方", 0.1)), archival=True)
    assert not done.archival
    assert "inks" in done.notes[0]


@pytest.mark.parametrize("archival", [False, True])
def test_of_what_came_as_a_pdf_nobody_says_that_it_is_pdf_a(tmp_path: Path, *, archival: bool) -> None:
    path = tmp_path / "a.pdf"
    with pikepdf.Pdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path)
    _, done = write(path, page(line("甲方", 0.1)), archival=archival)
    assert (done.archival, len(done.notes)) == (False, int(archival))
