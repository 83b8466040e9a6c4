from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from plugins.custody import lending
from plugins.errors import BadWord
from plugins.keeping import appraising, disposing, reporting
from plugins.keeping.holding import place
from plugins.wiring import Archive
from retention.custody.loan import Borrowing
from retention.disposing import witnesses
from retention.reports.eyes import HIDDEN
from retention.reports.report import Report, Row
from tests.plugins.conftest import NOON
from tests.plugins.due_papers import DOSSIER, PROPOSER, approved, file_due

WITNESSES = {"孙丽": "孙丽自己的口令一二三四五", "钱峰": "钱峰自己的口令一二三四五"}
WHY: dict[str, Any] = {"reason": "税务稽查 测试甲", "mandate": "税稽通12号", "by": "李静"}


@pytest.fixture(autouse=True)
def _cheap_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a hash costs is no matter here."""
    monkeypatch.setattr(witnesses, "_COST", 16)


@pytest.fixture
def papers(archive: Archive, tmp_path: Path) -> list[str]:
    """Two papers that are due, one of the highest level."""
    return [
        file_due(archive, tmp_path / "papers", content, confidentiality=level)
        for content, level in ((b"1", "内部"), (b"2", "核心商密"))
    ]


def made(archive: Archive, how: object, *words: object, level: str = "", **more: object) -> Report:
    assert callable(how)
    frame, eyes = reporting.frame_of(archive, "李敏"), reporting.eyes_of(archive, level)
    report = how(archive, *words, frame, eyes, **more)
    assert isinstance(report, Report)
    return report


def rows(report: Report) -> list[Row]:
    return list(next(report.tables())[1].rows)


def destroyed(archive: Archive) -> Iterator[Archive]:
    """Everything that is due, destroyed: first as it stands in quarantine, then afterwards."""
    batch = approved(archive)
    disposing.start(archive, batch.id, by=PROPOSER)
    yield archive
    later = replace(archive, clock=lambda: NOON + timedelta(days=250))
    for name, passphrase in WITNESSES.items():
        disposing.enrol(later, name, passphrase, vouched_by="王芳")
        disposing.witness(later, 1, name, passphrase)
    disposing.execute(later, 1, by="吴刚")
    yield later


@pytest.mark.usefixtures("papers")
def test_the_way_from_the_review_to_the_certificate_is_reported(archive: Archive) -> None:
    looked = reporting.reviewing(archive, date(2026, 1, 1), date(2026, 12, 31))
    assert len(rows(made(archive, reporting.retention, looked))) == 2
    story = destroyed(archive)
    hiding = next(story)
    assert "待销毁清册" in made(hiding, reporting.destruction, 1).cautions[0].zh
    assert "销毁证明" not in made(hiding, reporting.appraisal, 1).title.zh
    gone = next(story)
    after = made(gone, reporting.destruction, 1)
    assert (after.cautions, [one.name for one in after.signatures[:2]]) == ((), ["孙丽", "钱峰"])
    assert "共 2 件、4 页" in str(made(gone, reporting.certificate, 1).sections[0])
    this = {one.key: one.value for one in made(gone, reporting.statistics, 2026).figures}
    assert (this["appraised"], this["destroyed"], this["in_stock"]) == (2, 2, 0)


@pytest.mark.usefixtures("papers")
def test_what_is_not_over_is_not_certified(archive: Archive) -> None:
    hiding = next(destroyed(archive))
    with pytest.raises(BadWord, match="尚未执行完毕"):
        made(hiding, reporting.certificate, 1)


@pytest.mark.parametrize(
    "how", [reporting.appraisal, reporting.destruction, reporting.certificate, reporting.handover]
)
def test_a_number_that_there_is_not_is_told(archive: Archive, how: object) -> None:
    with pytest.raises(BadWord, match="9"):
        made(archive, how, 9)


def test_the_reader_s_level_is_that_of_the_setting_unless_another_is_said(
    archive: Archive, papers: list[str]
) -> None:
    lower = replace(archive, settings=archive.settings.model_copy(update={"clearance": "普通商密"}))
    looked = reporting.reviewing(lower, date(2026, 1, 1), date(2026, 12, 31))
    titles = [row[5] == HIDDEN for row in rows(made(lower, reporting.retention, looked))]
    assert titles == [False, True]
    assert HIDDEN not in str(rows(made(lower, reporting.retention, looked, level="核心商密")))
    assert len(papers) == 2
    with pytest.raises(BadWord, match="there is no level '绝密'"):
        reporting.eyes_of(archive, "绝密")


def test_a_hold_is_of_the_level_of_what_it_is_placed_on(archive: Archive, papers: list[str]) -> None:
    for scope, key in (
        ("record", papers[0]),
        ("record", papers[1]),
        ("dossier", DOSSIER),
        ("customer", "测试甲"),
    ):
        place(archive, scope, key, **WHY)  # type: ignore[arg-type]  # one of the scopes
    found = rows(made(archive, reporting.held, level="普通商密"))
    assert [row[3] for row in found] == [papers[0], HIDDEN, HIDDEN, HIDDEN]
    assert DOSSIER in str(rows(made(archive, reporting.held)))


def test_what_is_lent_and_held_is_in_its_list_and_in_the_statistics(
    archive: Archive, papers: list[str]
) -> None:
    lending.lend(
        archive,
        Borrowing("周伟", "销售部", "核对", date(2026, 12, 31), "赵敏"),
        by="李静",
        record=papers[0],
        dossier="",
    )
    place(archive, "record", papers[1], **WHY)
    assert [row[2] for row in rows(made(archive, reporting.lent))] == [papers[0]]
    figures = {one.key: one.value for one in made(archive, reporting.statistics, 2026).figures}
    assert (figures["lent"], figures["held"]) == (1, 1)


@pytest.mark.usefixtures("papers")
def test_what_is_held_in_quarantine_is_counted_and_of_the_level_that_it_has(archive: Archive) -> None:
    number = disposing.start(archive, approved(archive).id, by=PROPOSER).disposal.items[0].dms_id
    place(archive, "record", number, **WHY)
    figures = {one.key: one.value for one in made(archive, reporting.statistics, 2025).figures}
    assert figures["held"] == 1
    assert HIDDEN not in str(rows(made(archive, reporting.held, level="内部")))


def test_without_any_hand_over_the_list_is_empty_and_whole(archive: Archive) -> None:
    report = made(archive, reporting.handover, 0)
    assert (rows(report), report.frame.made_by) == ([], "李敏")


def test_an_appraisal_under_another_schedule_is_not_called_an_example(
    archive: Archive, papers: list[str]
) -> None:
    batch = appraising.propose(archive, PROPOSER)
    assert batch is not None
    assert len(batch.items) == len(papers)
    assert "示例" in str(made(archive, reporting.appraisal, batch.id).cautions)
    other = replace(archive.rules, schedule=replace(archive.rules.schedule, sha256="0" * 64))
    assert "示例" not in str(made(replace(archive, rules=other), reporting.appraisal, batch.id).cautions)
