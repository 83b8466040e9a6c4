"""Handing over: a list that two people confirm; what was transferred shows it, is blocked, and is proposed no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from plugins.custody import handing_over, lending
from plugins.errors import BadWord
from plugins.keeping import appraising
from plugins.keeping.holding import place
from plugins.paperless.backend import PaperlessDms
from plugins.paperless.upload.filing import Patience
from plugins.wiring import Archive
from retention import register
from retention.blocking.blocks import blocks
from retention.custody import hand_overs
from retention.custody.figures import hand_over_figures
from retention.custody.loan import Borrowing
from retention.errors import BadHandOver, DmsUnavailable
from tests.plugins.conftest import NOON
from tests.plugins.due_papers import APPROVER, DOSSIER, PROPOSER, both_agree, file_due, propose
from tests.plugins.paperless.fake import FakePaperless
from tests.plugins.paperless.wire import wire

OUT: dict[str, Any] = {"receiver": "江州市档案馆", "department": "档案室", "by": "李静"}
IN: dict[str, Any] = {"receiver": "档案室", "department": "销售部", "by": "李静"}


@pytest.fixture
def number(archive: Archive, tmp_path: Path) -> str:
    """A paper that is due."""
    return file_due(archive, tmp_path / "papers", b"1")


def decided(archive: Archive) -> None:
    """An approved appraisal has decided to transfer all that is due."""
    batch = propose(archive)
    appraising.decide(archive, batch.id, (), "transfer", by=PROPOSER, reason="进馆")
    both_agree(archive, batch.id)
    appraising.approve(archive, batch.id, by=APPROVER)


def handed_over(archive: Archive, number: int) -> None:
    handing_over.confirm(archive, number, "giver", by="周伟")
    handing_over.confirm(archive, number, "receiver", by="王芳")


def codes(archive: Archive, number: str) -> set[str]:
    with archive.engine.begin() as connection:
        return {one.code for one in blocks(connection, archive.dms.record(number), NOON.date())}


def test_what_was_transferred_shows_it_is_blocked_and_is_proposed_no_more_on_either_database(
    on_each_database: Archive, tmp_path: Path
) -> None:
    archive = on_each_database
    number = file_due(archive, tmp_path / "papers", b"1")
    decided(archive)
    one = handing_over.propose_transfer(archive, **OUT)
    assert ([item.dms_id for item in one.items], one.by_category) == ([number], {"sales": (1, 2)})
    handed_over(archive, one.id)
    assert archive.dms.record(number).card.handed_over == f"{NOON.date()} 江州市档案馆"
    assert codes(archive, number) == {"kept-by-appraisal", "handed-over"}
    assert appraising.propose(archive, PROPOSER) is None
    with pytest.raises(BadHandOver, match="nothing to hand over"):
        handing_over.propose_transfer(archive, **OUT)
    with archive.engine.begin() as connection:
        register.verify(connection)
        told = [each.action for each in register.entries(connection) if each.subject.startswith("hand-over/")]
    assert told == [
        "hand-over-proposed",
        "hand-over-confirmed",
        "hand-over-confirmed",
        "handed-over",
        "handed-over-records",
    ]


def test_paperless_shows_a_tag_on_what_was_transferred(archive: Archive, tmp_path: Path) -> None:
    fake = FakePaperless()
    with wire(fake) as server:
        levels = archive.rules.ladder.names
        dms = PaperlessDms(
            server.url, "0" * 40, levels=levels, patience=Patience(60.0, 5.0), sleep=lambda _: None
        )
        there = replace(archive, dms=dms)
        number = file_due(there, tmp_path / "papers", b"1")
        decided(there)
        handed_over(there, handing_over.propose_transfer(there, **OUT).id)
        names = {row["id"]: row["name"] for row in fake.named["tags"]}
        assert "已移交" in [names[tag] for tag in fake.documents[int(number)]["tags"]]


def test_a_crash_before_the_mark_is_made_up_for_by_the_next_look(
    archive: Archive, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    decided(archive)
    one = handing_over.propose_transfer(archive, **OUT)
    handing_over.confirm(archive, one.id, "giver", by="周伟")

    def away(*_: object) -> None:
        raise DmsUnavailable("away")

    with monkeypatch.context() as patch:
        patch.setattr(archive.dms, "relabel", away)
        with pytest.raises(DmsUnavailable):
            handing_over.confirm(archive, one.id, "receiver", by="王芳")
    assert handing_over.show(archive, one.id).state == "done"
    assert handing_over.show_late(archive) == 1
    assert archive.dms.record(number).card.handed_over
    assert handing_over.show_late(archive) == 0


def test_giver_and_receiver_are_two_people_and_each_confirms_once(archive: Archive, number: str) -> None:
    one = handing_over.propose(archive, records=(number,), **IN)
    handing_over.confirm(archive, one.id, "giver", by="周伟")
    for side, who in (("receiver", " 周　伟"), ("giver", "别人"), ("receiver", "")):
        with pytest.raises(BadHandOver):
            handing_over.confirm(archive, one.id, side, by=who)  # type: ignore[arg-type]  # a row of the table
    assert handing_over.show(archive, one.id).open
    assert handing_over.confirm(archive, one.id, "receiver", by="王芳").state == "done"
    with pytest.raises(BadHandOver, match="closed"):
        handing_over.withdraw(archive, one.id, by="李静", reason="有误")


def test_a_department_hands_over_a_dossier_and_that_leaves_no_mark(archive: Archive, number: str) -> None:
    one = handing_over.propose(archive, dossiers=(DOSSIER,), category="sales", **IN)
    handed_over(archive, one.id)
    assert archive.dms.record(number).card.handed_over == ""
    assert codes(archive, number) == set()
    with pytest.raises(BadHandOver, match="before"):
        handing_over.propose(archive, records=(number,), **IN)
    with archive.engine.begin() as connection:
        (figures,) = hand_over_figures(connection, NOON.year)
        assert hand_over_figures(connection, NOON.year + 1) == ()
    assert (figures.sort, figures.department, figures.category) == ("department", "销售部", "sales")
    assert (figures.lists, figures.records, figures.pages) == (1, 1, 2)


@pytest.mark.parametrize("what", ["loan", "hold"])
def test_what_is_lent_or_held_by_now_is_not_transferred(archive: Archive, number: str, what: str) -> None:
    decided(archive)
    one = handing_over.propose_transfer(archive, **OUT)
    if what == "loan":
        wanted = Borrowing("周伟", "销售部", "核对", NOON.date() + timedelta(days=1))
        lending.lend(archive, wanted, by="李静", record=number)
    else:
        place(archive, "record", number, reason="稽查", mandate="12号", by="李静")
    with pytest.raises(BadHandOver, match="can not be handed over"):
        handing_over.confirm(archive, one.id, "giver", by="周伟")
    assert handing_over.show(archive, one.id).given_by == ""


def test_a_withdrawn_list_frees_its_records(archive: Archive, number: str) -> None:
    decided(archive)
    handing_over.withdraw(
        archive, handing_over.propose_transfer(archive, **OUT).id, by="李静", reason="清单有误"
    )
    assert [item.dms_id for item in handing_over.propose_transfer(archive, **OUT).items] == [number]


def test_what_is_no_more_is_told_and_nothing_is_confirmed(archive: Archive, number: str) -> None:
    one = handing_over.propose(archive, records=(number,), **IN)
    archive.dms.quarantine(number, archive.dms.record(number).card.sha256)
    with pytest.raises(BadHandOver, match="No longer there"):
        handing_over.confirm(archive, one.id, "giver", by="周伟")


def test_lists_of_nothing_and_records_that_there_are_not_are_refused(archive: Archive, number: str) -> None:
    assert number
    with pytest.raises(BadWord):
        handing_over.propose(archive, records=("99",), **IN)
    with pytest.raises(BadHandOver):
        handing_over.propose(archive, dossiers=("无/1",), **IN)
    with pytest.raises(BadHandOver):
        handing_over.show(archive, 7)
    with archive.engine.begin() as connection:
        assert hand_overs.every(connection) == ()
