from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from plugins.errors import BadWord
from plugins.teaching import corrections
from plugins.teaching.correcting import Wanted, correct
from plugins.wiring import Archive
from retention import register
from retention.dms import Deposit, Query
from retention.errors import DmsRefused, NoSuchRecord
from retention.households.dossier_numbers import numbers_in
from retention.households.dossiers import dossier_of
from retention.record import Card, FactValue
from tests.contract.deposits import deposit

FILED: dict[str, Any] = {
    "kind": "认购书",
    "category": "sales",
    "title": "认购书 锦绣花园3-2-1501 测试甲 2024-02-29",
    "confidentiality": "普通商密",
    "personal_data": "personal",
    "retention_rule": "sales-30y",
    "dossier": "锦绣花园/3-2-1501",
    "review_reasons": ("类别把握只有 60%，请核对类别",),
    "confidence": 0.6,
}

File = Callable[..., str]


@pytest.fixture
def file(archive: Archive, tmp_path: Path) -> File:
    """Files a paper whose card has these fields; gives back its number."""
    folder = tmp_path / "papers"
    folder.mkdir()

    def filed(content: bytes = b"1", **card: Any) -> str:
        paper: Deposit = deposit(folder, content, ("出租方与承租方",), **{**FILED, **card})
        return archive.dms.file(paper)

    return filed


def _card(archive: Archive, number: str) -> Card:
    return archive.dms.record(number).card


def test_the_kind_takes_category_rule_and_title_along(archive: Archive, file: File) -> None:
    number = file()
    correct(archive, number, Wanted(kind="商品房买卖合同"), "李静", "")
    card = _card(archive, number)
    kind = archive.rules.taxonomy.by_name("商品房买卖合同")
    assert (card.kind, card.category, card.retention_rule) == (kind.zh, kind.category, kind.retention)
    assert card.title == "商品房买卖合同 锦绣花园3-2-1501 测试甲 2024-02-29"
    assert (card.confidence, card.review_reasons) == (1.0, ())


def test_a_kind_may_be_named_by_its_id(archive: Archive, file: File) -> None:
    number, kind = file(), archive.rules.taxonomy.by_name("商品房买卖合同")
    correct(archive, number, Wanted(kind=kind.id), "李静", "")
    assert _card(archive, number).kind == kind.zh


def test_the_dms_finds_it_by_the_new_kind_and_the_same_text(archive: Archive, file: File) -> None:
    number = file()
    correct(archive, number, Wanted(kind="商品房买卖合同"), "李静", "")
    sight = archive.clearance()
    assert [
        hit.record.dms_id for hit in archive.dms.search(Query("出租方", kind="商品房买卖合同"), sight)
    ] == [number]
    assert archive.dms.search(Query("认购书"), sight) == ()


def test_who_when_and_why_are_kept_and_stand_in_the_register(archive: Archive, file: File) -> None:
    number = file()
    correct(archive, number, Wanted(kind="商品房买卖合同"), "李静", "11010119900101001X 的合同")
    with archive.engine.begin() as connection:
        kept = corrections.of_record(connection, number, _card(archive, number).sha256)
        (entry,) = register.entries(connection)
    assert [(one.what, one.was, one.became, one.who, one.at[:10]) for one in kept[:2]] == [
        ("kind", "认购书", "商品房买卖合同", "李静", "2026-03-02"),
        ("category", "sales", "contract", "李静", "2026-03-02"),
    ]
    told = json.loads(entry.payload)
    assert (entry.actor, entry.action, entry.subject) == ("李静", "corrected", f"record/{number}")
    assert told["changes"][0] == {"what": "kind", "was": "认购书", "became": "商品房买卖合同"}
    assert told["reason"] == "1101**********001X 的合同"


def test_the_same_kind_is_a_confirmation_that_is_kept(archive: Archive, file: File) -> None:
    number = file()
    done = correct(archive, number, Wanted(kind="认购书"), "李静", "")
    assert [(one.what, one.was, one.became) for one in done.corrections] == [("kind", "认购书", "认购书")]
    assert not _card(archive, number).needs_review


def test_a_kind_raises_the_level_by_itself_and_never_lowers_it(archive: Archive, file: File) -> None:
    high, low = file(confidentiality="核心商密"), file(b"2", confidentiality="公开")
    for number in (high, low):
        correct(archive, number, Wanted(kind="认购书"), "李静", "")
    assert _card(archive, high).confidentiality == "核心商密"
    assert _card(archive, low).confidentiality == "普通商密"


def test_a_level_goes_down_only_with_a_reason(archive: Archive, file: File) -> None:
    number = file()
    with pytest.raises(BadWord, match="--reason"):
        correct(archive, number, Wanted(level="内部"), "李静", "  ")
    assert _card(archive, number).confidentiality == "普通商密"
    correct(archive, number, Wanted(level="内部"), "李静", "客户同意公开")
    assert _card(archive, number).confidentiality == "内部"


def test_a_level_alone_leaves_the_doubts(archive: Archive, file: File) -> None:
    number = file()
    correct(archive, number, Wanted(level="核心商密"), "李静", "")
    assert _card(archive, number).needs_review


def test_a_record_moves_to_another_dossier_which_is_opened(archive: Archive, file: File) -> None:
    number = file()
    done = correct(archive, number, Wanted(dossier="锦绣花园/3-2-1502"), "李静", "")
    card = _card(archive, number)
    assert (card.dossier, card.unit, done.opened) == ("锦绣花园/3-2-1502", "3-2-1502", True)
    assert "锦绣花园3-2-1502" in card.title
    again = correct(archive, file(b"2"), Wanted(dossier="锦绣花园/3-2-1502"), "李静", "")
    assert not again.opened


@pytest.mark.parametrize("key", ["乱写", "客户/张三-0123456789", "/3-2-1", "锦绣花园/", "a/b/c"])
def test_a_key_that_no_dossier_has_and_none_can_have_is_refused(
    archive: Archive, file: File, key: str
) -> None:
    with pytest.raises(BadWord, match="--dossier"):
        correct(archive, file(), Wanted(dossier=key), "李静", "")


def test_a_record_may_belong_to_no_dossier(archive: Archive, file: File) -> None:
    number = file(dossier="", dossier_doubt="未见房号")
    correct(archive, number, Wanted(dossier=""), "李静", "")
    assert (_card(archive, number).dossier, _card(archive, number).unassigned) == ("", False)


def test_who_says_the_household_has_not_spoken_of_the_labels(archive: Archive, file: File) -> None:
    several = "文件上有多个房号"
    number = file(dossier="", dossier_doubt=several, review_reasons=("请核对类别", several))
    correct(archive, number, Wanted(dossier="锦绣花园/3-2-1501"), "李静", "")
    card = _card(archive, number)
    assert (card.dossier, card.dossier_doubt, card.review_reasons) == (
        "锦绣花园/3-2-1501",
        "",
        ("请核对类别",),
    )
    assert card.dossier_evidence == ("李静 指定",)


def test_who_says_the_kind_has_not_said_the_household(archive: Archive, file: File) -> None:
    several = "文件上有多个房号"
    number = file(dossier="", dossier_doubt=several, review_reasons=("请核对类别", several))
    correct(archive, number, Wanted(kind="认购书"), "李静", "")
    card = _card(archive, number)
    assert (card.dossier_doubt, card.review_reasons) == (several, (several,))


def test_a_paper_that_turns_out_to_be_a_customers_needs_a_household_and_the_other_way_round(
    archive: Archive, file: File
) -> None:
    number = file(dossier="", kind="其他", category="other", review_reasons=())
    correct(archive, number, Wanted(kind="认购书"), "李静", "")
    assert _card(archive, number).dossier_doubt == "尚未确定客户档案"
    correct(archive, number, Wanted(kind="规章制度"), "李静", "")
    assert not _card(archive, number).unassigned


def test_the_dossier_of_a_paper_that_turns_out_to_be_a_customers_is_opened(
    archive: Archive, file: File
) -> None:
    number = file(kind="其他", category="other", unit="3-2-1501")
    done = correct(archive, number, Wanted(kind="认购书"), "李静", "")
    assert (done.opened, done.card.dossier, done.card.unassigned) == (True, "锦绣花园/3-2-1501", False)


def test_its_numbers_and_its_level_go_into_the_dossier(archive: Archive, file: File) -> None:
    facts = (FactValue("contract_no", "YS-2015-0123", 1, ""),)
    number = file(dossier="", facts=facts, confidentiality="核心商密")
    correct(archive, number, Wanted(dossier="锦绣花园/3-2-1501"), "李静", "")
    with archive.engine.begin() as connection:
        assert numbers_in(connection, "锦绣花园/3-2-1501") == (("contract_no", "YS-2015-0123", number),)
        held = dossier_of(connection, "锦绣花园/3-2-1501")
    assert held is not None
    assert held.level == "核心商密"


@pytest.mark.parametrize(
    ("wanted", "by", "said"),
    [
        (Wanted(), "李静", "nothing to correct"),
        (Wanted(kind="认购书"), " ", "--by"),
        (Wanted(kind="不存在"), "李静", "--kind"),
        (Wanted(level="绝密"), "李静", "--level"),
    ],
)
def test_words_that_make_no_sense_change_nothing(
    archive: Archive, file: File, wanted: Wanted, by: str, said: str
) -> None:
    number = file()
    before = _card(archive, number)
    with pytest.raises(BadWord, match=said):
        correct(archive, number, wanted, by, "")
    assert _card(archive, number) == before


def test_a_record_that_is_not_there_can_not_be_corrected(archive: Archive) -> None:
    with pytest.raises(NoSuchRecord):
        correct(archive, "9", Wanted(kind="认购书"), "李静", "")


def test_nothing_is_kept_where_the_dms_refuses(
    archive: Archive, file: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = file()
    seen = archive.dms.record(number)
    archive.dms.relabel(seen, replace(seen.card, customer="测试乙"))
    monkeypatch.setattr(archive.dms, "record", lambda dms_id: seen)
    with pytest.raises(DmsRefused, match="meanwhile"):
        correct(archive, number, Wanted(kind="商品房买卖合同"), "李静", "")
    with archive.engine.begin() as connection:
        assert corrections.of_record(connection, number, seen.card.sha256) == ()
