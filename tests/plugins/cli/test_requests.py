from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins import settings, wiring
from plugins.exit_codes import ExitCode
from retention import register
from tests.plugins.cli.conftest import Answer
from tests.plugins.requests.people import HER, HERS, HIM, HIS, NOT_DUE, her_paper, his_paper, their_paper

Dossier = Callable[..., Answer]
BY = ("--by", "李静")


@pytest.fixture
def numbers(home: Path, tmp_path: Path) -> list[str]:
    """A paper of his that must be kept, one of both, one of hers."""
    loaded = settings.load({"DOSSIER_HOME": str(home)}, tmp_path)
    with wiring.open_archive(loaded) as archive:
        return [
            his_paper(archive, tmp_path, b"1", **NOT_DUE),
            their_paper(archive, tmp_path, b"2", **NOT_DUE),
            her_paper(archive, tmp_path, b"3"),
        ]


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, dossier: Dossier) -> Dossier:
    """Runs `dossier requests WORDS...`, with his number on standard input, as nobody sees it typed."""

    def run(*words: str | Path) -> Answer:
        monkeypatch.setattr(sys, "stdin", io.StringIO(f"{HIS}\n"))
        return dossier("requests", *words)

    return run


def opened(typed: Dossier, kind: str = "access") -> list[Answer]:
    """A request that was looked for; what the commands said."""
    return [
        typed("open", "--kind", kind, "--name", HIM, "--channel", f"来函 {HIS}", *BY),
        typed("check", "1", "--how", "当面核对身份证原件", *BY),
        typed("find", "1", *BY),
    ]


def entries(home: Path, tmp_path: Path) -> list[str]:
    loaded = settings.load({"DOSSIER_HOME": str(home)}, tmp_path)
    with wiring.open_archive(loaded) as archive, archive.engine.begin() as connection:
        register.verify(connection)
        return [
            f"{one.action} {one.payload}" for one in register.entries(connection) if "request" in one.subject
        ]


def test_nothing_that_is_printed_logged_registered_or_written_names_anybody_else(
    typed: Dossier, numbers: list[str], home: Path, tmp_path: Path
) -> None:
    said = opened(typed)
    said += [typed("show", "1"), typed("show", "1", "--json"), typed("list"), typed("list", "--json")]
    said += [typed("copy", "1", "--to", tmp_path / "copies", *BY, "--json")]
    said += [typed("answer", "1", "--words", "详见所附", "--output", tmp_path / "a.html", *BY)]
    said += [typed("close", "1", *BY)]
    assert [one.code for one in said] == [ExitCode.OK] * len(said)
    sheet = (tmp_path / "a.html").read_text("utf-8")
    told = (tmp_path / "copies" / "answer.json").read_text("utf-8")
    registered = "".join(entries(home, tmp_path))
    whole = "".join([*(one.out + one.err for one in said), sheet, told, registered])
    assert [word for word in (HER, HERS, HERS[6:14], HIS) if word in whole] == []
    assert HIM in sheet
    assert HIM not in registered
    assert numbers[2] not in [row["id"] for row in json.loads(told)["records"]]


def test_a_request_for_access_is_found_answered_and_closed(
    typed: Dossier, numbers: list[str], tmp_path: Path
) -> None:
    opened(typed)
    (shown,) = typed("show", "1", "--json").lines
    assert [(row["id"], row["others"], row["until"]) for row in shown["records"]] == [
        (numbers[0], 0, "至 2034-12-31"),
        (numbers[1], 1, "至 2034-12-31"),
    ]
    assert (shown["id_number"], shown["name"]) == ("420***" + "*" * 9 + "525", "周**")
    assert shown["dossiers"] == ["锦绣花园/3-2-1501"]
    (copied,) = typed("copy", "1", "--to", tmp_path / "copies", *BY, "--json").lines
    assert (copied["copies"], [row["id"] for row in copied["left_out"]]) == ([numbers[0]], [numbers[1]])
    assert typed("answer", "1", "--words", "x", "--output", tmp_path / "a.doc", *BY).code == ExitCode.USAGE
    typed("answer", "1", "--words", "详见所附", "--output", tmp_path / "a.pdf", *BY)
    assert (tmp_path / "a.pdf").read_bytes()[:5] == b"%PDF-"
    assert typed("list", "--json").lines[0]["state"] == "answered"
    typed("close", "1", *BY)
    assert typed("list", "--json").lines == []
    assert typed("list", "--closed", "--json").lines[0]["outcome"] == "answered"


def test_a_deletion_restricts_and_is_lifted(typed: Dossier, dossier: Dossier, numbers: list[str]) -> None:
    opened(typed, "deletion")
    (shown,) = typed("restrict", "1", "--reason", "申请删除", *BY, "--json").lines
    assert [(row["id"], row["state"]) for row in shown["restrictions"]] == [(numbers[0], "restricted")]
    assert numbers[0] not in [one["id"] for one in dossier("search", "--json", "认购书").lines]
    (shown,) = typed("lift", "1", "--record", numbers[0], "--reason", "撤回", *BY, "--json").lines
    assert shown["restrictions"][0]["state"] == "lifted"
    assert numbers[0] in [one["id"] for one in dossier("search", "--json", "认购书").lines]


def test_what_is_late_warns_in_the_list_and_to_the_doctor(
    typed: Dossier, dossier: Dossier, home: Path
) -> None:
    assert home
    typed("open", "--kind", "access", "--name", HIM, "--channel", "来函", "--on", "2020-01-01", *BY)
    answer = typed("list")
    assert (answer.code, "逾期" in answer.out) == (ExitCode.REFUSED, True)
    checks = {one["name"]: one for one in dossier("doctor", "--json").lines[0]["checks"]}
    assert (checks["requests"]["ok"], checks["loans"]["ok"]) == (False, True)
    (one,) = typed("extend", "1", "--until", "2099-01-01", "--reason", "文件众多", *BY, "--json").lines
    assert (one["due_on"], one["days_late"], one["extended"]) == ("2099-01-01", 0, "文件众多")
    assert typed("extend", "1", "--until", "2100-01-01", "--reason", "又", *BY).code == ExitCode.USAGE
    assert typed("list").code == ExitCode.OK
    (one,) = typed("refuse", "1", "--reason", "无法核实身份", *BY, "--json").lines
    assert one["state"] == "refused"


@pytest.mark.parametrize(
    "words",
    [
        ("open", "--kind", "everything", "--name", HIM, "--channel", "来函", *BY),
        ("open", "--kind", "access", "--name", HIM, "--channel", "来函", "--on", "2099-01-01", *BY),
        ("find", "7", *BY),
    ],
)
def test_words_that_make_no_sense_are_told(typed: Dossier, home: Path, words: tuple[str, ...]) -> None:
    assert home
    assert typed(*words).code == ExitCode.USAGE


def test_who_answers_is_told_of_hints_that_nobody_has_looked_at(
    typed: Dossier, numbers: list[str], home: Path, tmp_path: Path
) -> None:
    with wiring.open_archive(settings.load({"DOSSIER_HOME": str(home)}, tmp_path)) as archive:
        his_paper(archive, tmp_path, b"4", facts=(), **NOT_DUE)
    opened(typed)
    words = ("answer", "1", "--words", "详见所附", "--output", tmp_path / "a.html", *BY)
    answer = typed(*words)
    assert (answer.code, "--despite-hints" in answer.err) == (ExitCode.USAGE, True)
    assert not (tmp_path / "a.html").exists()
    answer = typed(*words, "--despite-hints", "期限已到，另行补充")
    assert answer.code == ExitCode.OK
    assert "尚有 1 件线索未核实" in answer.err
    (told,) = [one for one in entries(home, tmp_path) if one.startswith("request-answered")]
    assert "期限已到，另行补充" in told
    assert '"hints":["4"]' in told


def test_hints_that_were_looked_at_stand_in_nobodys_way(
    typed: Dossier, numbers: list[str], home: Path, tmp_path: Path
) -> None:
    with wiring.open_archive(settings.load({"DOSSIER_HOME": str(home)}, tmp_path)) as archive:
        his_paper(archive, tmp_path, b"4", facts=(), **NOT_DUE)
    opened(typed)
    typed("confirm", "1", "--record", "4", "--not-his", *BY)
    answer = typed("answer", "1", "--words", "详见所附", "--output", tmp_path / "a.html", *BY)
    assert (answer.code, answer.err) == (ExitCode.OK, "")


def test_what_was_answered_is_not_said_to_want_checking(
    typed: Dossier, numbers: list[str], tmp_path: Path
) -> None:
    assert numbers
    opened(typed, "deletion")
    typed("answer", "1", "--words", "详见所附", "--output", tmp_path / "a.html", *BY)
    late = typed("restrict", "1", "--reason", "申请删除", *BY)
    assert (late.code, "已答复" in late.err, "核验身份" in late.err) == (ExitCode.USAGE, True, False)
    assert "requests open" in late.err
