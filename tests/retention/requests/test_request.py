"""A request: who asks is known by a digest alone, and the clock says when it is late."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from retention.households.dossier import digest_of_number
from retention.requests.request import Request, asker_of, digest_of, last_day, masked, masked_name

PEPPER = b"p" * 32
NUMBER = "420111198506234525"
RECEIVED = date(2026, 3, 2)
_LATER = ("extended_because", "checked_how", "checked_by", "checked_at", "found_at", "outcome")
_LATEST = ("answered_by", "answered_at", "answer", "closed_by", "closed_at")
_REST: dict[str, Any] = {**dict.fromkeys((*_LATER, *_LATEST), ""), "answered_on": None}
REQUEST = Request(
    *(1, "access", "received", "周文海", "d", "", "m", "来函", "", "李静", "2026", RECEIVED),
    due_on=last_day(RECEIVED, 30),
    **_REST,
)


def test_the_digest_begins_as_the_key_of_his_dossier_does() -> None:
    assert digest_of(NUMBER, PEPPER)[:10] == digest_of_number(NUMBER, PEPPER)


@pytest.mark.parametrize(
    "written", [f" {NUMBER}", "４２０１１１１９８５０６２３４５２５", f"{NUMBER[:6]} {NUMBER[6:]}"]
)
def test_a_number_is_the_same_however_it_is_written(written: str) -> None:
    assert asker_of("周文海", written, PEPPER) == asker_of("周文海", NUMBER, PEPPER)


def test_a_number_of_18_places_is_found_by_its_15_too() -> None:
    asker = asker_of("周文海", NUMBER, PEPPER)
    assert digest_of(NUMBER[:6] + NUMBER[8:17], PEPPER) in asker.digests
    assert asker_of("John", "E12345678", PEPPER).old_digest == ""


@pytest.mark.parametrize("number", [NUMBER, "E12345678", "12345"])
def test_of_a_number_a_third_is_shown_at_most(number: str) -> None:
    shown = masked(number)
    assert len(shown) == len(number)
    assert len(shown.replace("*", "")) <= len(number) / 3


def test_of_a_name_the_first_sign_is_told() -> None:
    assert (masked_name(" 周文海 "), masked_name("陆")) == ("周**", "陆")


def test_the_last_day_is_still_in_time_and_the_next_one_late() -> None:
    assert REQUEST.due_on == date(2026, 4, 1)
    assert REQUEST.days_late(REQUEST.due_on) == 0
    assert REQUEST.days_late(REQUEST.due_on + timedelta(days=1)) == 1


def test_what_was_answered_in_time_is_late_on_no_day() -> None:
    done = replace(REQUEST, state="answered", answered_on=REQUEST.due_on)
    assert done.days_late(date(2030, 1, 1)) == 0
    assert not done.warns(date(2030, 1, 1))


def test_it_warns_when_a_fifth_of_the_time_is_left() -> None:
    assert not REQUEST.warns(REQUEST.due_on - timedelta(days=7))
    assert REQUEST.warns(REQUEST.due_on - timedelta(days=6))
