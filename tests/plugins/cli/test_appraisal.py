from __future__ import annotations

import io
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from plugins import settings, wiring
from plugins.exit_codes import ExitCode
from retention.disposing import witnesses
from tests.plugins.cli.conftest import Answer
from tests.plugins.due_papers import file_due

Dossier = Callable[..., Answer]
WITNESSES = {"孙丽": "孙丽自己的口令一二三四五", "钱峰": "钱峰自己的口令一二三四五"}


@pytest.fixture
def numbers(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Two papers that are due."""
    monkeypatch.setattr(witnesses, "_COST", 16)
    loaded = settings.load({"DOSSIER_HOME": str(home)}, tmp_path)
    with wiring.open_archive(loaded) as archive:
        return [file_due(archive, tmp_path / "papers", content) for content in (b"1", b"2")]


def approve(dossier: Dossier) -> None:
    dossier("appraisal", "propose", "--by", "李静")
    dossier("appraisal", "decide", "1", "--decision", "destroy", "--by", "李静", "--reason", "期满")
    dossier("appraisal", "opinion", "1", "--side", "archive", "--opinion", "agree", "--by", "王芳")
    dossier(
        *("appraisal", "opinion", "1", "--side", "department", "--department", "销售部"),
        *("--opinion", "agree", "--by", "周伟"),
    )
    assert dossier("appraisal", "approve", "1", "--by", "赵敏").code == ExitCode.OK


def typed(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(line + "\n"))


def test_a_batch_goes_from_proposal_to_approval_and_is_reported(
    dossier: Dossier, numbers: list[str], tmp_path: Path
) -> None:
    (batch,) = dossier("appraisal", "propose", "--by", "李静", "--json").lines
    assert ([one["id"] for one in batch["items"]], batch["state"]) == (numbers, "open")
    assert dossier("appraisal", "propose", "--by", "李静", "--json").lines == []
    assert dossier("appraisal", "approve", "1", "--by", "赵敏").code == ExitCode.USAGE
    dossier("appraisal", "withdraw", "1", "--by", "李静", "--reason", "重提")
    dossier("appraisal", "propose", "--by", "李静")
    (decided,) = dossier(
        *("appraisal", "decide", "2", "--decision", "extend", "--until", "2099-12-31"),
        *("--record", numbers[0], "--by", "李静", "--reason", "查询", "--json"),
    ).lines
    assert (decided["decisions"]["extend"], decided["items"][0]["kept_until"]) == (1, "2099-12-31")
    assert [one["state"] for one in dossier("appraisal", "list", "--json").lines] == ["withdrawn", "open"]
    assert "延期" in dossier("appraisal", "show", "2").out
    page = tmp_path / "appraisal.html"
    dossier("appraisal", "report", "2", "--output", page, "--made-by", "李静")
    html = page.read_text("utf-8")
    assert all(word in html for word in ("档案鉴定报告", "未经批准", "：查询", "2099-12-31", "尚未会签"))
    (told,) = dossier("appraisal", "report", "2", "--json").lines
    assert told["register_head"]["seq"] > 0


def test_what_is_held_is_refused_by_name(dossier: Dossier, numbers: list[str]) -> None:
    dossier("appraisal", "propose", "--by", "李静")
    dossier("holds", "place", "--record", numbers[0], "--reason", "稽查", "--mandate", "12号", "--by", "李静")
    answer = dossier(
        *("appraisal", "decide", "1", "--decision", "destroy", "--by", "李静", "--reason", "期满", "--json")
    )
    assert answer.code == ExitCode.REFUSED
    assert [(one["id"], one["blocks"][0]["code"]) for one in answer.lines[0]["refused"]] == [
        (numbers[0], "on-hold")
    ]


@pytest.mark.parametrize(
    "words",
    [
        ("propose", "--by", "李静", "--category", "nothing"),
        ("propose", "--by", " "),
        ("decide", "1", "--decision", "burn", "--by", "李静", "--reason", "x"),
        ("opinion", "1", "--side", "nobody", "--opinion", "agree", "--by", "x"),
        ("show", "9"),
    ],
)
def test_words_that_make_no_sense_are_told(
    dossier: Dossier, numbers: list[str], words: tuple[str, ...]
) -> None:
    assert numbers
    assert dossier("appraisal", *words).code == ExitCode.USAGE


def test_a_disposal_goes_from_quarantine_to_verified_destruction(
    dossier: Dossier, numbers: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    approve(dossier)
    monkeypatch.setenv("DOSSIER_QUARANTINE_MONTHS", "1")
    (started,) = dossier("disposal", "start", "1", "--by", "李静", "--json").lines
    assert (started["result"], started["outcomes"]) == ("quarantine", {"quarantined": 2})
    assert dossier("search", "--json", "认购书").lines == []
    (back,) = dossier(
        *("disposal", "restore", "1", "--record", numbers[0], "--by", "王芳", "--reason", "查阅", "--json")
    ).lines
    assert back["outcomes"] == {"quarantined": 1, "restored": 1}
    for name, passphrase in WITNESSES.items():
        typed(monkeypatch, passphrase)
        assert dossier("disposal", "enrol", "--name", name, "--vouched-by", "王芳", "--json").lines
    assert dossier("disposal", "witness", "1", "--by", "孙丽").code == ExitCode.USAGE
    monkeypatch.setattr(wiring.open_archive, "__defaults__", (lambda: datetime(2099, 1, 1, tzinfo=UTC),))
    for name, passphrase in WITNESSES.items():
        typed(monkeypatch, passphrase)
        answer = dossier("disposal", "witness", "1", "--by", name)
        assert (answer.code, "清册校验" in answer.out) == (ExitCode.OK, True)
    answer = dossier("disposal", "execute", "1", "--by", "吴刚", "--json")
    assert (answer.code, answer.lines[0]["result"]) == (ExitCode.REFUSED, "partly-executed")
    assert answer.lines[0]["witnesses"] == ["孙丽", "钱峰"]
    assert dossier("disposal", "verify", "1", "--json").lines[0]["ok"] is True
    assert "部分销毁" in dossier("disposal", "show", "1").out
    assert [one["disposal"] for one in dossier("disposal", "show", "--json").lines] == [1]
    assert dossier("register", "verify").code == ExitCode.OK


def test_a_wrong_passphrase_is_refused_and_published(
    dossier: Dossier, numbers: list[str], monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    assert numbers
    approve(dossier)
    dossier("disposal", "start", "1", "--by", "李静")
    typed(monkeypatch, WITNESSES["孙丽"])
    dossier("disposal", "enrol", "--name", "孙丽", "--vouched-by", "王芳")
    before = (home / "register-heads.txt").read_text()
    typed(monkeypatch, "错误的口令错误的口令错误")
    assert dossier("disposal", "witness", "1", "--by", "孙丽").code == ExitCode.USAGE
    assert (home / "register-heads.txt").read_text() != before


def test_nobody_takes_a_witness_place_by_registering_him_again(
    dossier: Dossier, numbers: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert numbers
    approve(dossier)
    dossier("disposal", "start", "1", "--by", "李静")
    enrol = ("disposal", "enrol", "--name", "孙丽", "--vouched-by", "王芳")
    typed(monkeypatch, WITNESSES["孙丽"])
    assert dossier(*enrol).code == ExitCode.OK
    typed(monkeypatch, "王芳想好的一句口令啊啊啊")
    again = dossier(*enrol)
    assert (again.code, "disposal passphrase" in again.err) == (ExitCode.USAGE, True)
    renew = ("disposal", "passphrase", "--by", "孙丽")
    typed(monkeypatch, f"不是她的口令不是她的口令\n{WITNESSES['孙丽']}新")
    assert dossier(*renew).code == ExitCode.USAGE
    typed(monkeypatch, f"{WITNESSES['孙丽']}\n{WITNESSES['孙丽']}新")
    assert dossier(*renew).code == ExitCode.OK
    vouched = ("--forgotten", "--vouched-by", "王芳", "--vouched-by")
    assert dossier(*renew, *vouched, "李静").code == ExitCode.USAGE
    assert dossier(*renew, "--forgotten").code == ExitCode.USAGE
    typed(monkeypatch, "王芳想好的一句口令啊啊啊")
    assert "另一监销人" in dossier(*renew, *vouched, "郑华").out
    monkeypatch.setattr(wiring.open_archive, "__defaults__", (lambda: datetime(2099, 1, 1, tzinfo=UTC),))
    typed(monkeypatch, "王芳想好的一句口令啊啊啊")
    answer = dossier("disposal", "witness", "1", "--by", "孙丽")
    assert (answer.code, "担保换过口令" in answer.err) == (ExitCode.USAGE, True)
