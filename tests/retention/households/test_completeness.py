"""What a dossier lacks: each rule of a requirement by itself, and what holds for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention.households import requirements
from retention.households.completeness import Finding, Paper, State, findings
from retention.households.requirement import Requirement

TODAY = date(2026, 3, 2)
DEED = Requirement(
    "deed", "产权证", "Deed", ("不动产权证书", "房屋所有权证"), "某规定", when_kinds=("房屋交接验收单",)
)
LATE = replace(DEED, within_days=90, after_kinds=("房屋交接验收单",))
HANDED_OVER = Paper("房屋交接验收单", "repair", "here", date(2025, 1, 1), "1")
DOUBTFUL = HANDED_OVER._replace(state="perhaps")
EXAMPLE = requirements.load(requirements.EXAMPLE)


def found(row: Requirement, *papers: Paper, today: date = TODAY, **happened: date) -> Finding | None:
    """What is found for that row alone."""
    told = findings([row], papers, happened, today)
    return told[0] if told else None


def verdict(row: Requirement, *papers: Paper, today: date = TODAY, **happened: date) -> str:
    """Its verdict; `-` where there is nothing to be told."""
    one = found(row, *papers, today=today, **happened)
    return one.verdict if one else "-"


def test_nothing_is_asked_of_an_empty_dossier() -> None:
    assert findings(EXAMPLE.rows, (), {}, TODAY) == ()


def test_what_a_kind_asks_for_is_missing_and_told_why() -> None:
    one = found(DEED, HANDED_OVER)
    assert one is not None
    assert (one.verdict, one.because_zh, one.because_en) == (
        "missing",
        "有房屋交接验收单",
        "there is 房屋交接验收单",
    )


def test_a_category_asks_as_a_kind_does() -> None:
    row = replace(DEED, when_kinds=(), when_categories=("repair",))
    assert verdict(row, HANDED_OVER) == "missing"
    assert verdict(row, HANDED_OVER._replace(category="sales")) == "-"


def test_an_event_asks_from_its_day_on() -> None:
    row = replace(DEED, when_kinds=(), when_events=("case_closed",))
    assert verdict(row, case_closed=TODAY) == "missing"
    assert verdict(row, case_closed=TODAY + timedelta(1)) == "-"
    assert verdict(row, loan_paid_out=TODAY) == "-"
    one = found(row, case_closed=TODAY)
    assert one is not None
    assert one.because_zh == f"结案 {TODAY}"


@pytest.mark.parametrize("kind", DEED.any_of)
def test_any_of_its_kinds_will_do(kind: str) -> None:
    assert verdict(DEED, HANDED_OVER, Paper(kind, "title", "here")) == "-"


def test_another_kind_will_not_do() -> None:
    assert verdict(DEED, HANDED_OVER, Paper("契税完税证明", "title", "here")) == "missing"


def test_a_paper_that_awaits_a_look_is_perhaps_there_and_named() -> None:
    one = found(DEED, HANDED_OVER, Paper("不动产权证书", "title", "perhaps", None, "7"))
    assert one is not None
    assert (one.verdict, one.papers) == ("perhaps", ("7",))


def test_a_number_that_nobody_may_see_is_not_named() -> None:
    one = found(DEED, HANDED_OVER, Paper("不动产权证书", "title", "perhaps"))
    assert one is not None
    assert (one.verdict, one.papers) == ("perhaps", ())


def test_what_was_destroyed_is_told_with_its_day_and_not_missing() -> None:
    gone = Paper("不动产权证书", "title", "destroyed", gone_on=date(2025, 5, 6))
    one = found(DEED, HANDED_OVER, gone)
    assert one is not None
    assert (one.verdict, one.gone_on) == ("destroyed", date(2025, 5, 6))


def test_what_was_destroyed_asks_for_nothing() -> None:
    assert verdict(DEED, HANDED_OVER._replace(state="destroyed")) == "-"


def test_what_was_handed_over_is_told_as_such_and_asks_as_if_it_were_here() -> None:
    assert verdict(DEED, HANDED_OVER, Paper("不动产权证书", "title", "handed-over")) == "handed-over"
    assert verdict(DEED, HANDED_OVER._replace(state="handed-over")) == "missing"


def test_what_a_doubtful_paper_asks_for_is_only_perhaps_missing() -> None:
    one = found(DEED, DOUBTFUL)
    assert one is not None
    assert (one.verdict, one.papers) == ("perhaps", ("1",))
    assert "待核" in one.because_zh
    assert verdict(DEED, DOUBTFUL, HANDED_OVER._replace(dms_id="2")) == "missing"


def test_every_kind_of_dossier_has_must_be_there_as_well() -> None:
    row = replace(DEED, dossier_has=("商品房买卖合同",))
    contract = Paper("商品房买卖合同", "contract", "here")
    assert verdict(row, HANDED_OVER) == "-"
    assert verdict(row, HANDED_OVER, contract) == "missing"
    assert verdict(row, HANDED_OVER, contract._replace(state="perhaps")) == "perhaps"


def test_what_releases_from_it_does_so_and_if_doubtful_perhaps() -> None:
    row = replace(DEED, unless_kinds=("解除协议",), unless_events=("contract_ended",))
    ended = Paper("解除协议", "contract", "here")
    assert verdict(row, HANDED_OVER, ended) == "-"
    assert verdict(row, HANDED_OVER, ended._replace(state="perhaps")) == "perhaps"
    assert verdict(row, HANDED_OVER, contract_ended=TODAY) == "-"
    assert verdict(row, HANDED_OVER, contract_ended=TODAY + timedelta(1)) == "missing"


def test_within_its_days_it_is_not_due_yet_the_last_one_included() -> None:
    last = date(2025, 4, 1)
    one = found(LATE, HANDED_OVER, today=last)
    assert one is not None
    assert (one.verdict, one.due) == ("not-yet", last)
    late = found(LATE, HANDED_OVER, today=last + timedelta(1))
    assert late is not None
    assert (late.verdict, late.due) == ("missing", last)


def test_its_days_count_from_the_first_paper_or_event() -> None:
    second = HANDED_OVER._replace(dated=date(2026, 3, 1), dms_id="2")
    assert verdict(LATE, HANDED_OVER, second) == "missing"
    assert verdict(LATE, second) == "not-yet"
    by_event = replace(LATE, after_events=("warranty_ended",))
    assert verdict(by_event, second, warranty_ended=date(2025, 1, 1)) == "missing"


def test_without_a_certain_day_to_count_from_a_person_must_look() -> None:
    for unsure in (HANDED_OVER._replace(dated=None), DOUBTFUL):
        one = found(LATE, unsure)
        assert one is not None
        assert (one.verdict, one.papers) == ("perhaps", ("1",))
        assert "起算日期不明" in one.because_zh


def test_before_its_days_begin_to_count_nothing_is_told() -> None:
    row = replace(LATE, when_kinds=("商品房买卖合同",))
    assert verdict(row, Paper("商品房买卖合同", "contract", "here")) == "-"


def test_the_same_paper_asked_for_by_two_rows_is_told_once_as_the_gravest_says() -> None:
    other = replace(DEED, id="other", when_kinds=("装修申请",))
    fitting = Paper("装修申请", "repair", "here")
    recent = HANDED_OVER._replace(dated=date(2026, 3, 1))
    for rows in ([LATE, other], [other, LATE]):
        assert [one.verdict for one in findings(rows, [recent], {}, TODAY)] == ["not-yet"]
        (one,) = findings(rows, [recent, fitting], {}, TODAY)
        assert (one.verdict, one.requirement.id) == ("missing", "other")


def test_a_cash_buyer_and_a_loan_buyer_lack_different_papers() -> None:
    cash = [
        Paper("商品房买卖合同", "contract", "here", date(2020, 1, 1)),
        Paper("房屋交接验收单", "repair", "here", date(2022, 1, 1)),
    ]
    loan = [*cash, Paper("个人购房借款合同", "contract", "here", date(2020, 2, 1))]

    def lacking(papers: Sequence[Paper]) -> set[str]:
        return {one.requirement.id for one in findings(EXAMPLE.rows, papers, {}, TODAY)}

    base = {
        "subscription",
        "identity",
        "payment",
        "quality-guarantee",
        "maintenance-fund",
        "title-certificate",
    }
    assert lacking(cash) == base
    assert lacking(loan) == base | {"mortgage"}


def test_a_whole_dossier_lacks_nothing() -> None:
    kinds = {kind for row in EXAMPLE.rows for kind in row.any_of}
    papers = [Paper(kind, "", "here", date(2020, 1, 1)) for kind in kinds]
    assert findings(EXAMPLE.rows, papers, {"case_closed": TODAY}, TODAY) == ()


_KINDS = sorted({kind for row in EXAMPLE.rows for kind in row.kinds})
_STATES: st.SearchStrategy[State] = st.sampled_from(("here", "perhaps", "handed-over", "destroyed"))
_PAPERS = st.builds(
    Paper,
    st.sampled_from(_KINDS),
    st.sampled_from(("sales", "contract", "title")),
    _STATES,
    st.none() | st.dates(date(2019, 1, 1), date(2026, 12, 31)),
)
_HAPPENED = st.dictionaries(
    st.sampled_from(sorted(EXAMPLE.events)), st.dates(date(2020, 1, 1), date(2027, 1, 1)), max_size=3
)


def _missing(papers: Sequence[Paper], happened: dict[str, date]) -> set[tuple[str, ...]]:
    told = findings(EXAMPLE.rows, papers, happened, TODAY)
    return {one.requirement.any_of for one in told if one.verdict == "missing"}


@given(st.lists(_PAPERS, max_size=12), _PAPERS, _HAPPENED)
def test_a_paper_more_makes_missing_only_what_it_asks_for_itself(
    papers: list[Paper], more: Paper, happened: dict[str, date]
) -> None:
    for new in _missing([*papers, more], happened) - _missing(papers, happened):
        rows = [row for row in EXAMPLE.rows if row.any_of == new]
        asking = {kind for row in rows for kind in (*row.when_kinds, *row.dossier_has, *row.after_kinds)}
        assert more.kind in asking
        assert more.state in ("here", "handed-over")


@given(st.lists(_PAPERS, max_size=12), _HAPPENED, st.data())
def test_a_paper_that_is_asked_for_ends_its_being_missing(
    papers: list[Paper], happened: dict[str, date], data: st.DataObject
) -> None:
    for lacking in _missing(papers, happened):
        kind = data.draw(st.sampled_from(lacking))
        state = data.draw(_STATES)
        assert lacking not in _missing([*papers, Paper(kind, "", state)], happened)


@given(st.lists(_PAPERS, max_size=12), _HAPPENED)
def test_the_order_of_papers_decides_nothing(papers: list[Paper], happened: dict[str, date]) -> None:
    one, other = (
        [
            (each.requirement.id, each.verdict, each.due)
            for each in findings(EXAMPLE.rows, some, happened, TODAY)
        ]
        for some in (papers, papers[::-1])
    )
    assert one == other
