from __future__ import annotations

import pytest

from consumers.office.letter import body_of, head_of, moment_of


def test_the_head_leaves_out_what_is_not_told_and_keeps_each_line_one() -> None:
    assert head_of([("主题", "关于\n 合同"), ("抄送", " ")]) == ["主题：关于 合同"]


def test_a_body_in_one_version_is_that_version() -> None:
    assert body_of("a\nb", "") == ["a", "b"]
    assert body_of("", "<p>a<p>b") == ["a", "b"]


@pytest.mark.parametrize(
    ("told", "moment"),
    [
        ("Fri, 01 Mar 2024 10:20:00 +0800", "2024-03-01 10:20 +0800"),
        ("1 Mar 24 10:20", "2024-03-01 10:20"),
        ("2024年3月1日", "2024年3月1日"),
        ("Fri, 99 Mar 2024 10:20:00 +0800", "Fri, 99 Mar 2024 10:20:00 +0800"),
        ("", ""),
    ],
)
def test_a_date_is_written_so_that_it_can_be_found(told: str, moment: str) -> None:
    assert moment_of(told) == moment
