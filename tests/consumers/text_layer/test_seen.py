from __future__ import annotations

from pathlib import Path

import pytest
from fpdf import FPDF
from fpdf.enums import TextMode
from PIL import Image

from consumers.readers.text_layer import TextLayerReader
from consumers.transcript import Page
from tests.consumers.made import pdf, read_with
from tests.consumers.text_layer.paper import CLAUSES, Put, blank, column, page_of, picture, put, read, said

SHOWN = Put(60, 100, "出卖人：武汉置盛房地产开发有限公司")


def _white(paper: FPDF) -> None:
    paper.set_text_color(255, 255, 255)
    put(paper, Put(60, 200, "白底白字"))


def _beside(paper: FPDF) -> None:
    put(paper, Put(700, 200, "页面之外"), Put(60, 900, "页面之下"))


def _tiny(paper: FPDF) -> None:
    put(paper, Put(60, 200, "小得看不见的字", 1))


def _unpainted(paper: FPDF) -> None:
    with paper.local_context(text_mode=TextMode.INVISIBLE):
        put(paper, Put(60, 200, "不画出来的字"))


def _blackened(paper: FPDF) -> None:
    put(paper, Put(60, 200, "涂黑的身份证号"))
    paper.set_fill_color(0, 0, 0)
    paper.rect(50, 180, 300, 40, style="F")


def _under_a_picture(paper: FPDF) -> None:
    put(paper, Put(60, 200, "贴图盖住的字"))
    paper.image(Image.linear_gradient("L").resize((300, 40)), 50, 180, 300, 40)


@pytest.mark.parametrize("hide", [_white, _beside, _tiny, _unpainted, _blackened, _under_a_picture])
def test_text_that_nobody_sees_is_left_out(hide: object, tmp_path: Path) -> None:
    assert callable(hide)
    paper = page_of(SHOWN)
    hide(paper)
    assert said(paper, tmp_path) == [SHOWN.text]


def test_white_text_on_a_dark_bar_is_seen(tmp_path: Path) -> None:
    paper = page_of(SHOWN)
    paper.set_fill_color(20, 40, 90)
    paper.rect(50, 180, 300, 40, style="F")
    paper.set_text_color(255, 255, 255)
    put(paper, Put(60, 205, "费用明细表"))
    assert said(paper, tmp_path) == [SHOWN.text, "费用明细表"]


def test_pale_text_is_seen(tmp_path: Path) -> None:
    paper = page_of(SHOWN)
    paper.set_text_color(205, 205, 205)
    put(paper, Put(60, 200, "仅供办理按揭使用", 24))
    assert said(paper, tmp_path) == [SHOWN.text, "仅供办理按揭使用"]


def test_text_under_a_seal_that_lets_it_through_is_seen(tmp_path: Path) -> None:
    paper = page_of(SHOWN, *column(60, 160, CLAUSES, 40), Put(60, 300, "二〇二一年五月六日盖章"))
    seal = Image.new("RGBA", (300, 300), (214, 30, 40, 0))
    ring = Image.radial_gradient("L").resize((300, 300)).point(lambda v: 160 if 90 < v < 110 else 0)
    seal.putalpha(ring)
    paper.image(seal, 60, 240, 100, 100)
    assert said(paper, tmp_path)[-1].endswith("年五月六日盖章")


def test_text_over_a_picture_that_fills_the_page_is_seen(tmp_path: Path) -> None:
    paper = blank()
    paper.image(Image.linear_gradient("L").point(lambda v: 225 + v // 10).resize((595, 842)), 0, 0, 595, 842)
    put(paper, *column(60, 100, CLAUSES, 40))
    assert "".join(said(paper, tmp_path)) == CLAUSES


def _hand_made(content: bytes, page: bytes = b"", root: bytes = b"", *more: bytes) -> bytes:
    resources = b"/Resources<</Font<</F1 5 0 R>>/Properties<</P0 6 0 R>>>>"
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R%b>>" % root,
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Contents 4 0 R%b%b>>" % (resources, page),
        b"<</Length %d>>stream\n%b\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *(more or (b"null",)),
    )


def _text(x: int, y: int, what: str) -> bytes:
    return b"BT /F1 12 Tf %d %d Td (%b) Tj ET " % (x, y, what.encode())


def _read(content: bytes, folder: Path) -> Page:
    (folder / "hand.pdf").write_bytes(content)
    page = read_with(TextLayerReader(), folder / "hand.pdf")
    assert page is not None
    return page


def test_a_layer_that_is_switched_off_is_left_out(tmp_path: Path) -> None:
    content = _text(50, 200, "Agreement") + b"/OC /P0 BDC " + _text(50, 150, "Draft only") + b"EMC"
    off = b"/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]>>>>"
    on = b"/OCProperties<</OCGs[6 0 R]/D<</ON[6 0 R]>>>>"
    group = b"<</Type/OCG/Name(draft)>>"
    assert _read(_hand_made(content, b"", off, group), tmp_path).text == "Agreement"
    assert _read(_hand_made(content, b"", on, group), tmp_path).text == "Agreement\nDraft only"


def test_what_lies_outside_of_the_crop_box_is_left_out(tmp_path: Path) -> None:
    content = _text(50, 200, "Agreement") + _text(50, 20, "printer's mark")
    page = _read(_hand_made(content, b"/CropBox[40 100 240 260]"), tmp_path)
    assert page.text == "Agreement"
    box = page.lines[0].box
    assert box is not None
    assert box.left == pytest.approx(10 / 200, abs=0.01)
    assert box.bottom == pytest.approx(60 / 160, abs=0.02)


@pytest.mark.parametrize(
    ("turn", "matrix"),
    [
        (0, b""),
        (90, b"0 1 -1 0 400 0 cm "),
        (180, b"-1 0 0 -1 400 300 cm "),
        (270, b"0 -1 1 0 0 300 cm "),
    ],
)
def test_boxes_are_those_of_the_page_as_its_rotate_turns_it(turn: int, matrix: bytes, tmp_path: Path) -> None:
    wide, tall = (300, 400) if turn in (90, 270) else (400, 300)
    content = b"q " + matrix + _text(50, tall - 100, "Agreement") + b"Q"
    page = _read(_hand_made(content, b"/Rotate %d" % turn), tmp_path)
    assert (page.text, page.rotation) == ("Agreement", 0)
    box = page.lines[0].box
    assert box is not None
    assert box.left * wide == pytest.approx(50, abs=1)
    assert box.bottom * tall == pytest.approx(101.4, abs=1)


@pytest.mark.parametrize(("turn", "matrix"), [(90, b"0 1 -1 0 400 0 cm "), (270, b"0 -1 1 0 0 300 cm ")])
def test_a_page_drawn_on_its_side_is_set_upright_and_says_so(
    turn: int, matrix: bytes, tmp_path: Path
) -> None:
    content = b"q " + matrix + _text(50, 200, "Agreement of sale") + _text(50, 150, "second line") + b"Q"
    page = _read(_hand_made(content), tmp_path)
    assert (page.text, page.rotation) == ("Agreement of sale\nsecond line", turn)
    box = page.lines[0].box
    assert box is not None
    assert box.left * 300 == pytest.approx(50, abs=1)


def test_a_watermark_across_the_page_does_not_tear_its_lines(tmp_path: Path) -> None:
    paper = page_of(*column(60, 100, CLAUSES, 40))
    paper.set_text_color(210, 210, 210)
    with paper.rotation(45, 300, 160):
        put(paper, Put(220, 160, "内部资料", 30))
    lines = said(paper, tmp_path)
    assert ("".join(lines[:-1]), lines[-1]) == (CLAUSES, "内部资料")


def test_a_scan_under_another_engines_layer_is_passed_on(tmp_path: Path) -> None:
    paper = blank()
    paper.image(picture("\n".join(CLAUSES[n : n + 24] for n in range(0, 96, 24))), 0, 0, 595, 842)
    with paper.local_context(text_mode=TextMode.INVISIBLE):
        put(paper, *column(60, 100, CLAUSES, 40))
    assert read(paper, tmp_path) is None


def test_a_layer_of_visible_text_that_was_drawn_before_its_scan_is_passed_on(tmp_path: Path) -> None:
    paper = page_of(*column(60, 100, CLAUSES * 2, 40))
    paper.image(picture("\n".join(CLAUSES[n : n + 24] for n in range(0, 96, 24))), 0, 0, 595, 842)
    assert read(paper, tmp_path) is None


def _scan_with_a_layer(font: bytes) -> bytes:
    """A page that a grey picture fills, with a line of unseen text in this font."""
    layer = b"BT 3 Tr " + _text(40, 150, "Agreement of sale between the seller and the buyer")[3:]
    content = b"q 400 0 0 300 0 0 cm /Im Do Q " + layer
    image = b"<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1>>stream\n\xc8\nendstream"
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>/XObject<</Im 6 0 R>>>>>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/TrueType/BaseFont/%b>>" % font,
        image,
    )


def test_the_unseen_layer_of_our_own_searchable_pdf_is_read(tmp_path: Path) -> None:
    # Short enough to be taken for a stamp, were it not ours.
    assert _read(_scan_with_a_layer(b"DossierUnseen"), tmp_path).text.startswith("Agreement of sale")


def test_the_unseen_layer_of_anybody_else_is_not(tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(_scan_with_a_layer(b"GlyphLessFont"))
    assert read_with(TextLayerReader(), tmp_path / "scan.pdf") is None


def test_a_font_without_a_map_to_characters_is_passed_on(tmp_path: Path) -> None:
    paper = page_of(*column(60, 100, CLAUSES, 40))
    assert read(paper, tmp_path) is not None
    content = (tmp_path / "paper.pdf").read_bytes()
    (tmp_path / "paper.pdf").write_bytes(content.replace(b"/ToUnicode", b"/ToNothing"))
    assert read_with(TextLayerReader(), tmp_path / "paper.pdf") is None
