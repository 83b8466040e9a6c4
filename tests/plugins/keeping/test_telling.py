"""Entering events: on what there is, all or none, and with the last days shown anew."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from plugins.errors import BadWord
from plugins.keeping.retaining import retain
from plugins.keeping.telling import tell, withdraw
from plugins.wiring import Archive
from retention.errors import BadEvent
from retention.households.dossier import DossierChoice
from retention.households.dossiers import open_dossier
from retention.periods import events
from retention.periods.event import Event, Scope
from tests.contract.deposits import deposit
from tests.plugins.conftest import NOON

HOME = "锦绣花园/3-2-1501"
ENDED = Event("contract_ended", date(2026, 2, 1), Scope("dossier", HOME), "解除协议")
LEASE: dict[str, Any] = {
    "kind": "租赁合同",
    "category": "contract",
    "retention_rule": "contract-30y",
    "dossier": HOME,
    "confidentiality": "普通商密",
}


@pytest.fixture
def number(archive: Archive, tmp_path: Path) -> str:
    """The number of a lease in a dossier that is open."""
    with archive.engine.begin() as connection:
        open_dossier(connection, DossierChoice(HOME, HOME, "3-2-1501", "锦绣花园", "", (), ""), NOON.date())
    record = archive.dms.record(archive.dms.file(deposit(tmp_path, b"1", **LEASE)))
    return retain(archive, record).dms_id


def shown(archive: Archive, number: str) -> date | None:
    return archive.dms.record(number).card.retain_until


def test_an_event_gives_the_records_of_its_dossier_a_last_day(archive: Archive, number: str) -> None:
    assert shown(archive, number) is None
    done = tell(archive, (ENDED,), "李静")
    assert (shown(archive, number), done.not_shown) == (date(2056, 12, 31), ())


def test_a_withdrawn_event_takes_the_last_day_away(archive: Archive, number: str) -> None:
    done = tell(archive, (ENDED,), "李静")
    withdraw(archive, done.events[0].id, "王晓云", "登错")
    assert shown(archive, number) is None


def test_of_several_all_are_entered_or_none(archive: Archive, number: str) -> None:
    late = Event("contract_ended", date(2099, 1, 1), Scope("record", number), "解除协议")
    with pytest.raises(BadEvent):
        tell(archive, (ENDED, late), "李静")
    with archive.engine.begin() as connection:
        assert list(events.listed(connection)) == []


@pytest.mark.parametrize("scope", [Scope("record", "999"), Scope("dossier", "甲苑/1-101")])
def test_an_event_of_nothing_is_refused(archive: Archive, scope: Scope) -> None:
    with pytest.raises(BadWord):
        tell(archive, (Event("contract_ended", date(2026, 2, 1), scope, "解除协议"),), "李静")
