"""What is scanned a second time is filed, marked with the first one's id, and left to a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from consumers.inbox.owner import Owner
from consumers.transcript import Transcript
from plugins.archiving import rescans
from plugins.wiring import Archive
from retention.record import Card
from tests.plugins.conftest import SUBSCRIPTION, transcript_of
from tests.plugins.taking import Desk

Write = Callable[[str, str], Path]
AGAIN = SUBSCRIPTION.replace("建筑面积", "建巩面积").replace("13900001111", "1390000 1111")
OTHER = (
    SUBSCRIPTION.replace("周文海", "李国强")
    .replace("420198198803054519", "420198197701016634")
    .replace("13900001111", "13811112222")
    .replace("803", "1104")
    .replace("982,000", "876,500")
    .replace("5月6日", "6月11日")
)
BARE = "会议通知\n请各部门负责人于周五下午两点到三楼会议室参加季度工作例会，不得无故缺席，请假须提前说明。"


@pytest.fixture
def desk(archive: Archive) -> Iterator[Desk]:
    with Owner(archive.settings.home / "run") as owner:
        yield Desk(archive, owner)


def card(desk: Desk, path: Path) -> Card:
    outcome = desk.take(path)
    assert outcome.record is not None
    return outcome.record.card


def test_the_second_scan_of_a_paper_is_filed_and_names_the_first(desk: Desk, write: Write) -> None:
    first = desk.take(write("a.pdf", SUBSCRIPTION)).record
    assert first is not None
    again = card(desk, write("b.pdf", AGAIN))
    assert again.duplicate_of == first.dms_id
    (reason,) = [why for why in again.review_reasons if "probable duplicate" in why]
    assert f"probable duplicate of {first.dms_id}" in reason
    assert desk.states() == ["confirmed", "review"]


def test_another_paper_of_the_same_form_is_none(desk: Desk, write: Write) -> None:
    card(desk, write("a.pdf", SUBSCRIPTION))
    other = card(desk, write("b.pdf", OTHER))
    assert (other.duplicate_of, other.review_reasons) == ("", ())


def test_a_paper_without_numbers_is_found_by_its_words(desk: Desk, write: Write) -> None:
    card(desk, write("a.pdf", BARE))
    assert card(desk, write("b.pdf", BARE.replace("会议室", "会 议 室"))).duplicate_of == "1"


def looking(look: str, sha256: str) -> Transcript:
    whole = transcript_of("照片", sha256)
    return replace(whole, pages=tuple(replace(page, look=look) for page in whole.pages))


def test_a_paper_without_text_is_found_by_its_look(desk: Desk, write: Write) -> None:
    archive = desk.archive
    filed = card(desk, write("a.pdf", BARE))
    with archive.engine.begin() as connection:
        rescans.remember(connection, "1", filed, looking("ffff0000ffff0000", "a" * 64), archive.pepper)
    fresh = replace(filed, sha256="b" * 64)
    assert rescans.marked(archive, fresh, looking("ffff0000ffff0003", fresh.sha256)).duplicate_of == "1"
    assert rescans.marked(archive, fresh, looking("00ff00ff0f0f0003", fresh.sha256)).duplicate_of == ""


def test_a_record_that_has_gone_is_not_named(desk: Desk, write: Write) -> None:
    filed = card(desk, write("a.pdf", SUBSCRIPTION))
    with desk.archive.engine.begin() as connection:
        rescans.forget(connection, "1")
        rescans.remember(
            connection, "99", filed, transcript_of(SUBSCRIPTION, filed.sha256), desk.archive.pepper
        )
    assert card(desk, write("b.pdf", AGAIN)).duplicate_of == ""


def test_what_is_forgotten_is_not_found(desk: Desk, write: Write) -> None:
    card(desk, write("a.pdf", SUBSCRIPTION))
    with desk.archive.engine.begin() as connection:
        rescans.forget(connection, "1")
        left = connection.execute(sa.select(sa.func.count()).select_from(rescans.paper_key)).scalar_one()
    assert left == 0
    assert card(desk, write("b.pdf", AGAIN)).duplicate_of == ""


def test_a_record_is_not_its_own_duplicate_when_it_is_remembered_twice(desk: Desk, write: Write) -> None:
    filed = card(desk, write("a.pdf", SUBSCRIPTION))
    transcript = transcript_of(SUBSCRIPTION, filed.sha256)
    with desk.archive.engine.begin() as connection:
        rescans.remember(connection, "1", filed, transcript, desk.archive.pepper)
    assert rescans.marked(desk.archive, filed, transcript) == filed


def test_no_number_can_be_read_out_of_what_is_kept(desk: Desk, write: Write) -> None:
    card(desk, write("a.pdf", SUBSCRIPTION))
    with desk.archive.engine.begin() as connection:
        kept = " ".join(map(str, connection.execute(sa.select(rescans.paper_key.c.key)).scalars()))
    assert kept
    assert "4201981988" not in kept
    assert "13900001111" not in kept
