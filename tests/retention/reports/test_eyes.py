from __future__ import annotations

from typing import get_args

import pytest

from retention.blocking.block import Block, BlockCode
from retention.reports.eyes import BLOCK_NAMES, HIDDEN
from tests.retention.a_record import a_card
from tests.retention.reports.made_up import LADDER, NUMBER, eyes


def test_what_is_above_the_level_is_not_read_and_the_number_never() -> None:
    text = f"贺宇 {NUMBER}"
    assert eyes("内部").read(text, "核心商密") == HIDDEN
    assert eyes("内部").read(text, "内部") == eyes().read(text, "核心商密") == "贺宇 1301**********4707"
    assert eyes("内部").read("", "核心商密") == ""


@pytest.mark.parametrize("level", ["", "旧级别"])
def test_of_an_unknown_level_only_who_sees_all_reads(level: str) -> None:
    assert eyes("普通商密").read("贺宇", level) == HIDDEN
    assert eyes().read("贺宇", level) == "贺宇"


def test_a_card_above_the_level_keeps_its_level_its_category_and_its_days_alone() -> None:
    card = a_card(
        confidentiality="核心商密",
        review_reasons=("贺宇的号码不符",),
        dossier_doubt="贺宇有两户",
        dossier_evidence=("贺宇",),
        name="贺宇.pdf",
        title="认筹确认单 贺宇",
    )
    seen = eyes("普通商密").card(card)
    assert "贺宇" not in str(seen)
    assert "认筹" not in str(seen)
    assert (seen.confidentiality, seen.category, seen.filed_on, seen.document_date) == (
        *(card.confidentiality, card.category, card.filed_on, card.document_date),
    )


def test_what_stands_in_the_way_is_named_without_what_it_quotes() -> None:
    blocks = (Block("open-litigation", "暂缓：诉讼未结（起诉状 贺宇）", "blocked: 贺宇"),)
    (told,) = eyes("普通商密").blocks(blocks)
    assert told == Block("open-litigation", "暂缓：诉讼未结", "blocked: open litigation")
    assert eyes().blocks(blocks) == blocks


def test_every_code_of_a_block_has_a_name() -> None:
    assert set(BLOCK_NAMES) == set(get_args(BlockCode))


def test_the_marking_is_the_highest_that_the_reader_sees_and_never_below_what_concerns_customers() -> None:
    assert eyes().marking(LADDER) == "核心商密"
    assert eyes("普通商密").marking(LADDER) == "普通商密"
    assert eyes().marking(()) == eyes().marking(("公开",)) == "内部"
    assert eyes().marking(("公开", "旧级别")) == "旧级别"
