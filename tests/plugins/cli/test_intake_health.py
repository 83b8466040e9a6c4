from __future__ import annotations

from collections.abc import Callable

from plugins.exit_codes import ExitCode
from tests.plugins.cli.conftest import Answer

Dossier = Callable[..., Answer]


def test_where_nobody_watches_the_exit_code_says_so_and_every_check_has_its_sentence(
    dossier: Dossier,
) -> None:
    answer = dossier("intake", "health", "--json")
    assert answer.code == ExitCode.REFUSED
    (line,) = answer.lines
    assert line["ok"] is False
    assert {"database", "dms", "watcher", "workers", "waiting"} <= {check["name"] for check in line["checks"]}
    assert all(check["detail"] and (check["ok"] or check["remedy"]) for check in line["checks"])


def test_people_get_a_table(dossier: Dossier) -> None:
    answer = dossier("intake", "health")
    assert "没有守候进程在运行" in answer.out
