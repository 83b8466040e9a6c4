"""Sheets that only part others."""

from __future__ import annotations

import pytest

from classifiers.parts.separator import separator, volume_list


@pytest.mark.parametrize(
    "lines",
    [
        ("分隔页",),
        ("--隔页--",),
        ("文件分隔页", "请勿抽取"),
        ("PATCHT",),
        ("PatchCode2",),
        ("件号:000381",),
        ("*JZ20230506*", "件号:12"),
        ("DocumentSeparator",),
    ],
)
def test_a_separator_sheet_is_known(lines: tuple[str, ...]) -> None:
    assert separator(lines)


@pytest.mark.parametrize(
    "lines", [(), ("收据", "今收到"), ("本户型隔页岩砖砌筑",), ("江州明川置业有限公司",)]
)
def test_a_paper_is_no_separator_sheet(lines: tuple[str, ...]) -> None:
    assert not separator(lines)


@pytest.mark.parametrize("head", ["卷内目录", "卷内文件目录", "案卷封面", "卷内备考表", "归档文件目录"])
def test_the_list_and_the_cover_of_a_volume_are_known_by_their_head(head: str) -> None:
    assert volume_list((head, "序号文件题名页次")) == head
    assert not volume_list(("正文", "正文", "正文", "正文", head))
