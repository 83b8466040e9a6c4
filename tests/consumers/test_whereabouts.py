"""Any file is found again: by name, checksum, id, day, state or reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from consumers import intake, whereabouts
from consumers.whereabouts import Asked

DAY = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def connection() -> Iterator[sa.Connection]:
    engine = sa.create_engine("sqlite://")
    intake.metadata.create_all(engine)
    with engine.begin() as opened:
        for number, name in enumerate(("合同.pdf", "收据 100%.pdf", "身份证.PDF")):
            sha256, at = f"{number}abc" * 16, DAY + timedelta(days=number)
            intake.register(
                opened,
                intake_id=f"{number}def" * 8,
                name=name,
                source="inbox",
                origin="",
                owner="",
                sha256=sha256,
                at=at,
            )
            if number:
                intake.move(
                    opened,
                    f"{number}def" * 8,
                    "quarantined",
                    at=at + timedelta(days=1),
                    reason="damaged: 坏。",
                )
        yield opened


def _names(connection: sa.Connection, asked: Asked) -> list[str]:
    return [row.name for row in whereabouts.find(connection, asked)]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        (Asked(), ["合同.pdf", "收据 100%.pdf", "身份证.PDF"]),
        (Asked(words="合同"), ["合同.pdf"]),
        (Asked(words="0def"), ["合同.pdf"]),
        (Asked(words="0ABC0abc"), ["合同.pdf"]),
        (Asked(words="0ab"), []),
        (Asked(words="0%"), ["收据 100%.pdf"]),
        (Asked(name=".pdf", states=("quarantined",)), ["收据 100%.pdf", "身份证.PDF"]),
        (Asked(sha256="2ABC"), ["身份证.PDF"]),
        (Asked(code="damaged"), ["收据 100%.pdf", "身份证.PDF"]),
        (Asked(code="damage"), []),
        (Asked(since=DAY + timedelta(days=2)), ["收据 100%.pdf", "身份证.PDF"]),
        (Asked(until=DAY + timedelta(days=1)), ["合同.pdf"]),
        (Asked(since=DAY + timedelta(days=1), until=DAY + timedelta(days=2)), ["收据 100%.pdf"]),
        (
            Asked(since=DAY + timedelta(days=2), until=DAY + timedelta(days=3)),
            ["收据 100%.pdf", "身份证.PDF"],
        ),
    ],
)
def test_files_are_found_by_what_is_asked(connection: sa.Connection, asked: Asked, names: list[str]) -> None:
    assert _names(connection, asked) == names


def test_only_what_is_set_aside_is_put_back_and_only_once(connection: sa.Connection) -> None:
    filed, aside, _ = whereabouts.find(connection, Asked())
    for row, opened in ((filed, False), (aside, True), (aside, False)):
        assert (
            whereabouts.put_back(connection, row, "me", DAY, at=DAY + timedelta(days=5), actor="李静", turn=7)
            is opened
        )
    now = intake.get(connection, aside.id)
    assert now is not None
    assert (now.state, now.owner, now.turn, now.reason, now.deaths) == ("claimed", "me", 7, "", 0)
    last = intake.events_of(connection, aside.id)[-1]
    assert (last.actor, last.before, last.state) == ("李静", "quarantined", "claimed")


def test_what_was_discarded_is_closed_for_good_with_who_and_why(connection: sa.Connection) -> None:
    filed, aside, _ = whereabouts.find(connection, Asked())
    for row, closed in ((filed, False), (aside, True), (aside, False)):
        assert whereabouts.discard(connection, row, at=DAY, actor="李静", reason="双份") is closed
    last = intake.events_of(connection, aside.id)[-1]
    assert (last.actor, last.state, last.detail) == ("李静", "discarded", "双份")
    with pytest.raises(LookupError):
        intake.move(connection, aside.id, "retry", at=DAY)
