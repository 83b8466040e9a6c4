"""What papers tell to have happened: by their own title, not by what they speak of."""

from __future__ import annotations

import pytest

from classifiers import taxonomy
from classifiers.told_events import told_events

KINDS = {kind.id: kind for kind in taxonomy.load().kind}


@pytest.mark.parametrize(
    ("kind", "page", "events"),
    [
        ("case-settlement", "诉讼案件结案报告\n案号：（2023）粤0106民初123号", ["case_closed"]),
        ("case-settlement", "江州置业有限公司\n结 案 报 告\n一、案情", ["case_closed"]),
        ("case-settlement", "庭审笔录\n时间：2024年5月6日", []),
        ("case-settlement", "诉讼案件台账\n序号 案号 结案报告", []),
        ("case-settlement", "未结案报告", []),
        ("case-settlement", "关于提交结案报告的通知", []),
        ("judgment", "民事判决书\n结案报告", []),
        ("court-notice", "江州市人民法院\n结案通知书", ["case_closed"]),
        ("court-notice", "江州市人民法院\n应诉通知书", []),
        ("encumbrance-certificate", "个人住房贷款结清证明", ["loan_paid_out"]),
        ("encumbrance-certificate", "他项权证", []),
    ],
)
def test_only_a_paper_that_closes_something_tells_so(kind: str, page: str, events: list[str]) -> None:
    assert [event for event, _ in told_events(KINDS[kind], page)] == events


def test_the_line_that_says_so_is_told_as_evidence() -> None:
    assert list(told_events(KINDS["case-settlement"], "某公司\n结 案 报 告\n")) == [
        ("case_closed", "结案报告")
    ]


def test_what_stands_far_below_the_head_tells_nothing() -> None:
    page = "\n".join(["和解协议", *["正文"] * 30, "结案报告"])
    assert list(told_events(KINDS["case-settlement"], page)) == []
