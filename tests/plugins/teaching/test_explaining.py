from __future__ import annotations

import json
from dataclasses import replace

import pytest

from classifiers.parts.cover import illegible
from consumers.errors import Refused
from plugins.rereading.kept_text import transcript_of as rereading_of
from plugins.teaching.corrections import Correction
from plugins.teaching.explained_json import explained_json
from plugins.teaching.explaining import explained, in_words
from plugins.wiring import Archive
from tests.contract.deposits import CARD
from tests.plugins.conftest import RULES_OF_THE_OFFICE, SUBSCRIPTION, transcript_of

HEADINGS = ("结论", "规则", "用字统计", "其次考虑", "密级", "个人信息", "保管期限", "模型")
DONE = Correction(
    "7", "a" * 64, "category", "sales", "contract", "李静", "2026-03-02T12:00:00.000000+00:00", "看错"
)


def _words(archive: Archive, text: str, sure: float = 0.75) -> str:
    return "\n".join(
        in_words(explained("甲.pdf", transcript_of(text), archive.rules, sure, b""), archive.rules, sure)
    )


@pytest.mark.parametrize("heading", HEADINGS)
def test_every_label_has_its_part(archive: Archive, heading: str) -> None:
    assert f"■ {heading}" in _words(archive, SUBSCRIPTION)


def test_rules_are_told_by_their_names_with_quote_and_page(archive: Archive) -> None:
    assert "标题，第 1 页：“商品房认购书”" in _words(archive, SUBSCRIPTION)


@pytest.mark.parametrize(("sure", "said"), [(0.0, "达到门槛 0%"), (1.1, "低于门槛 110%")])
def test_the_threshold_is_told_and_what_it_meant(archive: Archive, sure: float, said: str) -> None:
    assert said in _words(archive, SUBSCRIPTION, sure)


def test_what_raised_the_level_is_told(archive: Archive) -> None:
    assert "纸上印有标志，升级，第 1 页：“核心商密▲”" in _words(archive, f"核心商密▲\n{SUBSCRIPTION}")
    assert "因含医疗健康信息升级" in _words(archive, f"{SUBSCRIPTION}\n附：出院诊断证明")


def test_personal_data_is_told_with_the_words_of_the_law(archive: Archive) -> None:
    assert "依据：个人信息保护法第二十八条：医疗健康" in _words(archive, f"{SUBSCRIPTION}\n附：出院诊断证明")


def test_the_retention_rule_is_told_with_its_authority(archive: Archive) -> None:
    assert "30年（" in _words(archive, SUBSCRIPTION)
    assert "  依据：" in _words(archive, SUBSCRIPTION)


@pytest.mark.parametrize("text", [SUBSCRIPTION, RULES_OF_THE_OFFICE, "", "〇"])
def test_no_id_number_is_shown(archive: Archive, text: str) -> None:
    one = explained("甲.pdf", transcript_of(text), archive.rules, 0.75, b"")
    told = json.dumps(explained_json(one, archive.rules, 0.75), ensure_ascii=False) + "\n".join(
        in_words(one, archive.rules, 0.75)
    )
    assert "420198198803054519" not in told


def test_what_people_changed_is_told_in_their_words(archive: Archive) -> None:
    one = explained(
        "7", transcript_of(SUBSCRIPTION), archive.rules, 0.75, b"", card=CARD, corrections=(DONE,)
    )
    told = "\n".join(in_words(one, archive.rules, 0.75))
    assert "李静 更正类别：销售资料 → 签约资料，理由：看错" in told
    assert "与现在的判断（认购书）不同" in told


def test_a_state_secret_is_not_explained_but_refused(archive: Archive) -> None:
    with pytest.raises(Refused):
        explained("甲.pdf", transcript_of("机密★10年\n通知"), archive.rules, 0.75, b"")


def test_of_a_file_with_several_papers_the_principal_one_is_explained(archive: Archive) -> None:
    receipt = "收款收据\nNo.0012345\n今收到周文海交来定金人民币贰万元整\n收款人：李敏\n2024年5月6日"
    one = explained("甲.pdf", transcript_of(f"{SUBSCRIPTION}\f{receipt}"), archive.rules, 0.75, b"")
    assert one.explanation.judgement.kind.zh == one.verdict.labels.kind
    if one.verdict.parts:
        assert "第 2–2 页" in "\n".join(in_words(one, archive.rules, 0.75))


SHEETS = f"客户档案封面页\nPD1:D:锦绣花园/3-2-1201\f{SUBSCRIPTION}\f客户档案封面页\n\f{RULES_OF_THE_OFFICE}"


def test_codes_that_the_kept_text_does_not_hold_are_not_called_illegible(archive: Archive) -> None:
    kept = rereading_of("a" * 64, SHEETS.split("\f"))
    batch = replace(CARD, batch=True)
    told = "\n".join(
        in_words(explained("7", kept, archive.rules, 0.75, b"", card=batch), archive.rules, 0.75)
    )
    assert "无法识读" not in told
    one = explained("甲.pdf", kept, archive.rules, 0.75, b"", parting="split")
    assert "条码无法识读" in "\n".join(in_words(one, archive.rules, 0.75))


def test_what_the_filing_could_not_read_is_still_told(archive: Archive) -> None:
    kept = rereading_of("a" * 64, SHEETS.split("\f"))
    (why,) = illegible(3).troubles
    batch = replace(CARD, batch=True, review_reasons=(why,))
    told = "\n".join(
        in_words(explained("7", kept, archive.rules, 0.75, b"", card=batch), archive.rules, 0.75)
    )
    assert f"  须核对：{why}" in told
    assert "第 1 页是封面页" not in told
