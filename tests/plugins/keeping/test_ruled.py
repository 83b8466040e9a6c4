"""Schedule and taxonomy beside each other: the shipped pairs fit, and what does not is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins import settings
from plugins.errors import BadSetting
from plugins.keeping.ruled import faults
from plugins.wiring import Rules, open_rules
from retention import schedule


def rules(tmp_path: Path, chosen: Path | None = None, table: str = "") -> Rules:
    environment = {"DOSSIER_HOME": str(tmp_path)}
    environment |= {"DOSSIER_SCHEDULE": str(chosen)} if chosen else {}
    environment |= {"DOSSIER_TAXONOMY": table} if table else {}
    return open_rules(settings.load(environment, tmp_path))


def own(tmp_path: Path, more: str, base: Path = schedule.EXAMPLE_HOME_SELLER) -> Path:
    path = tmp_path / "own.toml"
    row = '[[rule]]\nid = "own"\nname_zh = "甲"\nname_en = "a"\nperiod = "P1Y"\ncutoff = "filed"\n'
    row += f'disposition = "review"\nauthority = "公司规定"\n{more}\n\n'
    head, _, rest = base.read_text("utf-8").partition("[[rule]]")
    path.write_text(head + row + "[[rule]]" + rest, "utf-8")
    return path


def test_the_property_managers_example_has_a_rule_for_every_kind(tmp_path: Path) -> None:
    found = rules(tmp_path, schedule.EXAMPLE_PROPERTY_MANAGER)
    assert found.schedule.example
    assert faults(found) == ()
    assert {kind.retention for kind in found.taxonomy.kind} <= set(found.schedule.rules)


def test_a_kind_bears_the_rule_of_the_first_row_that_is_meant_for_it(tmp_path: Path) -> None:
    found = rules(tmp_path, own(tmp_path, 'kinds = ["报修单"]'))
    assert found.taxonomy.by_name("报修单").retention == "own"
    assert found.taxonomy.by_name("维修验收单").retention == "repair-10y"
    assert found.named["报修单"] == "repair-10y"


def test_a_row_may_be_meant_for_a_series_by_its_name(tmp_path: Path) -> None:
    found = rules(tmp_path, own(tmp_path, 'series = ["入伙系列"]'), "developers-handbook")
    assert found.taxonomy.by_name("交房通知书").retention == "own"


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ('kinds = ["无此文种"]', "the taxonomy has no kind 无此文种"),
        ('categories = ["none"]', "the taxonomy has no category none"),
        ('series = ["无此系列"]', "the taxonomy has no series 无此系列"),
        ('dossier_has = ["无此文种"]', "the taxonomy has no kind 无此文种"),
        ("", "row 1, own: no kind of paper comes under it"),
    ],
)
def test_what_does_not_fit_is_told(tmp_path: Path, more: str, told: str) -> None:
    assert any(told in en for _, en in faults(rules(tmp_path, own(tmp_path, more))))


def test_a_kind_may_say_that_it_has_no_rule(tmp_path: Path) -> None:
    table = tmp_path / "kinds.toml"
    table.write_text('extends = "customer-files.toml"\n[[kind]]\nid = "news"\nretention = ""\n', "utf-8")
    found = rules(tmp_path, table=str(table))
    assert found.taxonomy.by_name("新闻报道").retention == ""
    assert any("新闻报道 has no rule" in en for _, en in faults(found))


def test_a_kind_that_names_a_rule_that_there_is_not_stops_the_program(tmp_path: Path) -> None:
    table = tmp_path / "kinds.toml"
    table.write_text('extends = "customer-files.toml"\n[[kind]]\nid = "news"\nretention = "gone"\n', "utf-8")
    with pytest.raises(BadSetting, match="names the rule 'gone'"):
        rules(tmp_path, table=str(table))


def test_a_kind_that_gives_an_event_that_there_is_not_stops_the_program(tmp_path: Path) -> None:
    table = tmp_path / "kinds.toml"
    gives = 'gives = [{ event = "rain", titles = ["x"] }]'
    table.write_text(f'extends = "customer-files.toml"\n[[kind]]\nid = "news"\n{gives}\n', "utf-8")
    with pytest.raises(BadSetting, match="gives the event 'rain'"):
        rules(tmp_path, table=str(table))
