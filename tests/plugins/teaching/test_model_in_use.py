from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from classifiers import taxonomy
from classifiers.model import learnt
from classifiers.model.learnt import Model
from plugins.errors import BadWord
from plugins.health import examine
from plugins.settings import Settings
from plugins.teaching.model_in_use import Learnt, back, open_model, read_note, take, write_model

KINDS = taxonomy.load()


def _model(date: str, **about: object) -> Model:
    shipped = learnt.shipped()
    return replace(shipped, about=shipped.about.model_copy(update={"date": date, **about}))


def _take(home: Path, date: str, **about: object) -> str:
    name = write_model(home, _model(date, **about))
    take(
        home,
        Learnt(
            file=name,
            at=f"{date}T12:00:00+00:00",
            by="李静",
            learnt_from=("a" * 64,),
            errors_before=9,
            errors=5,
            held_out=99,
        ),
    )
    return name


def test_where_nothing_was_learnt_the_shipped_model_judges(tmp_path: Path) -> None:
    used = open_model(tmp_path, KINDS)
    assert (used.model, used.note, used.passed_over) == (learnt.shipped(), None, "")


def test_a_model_that_was_taken_judges(tmp_path: Path) -> None:
    name = _take(tmp_path, "2030-01-01")
    used = open_model(tmp_path, KINDS)
    assert used.note is not None
    assert (used.note.file, used.model.about.date) == (name, "2030-01-01")


def test_a_model_of_another_taxonomy_is_passed_over(tmp_path: Path) -> None:
    _take(tmp_path, "2030-01-01", taxonomy="0")
    used = open_model(tmp_path, KINDS)
    assert used.note is None
    assert "another taxonomy" in used.passed_over


@pytest.mark.parametrize("broken", ["in-use.json", "*.npz"])
def test_a_damaged_model_is_passed_over_and_the_doctor_says_so(settings: Settings, broken: str) -> None:
    _take(settings.home, "2030-01-01")
    (path,) = (settings.home / "model").glob(broken)
    path.write_bytes(b"{")
    assert open_model(settings.home, KINDS).model is learnt.shipped()
    (check,) = [check for check in examine(settings) if check.name == "model"]
    assert (check.ok, check.optional) == (False, True)
    assert "dossier learn" in check.remedy


def test_the_doctor_names_the_model_its_day_and_its_figures(settings: Settings) -> None:
    name = _take(settings.home, "2030-01-01")
    (check,) = [check for check in examine(settings) if check.name == "model"]
    assert check.ok
    assert name in check.detail
    assert "李静" in check.detail
    assert "%" in check.detail


def test_one_can_go_back_and_forth(tmp_path: Path) -> None:
    first, second = _take(tmp_path, "2030-01-01"), _take(tmp_path, "2031-01-01")
    assert [_used(tmp_path), _back(tmp_path), _back(tmp_path)] == [second, first, second]


def test_before_the_first_model_stood_the_shipped_one(tmp_path: Path) -> None:
    first = _take(tmp_path, "2030-01-01")
    assert [_back(tmp_path), _back(tmp_path)] == ["", first]


def test_without_a_model_of_ones_own_there_is_no_way_back(tmp_path: Path) -> None:
    with pytest.raises(BadWord, match="--back"):
        back(tmp_path)


def test_only_the_model_in_use_and_the_one_before_are_kept(tmp_path: Path) -> None:
    names = [_take(tmp_path, f"203{year}-01-01") for year in range(3)]
    assert {path.name for path in (tmp_path / "model").glob("*.npz")} == set(names[1:])


def _used(home: Path) -> str:
    note = read_note(home).current
    return note.file if note else ""


def _back(home: Path) -> str:
    back(home)
    assert open_model(home, KINDS).passed_over == ""
    return _used(home)
