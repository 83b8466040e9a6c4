from __future__ import annotations

import pytest

from consumers.office.hypertext import lines_of_html

PAGES = [
    ("<p>甲方：<b>王</b>敏</p><p>乙方</p>", ["甲方：王敏", "乙方"]),
    ("第一行<br>第二行<div>第三行</div>尾", ["第一行", "第二行", "第三行", "尾"]),
    (
        "<table><tr><td>姓名<td>王敏</tr><tr><th>房号</th><td>3-2-1201</td></tr></table>",
        ["姓名\u3000王敏", "房号\u30003-2-1201"],
    ),
    ("<table><tr><td><p>a</p><p>b</p></td></tr></table>", ["a", "b"]),
    (
        "<table><tr><td>页眉<table><tr><td>姓名</td><td>王敏</td></tr></table></td><td>边栏</td></tr></table>",
        ["页眉", "姓名\u3000王敏", "边栏"],
    ),
    ("<ul><li>一</li><li>二</li></ul>", ["一", "二"]),
    ("<style>p{}</style><script>x</script><title>t</title><p>见</p>", ["见"]),
    ('<p style="display: none">隐</p><p>见</p>', ["见"]),
    ("<p>a\n b&nbsp;&nbsp;c</p>", ["a b c"]),
    ("<p>&#x5408;&amp;同</p>", ["合&同"]),
    ("<!-- 注 --><p>文", ["文"]),
    ("", []),
    ("  ", []),
    ("只有文字", ["只有文字"]),
]


@pytest.mark.parametrize(("page", "lines"), PAGES)
def test_a_page_gives_the_lines_that_a_person_sees(page: str, lines: list[str]) -> None:
    assert lines_of_html(page) == lines


def test_bytes_are_read_in_the_charset_that_they_name() -> None:
    page = '<html><head><meta charset="gb2312"></head><body>朱镕基</body></html>'
    assert lines_of_html(page.encode("gbk")) == ["朱镕基"]


def test_text_that_declares_an_encoding_is_read_all_the_same() -> None:
    assert lines_of_html('<?xml version="1.0" encoding="gb2312"?><html><p>合同</p></html>') == ["合同"]


def test_what_is_nested_without_end_comes_to_one() -> None:
    assert lines_of_html("<div><table><tr><td>" * 5000 + "深") in ([], ["深"])
