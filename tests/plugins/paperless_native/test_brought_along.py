"""What an upload of ours brings along counts as long as its pages are as they were."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, StreamDecodeLevel, String

from plugins.paperless_native.brought_along import Brought, brought_along, put, take_out
from tests.consumers.searchable.made import line, page, paper, write

TEXT = "江州置业有限公司商品房买卖合同"
BROUGHT = Brought((TEXT,), date(2024, 3, 1))


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """A PDF of ours that brings its text along."""
    archive, _ = write(paper(tmp_path), page(line(TEXT, 0.2)))
    with Pdf.open(archive) as pdf:
        put(pdf, BROUGHT)
        pdf.save(tmp_path / "sent.pdf")
    return tmp_path / "sent.pdf"


def changed(sent: Path, change: Callable[[Pdf], None], **how: object) -> Path:
    target = sent.with_name("changed.pdf")
    with Pdf.open(sent) as pdf:
        change(pdf)
        pdf.save(target, **how)  # type: ignore[arg-type]  # pikepdf's own words
    return target


def test_what_was_put_in_comes_out(sent: Path) -> None:
    assert brought_along(sent) == BROUGHT


def test_how_the_file_is_packed_does_not_matter(sent: Path) -> None:
    packed = changed(
        sent,
        lambda pdf: None,
        linearize=True,
        object_stream_mode=ObjectStreamMode.generate,
        stream_decode_level=StreamDecodeLevel.none,
    )
    assert brought_along(packed) == BROUGHT


def a_turn(pdf: Pdf) -> None:
    pdf.pages[0].obj.Rotate = 90


def a_note(pdf: Pdf) -> None:
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.FreeText, Rect=Array([0, 0, 9, 9]), Contents=String("作废")
    )
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


def a_stroke(pdf: Pdf) -> None:
    pdf.pages[0].contents_add(pdf.make_stream(b"0 0 m 99 99 l S"))


def another_picture(pdf: Pdf) -> None:
    picture = pdf.pages[0].obj.Resources.XObject.Picture
    picture.write(bytes(picture.read_bytes())[:-1] + b"\x00")


def one_page_more(pdf: Pdf) -> None:
    pdf.add_blank_page()


def a_page_less(pdf: Pdf) -> None:
    del pdf.pages[0]


@pytest.mark.parametrize(
    "change",
    [a_turn, a_note, a_stroke, another_picture, one_page_more, a_page_less],
    ids=lambda one: one.__name__,
)
def test_a_file_that_was_changed_brings_nothing_along(sent: Path, change: Callable[[Pdf], None]) -> None:
    assert brought_along(changed(sent, change)) is None


def test_a_file_without_it_brings_nothing_along(sent: Path) -> None:
    assert brought_along(changed(sent, take_out)) is None


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"\xff\xd8"])
def test_a_file_that_does_not_open_brings_nothing_along(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bad.pdf").write_bytes(content)
    assert brought_along(tmp_path / "bad.pdf") is None


def test_a_form_feed_within_a_page_makes_no_page_of_its_own(tmp_path: Path) -> None:
    archive, _ = write(paper(tmp_path), page(line(TEXT, 0.2)))
    with Pdf.open(archive) as pdf:
        put(pdf, Brought(("上\f下",), date(2024, 3, 1)))
        pdf.save(tmp_path / "sent.pdf")
    found = brought_along(tmp_path / "sent.pdf")
    assert found is not None
    assert found.pages == ("上\n下",)
