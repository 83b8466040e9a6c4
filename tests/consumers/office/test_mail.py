from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from consumers.bounds import Bounds
from consumers.errors import Refused
from consumers.office.mail import open_mail
from consumers.office.part import Enclosed, Lost, Sheet
from tests.consumers.office.documents import docx, mail, picture, read

HEAD = "发件人：王敏 <wang@example.com>\n收件人：档案室 <archive@example.com>\n日期：2024-03-01 10:20 +0800"
RAW = b"From: a@example.com\nTo: b@example.com\nSubject: s\nMIME-Version: 1.0\n"


def _page(content: bytes) -> str:
    sheet = open_mail(content, Bounds())[0]
    assert isinstance(sheet, Sheet)
    return "\n".join(line.text for line in sheet.read().lines)


def _body(content: bytes) -> str:
    """What stands behind the three lines of the head."""
    return "\n".join(_page(content).splitlines()[3:])


def _names(content: bytes) -> list[str]:
    return [part.name for part in open_mail(content, Bounds()) if isinstance(part, Enclosed)]


def test_a_mail_is_a_page_of_its_head_and_its_body() -> None:
    assert (
        _page(mail("请查收。\n\n谢谢", subject="关于合同").as_bytes())
        == f"主题：关于合同\n{HEAD}\n请查收。\n谢谢"
    )


def test_the_head_names_what_is_attached() -> None:
    content = mail("见附件", ("合同.docx", docx(["x"])), ("图.png", picture())).as_bytes()
    assert "\n附件：合同.docx；图.png\n" in _page(content)


def test_attachments_follow_in_their_order(tmp_path: Path) -> None:
    content = mail("信", ("二.docx", docx(["乙"])), ("一.docx", docx(["甲"]))).as_bytes()
    assert [page.text for page in read(tmp_path, content)][1:] == ["乙", "甲"]


def test_a_mail_in_a_mail_follows_with_what_is_attached_to_it(tmp_path: Path) -> None:
    outer = mail("外")
    outer.add_attachment(mail("内", ("合同.docx", docx(["甲"])), subject="转发"))
    first, second, third = read(tmp_path, outer.as_bytes())
    assert "附件：转发.eml" in first.text
    assert second.text.startswith("主题：转发\n")
    assert third.text == "甲"


@pytest.mark.parametrize(
    ("plain", "html", "body"),
    [
        ("姓名 王敏", "<table><tr><td>姓名<td>王敏</table>", "姓名\u3000王敏"),
        ("长" * 50, "<p>请用新版软件查看</p>", "长" * 50),
        ("信", "", "信"),
    ],
)
def test_of_two_versions_the_one_that_says_more_is_read(plain: str, html: str, body: str) -> None:
    message = mail(plain)
    message.add_alternative(html, subtype="html")
    assert _page(message.as_bytes()).splitlines()[4:] == [body]


def test_pictures_of_a_mail_in_html_are_enclosed() -> None:
    message = mail("x")
    message.add_alternative("<p>图：<img src='cid:a'></p>", subtype="html")
    message.get_payload()[1].add_related(picture(), "image", "png", cid="<a>", filename="图.png")  # type: ignore[union-attr, index]  # built two lines above
    assert _names(message.as_bytes()) == ["图.png"]


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "gb18030", "utf-8", "big5"])
def test_a_body_is_read_in_its_charset(charset: str) -> None:
    content = (
        RAW
        + f"Content-Type: text/plain; charset={charset}\n\n".encode()
        + "合同編號".encode("gb18030" if charset == "gb2312" else charset)
    )
    assert _body(content) == "合同編號"


@pytest.mark.parametrize(
    "subject",
    [
        b"=?gb2312?B?udjT2rrPzaw=?=",
        b"=?UTF-8?B?5YWz5LqO?=\n =?UTF-8?B?5ZCI5ZCM?=",
        "关于合同".encode(),
        "关于合同".encode("gbk"),
    ],
    ids=["gb2312", "two words", "raw UTF-8", "raw GBK"],
)
def test_a_subject_is_read_however_it_was_written(subject: bytes) -> None:
    assert _page(RAW.replace(b"Subject: s", b"Subject: " + subject) + b"\nx").startswith("主题：关于合同\n")


@pytest.mark.parametrize(
    "told",
    [
        b'filename="=?gb2312?B?us/NrC5kb2N4?="',
        b"filename*=UTF-8''%E5%90%88%E5%90%8C.docx",
        'filename="合同.docx"'.encode(),
        'filename="合同.docx"'.encode("gbk"),
    ],
    ids=["encoded words", "RFC 2231", "raw UTF-8", "raw GBK"],
)
def test_an_attachment_has_its_name_however_that_was_written(told: bytes) -> None:
    content = (
        RAW
        + b'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain\n\nx\n--b\n'
        + b"Content-Type: application/octet-stream\nContent-Disposition: attachment; "
        + told
        + b"\n\nx\n--b--\n"
    )
    assert _names(content) == ["合同.docx"]


def test_a_text_that_is_attached_is_a_page(tmp_path: Path) -> None:
    message = mail("信")
    message.add_attachment("第一行\n第二行", filename="说明.txt")
    assert read(tmp_path, message.as_bytes())[1].text == "附件：说明.txt\n第一行\n第二行"


def test_a_signature_is_no_attachment_and_a_sealed_mail_is_named_as_lost() -> None:
    message = mail("信")
    message.add_attachment(b"x", maintype="application", subtype="pkcs7-signature", filename="smime.p7s")
    message.add_attachment(b"x", maintype="application", subtype="pkcs7-mime", filename="smime.p7m")
    parts = open_mail(message.as_bytes(), Bounds())[1:]
    assert [(type(part), part.name) for part in parts if not isinstance(part, Sheet)] == [(Lost, "smime.p7m")]


def test_a_date_that_is_none_stays_as_it_was_written() -> None:
    assert "日期：昨天" in _page(RAW + "Date: 昨天\n\nx".encode())


def test_a_mail_of_parts_without_end_is_refused() -> None:
    message = EmailMessage()
    message["From"] = "a@example.com"
    message["Subject"] = "x"
    message.make_mixed()
    for _ in range(1_001):
        message.add_attachment(b"x", maintype="application", subtype="pdf")
    with pytest.raises(Refused, match="too-many-pages"):
        open_mail(message.as_bytes(), Bounds())


def test_parts_nested_without_end_are_refused(tmp_path: Path) -> None:
    parts = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(3_000))
    with pytest.raises(Refused, match="damaged"):
        read(tmp_path, RAW + parts.encode() + b"Content-Type: text/plain\n\nx\n")
