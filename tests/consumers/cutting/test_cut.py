"""Pages cut out of a file show what they showed in it, and are the same bytes each time."""

from __future__ import annotations

from pathlib import Path

import fpdf
import numpy as np
import pikepdf
import pytest
from numpy.typing import NDArray
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image

from consumers.bounds import Bounds
from consumers.cutting import Cut, Uncuttable, cut
from consumers.errors import Refused
from consumers.pool import ReadingPool
from tests.conftest import scan_of
from tests.consumers.searchable.made import by_pdfium, drawn


def born(folder: Path, *texts: str) -> Path:
    """A PDF with a page for each text."""
    made = fpdf.FPDF()
    made.set_font("helvetica", size=20)
    for text in texts:
        made.add_page()
        made.cell(text=text)
    path = folder / "born.pdf"
    made.output(str(path))
    return path


def faxes(folder: Path) -> Path:
    """A TIFF of three pages: one in CCITT G4, one grey, one in JPEG."""
    one, two, three = (Image.new("L", (300, 200), 255) for _ in range(3))
    for shift, image in enumerate((one, two, three)):
        image.paste(60 * shift, (20 + 60 * shift, 30, 60 + 60 * shift, 90))
    path = folder / "faxes.tif"
    one.convert("1").save(path, save_all=True, append_images=[two, three], dpi=(200, 200))
    return path


def cuts(path: Path, *ranges: tuple[int, int]) -> tuple[Cut, ...]:
    folder = path.with_name(f"{path.stem}-cut")
    folder.mkdir(exist_ok=True)
    return cut(scan_of(path), ranges, folder, Bounds())


def ink(path: Path, number: int = 1) -> NDArray[np.uint8]:
    return drawn(path, number)


def test_each_range_holds_its_pages_and_no_other(tmp_path: Path) -> None:
    made = cuts(born(tmp_path, "one", "two", "three"), (1, 1), (2, 3))
    assert [(one.first, one.last) for one in made] == [(1, 1), (2, 3)]
    assert [[text.strip() for text in by_pdfium(one.path)] for one in made] == [["one"], ["two", "three"]]
    assert b"three" not in made[0].path.read_bytes()


@pytest.mark.parametrize("make", [lambda folder: born(folder, "one", "two", "three"), faxes])
def test_the_same_pages_of_the_same_file_are_the_same_bytes(make: object, tmp_path: Path) -> None:
    whole = make(tmp_path)  # type: ignore[operator]  # a function
    first = [(one.sha256, one.path.read_bytes()) for one in cuts(whole, (1, 1), (2, 3))]
    moved = tmp_path / "elsewhere" / f"other{whole.suffix}"
    moved.parent.mkdir()
    whole.rename(moved)
    assert [(one.sha256, one.path.read_bytes()) for one in cuts(moved, (1, 1), (2, 3))] == first


def test_a_page_of_a_tiff_keeps_its_points(tmp_path: Path) -> None:
    whole = faxes(tmp_path)
    (part,) = cuts(whole, (2, 3))
    with Image.open(whole) as image:
        for number in (1, 2):
            image.seek(number)
            with pikepdf.open(part.path) as pdf:
                held = pdf.pages[number - 1].Resources.XObject.Picture
                assert isinstance(held, Stream)
                picture = pikepdf.PdfImage(held)
                assert np.array_equal(np.asarray(picture.as_pil_image()), np.asarray(image))


def test_a_jpeg_in_a_pdf_goes_over_byte_by_byte(tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    Image.effect_noise((80, 60), 90).save(photo)
    made = fpdf.FPDF()
    for _ in range(2):
        made.add_page()
        made.image(str(photo), w=100)
    made.output(str(tmp_path / "scanned.pdf"))
    (part,) = cuts(tmp_path / "scanned.pdf", (2, 2))
    assert photo.read_bytes() in part.path.read_bytes()


def test_what_pages_inherit_they_keep(tmp_path: Path) -> None:
    path = born(tmp_path, "one", "two")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for page in pdf.pages:
            for key in ("/MediaBox", "/Rotate"):
                if key in page.obj:
                    del page.obj[key]
        pdf.Root.Pages.Rotate = 90
        pdf.Root.Pages.MediaBox = Array([0, 0, 400, 300])
        pdf.save(path)
    (part,) = cuts(path, (2, 2))
    assert np.array_equal(ink(part.path), ink(path, 2))


def filled(folder: Path, *, shared: bool = False) -> Path:
    """Two pages with a filled-in field on each; `shared`: below one parent that holds the value of both."""
    path = born(folder, "form", "form")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        fields = []
        for number, page in enumerate(pdf.pages, 1):
            look = Stream(
                pdf, b"0 0 0 rg 0 0 80 20 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 80, 20]
            )
            widget = Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, Rect=[100, 100 * number, 180, 100 * number + 20], F=4,
                AP=Dictionary(N=pdf.make_indirect(look)), P=page.obj,
            )  # fmt: skip
            if not shared:
                widget.FT, widget.T, widget.V = Name.Tx, String(f"field{number}"), String(f"value{number}")
            fields.append(pdf.make_indirect(widget))
            page.Annots = Array([fields[-1]])
        if shared:
            named = [
                Dictionary(T=f"kid{number}", V=f"value{number}", Kids=[kid])
                for number, kid in enumerate(fields, 1)
            ]
            kids = [pdf.make_indirect(one) for one in named]
            parent = pdf.make_indirect(Dictionary(FT=Name.Tx, T="family", Kids=Array(kids)))
            for kid, widget in zip(kids, fields, strict=True):
                kid.Parent, widget.Parent = parent, kid
            fields = [parent]
        pdf.Root.AcroForm = Dictionary(Fields=Array(fields), DA="/Helv 12 Tf 0 g")
        pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return path


@pytest.mark.parametrize("shared", [False, True])
def test_what_was_filled_into_a_form_is_seen_on_its_page_and_is_in_no_other_part(
    shared: bool, tmp_path: Path
) -> None:
    whole = filled(tmp_path, shared=shared)
    one, two = cuts(whole, (1, 1), (2, 2))
    assert np.array_equal(_with_form(one.path), _with_form(whole))
    assert (_with_form(one.path) == 0).sum() > (ink(born(tmp_path, "form")) == 0).sum()
    with pikepdf.open(two.path) as pdf:
        (field,) = pdf.Root.AcroForm.Fields
        assert str(field.V) == "value2"
        assert str(field.T) == ("family.kid2" if shared else "field2")
    assert b"value1" not in two.path.read_bytes()


def _with_form(path: Path, number: int = 1) -> NDArray[np.uint8]:
    import pypdfium2 as pdfium

    with pdfium.PdfDocument(str(path)) as document:
        document.init_forms()
        return np.asarray(document[number - 1].render(scale=1.4, rev_byteorder=True).to_pil().convert("RGB"))


def test_a_layer_that_was_hidden_stays_hidden(tmp_path: Path) -> None:
    path = born(tmp_path, "one", "two")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="draft"))
        page = pdf.pages[1]
        page.Resources.Properties = Dictionary(Draft=layer)
        page.contents_add(Stream(pdf, b"/OC /Draft BDC 0 0 0 rg 50 50 200 200 re f EMC"), prepend=False)
        pdf.Root.OCProperties = Dictionary(OCGs=[layer], D=Dictionary(OFF=[layer]))
        pdf.save(path)
    (part,) = cuts(path, (2, 2))
    assert np.array_equal(ink(part.path), ink(path, 2))


def test_a_link_to_another_page_does_not_take_that_page_along(tmp_path: Path) -> None:
    path = born(tmp_path, "one", "secret")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        link = Dictionary(
            Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], Dest=[pdf.pages[1].obj, Name.Fit]
        )
        pdf.pages[0].Annots = Array([pdf.make_indirect(link)])
        pdf.save(path, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
    assert b"secret" in path.read_bytes()
    (part,) = cuts(path, (1, 1))
    assert b"secret" not in part.path.read_bytes()


def test_a_signed_pdf_stays_whole(tmp_path: Path) -> None:
    path = born(tmp_path, "one", "two")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.Root.AcroForm = Dictionary(SigFlags=3, Fields=Array([]))
        pdf.save(path)
    with pytest.raises(Uncuttable, match="签名"):
        cuts(path, (1, 1), (2, 2))


def test_what_has_no_pages_to_cut_is_told(tmp_path: Path) -> None:
    picture = tmp_path / "one.png"
    Image.new("L", (20, 20)).save(picture)
    with pytest.raises(Uncuttable):
        cuts(picture, (1, 1))


def test_a_damaged_pdf_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bad.pdf"
    path.write_bytes(b"%PDF-1.7\nnothing")
    with pytest.raises(Refused):
        cuts(path, (1, 1))


@pytest.mark.process
def test_a_reading_process_cuts_and_tells_why_it_can_not(tmp_path: Path) -> None:
    whole = born(tmp_path, "one", "two")
    picture = tmp_path / "one.png"
    Image.new("L", (20, 20)).save(picture)
    with ReadingPool(("blank",), Bounds(), 1) as pool:
        (made,) = pool.cut(scan_of(whole), ((2, 2),), tmp_path).result()
        with pytest.raises(Uncuttable, match="页面"):
            pool.cut(scan_of(picture), ((1, 1),), tmp_path).result()
    assert made.path.is_file()


def test_a_part_can_be_read_as_a_pdf_of_its_own(tmp_path: Path) -> None:
    (part,) = cuts(faxes(tmp_path), (3, 3))
    with Pdf.open(part.path) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert len(pdf.pages) == 1
