from __future__ import annotations

from pathlib import Path

import pytest

from consumers.errors import Refused
from tests.consumers.office.documents import docx, ofd, ofd_text, picture, read, rezipped

IMAGE = '<ofd:ImageObject ResourceID="90" Boundary="0 0 {width} {height}"/>'
WHOLE = IMAGE.format(width=210, height=140)
SCAN = {"Doc_0/Res/scan.png": picture(1050, 700)}
NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def test_text_is_read_in_rows_wherever_it_stands_in_the_file(tmp_path: Path) -> None:
    objects = ofd_text("12345678", 60, 20.2) + ofd_text("电子发票", 80, 5) + ofd_text("发票号码：", 10, 20)
    (page,) = read(tmp_path, ofd([objects]))
    assert page.text == "电子发票\n发票号码：\u300012345678"
    assert (page.source, page.reader) == ("text-layer", "office")


def test_lines_know_where_they_stand(tmp_path: Path) -> None:
    (page,) = read(tmp_path, ofd([ofd_text("右下", 105, 70, width=21, size=7)]))
    box = page.lines[0].box
    assert box is not None
    assert (box.left, box.top, box.right, box.bottom) == pytest.approx((0.5, 0.5, 0.6, 0.55))


def test_pages_come_in_the_order_of_the_document(tmp_path: Path) -> None:
    pages = read(tmp_path, ofd([ofd_text("一", 10, 10), ofd_text("二", 10, 10)]))
    assert [page.text for page in pages] == ["一", "二"]


def test_several_lines_in_one_object_stay_lines(tmp_path: Path) -> None:
    lines = '<ofd:TextCode X="0" Y="4">第一行</ofd:TextCode><ofd:TextCode X="0" Y="12">第二行</ofd:TextCode>'
    objects = f'<ofd:TextObject Boundary="10 10 100 20" Size="4">{lines}</ofd:TextObject>'
    (page,) = read(tmp_path, ofd([objects]))
    assert page.text == "第一行\n第二行"


def test_what_the_template_and_the_annotations_say_is_read_too(tmp_path: Path) -> None:
    template = '<ofd:TemplatePage ID="5" BaseLoc="Tpls/T.xml"/><ofd:Annotations>Annots.xml</ofd:Annotations>'
    more: dict[str, bytes | str] = {
        "Doc_0/Tpls/T.xml": f"<ofd:Page {NAMESPACE}>{ofd_text('税率', 10, 10)}</ofd:Page>",
        "Doc_0/Annots.xml": f'<ofd:Annotations {NAMESPACE}><ofd:Page PageID="0"><ofd:FileLoc>A.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>',
        "Doc_0/A.xml": f"<ofd:PageAnnot {NAMESPACE}>{ofd_text('已报销', 10, 50)}</ofd:PageAnnot>",
    }
    content = ofd(['<ofd:Template TemplateID="5"/>' + ofd_text("6%", 60, 10)], more, template)
    (page,) = read(tmp_path, content)
    assert page.text == "税率\u30006%\n已报销"


def test_a_page_that_is_a_scan_goes_to_the_readers_of_pictures(tmp_path: Path) -> None:
    (page,) = read(tmp_path, ofd([WHOLE + ofd_text("第1页", 90, 130)], dict(SCAN)))
    assert page.reader == "blank"


def test_a_page_with_text_and_a_logo_is_read_by_its_text(tmp_path: Path) -> None:
    (page,) = read(
        tmp_path, ofd([IMAGE.format(width=20, height=20) + ofd_text("电子发票", 80, 5)], dict(SCAN))
    )
    assert page.text == "电子发票"


def test_a_scan_in_a_format_that_nobody_knows_makes_the_page_doubtful(tmp_path: Path) -> None:
    (page,) = read(tmp_path, ofd([WHOLE], {"Doc_0/Res/scan.png": b"\x97JB2\r\n"}))
    assert "JBIG2" in page.doubtful[0]


def test_an_attachment_follows_and_the_data_behind_an_invoice_do_not(tmp_path: Path) -> None:
    rows = "".join(
        f'<ofd:Attachment Name="{name}"><ofd:FileLoc>{file}</ofd:FileLoc></ofd:Attachment>'
        for name, file in (("合同", "合同.docx"), ("数据", "invoice.xml"), ("失", "gone.pdf"))
    )
    more: dict[str, bytes | str] = {
        "Doc_0/Attachs.xml": f"<ofd:Attachments {NAMESPACE}>{rows}</ofd:Attachments>",
        "Doc_0/合同.docx": docx(["附件"]),
        "Doc_0/invoice.xml": "<x/>",
    }
    content = ofd([ofd_text("发票", 10, 10)], more, "<ofd:Attachments>Attachs.xml</ofd:Attachments>")
    first, second = read(tmp_path, content)
    assert second.text == "附件"
    assert len(first.doubtful) == 1
    assert "失" in first.doubtful[0]


@pytest.mark.parametrize(
    "members",
    [
        {"OFD.xml": "<x/>"},
        {"OFD.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'},
        {"Doc_0/Document.xml": "<cut"},
        {"Doc_0/Pages/Page_0/Content.xml": "<cut"},
    ],
    ids=["no document", "an entity", "a document that is cut off", "a page that is cut off"],
)
def test_an_ofd_that_is_broken_is_refused_as_damaged(tmp_path: Path, members: dict[str, bytes | str]) -> None:
    with pytest.raises(Refused, match="damaged"):
        read(tmp_path, rezipped(ofd([ofd_text("一", 10, 10)]), members))
