"""A company's own table, chosen by a setting: a whole new category, from the paper to DMS, search and reports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from plugins import settings
from plugins.archiving.filing import file_document
from plugins.wiring import Archive, open_archive, open_rules, vocabulary
from retention.dms import Query, Term
from retention.reports.words import category_name
from retention.reviewed import category_place
from tests.plugins.archiving.test_filing import enter
from tests.plugins.conftest import NOON, SUBSCRIPTION, transcript_of

OWN = """
extends = "customer-files.toml"
name = "本公司分类表"

[[category]]
id = "schooling"
zh = "学位资料"
en = "Schooling"

[[kind]]
id = "school-place"
zh = "学位申请表"
en = "Application for a school place"
category = "schooling"
aliases = ["业主子女学位申请表"]
strong = ["适龄儿童", "就读学校", "学籍", "学位锁定"]
words = ["学位", "入学", "监护人"]
fields = ["contract_no", "person_name"]
confidentiality = "普通商密"
personal_data = "sensitive"
retention = "sales-10y"
"""
PAPER = """业主子女学位申请表
合同编号：XW-2024-0031
适龄儿童姓名　性别　出生年月
就读学校：市实验小学　学籍所在地
监护人知悉学位锁定六年，同一套房屋六年内只提供一个入学学位。"""


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Archive]:
    """An archive whose table has a category of the company's own."""
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")
    environment = {"DOSSIER_HOME": str(tmp_path / "home"), "DOSSIER_TAXONOMY": str(tmp_path / "own.toml")}
    opened = open_archive(settings.load(environment, tmp_path), lambda: NOON)
    yield opened
    opened.engine.dispose()


def test_a_paper_of_a_new_category_is_filed_and_found_by_it(own: Archive) -> None:
    for number, text in enumerate((PAPER, SUBSCRIPTION), start=1):
        scan = enter(own, f"{number}.pdf", text, str(number) * 32)
        file_document(own, str(number) * 32, scan, transcript_of(text, scan.sha256))
    (hit,) = own.dms.search(Query(category="schooling"), own.clearance())
    assert (hit.record.card.kind, hit.record.card.retention_rule) == ("学位申请表", "sales-10y")
    assert "XW-2024-0031" in hit.record.card.title


def test_the_dms_is_told_the_new_category_and_the_kind_under_it(own: Archive) -> None:
    told = vocabulary(own.rules)
    assert Term("category", "学位资料") in told
    assert Term("kind", "学位申请表", "学位资料") in told


def test_reports_put_an_added_category_behind_the_known_ones() -> None:
    assert category_place("schooling") > category_place("other")
    assert category_name("schooling") == ("schooling", "schooling")


def test_reports_call_an_added_category_as_the_table_does(own: Archive) -> None:
    names = {one.id: (one.zh, one.en) for one in own.rules.taxonomy.category}
    assert category_name("schooling", names)[0] == "学位资料"


def test_the_handbook_that_ships_is_chosen_by_its_name(tmp_path: Path) -> None:
    chosen = settings.load(
        {"DOSSIER_HOME": str(tmp_path), "DOSSIER_TAXONOMY": "developers-handbook"}, tmp_path
    )
    assert "shop-lease" in open_rules(chosen).taxonomy.categories
