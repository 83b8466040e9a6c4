from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from classifiers.labels import CATEGORIES
from classifiers.model import learnt
from classifiers.taxonomy import load
from plugins.teaching import corrections
from plugins.teaching.correcting import Wanted, correct
from plugins.teaching.learning import Corrected, Figures, Held, compare, corrected, masked, measure
from plugins.wiring import Archive
from tests.contract.deposits import deposit
from tests.plugins.conftest import RULES_OF_THE_OFFICE, SUBSCRIPTION
from tests.plugins.conftest import transcript_of as read

NOW = Figures(dict.fromkeys(CATEGORIES, 90), dict.fromkeys(CATEGORIES, 100), 480, 3)


def _figures(sure_and_wrong: int = 3, kinds_right: int = 480, **right: int) -> Figures:
    return Figures({**NOW.right, **right}, NOW.all, kinds_right, sure_and_wrong)


@pytest.mark.parametrize(
    ("new", "taken", "said"),
    [
        (_figures(sales=91), True, "60 → 59"),
        (_figures(), False, "没有变好"),
        (_figures(sales=89), False, "没有变好"),
        (_figures(sales=95, title=89), True, "60 → 56"),
        (_figures(sales=95, title=88), False, "title 变差"),
        (_figures(kinds_right=481), True, "480 → 481"),
        (_figures(kinds_right=600, sales=89), False, "没有变好"),
        (_figures(sure_and_wrong=4, sales=95), False, "变多"),
        (_figures(sure_and_wrong=2, sales=95), True, "60 → 55"),
    ],
)
def test_a_new_model_is_taken_only_where_it_is_better(new: Figures, taken: bool, said: str) -> None:
    found = compare(NOW, new)
    assert found.taken is taken
    assert said in found.zh


def test_a_category_without_papers_is_no_worse() -> None:
    old = replace(NOW, right={**NOW.right, "other": 0}, all={**NOW.all, "other": 0})
    assert compare(old, replace(old, right={**old.right, "sales": 91})).taken


def test_names_are_masked_before_anything_is_learnt() -> None:
    paper = Corrected("a" * 64, "subscription", read(SUBSCRIPTION))
    text = "\n".join(masked(paper).lines)
    assert "周文海" not in text
    assert "{person}" in text
    assert "商品房认购书" in text


def test_braces_on_a_paper_are_no_slots() -> None:
    assert masked(Corrected("a" * 64, "other", read("函 {甲方}"))).lines == ("函 （甲方）",)


def test_a_paper_is_held_out_by_its_checksum_for_ever() -> None:
    held = [Corrected(f"{number:08x}" + "0" * 56, "other", read("函")).held_out for number in range(8)]
    assert held == [True, False, False, False, True, False, False, False]


def test_what_is_measured_is_right_or_wrong_by_category() -> None:
    kinds = learnt.shipped()
    taxonomy = load()
    held = [Held(read(SUBSCRIPTION), "subscription"), Held(read(RULES_OF_THE_OFFICE), "subscription")]
    found = measure(kinds, held, taxonomy, 0.0)
    assert (found.held_out, found.errors, found.sure_and_wrong, found.kinds_right) == (2, 1, 1, 1)
    assert (found.right["sales"], found.all["sales"]) == (1, 2)


def _filed(archive: Archive, folder: Path, content: bytes, text: str) -> str:
    return archive.dms.file(
        deposit(
            folder,
            content,
            (text,),
            kind="认购书",
            category="sales",
            confidentiality="普通商密",
            retention_rule="sales-30y",
        )
    )


def test_corrected_papers_come_with_their_text_and_last_kind(archive: Archive, tmp_path: Path) -> None:
    number = _filed(archive, tmp_path, b"1", SUBSCRIPTION)
    for kind in ("补充协议", "认筹协议"):
        correct(archive, number, Wanted(kind=kind), "李静", "")
    (found,) = corrected(archive)
    assert found.kind == archive.rules.taxonomy.by_name("认筹协议").id
    assert "认购人" in found.transcript.text


def test_nothing_is_learnt_from_a_record_that_is_gone_or_forgotten(archive: Archive, tmp_path: Path) -> None:
    number = _filed(archive, tmp_path, b"1", SUBSCRIPTION)
    correct(archive, number, Wanted(kind="认筹协议"), "李静", "")
    sha256 = archive.dms.record(number).card.sha256
    with archive.engine.begin() as connection:
        (row, *_) = corrections.of_record(connection, number, sha256)
        corrections.keep(connection, replace(row, dms_id="99", sha256="b" * 64))
        corrections.keep(connection, replace(row, sha256="c" * 64))
    assert [one.sha256 for one in corrected(archive)] == [sha256]
    with archive.engine.begin() as connection:
        corrections.forget(connection, number, sha256)
    assert corrected(archive) == ()


def test_a_record_without_text_teaches_nothing(archive: Archive, tmp_path: Path) -> None:
    correct(archive, _filed(archive, tmp_path, b"1", " "), Wanted(kind="认筹协议"), "李静", "")
    assert corrected(archive) == ()
