from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from tests.consumers.searchable.made import by_pdfium, dense, drawn, line, page, write

HIDDEN = b"BT /F 12 Tf 3 Tr 20 50 Td (junk) Tj 0 -14 Td [(mo) -20 (re)] TJ (next) ' ET "
SHOWN = b"BT /F 12 Tf 0 Tr 20 150 Td (stamp) Tj ET "
BOX = b"q 0.5 g 10 10 50 20 re f Q "


def _pdf(folder: Path, content: bytes, *, form: bytes = b"", pages: int = 1) -> Path:
    path = folder / "a.pdf"
    with pikepdf.Pdf.new() as pdf:
        font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        resources = Dictionary(Font=Dictionary(F=font))
        if form:
            drawing = pikepdf.Stream(
                pdf, form, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 200, 200])
            )
            drawing.Resources = Dictionary(Font=Dictionary(F=font))
            resources.XObject = Dictionary(X=drawing)
        stream = pdf.make_stream(content)
        for _ in range(pages):
            one = Dictionary(
                Type=Name.Page, Resources=resources, Contents=stream, MediaBox=Array([0, 0, 200, 200])
            )
            pdf.pages.append(pikepdf.Page(one))
        pdf.save(path)
    return path


def _read_anew(path: Path) -> tuple[Path, tuple[str, ...]]:
    target, done = write(path, page(line("甲方", 0.1)))
    return target, done.notes


@pytest.mark.parametrize(
    "content", [HIDDEN, BOX + HIDDEN + BOX, b"3 Tr " + HIDDEN, b"q 3 Tr BT /F 9 Tf (x) Tj ET Q " + BOX]
)
def test_hidden_text_is_taken_out_and_nothing_else(tmp_path: Path, content: bytes) -> None:
    path = _pdf(tmp_path, content)
    target, notes = _read_anew(path)
    assert (dense(by_pdfium(target)[0]), notes) == ("甲方", ())
    assert np.array_equal(drawn(target), drawn(path))


def test_text_that_is_drawn_stays_and_it_is_said(tmp_path: Path) -> None:
    path = _pdf(tmp_path, HIDDEN + SHOWN)
    target, notes = _read_anew(path)
    assert sorted(dense(by_pdfium(target)[0])) == sorted("甲方stamp")
    assert "page 1" in notes[0]
    assert np.array_equal(drawn(target), drawn(path))


def test_a_text_object_that_hides_and_draws_is_left_alone(tmp_path: Path) -> None:
    path = _pdf(tmp_path, b"BT /F 12 Tf 3 Tr 20 50 Td (junk) Tj 0 Tr (shown) Tj ET")
    target, _ = _read_anew(path)
    assert "junk" in by_pdfium(target)[0]
    assert np.array_equal(drawn(target), drawn(path))


def test_a_mode_that_was_given_back_hides_no_longer(tmp_path: Path) -> None:
    path = _pdf(tmp_path, b"q 3 Tr Q BT /F 12 Tf 20 50 Td (shown) Tj ET")
    target, _ = _read_anew(path)
    assert "shown" in by_pdfium(target)[0]


def test_another_page_that_shares_the_content_keeps_it(tmp_path: Path) -> None:
    target, _ = _read_anew(_pdf(tmp_path, HIDDEN, pages=2))
    assert [("junk" in text) for text in by_pdfium(target)] == [False, True]


def test_text_in_a_form_is_left_and_it_is_said(tmp_path: Path) -> None:
    target, notes = _read_anew(_pdf(tmp_path, b"/X Do", form=HIDDEN))
    assert "junk" in by_pdfium(target)[0]
    assert notes


def test_a_content_too_long_to_be_searched_is_left_and_it_is_said(tmp_path: Path) -> None:
    _, notes = _read_anew(_pdf(tmp_path, HIDDEN + b"% " + random.Random(1).randbytes(450_000).hex().encode()))
    assert "too long" in notes[0]


@pytest.mark.parametrize("content", [b"BT (a) Tj ET \xb1\xb2\xff (b) Tj", b"BT (x) Tr (a) Tj ET"])
def test_a_content_with_faults_is_left_and_it_is_said(tmp_path: Path, content: bytes) -> None:
    target, notes = _read_anew(_pdf(tmp_path, content))
    assert "甲方" in dense(by_pdfium(target)[0])
    assert notes
