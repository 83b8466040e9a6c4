"""The disposition schedule: every file that ships loads, and every slip is refused with a remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from retention.errors import BadSchedule
from retention.schedule import EXAMPLE_HOME_SELLER, load

SHIPPED = sorted(EXAMPLE_HOME_SELLER.parent.glob("*.toml"))

TAXONOMY_REFERS_TO = {
    "permanent",
    "sales-30y",
    "sales-10y",
    "lead-3y",
    "voucher-30y",
    "identity-with-dossier",
    "qualification-10y",
    "income-10y",
    "contract-permanent",
    "contract-30y",
    "mortgage-30y",
    "dunning-10y",
    "title-permanent",
    "title-30y",
    "title-receipt-10y",
    "handover-30y",
    "building-permanent",
    "repair-10y",
    "repair-report-30y",
    "settlement-30y",
    "complaint-10y",
    "litigation-permanent",
    "litigation-30y",
    "general-none",
}

HEAD = """
schema_version = 1
[schedule]
name_zh = "表"
name_en = "table"
version = "1"
dated = 2026-01-01
example = true
notice = "示例"
"""
ROW = """
[[rule]]
id = "a-10y"
name_zh = "甲"
name_en = "a"
period = "P10Y"
cutoff = "filed"
disposition = "destroy"
authority = "令10"
"""


def refusal(tmp_path: Path, text: str) -> str:
    path = tmp_path / "schedule.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadSchedule) as caught:
        load(path)
    return str(caught.value)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_every_schedule_that_ships_loads_and_says_that_it_is_an_example(path: Path) -> None:
    schedule = load(path)
    assert schedule.example
    assert "EXAMPLE" in path.read_text(encoding="utf-8").splitlines()[0]
    assert all(rule.authority for rule in schedule.rules.values())


def test_there_is_a_schedule_to_load() -> None:
    assert SHIPPED


def test_the_example_has_exactly_the_rules_that_the_taxonomy_refers_to() -> None:
    assert set(load(EXAMPLE_HOME_SELLER).rules) == TAXONOMY_REFERS_TO


def test_a_rule_id_tells_the_truth_about_its_period() -> None:
    for rule in load(EXAMPLE_HOME_SELLER).rules.values():
        ending = rule.id.rpartition("-")[2]
        if ending.endswith("y") and ending[:-1].isdigit():
            assert rule.period_iso == f"P{ending[:-1]}Y", rule.id
        if ending == "permanent":
            assert rule.permanent, rule.id


def test_the_plain_table_of_these_tests_loads(tmp_path: Path) -> None:
    path = tmp_path / "schedule.toml"
    path.write_text(HEAD + ROW, encoding="utf-8")
    assert list(load(path).rules) == ["a-10y"]


SLIPS = {
    "unknown key": (
        'disposition = "destroy"',
        'disposition = "destroy"\ncut_off = "filed"',
        "cut_off: is not a known key",
    ),
    "bad period": ('"P10Y"', '"十年"', "write 'permanent', or years, months and days like 'P30Y'"),
    "unknown event": ('cutoff = "filed"', 'cutoff = "fild"', "'fild' is no known event: write one of filed"),
    "missing authority": ('authority = "令10"', "", "authority: is missing or empty: quote the law"),
    "empty authority": (
        'authority = "令10"',
        'authority = "  "',
        "authority: is missing or empty: quote the law",
    ),
    "unknown disposition": ('"destroy"', '"shred"', "'shred' is no disposition: write one of destroy"),
    "no cutoff": ('cutoff = "filed"', "", "'cutoff' is missing: write one of filed"),
    "text for a boolean": (
        'cutoff = "filed"',
        'cutoff = "filed"\nroll_to_year_end = "yes"',
        "write true or false",
    ),
    "permanent and destroyed": (
        'period = "P10Y"\ncutoff = "filed"',
        'period = "permanent"',
        "write disposition = 'keep'",
    ),
    "permanent with a cutoff": ('"P10Y"', '"permanent"', "leave out 'cutoff'"),
    "ending and kept": ('"destroy"', '"keep"', "write 'destroy', 'review' or 'transfer'"),
    "bad id": ('"a-10y"', '"A 10"', "like 'sales-30y'"),
}


@pytest.mark.parametrize("slip", SLIPS, ids=str)
def test_a_slip_is_refused_with_file_row_and_remedy(tmp_path: Path, slip: str) -> None:
    right, wrong, remedy = SLIPS[slip]
    message = refusal(tmp_path, HEAD + ROW.replace(right, wrong))
    assert "schedule.toml: row 1 (" in message
    assert remedy in message


def test_a_doubled_id_names_both_rows(tmp_path: Path) -> None:
    assert "row 2 (a-10y): the id is taken by row 1" in refusal(tmp_path, HEAD + ROW + ROW)


def test_all_slips_are_told_at_once(tmp_path: Path) -> None:
    wrong = ROW.replace('"P10Y"', '"x"').replace('"destroy"', '"y"')
    assert len(refusal(tmp_path, HEAD + wrong).splitlines()) == 2


def test_an_empty_table_is_refused(tmp_path: Path) -> None:
    assert "rule" in refusal(tmp_path, HEAD)


def test_what_is_not_toml_is_refused(tmp_path: Path) -> None:
    assert "is not TOML" in refusal(tmp_path, "= 1")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSchedule, match="can not be read"):
        load(tmp_path / "nowhere.toml")
