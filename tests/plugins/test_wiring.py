"""Wiring: tables of data that do not fit each other stop the program at the start."""

from __future__ import annotations

from pathlib import Path

import pytest

from classifiers import taxonomy
from plugins import settings
from plugins.errors import BadSetting
from plugins.wiring import Archive, open_archive, open_rules, pepper_of, vocabulary


def _with(tmp_path: Path, **environment: str) -> settings.Settings:
    return settings.load({"DOSSIER_HOME": str(tmp_path / "home"), **environment}, tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('confidentiality = "公开"', 'confidentiality = "绝顶"', "which the ladder does not have"),
        ('retention = "lead-3y"', 'retention = "for-ages"', "disposition schedule does not have"),
        ('category = "repair"', 'category = "mending"', "add a [[category]] row"),
    ],
)
def test_a_kind_that_fits_nothing_is_named(old: str, new: str, said: str, tmp_path: Path) -> None:
    changed = tmp_path / "kinds.toml"
    changed.write_text(taxonomy.SHIPPED.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(BadSetting, match="DOSSIER_TAXONOMY") as told:
        open_rules(_with(tmp_path, DOSSIER_TAXONOMY=str(changed)))
    assert said in str(told.value)


def test_a_schedule_that_is_not_there_names_the_setting(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="DOSSIER_SCHEDULE"):
        open_rules(_with(tmp_path, DOSSIER_SCHEDULE="/nowhere.toml"))


def test_a_home_that_can_not_be_made_names_the_setting(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BadSetting, match="DOSSIER_HOME"):
        open_archive(_with(tmp_path, DOSSIER_HOME=str(tmp_path / "file" / "home")))


def test_a_clearance_that_the_ladder_does_not_have_names_those_it_has(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match=r"DOSSIER_CLEARANCE.*公开, 内部, 普通商密, 核心商密"):
        open_rules(_with(tmp_path, DOSSIER_CLEARANCE="绝顶"))


def test_a_clearance_reaches_up_to_its_level_and_no_further(archive: Archive) -> None:
    assert archive.clearance("内部").levels == {"公开", "内部"}


def test_the_pepper_is_made_once_and_for_nobody_else_to_read(archive: Archive) -> None:
    home = archive.settings.home
    assert pepper_of(home, make=True) == archive.pepper
    assert len(archive.pepper) == 32
    assert (home / "dossier-pepper").stat().st_mode & 0o077 == 0


def test_the_vocabulary_names_every_kind_under_its_category(archive: Archive) -> None:
    terms = {(term.sort, term.name, term.parent) for term in vocabulary(archive.rules)}
    assert ("kind", "认购书", "销售资料") in terms
    assert ("level", "核心商密", "") in terms
    assert {term[1] for term in terms if term[0] == "category"} == set(
        archive.rules.taxonomy.categories.values()
    )
