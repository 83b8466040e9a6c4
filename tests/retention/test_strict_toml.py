"""TOML files of rows: each kind of fault is told with file, row and what to write instead, as the caller's own error."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from retention.errors import BadRequirements, BadSchedule
from retention.strict_toml import bytes_of, refuse_doubles, table_of, where_of

FILE = Path("papers.toml")


@dataclass(frozen=True)
class Row:
    id: str


def test_a_file_that_is_not_there_is_told_as_the_callers_error(tmp_path: Path) -> None:
    with pytest.raises(BadSchedule, match=r"can not be read .*: give the path of a TOML file"):
        bytes_of(tmp_path / "none.toml", BadSchedule)


@pytest.mark.parametrize(
    ("raw", "told"),
    [(b"\xff\xfe", "papers.toml: is not UTF-8 at byte 0"), (b"a =", "papers.toml: is not TOML")],
)
def test_what_is_no_toml_is_told(raw: bytes, told: str) -> None:
    with pytest.raises(BadRequirements, match=told):
        table_of(raw, FILE, BadRequirements)


def test_two_rows_of_one_id_are_told_by_their_numbers() -> None:
    refuse_doubles(FILE, [Row("a"), Row("b")], BadSchedule)
    with pytest.raises(BadSchedule, match=r"row 3 \(a\): the id is taken by row 1"):
        refuse_doubles(FILE, [Row("a"), Row("b"), Row("a")], BadSchedule)


@pytest.mark.parametrize(
    ("loc", "where"),
    [
        (("rule", 1, "period"), ("papers.toml: row 2 (b)", "period")),
        (("rule", 2, "id"), ("papers.toml: row 3 (no id)", "id")),
        (("rule", 3), ("papers.toml: row 4 (not a table)", "")),
        (("rule", 0, "kinds", 4), ("papers.toml: row 1 (a)", "kinds.4")),
        (("schedule", "dated"), ("papers.toml", "schedule.dated")),
        (("rule",), ("papers.toml", "rule")),
    ],
)
def test_a_problem_is_placed_in_its_row(loc: tuple[str | int, ...], where: tuple[str, str]) -> None:
    table = {"rule": [{"id": "a"}, {"id": "b"}, {}, 1], "schedule": {}}
    assert where_of(FILE, table, "rule", {"loc": loc}) == where
