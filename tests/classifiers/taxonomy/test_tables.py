"""A table that extends another one: a company writes only what it has otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from classifiers.errors import BadTaxonomy
from classifiers.taxonomy import SHIPPED, Taxonomy, load

BASE = load()
NEW_KIND = """
extends = "customer-files.toml"

[[kind]]
id = "parking-space"
zh = "车位转让协议"
en = "Transfer of a parking space"
category = "contract"
aliases = ["车 位 转 让 协 议"]
confidentiality = "普通商密"
personal_data = "personal"
retention = "contract-30y"
"""


def _loaded(folder: Path, text: str) -> Taxonomy:
    path = folder / "office.toml"
    path.write_text(text, encoding="utf-8")
    return load(path)


def test_a_kind_is_added_by_its_row_alone(tmp_path: Path) -> None:
    office = _loaded(tmp_path, NEW_KIND)
    assert office.by_name("车位转让协议").names == ("车位转让协议",)
    assert len(office.kind) == len(BASE.kind) + 1


def test_the_row_for_the_rest_stays_the_last_one(tmp_path: Path) -> None:
    assert _loaded(tmp_path, NEW_KIND).kind[-1].id == "other"


def test_a_row_changes_the_keys_that_it_names_and_leaves_the_others(tmp_path: Path) -> None:
    office = _loaded(
        tmp_path, 'extends = "customer-files.toml"\n[[kind]]\nid = "judgment"\nretention = "litigation-30y"\n'
    )
    changed, shipped = office.by_name("民事判决书"), BASE.by_name("民事判决书")
    assert changed == shipped.model_copy(update={"retention": "litigation-30y"})


def test_a_category_is_added_before_the_one_for_the_rest(tmp_path: Path) -> None:
    office = _loaded(
        tmp_path, 'extends = "customer-files.toml"\n[[category]]\nid = "loan"\nzh = "按揭资料"\nen = "Loan"\n'
    )
    assert [*office.categories] == ["sales", "contract", "title", "repair", "litigation", "loan", "other"]


def test_a_table_that_names_every_category_sets_their_order(tmp_path: Path) -> None:
    order = ["litigation", "repair", "title", "contract", "sales", "other"]
    rows = "".join(f'[[category]]\nid = "{one}"\n' for one in order)
    assert [*_loaded(tmp_path, f'extends = "customer-files.toml"\n{rows}').categories] == order


def test_version_talk_and_cautions_are_taken_over(tmp_path: Path) -> None:
    office = _loaded(tmp_path, NEW_KIND)
    assert (office.version, office.talk, office.caution) == (BASE.version, BASE.talk, BASE.caution)


def test_a_table_beside_the_own_one_may_be_extended_and_extend_in_turn(tmp_path: Path) -> None:
    (tmp_path / "group.toml").write_text(NEW_KIND, encoding="utf-8")
    office = _loaded(tmp_path, 'extends = "group.toml"\nname = "分公司"\n')
    assert (office.name, office.by_name("车位转让协议").id) == ("分公司", "parking-space")


def test_a_table_that_extends_itself_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadTaxonomy, match="extends itself"):
        _loaded(tmp_path, 'extends = "office.toml"\n')


def test_a_table_that_extends_what_is_not_there_names_it(tmp_path: Path) -> None:
    with pytest.raises(BadTaxonomy, match=r"gone\.toml: can not be read"):
        _loaded(tmp_path, 'extends = "gone.toml"\n')


def test_a_table_that_extends_two_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadTaxonomy, match="the name of one table"):
        _loaded(tmp_path, 'extends = ["customer-files.toml", "developers-handbook.toml"]\n')


def test_an_unknown_key_in_a_changed_row_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadTaxonomy, match=r"colour.*'judgment'"):
        _loaded(tmp_path, 'extends = "customer-files.toml"\n[[kind]]\nid = "judgment"\ncolour = "red"\n')


def test_a_kind_that_is_changed_twice_is_refused(tmp_path: Path) -> None:
    row = '[[kind]]\nid = "judgment"\nretention = "litigation-30y"\n'
    with pytest.raises(BadTaxonomy, match="judgment"):
        _loaded(tmp_path, f'extends = "customer-files.toml"\n{row}{row}')


def test_a_row_without_an_id_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadTaxonomy, match=r"id.*add this key"):
        _loaded(tmp_path, f'extends = "customer-files.toml"\n[[kind]]\nzh = "无号"\n# {SHIPPED.name}\n')
