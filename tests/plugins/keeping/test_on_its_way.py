"""A litigation paper on its way into the DMS holds its household from the moment that it may be there, noted or not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from consumers import intake
from consumers.intake import State
from plugins.archiving import filing
from plugins.archiving.filing import file_document
from plugins.intake.discarding import discard
from plugins.keeping import disposing
from plugins.wiring import Archive
from tests.plugins import ready_made
from tests.plugins.archiving.test_filing import enter
from tests.plugins.conftest import scan_of, transcript_of
from tests.plugins.due_papers import DOSSIER, PROPOSER
from tests.plugins.keeping.witnessing import WITNESSES, Crash, batch_of, later, states, two_approved

COMPLAINT = (
    "民事起诉状\n原告：周文海\n被告：江州置业有限公司\n诉讼请求：判令被告就锦绣花园3栋2单元1501室支付逾期交房违约金\n"
    "事实与理由：原告购买锦绣花园3栋2单元1501室，被告逾期交付。\n此致 江州市人民法院\n具状人：周文海\n2025年3月1日"
)
SUBSCRIBED = "认购书\n认购人：周文海\n认购锦绣花园3栋2单元1501室\n2025年3月1日"
ID = "1" * 32


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """Two papers of one household that are approved to be destroyed, and in quarantine with two who have confirmed that."""
    copied = ready_made.copied(tmp_path, of=two_approved())
    number = disposing.start(copied, batch_of(copied), by=PROPOSER).disposal.id
    for name, passphrase in WITNESSES.items():
        disposing.witness(later(copied), number, name, passphrase)
    yield copied
    copied.engine.dispose()


def crash(*_: object, **__: object) -> None:
    raise Crash


def file(archive: Archive, text: str = COMPLAINT) -> None:
    scan = enter(archive, "a.pdf", text)
    file_document(archive, ID, scan, transcript_of(text, scan.sha256))


def cut_off(archive: Archive, monkeypatch: pytest.MonkeyPatch, at: str, text: str = COMPLAINT) -> None:
    """The filing of the paper, ended there."""
    with monkeypatch.context() as patched:
        owner: object = filing if hasattr(filing, at) else archive.dms
        patched.setattr(owner, at, crash)
        with pytest.raises(Crash):
            file(archive, text)


def executed(archive: Archive) -> set[str]:
    disposing.execute(later(archive), 1, by="吴刚")
    return set(states(archive, 1).values())


def moved(archive: Archive, state: State) -> None:
    with archive.engine.begin() as connection:
        intake.move(connection, ID, state, at=archive.clock(), reason="test")


@pytest.mark.parametrize("at", ["confirmed", "take_along", "retain"])
def test_filed_and_not_noted_it_holds_what_else_is_in_its_dossier(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    cut_off(archive, monkeypatch, at)
    (filed,) = archive.dms.records()
    assert (filed.card.category, filed.card.dossier) == ("litigation", DOSSIER)
    assert executed(archive) == {"kept"}
    assert "open-litigation：暂缓：诉讼文件正在归入" in disposing.show(archive, 1).items[0].detail


def test_set_aside_amid_its_filing_it_holds_until_a_person_has_decided(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_off(archive, monkeypatch, "retain")
    moved(archive, "quarantined")
    assert executed(archive) == {"kept"}


def test_what_a_person_has_discarded_before_it_came_into_the_dms_holds_nothing(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_off(archive, monkeypatch, "file")
    moved(archive, "quarantined")
    with archive.engine.begin() as connection:
        row = intake.get(connection, ID)
    assert row is not None
    discard(archive, row, by="李静", reason="扫错")
    assert executed(archive) == {"destroyed"}


def test_a_paper_that_is_read_otherwise_the_next_time_holds_as_what_it_is_then(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_off(archive, monkeypatch, "file")
    with archive.engine.begin() as connection:
        row = intake.get(connection, ID)
    assert row is not None
    # The same bytes under better rules, or with a cover sheet.
    scan = scan_of(archive.settings.home / "spool" / "a.pdf")
    file_document(archive, ID, scan, transcript_of(SUBSCRIBED, scan.sha256))
    assert executed(archive) == {"destroyed"}


def test_another_paper_on_its_way_holds_nothing(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    cut_off(
        archive, monkeypatch, "retain", "认购书\n认购人：周文海\n认购锦绣花园3栋2单元1501室\n2025年3月1日"
    )
    assert executed(archive) == {"destroyed"}


def test_once_it_is_noted_it_is_the_noted_paper_that_holds(archive: Archive) -> None:
    file(archive)
    assert executed(archive) == {"kept"}
    assert "正在归入" not in disposing.show(archive, 1).items[0].detail
