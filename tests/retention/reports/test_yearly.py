from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
import sqlalchemy as sa

from retention import register
from retention.blocking import holds
from retention.reports.yearly import YearFigures, years
from tests.retention.our_database import our_database

CHINA = timezone(timedelta(hours=8))
KINDS = {"商品房买卖合同": "contract"}


@pytest.fixture
def connection() -> Any:
    engine = our_database()
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def tell(connection: sa.Connection, at: datetime, action: str, record: str, **payload: Any) -> None:
    register.append(
        connection, at=at, actor="dossier", action=action, subject=f"record/{record}", payload=payload
    )


def at(year: int, month: int = 6, day: int = 1, hour: int = 4) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


def both(connection: sa.Connection, zone: Any = CHINA) -> tuple[YearFigures, YearFigures]:
    before, this = years(connection, (2024, 2025), zone, KINDS)
    return before, this


def test_what_was_filed_counts_in_its_year_also_when_it_was_destroyed_since(
    connection: sa.Connection,
) -> None:
    tell(connection, at(2023), "filed", "1", category="sales")
    tell(connection, at(2024), "filed", "2", category="sales")
    tell(connection, at(2024), "adopted", "3", category="title")
    tell(connection, at(2025), "filed", "4", category="sales")
    tell(connection, at(2025), "destroyed", "2", category="sales")
    tell(connection, at(2025), "found-missing", "3", category="title")
    tell(connection, at(2026), "destroyed", "1", category="sales")
    before, this = both(connection)
    assert (before.received, this.received) == ({"sales": 1, "title": 1}, {"sales": 1})
    assert (before.destroyed, this.destroyed, this.found_missing) == ({}, {"sales": 1}, {"title": 1})
    assert (before.in_stock, this.in_stock) == ({"sales": 2, "title": 1}, {"sales": 2})


def test_the_year_ends_when_the_office_s_clocks_say_so(connection: sa.Connection) -> None:
    tell(connection, at(2024, 12, 31, 15), "filed", "1", category="sales")
    tell(connection, at(2024, 12, 31, 17), "filed", "2", category="sales")
    before, this = both(connection)
    assert (before.received, this.received) == ({"sales": 1}, {"sales": 1})
    assert both(connection, UTC)[0].received == {"sales": 2}


def test_a_correction_counts_from_its_year_on_and_reported_figures_stay(connection: sa.Connection) -> None:
    changes = [{"what": "kind", "was": "认购书", "became": "商品房买卖合同"}]
    tell(connection, at(2024), "filed", "1", category="sales")
    tell(connection, at(2025), "filed", "2", category="sales")
    tell(connection, at(2025, 7), "corrected", "2", changes=changes)
    tell(connection, at(2025, 7), "corrected", "1", changes=[{"what": "category", "became": "title"}])
    tell(connection, at(2025, 8), "corrected", "9", changes=changes)
    tell(connection, at(2025, 9), "destroyed", "2", category="sales")
    before, this = both(connection)
    assert (before.received, before.in_stock) == ({"sales": 1}, {"sales": 1})
    assert ({key: value for key, value in this.received.items() if value}, this.in_stock) == (
        {"contract": 1},
        {"title": 1},
    )
    assert this.destroyed == {"contract": 1}


def test_a_record_that_is_swept_again_is_received_once_and_one_of_the_same_id_later_is_another(
    connection: sa.Connection,
) -> None:
    tell(connection, at(2024), "filed", "1", category="sales")
    tell(connection, at(2025), "adopted", "1", category="sales")
    tell(connection, at(2025, 7), "destroyed", "1", category="sales")
    tell(connection, at(2025, 8), "filed", "1", category="repair")
    before, this = both(connection)
    assert (before.received, this.received, this.in_stock) == ({"sales": 1}, {"repair": 1}, {"repair": 1})


def test_holds_are_placed_released_and_standing_by_year(connection: sa.Connection) -> None:
    for year in (2023, 2024, 2025):
        holds.place(connection, "record", "1", reason="稽查", mandate="文", who="李静", at=at(year))
    holds.release(connection, 1, who="李静", at=at(2025), reason="结束")
    before, this = (next(one for one in year.holds if one.sort == "hold") for year in both(connection))
    assert (before.placed, before.released, before.standing) == (1, 0, 2)
    assert (this.placed, this.released, this.standing) == (1, 1, 2)


def test_an_empty_register_gives_years_without_anything(connection: sa.Connection) -> None:
    before, this = both(connection)
    assert (before.year, this.year, before.in_stock, this.received) == (2024, 2025, {}, {})
