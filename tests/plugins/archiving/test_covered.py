"""A batch with cover sheets parts and files itself; what a sheet says is never guessed at."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import pytest

from consumers.inbox.owner import Owner
from consumers.scan import Scan
from consumers.transcript import Box, Code, Page, Transcript
from plugins import settings as settings_module
from plugins.settings import Settings
from plugins.wiring import Archive, open_archive
from retention.households.dossier import DossierChoice
from retention.households.dossiers import open_dossier
from retention.record import Card
from tests.classifiers.parts.papers import CONTRACT_1, CONTRACT_2, ID_FRONT, LETTER, RECEIPT
from tests.plugins.conftest import NOON, TextPool
from tests.plugins.taking import Desk

Write = Callable[[str, str], Path]
HOME = "枫林雅园/2-602"
_CODE = re.compile(r"^⟦(.*)⟧$")


def with_codes(page: Page) -> Page:
    """The page with a code for each line that stands in double brackets; an empty one is damaged."""
    found = [told[1] for line in page.lines if (told := _CODE.match(line.text))]
    codes = tuple(Code(one, "QRCode", Box(0.3, 0.4, 0.6, 0.7), damaged=not one) for one in found)
    lines = tuple(line for line in page.lines if not _CODE.match(line.text))
    return replace(page, lines=lines, codes=codes)


@pytest.fixture(autouse=True)
def _codes_in_brackets(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = TextPool.read

    def read(pool: TextPool, scan: Scan) -> Future[Transcript]:
        done: Future[Transcript] = Future()
        whole = plain(pool, scan).result()
        done.set_result(replace(whole, pages=tuple(map(with_codes, whole.pages))))
        return done

    monkeypatch.setattr(TextPool, "read", read)


@pytest.fixture(params=["propose", "split"])
def settings(tmp_path: Path, request: pytest.FixtureRequest) -> Settings:
    told = {"DOSSIER_HOME": str(tmp_path / "home"), "DOSSIER_SPLIT": request.param}
    return settings_module.load(told, tmp_path)


@pytest.fixture
def desk(archive: Archive) -> Iterator[Desk]:
    known = DossierChoice(HOME, "枫林雅园 2-602 卢雨晴", "2-602", "枫林雅园", "卢雨晴", (), "")
    with archive.engine.begin() as connection:
        open_dossier(connection, known, NOON.date())
    with Owner(archive.settings.home / "run") as owner:
        yield Desk(archive, owner)


def batch(*pages: str) -> str:
    return "\f".join(page.strip() for page in pages)


def parts(desk: Desk) -> list[Card]:
    found = [record.card for record in desk.archive.dms.records() if not record.card.batch]
    return sorted(found, key=lambda card: card.first_page)


SEPARATOR, COVER, KIND = "⟦PD1:S⟧", f"⟦PD1:D:{HOME}⟧", "⟦PD1:K:id-card⟧"


def test_separator_sheets_part_a_batch_and_are_filed_nowhere_but_in_it(desk: Desk, write: Write) -> None:
    desk.take(write("a.pdf", batch(SEPARATOR, "没有题名的一页", SEPARATOR, LETTER, SEPARATOR)))
    assert [(card.first_page, card.last_page) for card in parts(desk)] == [(2, 2), (4, 4)]
    (whole,) = [record.card for record in desk.archive.dms.records() if record.card.batch]
    assert whole.pages == 5
    assert not any("未自动分件" in why for card in parts(desk) for why in card.review_reasons)


def test_a_paper_behind_a_cover_is_filed_in_the_dossier_that_it_names(desk: Desk, write: Write) -> None:
    desk.take(write("a.pdf", batch(COVER, LETTER)))
    (card,) = parts(desk)
    assert (card.dossier, card.unit, card.customer) == (HOME, "2-602", "卢雨晴")
    assert card.dossier_evidence == ("封面页（第 1 页）",)
    assert not card.unassigned


def test_a_paper_behind_a_kind_sheet_is_of_that_kind(desk: Desk, write: Write) -> None:
    desk.take(write("a.pdf", batch(COVER, KIND, "糊成一片，只认得出这几个字", SEPARATOR, RECEIPT)))
    first, second = parts(desk)
    assert (first.kind, first.confidence, first.dossier) == ("身份证复印件", 0.999, HOME)
    assert not any("类别把握" in why for why in first.review_reasons)
    assert (second.kind, second.dossier) == ("收据", HOME)


def test_a_dossier_that_is_not_open_is_told_and_not_guessed(desk: Desk, write: Write) -> None:
    desk.take(write("a.pdf", batch("⟦PD1:D:不存在的小区/1-1⟧", CONTRACT_1, CONTRACT_2)))
    (card,) = [card for card in parts(desk) if card.first_page == 2]
    assert card.dossier == ""
    assert "不存在的小区/1-1" in "".join(card.review_reasons)
    assert card.unassigned


def test_a_paper_that_names_another_home_than_its_cover_is_told(desk: Desk, write: Write) -> None:
    other = CONTRACT_1.replace("2栋602", "5栋901").replace("卢雨晴", "高一鸣")
    desk.take(write("a.pdf", batch(COVER, other, SEPARATOR)))
    (card,) = parts(desk)
    assert card.dossier == HOME
    assert "房号不同" in "".join(card.review_reasons)


def test_a_cover_with_a_damaged_code_is_told_to_whoever_checks_the_papers_behind_it(
    desk: Desk, write: Write
) -> None:
    desk.take(write("a.pdf", batch(COVER, LETTER, SEPARATOR, "客户档案封面页\n⟦⟧", RECEIPT)))
    first, second = parts(desk)
    assert not any("封面页" in why for why in first.review_reasons)
    assert "条码无法识读" in "".join(second.review_reasons)
    assert second.dossier_evidence != ("封面页（第 1 页）",)


def test_a_restart_goes_on_with_what_the_sheets_said(desk: Desk, write: Write, settings: Settings) -> None:
    desk.take(write("a.pdf", batch(COVER, KIND, LETTER, SEPARATOR, RECEIPT)))
    before = [(card.dossier, card.kind) for card in parts(desk)]
    assert before == [(HOME, "身份证复印件"), (HOME, "收据")]
    with open_archive(settings, lambda: NOON) as again:
        from plugins.batches import divisions

        (whole,) = [row for row in desk.rows() if not row.part_of]
        with again.engine.begin() as connection:
            kept = divisions.of(connection, whole.id)
    assert [(one.cover.dossier, one.cover.kind) for one in kept if one.cover] == [
        (HOME, "id-card"),
        (HOME, ""),
    ]


def test_a_file_that_is_a_sheet_and_nothing_else_is_told(desk: Desk, write: Write) -> None:
    desk.take(write("a.pdf", batch(COVER)))
    (card,) = parts(desk)
    assert "只有封面页" in "".join(card.review_reasons)


def test_behind_covers_alone_the_setting_says_who_parts(desk: Desk, write: Write, settings: Settings) -> None:
    desk.take(write("a.pdf", batch(COVER, ID_FRONT, CONTRACT_1, CONTRACT_2)))
    found = parts(desk)
    assert {card.dossier for card in found} == {HOME}
    if settings.split == "split":
        assert [(card.first_page, card.last_page) for card in found] == [(2, 2), (3, 4)]
    else:
        assert [(card.first_page, card.last_page) for card in found] == [(2, 4)]
        assert "似含多份材料" in "".join(found[0].review_reasons)
