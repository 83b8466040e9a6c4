from __future__ import annotations

from pathlib import Path

import pytest

from consumers import unfolding
from consumers.bounds import Bounds
from consumers.errors import Refused
from consumers.office_types import DOCX, EML
from consumers.reading import read_page
from consumers.unfolding import unfolded
from tests.conftest import SAMPLES
from tests.consumers.made import bomb_png, pdf_of_pages
from tests.consumers.office.documents import docx, mail, pages_of, picture, read, zipped

SCAN = SAMPLES / "scans/SCAN_20230310_0001.pdf"
BORN = SAMPLES / "scans/锦绣3-2-1201.pdf"
LOCKED = SAMPLES / "bad/合同扫描件(加密).pdf"


def test_the_pages_of_attached_pdfs_follow_one_by_one_each_judged_as_if_it_came_alone(tmp_path: Path) -> None:
    alone = [(page.text, page.source) for path in (BORN, SCAN) for page in pages_of(path)]
    content = mail("信", ("合同.pdf", BORN.read_bytes()), ("扫描.pdf", SCAN.read_bytes())).as_bytes()
    first, *others = read(tmp_path, content)
    assert first.reader == "office"
    assert [(page.text, page.source) for page in others] == alone
    assert [page.number for page in others] == [2, 3, 4, 5, 6]
    assert alone[0][1] == "text-layer"


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("资料.zip", zipped({"a.txt": "x"}), "压缩包"),
        ("锁.pdf", LOCKED.read_bytes(), "密码"),
        ("工具.exe", b"MZ\x90\0", "扩展名 .exe"),
        ("空.pdf", b"", "0 字节"),
        ("半.pdf", BORN.read_bytes()[:900], "损坏"),
        ("半.docx", docx(["x"])[:-40], "损坏"),
        ("长.pdf", pdf_of_pages(1_001), "1,000"),
    ],
)
def test_what_can_not_be_read_makes_the_first_page_doubtful_and_loses_nothing_else(
    tmp_path: Path, name: str, content: bytes, why: str
) -> None:
    first, second = read(tmp_path, mail("信", (name, content), ("好.docx", docx(["甲"]))).as_bytes())
    (doubt,) = first.doubtful
    assert name in doubt
    assert why in doubt
    assert (second.text, second.doubtful) == ("甲", ())


def test_a_picture_that_breaks_only_when_it_is_unpacked_costs_its_own_page(tmp_path: Path) -> None:
    whole = picture(900, 900, "JPEG")
    content = mail("信", ("半.jpg", whole[: len(whole) // 2]), ("好.docx", docx(["甲"]))).as_bytes()
    path = tmp_path / "m.eml"
    path.write_bytes(content)
    count, page, _ = read_page(path, EML, 2, ("tesseract",), Bounds())
    assert (count, page.number, page.source) == (3, 2, "blank")
    assert "半.jpg" in page.doubtful[0]


def test_a_picture_that_says_it_is_huge_costs_its_own_page(tmp_path: Path) -> None:
    bomb = bomb_png(tmp_path / "bomb.png", 60_000, 60_000).read_bytes()
    assert len(read(tmp_path, mail("信", ("b.png", bomb)).as_bytes())) == 2


def test_logos_and_rules_are_no_pages_and_no_doubts(tmp_path: Path) -> None:
    content = mail("信", ("logo.png", picture(180, 60)), ("line.gif", picture(600, 4, "GIF"))).as_bytes()
    (page,) = read(tmp_path, content)
    assert page.doubtful == ()


def test_mails_in_mails_are_opened_to_a_depth_and_named_from_there(tmp_path: Path) -> None:
    message = mail("最里", subject="0")
    for level in range(1, 8):
        outer = mail("信", subject=str(level))
        outer.add_attachment(message)
        message = outer
    pages = read(tmp_path, message.as_bytes())
    assert len(pages) == 4
    assert "6.eml › 5.eml › 4.eml › 3.eml" in pages[0].doubtful[0]


def test_the_pages_of_all_together_are_bounded(tmp_path: Path) -> None:
    content = mail("信", *[(f"{n}.pdf", pdf_of_pages(4)) for n in range(3)]).as_bytes()
    with pytest.raises(Refused, match="too-many-pages"):
        read(tmp_path, content, bounds=Bounds(pages=10))
    assert len(read(tmp_path, content, bounds=Bounds(pages=13))) == 13


def test_attachments_without_end_are_counted_and_not_opened(tmp_path: Path) -> None:
    content = mail(
        "信", *[(f"{n}.png", picture(1, 1)) for n in range(305)], ("x.docx", docx(["x"]))
    ).as_bytes()
    (page,) = read(tmp_path, content)
    assert "300" in page.doubtful[0]


def test_doubts_without_end_are_counted(tmp_path: Path) -> None:
    (page,) = read(tmp_path, mail("信", *[(f"{n}.exe", b"MZ") for n in range(50)]).as_bytes())
    assert len(page.doubtful) == 21
    assert "30" in page.doubtful[-1]


def test_a_file_is_taken_apart_once_and_again_when_it_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "m"
    path.write_bytes(docx(["甲"]))
    first = unfolded(path, DOCX, Bounds(), lambda content, media_type: 1)
    assert unfolded(path, DOCX, Bounds(), lambda content, media_type: 1) is first
    path.write_bytes(docx(["甲", "乙"]))
    assert unfolded(path, DOCX, Bounds(), lambda content, media_type: 1) is not first


def test_what_is_kept_is_no_more_than_one_file_may_have(tmp_path: Path) -> None:
    bounds = Bounds(bytes=1_000)
    for number in range(6):
        path = tmp_path / str(number)
        path.write_bytes(mail(f"第{number}封").as_bytes())
        unfolded(path, EML, bounds, lambda content, media_type: 1)
    kept = [found.size for key, found in unfolding._kept.items() if bounds in key]
    assert 0 < len(kept) < 6
    assert sum(kept) <= bounds.bytes
