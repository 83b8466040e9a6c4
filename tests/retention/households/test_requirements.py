"""The list of required papers is read strictly: each fault is told with row, key and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from classifiers import taxonomy
from retention.errors import BadRequirements
from retention.households.requirements import EXAMPLE, load, read

HEAD = """schema_version = 1
[papers]
name_zh = "清单"
name_en = "List"
version = "1"
dated = 2026-01-01
example = false
notice = "已审定"
"""
ROW = """[[paper]]
id = "deed"
name_zh = "产权证"
name_en = "Deed"
any_of = ["不动产权证书"]
when_kinds = ["房屋交接验收单"]
authority = "某规定"
"""


def complaint(text: str) -> str:
    with pytest.raises(BadRequirements) as told:
        read(text.encode(), Path("own.toml"))
    return str(told.value)


def test_a_plain_list_is_read() -> None:
    found = read((HEAD + ROW).encode(), Path("own.toml"))
    (row,) = found.rows
    assert (found.example, row.id, row.any_of, row.within_days) == (False, "deed", ("不动产权证书",), None)
    assert found.events == frozenset()


@pytest.mark.parametrize("table", ["customer-files", "developers-handbook"])
def test_the_example_says_that_it_is_one_and_fits_the_tables_that_ship(table: str) -> None:
    example = load(EXAMPLE)
    kinds = taxonomy.load(Path(table))
    assert example.example
    assert {kind for row in example.rows for kind in row.kinds} <= {kind.zh for kind in kinds.kind}
    assert {one for row in example.rows for one in row.when_categories} <= kinds.categories.keys()


def test_each_row_of_the_example_has_a_chinese_comment() -> None:
    lines = EXAMPLE.read_text("utf-8").splitlines()
    before = [lines[place - 1] for place, line in enumerate(lines) if line == "[[paper]]"]
    assert before
    assert all(line.startswith("# ") and any("一" <= letter <= "鿿" for letter in line) for line in before)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (ROW.replace("any_of", "any_off"), "row 1 (deed): any_off: is not a known key"),
        (ROW.replace('authority = "某规定"\n', ""), "authority: is missing or empty: quote the law"),
        (ROW.replace('when_kinds = ["房屋交接验收单"]\n', ""), "says not when it is asked for"),
        (ROW.replace('["不动产权证书"]', "[]"), "any_of: is empty"),
        (ROW.replace('["不动产权证书"]', '"不动产权证书"'), "any_of: write a list in brackets"),
        (ROW + "within_days = 90\n", "go together"),
        (ROW + 'after_kinds = ["房屋交接验收单"]\n', "go together"),
        (ROW + 'within_days = "90"\nafter_kinds = ["x"]\n', "within_days: write a whole number"),
        (ROW + 'within_days = 0\nafter_kinds = ["x"]\n', "within_days"),
        (ROW + 'when_events = ["sold"]\n', "is no known event: write one of contract_ended"),
        (ROW.replace('"deed"', '"产权"'), "write small letters"),
        (ROW + ROW, "row 2 (deed): the id is taken by row 1"),
        ("", "paper: is missing"),
        ('owner = "x"\n' + ROW, "owner: is not a known key: remove it, or move it"),
    ],
)
def test_what_is_wrong_is_refused_with_its_remedy(wrong: str, told: str) -> None:
    assert told in complaint(HEAD + wrong)
    assert "own.toml" in complaint(HEAD + wrong)


def test_what_is_no_toml_or_not_there_is_refused(tmp_path: Path) -> None:
    assert "is not TOML" in complaint("[[paper")
    with pytest.raises(BadRequirements, match="give the path of a TOML file"):
        load(tmp_path / "none.toml")
    with pytest.raises(BadRequirements, match="save it as UTF-8"):
        read("清单".encode("gb18030"), tmp_path)
