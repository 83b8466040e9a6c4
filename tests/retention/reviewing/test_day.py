"""The one day of a card stands for the card wherever a rule counts from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from retention.periods.cutoff import cutoff_day
from retention.periods.event import CUTOFF_EVENTS, HAPPENINGS, CutoffEvent
from retention.reviewing.day import Day, day_for
from tests.retention.a_record import a_record
from tests.retention.reviewing.made import SCHEDULE


@pytest.mark.parametrize("event", [one for one in CUTOFF_EVENTS if one not in HAPPENINGS])
@pytest.mark.parametrize("dated", [date(2020, 2, 29), None])
def test_it_gives_the_cutoff_of_the_whole_card(event: CutoffEvent, dated: date | None) -> None:
    rule = replace(SCHEDULE.rules["sales-10y"], cutoff=event)
    card = replace(a_record().card, document_date=dated, filed_on=date(2021, 3, 4))
    assert cutoff_day(rule, Day.alone(day_for(rule)(card)), None) == cutoff_day(rule, card, None)
