from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from consumers.bounds import Bounds
from consumers.errors import Refused
from consumers.office.part import Enclosed, Lost, Sheet
from consumers.office.word import open_word
from tests.consumers.office.documents import docx, member, picture, read, rezipped, saved

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
RELS = "word/_rels/document.xml.rels"
WPS = 'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'


def _run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def _with_body(body: str) -> bytes:
    return rezipped(
        docx(["x"]),
        {"word/document.xml": f"<w:document {W} {MC} {WPS}><w:body>{body}</w:body></w:document>"},
    )


def _texts(content: bytes) -> list[str]:
    sheets = [part for part in open_word(content, Bounds()) if isinstance(part, Sheet)]
    return ["\n".join(line.text for line in sheet.read().lines) for sheet in sheets]


def test_paragraphs_and_tables_come_in_the_order_of_the_document() -> None:
    document = Document()
    document.add_paragraph("认购书")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ("买受人", "王 敏", "房号", "3-2-1201"), strict=True):
        cell.text = text
    document.add_paragraph("以上属实")
    assert _texts(saved(document)) == ["认购书\n买受人\u3000王 敏\n房号\u30003-2-1201\n以上属实"]


def test_headers_stand_first_and_footers_last() -> None:
    document = Document()
    document.add_paragraph("正文")
    document.sections[0].header.paragraphs[0].text = "江州置业"
    document.sections[0].footer.paragraphs[0].text = "第 1 页"
    assert _texts(saved(document)) == ["江州置业\n正文\n第 1 页"]


def test_a_page_ends_where_the_document_breaks_it() -> None:
    document = Document()
    document.add_paragraph("第一页")
    document.add_page_break()  # type: ignore[no-untyped-call]  # python-docx types all but this
    document.add_paragraph("第二页")
    assert _texts(saved(document)) == ["第一页", "第二页"]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (f"<w:p><w:sdt><w:sdtContent>{_run('王敏')}</w:sdtContent></w:sdt></w:p>", "王敏"),
        (f"<w:sdt><w:sdtContent><w:p>{_run('王敏')}</w:p></w:sdtContent></w:sdt>", "王敏"),
        (f"<w:p><w:hyperlink>{_run('链接')}</w:hyperlink></w:p>", "链接"),
        (f"<w:p><w:ins>{_run('新')}</w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>", "新"),
        (f"<w:p>{_run('甲')}<w:r><w:tab/></w:r>{_run('乙')}</w:p>", "甲 乙"),
        (f"<w:p>{_run('甲')}<w:r><w:br/></w:r>{_run('乙')}</w:p>", "甲\n乙"),
        ('<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + _run("是") + "</w:p>", "☑是"),
        (
            f"<w:p>{_run('前')}<w:r><w:lastRenderedPageBreak/></w:r>{_run('后')}</w:p>",
            "前|后",
        ),
        (
            f"<w:p><w:r><mc:AlternateContent><mc:Choice><wps:txbx><w:txbxContent><w:p>{_run('框中')}</w:p>"
            f"</w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><w:txbxContent><w:p>{_run('框中')}</w:p>"
            f"</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>{_run('段落')}</w:p>",
            "段落\n框中",
        ),
        (
            f"<w:tbl><w:tr><w:tc><w:p>{_run('一')}</w:p><w:p>{_run('二')}</w:p></w:tc></w:tr></w:tbl>",
            "一\n二",
        ),
        (
            f"<w:tbl><w:sdt><w:sdtContent><w:tr><w:tc><w:p>{_run('一')}</w:p></w:tc><w:tc><w:p>{_run('二')}</w:p>"
            "</w:tc></w:tr></w:sdtContent></w:sdt></w:tbl>",
            "一\u3000二",
        ),
    ],
    ids=[
        "a control in a line",
        "a control around lines",
        "a link",
        "changes that are tracked",
        "a tab",
        "a line break",
        "a ticked box",
        "where Word ended a page",
        "a text box, told twice",
        "a frame of one cell",
        "a row in a control",
    ],
)
def test_what_a_person_sees_is_read_once(body: str, text: str) -> None:
    assert "|".join(_texts(_with_body(body))) == text


def test_pictures_are_pages_behind_the_text_in_their_order_and_logos_are_none(tmp_path: Path) -> None:
    content = docx(["合同"], [picture(600, 300), picture(40, 40), picture(300, 600)])
    names = [part.name for part in open_word(content, Bounds()) if isinstance(part, Enclosed)]
    assert names == ["image1.png", "image2.png", "image3.png"]
    assert [page.source for page in read(tmp_path, content)] == ["text-layer", "blank", "blank"]


def test_a_document_of_pictures_alone_has_only_their_pages(tmp_path: Path) -> None:
    assert len(read(tmp_path, docx([], [picture()]))) == 1


def test_a_document_with_nothing_in_it_is_refused_as_empty(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="empty"):
        read(tmp_path, docx())


def test_a_document_that_a_web_page_was_put_into_has_its_text() -> None:
    chunk = "<html><body><p>网签合同</p></body></html>"
    relation = (
        '<Relationship Id="c1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk" '
        'Target="/word/chunk.html"/></Relationships>'
    )
    plain = docx(["x"])
    listing = member(plain, RELS).replace("</Relationships>", relation)
    content = rezipped(plain, {RELS: listing, "word/chunk.html": chunk})
    assert _texts(content) == ["x\n网签合同"]


def test_an_embedded_object_is_named_as_lost() -> None:
    plain = docx(["x"])
    relation = (
        '<Relationship Id="o1" Type="http://x/oleObject" Target="embeddings/oleObject1.bin"/></Relationships>'
    )
    members: dict[str, bytes | str] = {
        RELS: member(plain, RELS).replace("</Relationships>", relation),
        "word/embeddings/oleObject1.bin": b"x",
    }
    lost = [part for part in open_word(rezipped(plain, members), Bounds()) if isinstance(part, Lost)]
    assert [part.name for part in lost] == ["oleObject1.bin"]


def test_a_text_without_end_is_cut_and_the_page_says_so(tmp_path: Path) -> None:
    (page,) = read(tmp_path, docx(["字" * 400_000, "字" * 400_000]))
    assert len(page.text) == 400_000
    assert "500,000" in page.doubtful[0]
