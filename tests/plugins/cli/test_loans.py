from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from plugins import settings, wiring
from plugins.exit_codes import ExitCode
from tests.plugins.cli.conftest import Answer
from tests.plugins.due_papers import file_due

Dossier = Callable[..., Answer]
WHO = ("--borrower", "周伟", "--department", "销售部", "--purpose", "核对面积", "--by", "李静")


@pytest.fixture
def number(home: Path, tmp_path: Path) -> str:
    """A paper."""
    with wiring.open_archive(settings.load({"DOSSIER_HOME": str(home)}, tmp_path)) as archive:
        return file_due(archive, tmp_path / "papers", b"1")


def test_a_paper_is_lent_renewed_and_returned(dossier: Dossier, number: str) -> None:
    (lent,) = dossier("loans", "lend", "--record", number, *WHO, "--json").lines
    assert (lent["loan"], lent["returned"], lent["days_late"]) == (1, None, 0)
    assert dossier("loans", "lend", "--record", number, *WHO).code == ExitCode.USAGE
    (renewed,) = dossier("loans", "renew", "1", "--by", "李静", "--reason", "未用完", "--json").lines
    assert renewed["renewals"] == 1
    assert "周伟" in dossier("loans", "list").out
    assert dossier("loans", "overdue", "--json").lines == []
    (back,) = dossier("loans", "return", "1", "--condition", "缺一页", "--by", "李静", "--json").lines
    assert back["returned"]["condition"] == "缺一页"
    assert dossier("loans", "list", "--json").lines == []
    assert len(dossier("loans", "list", "--returned", "--json").lines) == 1


def test_the_settings_say_how_long_how_often_and_which_level_is_free(
    dossier: Dossier, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOSSIER_LOAN_FREE_LEVEL", "公开")
    assert dossier("loans", "lend", "--record", number, *WHO).code == ExitCode.USAGE
    monkeypatch.setenv("DOSSIER_LOAN_DAYS", "1")
    monkeypatch.setenv("DOSSIER_LOAN_RENEWALS", "0")
    approved = ("--approved-by", "赵敏")
    assert dossier("loans", "lend", "--record", number, *WHO, *approved).code == ExitCode.OK
    assert dossier("loans", "renew", "1", "--by", "李静", "--reason", "x").code == ExitCode.USAGE


def test_what_is_overdue_is_told_by_the_exit_code_too(
    dossier: Dossier, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:

    dossier("loans", "lend", "--record", number, *WHO)
    monkeypatch.setattr(wiring.open_archive, "__defaults__", (lambda: datetime(2099, 1, 1, tzinfo=UTC),))
    answer = dossier("loans", "overdue")
    assert (answer.code, "逾期" in answer.out) == (ExitCode.REFUSED, True)
