from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from classifiers.labels import CATEGORIES
from classifiers.model import learnt
from plugins.cli import learn
from plugins.exit_codes import ExitCode
from plugins.teaching.learning import Comparison, Figures, compare
from tests.plugins.cli.conftest import Answer

Dossier = Callable[..., Answer]
pytestmark = pytest.mark.process

OLD = Figures(dict.fromkeys(CATEGORIES, 9), dict.fromkeys(CATEGORIES, 10), 50, 1)
BETTER = replace(OLD, right={**OLD.right, "sales": 10})


@pytest.fixture
def outcome(monkeypatch: pytest.MonkeyPatch) -> Callable[[Figures], None]:
    """Makes the trial come out like that: what it does is measured for minutes, not tested here."""

    def come_out(new: Figures) -> None:
        found: Comparison = compare(OLD, new)
        monkeypatch.setattr(learn, "try_out", lambda *_: found)
        monkeypatch.setattr(learn, "learn_all", lambda *_: learnt.shipped())

    return come_out


def _model(dossier: Dossier) -> str:
    (told,) = dossier("doctor", "--json").lines
    return str(next(check["detail"] for check in told["checks"] if check["name"] == "model"))


def test_a_better_model_is_used_from_then_on_until_somebody_goes_back(
    dossier: Dossier, outcome: Callable[[Figures], None]
) -> None:
    dossier("init")
    outcome(BETTER)
    (told,) = dossier("learn", "--json", "--by", "李静").lines
    assert (told["better"], told["taken"], told["before"]["errors"], told["after"]["errors"]) == (
        True,
        True,
        6,
        5,
    )
    assert "learnt here by 李静" in _model(dossier)
    assert dossier("learn", "--back").code == ExitCode.OK
    assert "shipped" in _model(dossier)
    dossier("learn", "--back")
    assert "learnt here by 李静" in _model(dossier)


@pytest.mark.parametrize(("new", "words"), [(OLD, ()), (BETTER, ("--dry-run",))])
def test_otherwise_nothing_changes(
    dossier: Dossier, outcome: Callable[[Figures], None], new: Figures, words: tuple[str, ...]
) -> None:
    dossier("init")
    outcome(new)
    (told,) = dossier("learn", "--json", *words).lines
    assert told["taken"] is False
    assert "shipped" in _model(dossier)


def test_people_see_both_figures_and_the_verdict(
    dossier: Dossier, outcome: Callable[[Figures], None]
) -> None:
    dossier("init")
    outcome(OLD)
    told = dossier("learn").out
    assert "未启用" in told
    assert "有把握却归错" in told


def test_there_is_no_way_back_from_the_shipped_model(dossier: Dossier) -> None:
    dossier("init")
    assert dossier("learn", "--back").code == ExitCode.USAGE
