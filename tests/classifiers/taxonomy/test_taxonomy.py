"""The shipped table of kinds: whole, true to its own words, and strict with those of others."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from classifiers import confidentiality
from classifiers.errors import BadTaxonomy
from classifiers.evidence import squeeze
from classifiers.labels import CATEGORIES
from classifiers.taxonomy import FOLDER, OTHER, SHIPPED, Caution, Kind, load

LADDERS = {confidentiality.SHIPPED.name, "personal-data.toml"}
SHIPPED_TABLES = sorted(path for path in FOLDER.glob("*.toml") if path.name not in LADDERS)
TAXONOMY = load()
KINDS = TAXONOMY.kind
FAMILIAR = {
    "marriage": "结婚证",
    "court-notice": "传票",
    "enforcement": "协助执行通知书",
    "case-settlement": "结案报告",
    "news": "购房新政落地",
    "advertising": "云澜府盛大开盘",
    "invitation": "致业主的一封信",
    "insurance": "机动车交通事故责任强制保险单",
    "inspection": "电梯安全检查记录表",
    "staff-and-suppliers": "外墙防水工程施工合同",
}
"""A title that people put on such papers, for the kinds whose own name is only a heading of the table."""

ROW = """
[[kind]]
id = "receipt-2"
zh = "收条"
en = "Receipt"
category = "sales"
titles = ["收条"]
confidentiality = "内部"
personal_data = "none"
retention = "voucher-30y"
"""
BAD_ROWS = [
    pytest.param(ROW + 'colour = "red"\n', ["receipt-2", "colour", "remove it"], id="unknown key"),
    pytest.param(
        ROW.replace("titles =", "title ="),
        [".title (id 'receipt-2')", "mend its spelling"],
        id="misspelt key",
    ),
    pytest.param(
        ROW.replace('["收条"]', '["收条("]'), ["receipt-2", "收条(", "mend the expression"], id="bad regex"
    ),
    pytest.param(
        ROW.replace('"sales"', '"sail"'),
        ["'receipt-2'", "category", "'sail'", "add a [[category]] row"],
        id="unknown category",
    ),
    pytest.param(
        ROW.replace('"none"', '"secret"'), ["receipt-2", "personal_data", "'sensitive'"], id="unknown flag"
    ),
    pytest.param(ROW.replace('en = "Receipt"\n', ""), ["receipt-2", "en", "add this key"], id="key missing"),
    pytest.param(
        ROW + 'fields = ["colour"]\n',
        ["receipt-2", "no fact 'colour'", "choose from person_name"],
        id="no fact",
    ),
    pytest.param(
        ROW + 'evidence = [{ place = "margin", weight = 1, any = ["收条"] }]\n',
        ["receipt-2", "place", "'seal'"],
        id="no place",
    ),
    pytest.param(ROW + 'aliases = ["据"]\n', ["receipt-2", "too short"], id="a name of one letter"),
    pytest.param(ROW.replace('titles = ["收条"]\n', ""), ["'receipt-2'", "titles or aliases"], id="no name"),
    pytest.param(
        '\n[[caution]]\nid = "x"\nzh = "甲"\ntoward = "nothing"\nhead = ["甲"]\n',
        ["'x'", "'nothing'"],
        id="a caution toward nothing",
    ),
    pytest.param(
        '\n[[caution]]\nid = "x"\nzh = "甲"\ntoward = "other"\n',
        ["'x'", "sees nothing"],
        id="a blind caution",
    ),
    pytest.param(
        '\n[[category]]\nid = "sales"\nzh = "二"\nen = "Two"\n',
        ["two categories", "'sales'"],
        id="double category",
    ),
    pytest.param(ROW + ROW, ["'receipt-2'", "give one of them another"], id="double id"),
    pytest.param(
        ROW.replace("收条", "认购书", 1), ["'认购书'", "give one of them another"], id="double Chinese name"
    ),
    pytest.param(ROW.replace("titles = [", "titles = "), ["can not be read"], id="no TOML"),
    pytest.param(ROW.replace('id = "receipt-2"\n', ""), ["kind.", "id", "add this key"], id="id missing"),
]


def _rules(kind: Kind) -> tuple[str, ...]:
    placed = (pattern for entry in kind.evidence for pattern in entry.any)
    return (*kind.names, *kind.head, *kind.strong, *kind.words, *kind.against, *placed)


def _load(folder: Path, text: str) -> str:
    """What is said about a table with this text."""
    path = folder / "office.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadTaxonomy) as fault:
        load(path)
    return str(fault.value)


@pytest.mark.parametrize("path", SHIPPED_TABLES, ids=lambda path: path.name)
def test_every_shipped_table_loads(path: Path) -> None:
    assert len(load(path).kind) >= 46


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_category_has_kinds_and_a_chinese_name(category: str) -> None:
    assert any(kind.category == category for kind in KINDS)
    assert re.fullmatch("[\u4e00-\u9fff]{2,6}", TAXONOMY.categories[category])


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.id != OTHER], ids=lambda kind: kind.id)
def test_a_kind_is_known_by_its_own_name_or_a_familiar_title(kind: Kind) -> None:
    title = FAMILIAR.get(kind.id, kind.zh)
    assert any(re.search(f"(?:{pattern})$", title) for pattern in kind.names)


def test_familiar_titles_are_given_for_kinds_that_exist_and_need_one() -> None:
    nameless = {kind.id for kind in KINDS if not any(re.search(f"(?:{p})$", kind.zh) for p in kind.names)} - {
        OTHER
    }
    assert FAMILIAR.keys() == nameless


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_the_rules_of_a_kind_are_written_as_lines_are_squeezed(kind: Kind) -> None:
    assert [rule for rule in _rules(kind) if squeeze(rule) != rule] == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_no_rule_of_a_kind_matches_the_empty_line(kind: Kind) -> None:
    assert [rule for rule in _rules(kind) if re.search(rule, "")] == []


@pytest.mark.parametrize("caution", TAXONOMY.caution, ids=lambda caution: caution.id)
def test_the_rules_of_a_caution_are_written_as_lines_are_squeezed(caution: Caution) -> None:
    rules = (*caution.title, *caution.head, *caution.body, *caution.without, *TAXONOMY.talk)
    assert [rule for rule in rules if squeeze(rule) != rule] == []


@pytest.mark.parametrize("caution", TAXONOMY.caution, ids=lambda caution: caution.id)
def test_no_rule_of_a_caution_matches_the_empty_line(caution: Caution) -> None:
    rules = (*caution.title, *caution.head, *caution.body, *caution.without)
    assert [rule for rule in rules if re.search(rule, "")] == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_nothing_speaks_for_and_against_a_kind_at_once(kind: Kind) -> None:
    assert {*kind.strong, *kind.words} & set(kind.against) == set()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_the_level_of_a_kind_stands_on_the_ladder(kind: Kind) -> None:
    assert kind.confidentiality in confidentiality.load().names


def test_a_kind_is_found_by_its_chinese_name() -> None:
    assert TAXONOMY.by_name("认购书").id == "subscription"


def test_a_name_that_nobody_has_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="无此文种"):
        TAXONOMY.by_name("无此文种")


def test_an_alias_may_be_written_with_spaces_as_it_is_printed() -> None:
    judgment = next(kind for kind in KINDS if kind.id == "judgment")
    assert "民事判决书" in judgment.aliases


def test_every_kind_of_a_household_says_which_facts_it_has() -> None:
    assert [kind.id for kind in KINDS if kind.category != OTHER and not kind.fields] == []


def test_what_fits_nowhere_has_a_row() -> None:
    assert (TAXONOMY.other.id, TAXONOMY.other.category) == (OTHER, "other")


@pytest.mark.parametrize(("row", "said"), BAD_ROWS)
def test_a_bad_row_is_refused_with_file_and_row_and_remedy(tmp_path: Path, row: str, said: list[str]) -> None:
    message = _load(tmp_path, SHIPPED.read_text("utf-8") + row)
    assert [part for part in ["office.toml", *said] if part not in message] == []


def test_a_table_without_a_category_of_its_kinds_is_refused(tmp_path: Path) -> None:
    text = SHIPPED.read_text("utf-8").replace('[[category]]\nid = "repair"', '[[category]]\nid = "mending"')
    assert "has the category 'repair'; choose from sales, contract, title, mending" in _load(tmp_path, text)


def test_a_table_without_the_row_for_the_rest_is_refused(tmp_path: Path) -> None:
    text = SHIPPED.read_text("utf-8")
    message = _load(tmp_path, text.replace('id = "other"\n', 'id = "rest"\n'))
    assert "there must be a category and a kind with the id 'other'" in message


def test_a_table_that_is_not_there_is_refused_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(BadTaxonomy, match=r"gone\.toml"):
        load(tmp_path / "gone.toml")


def test_a_table_that_is_no_utf8_is_refused_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "gbk.toml").write_bytes('name = "客户档案"\n'.encode("gb18030"))
    with pytest.raises(BadTaxonomy, match=r"gbk\.toml"):
        load(tmp_path / "gbk.toml")
