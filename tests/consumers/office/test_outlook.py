from __future__ import annotations

from pathlib import Path

import pytest

from consumers.bounds import Bounds
from consumers.errors import Refused
from consumers.media import media_type_of
from consumers.office.outlook import open_outlook
from consumers.office.part import Lost, Sheet
from consumers.office_types import MSG
from tests.consumers.office.documents import (
    MSG_CLASS,
    Storage,
    attached,
    compound,
    docx,
    forwarded,
    message,
    picture,
    read,
)


def _msg(storage: Storage) -> bytes:
    return compound(storage, MSG_CLASS)


def _page(content: bytes) -> str:
    sheet = open_outlook(content, Bounds())[0]
    assert isinstance(sheet, Sheet)
    return "\n".join(line.text for line in sheet.read().lines)


def test_a_mail_is_a_page_of_its_head_and_its_body() -> None:
    head = "主题：关于合同\n发件人：王敏 <wang@example.com>\n收件人：档案室\n日期：2024-03-01 12:20 +0800"
    assert _page(_msg(message("关于合同", "请查收。\r\n谢谢"))) == f"{head}\n请查收。\n谢谢"


def test_the_time_is_that_of_the_sender_where_the_mail_tells_it() -> None:
    headers = "Received: x\r\nDate: Fri, 1 Mar 2024 23:20:00 -0500\r\n"
    storage = message("s", "b") | {"__substg1.0_007D001F": headers.encode("utf-16-le")}
    assert "日期：2024-03-01 23:20 -0500" in _page(_msg(storage))


def test_a_body_with_tables_is_read_row_by_row() -> None:
    html = '<meta charset="gb2312"><table><tr><td>姓名<td>王敏</table>'.encode("gbk")
    assert _page(_msg(message("s", "姓名 王敏", html=html))).endswith("\n姓名\u3000王敏")


def test_text_of_an_old_outlook_is_read_in_its_code_page() -> None:
    storage = message("s", "b")
    storage["__substg1.0_1000001E"] = "合同".encode("gbk")
    del storage["__substg1.0_1000001F"]
    assert _page(_msg(storage)).endswith("\n合同")


def test_attachments_follow_in_their_order(tmp_path: Path) -> None:
    storage = message(
        "s",
        "信",
        [attached("二.docx", docx(["乙"])), attached("图.png", picture()), attached("一.docx", docx(["甲"]))],
    )
    first, *others = read(tmp_path, _msg(storage))
    assert "附件：二.docx；图.png；一.docx" in first.text
    assert [page.text for page in others] == ["乙", "", "甲"]


def test_a_mail_in_a_mail_follows_with_what_is_attached_to_it(tmp_path: Path) -> None:
    inner = message("里", "内", [attached("合同.docx", docx(["甲"]))], enclosed=True)
    _, second, third = read(tmp_path, _msg(message("外", "信", [forwarded("里", inner)])))
    assert second.text.startswith("主题：里\n")
    assert third.text == "甲"


def test_mails_in_mails_without_end_are_opened_to_a_depth_and_named_from_there(tmp_path: Path) -> None:
    storage = message("最里", "内", enclosed=True)
    for level in range(8):
        storage = message(f"层{level}", "信", [forwarded(f"附{level}", storage)], enclosed=level < 7)
    pages = read(tmp_path, _msg(storage))
    assert len(pages) == 4
    assert "附4" in pages[0].doubtful[0]


def test_an_attachment_without_bytes_makes_the_first_page_doubtful(tmp_path: Path) -> None:
    (page,) = read(tmp_path, _msg(message("s", "信", [attached("空.docx", b"")])))
    assert "空.docx" in page.doubtful[0]


def test_an_object_of_another_program_is_named_as_lost() -> None:
    storage: Storage = {
        "__properties_version1.0": bytes(8),
        "__substg1.0_3707001F": "图表".encode("utf-16-le"),
        "__substg1.0_3701000D": {"CONTENTS": b"x"},
    }
    lost = [
        part for part in open_outlook(_msg(message("s", "信", [storage])), Bounds()) if isinstance(part, Lost)
    ]
    assert [part.name for part in lost] == ["图表"]


def test_a_body_in_rtf_alone_is_named_as_lost() -> None:
    storage = message("s", "") | {"__substg1.0_10090102": b"x"}
    assert any(isinstance(part, Lost) for part in open_outlook(_msg(storage), Bounds()))


@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_a_file_that_was_cut_off_is_refused_as_damaged(tmp_path: Path, part: float) -> None:
    content = _msg(message("s", "信" * 5_000, [attached("图.png", picture())]))
    with pytest.raises(Refused, match="damaged"):
        read(tmp_path, content[: round(len(content) * part)])


def test_what_is_made_for_these_tests_is_what_outlook_writes(tmp_path: Path) -> None:
    path = tmp_path / "m.msg"
    path.write_bytes(_msg(message("s", "b")))
    assert media_type_of(path) == MSG
