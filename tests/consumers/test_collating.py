"""Two passes of a pile become one file in the order of the pile, or nothing at all."""

from __future__ import annotations

from pathlib import Path

import fpdf
import pypdfium2 as pdfium
import pytest
from PIL import Image

from consumers.bounds import Bounds
from consumers.collating import collate, order
from consumers.errors import Refused
from consumers.reading_process import collate as in_a_child


def pdf(path: Path, *texts: str) -> Path:
    made = fpdf.FPDF()
    for text in texts:
        made.add_page()
        made.set_font("helvetica", size=20)
        made.cell(text=text)
    made.output(str(path))
    return path


def read(path: Path) -> list[str]:
    document = pdfium.PdfDocument(path)
    found = [page.get_textpage().get_text_bounded().strip() for page in document]
    document.close()
    return found


def test_the_backs_come_last_first() -> None:
    assert order(3, 3) == ((0, 0), (1, 2), (0, 1), (1, 1), (0, 2), (1, 0))


def test_a_pile_of_nothing_has_no_order() -> None:
    assert order(0, 0) == ()


@pytest.mark.parametrize(("fronts", "backs"), [(3, 2), (2, 3), (1, 0)])
def test_passes_of_different_lengths_are_never_guessed_together(fronts: int, backs: int) -> None:
    with pytest.raises(Refused) as refused:
        order(fronts, backs)
    assert refused.value.code == "passes-differ"
    assert f"{fronts} 页" in refused.value.zh
    assert f"{backs} 页" in refused.value.zh


def test_a_pile_lies_in_the_file_as_it_lay_on_the_table(tmp_path: Path) -> None:
    fronts = pdf(tmp_path / "f.pdf", "page 1", "page 3", "page 5")
    backs = pdf(tmp_path / "b.pdf", "page 6", "page 4", "page 2")
    assert collate(fronts, backs, tmp_path / "whole.pdf", Bounds()) == 6
    assert read(tmp_path / "whole.pdf") == [f"page {number}" for number in range(1, 7)]


def test_the_same_passes_give_the_same_bytes(tmp_path: Path) -> None:
    fronts, backs = pdf(tmp_path / "f.pdf", "1"), pdf(tmp_path / "b.pdf", "2")
    for name in ("one.pdf", "other.pdf"):
        collate(fronts, backs, tmp_path / name, Bounds())
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "other.pdf").read_bytes()


def test_pictures_are_passes_too(tmp_path: Path) -> None:
    grey = [Image.new("L", (200, 280), shade) for shade in (10, 90, 170, 250)]
    grey[0].save(tmp_path / "f.tif", save_all=True, append_images=[grey[2]])
    grey[3].save(tmp_path / "b.tif", save_all=True, append_images=[grey[1]])
    assert collate(tmp_path / "f.tif", tmp_path / "b.tif", tmp_path / "w.pdf", Bounds()) == 4
    document = pdfium.PdfDocument(tmp_path / "w.pdf")
    shades = [int(page.render(scale=0.2).to_numpy()[10, 10].flat[0]) for page in document]
    document.close()
    assert shades == sorted(shades)


def test_where_the_passes_differ_nothing_is_written_and_both_are_left(tmp_path: Path) -> None:
    fronts, backs = pdf(tmp_path / "f.pdf", "1", "3"), pdf(tmp_path / "b.pdf", "2")
    with pytest.raises(Refused):
        in_a_child(fronts, backs, tmp_path / "whole.pdf", Bounds())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.pdf", "f.pdf"]


def test_more_pages_than_allowed_are_refused(tmp_path: Path) -> None:
    fronts, backs = pdf(tmp_path / "f.pdf", "1", "3"), pdf(tmp_path / "b.pdf", "4", "2")
    with pytest.raises(Refused) as refused:
        collate(fronts, backs, tmp_path / "whole.pdf", Bounds(pages=3))
    assert refused.value.code == "too-many-pages"


def test_what_is_no_pass_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(
        b"From: a@b.example\r\nSubject: x\r\nDate: Mon, 2 Mar 2026 10:00:00 +0800\r\n\r\nx\r\n"
    )
    with pytest.raises(Refused) as refused:
        collate(tmp_path / "a.eml", pdf(tmp_path / "b.pdf", "2"), tmp_path / "whole.pdf", Bounds())
    assert refused.value.code == "no-pass"
