"""The commands as people and programs call them: help, shapes of JSON, exit codes, plain errors."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import typer

from plugins.cli import app
from plugins.exit_codes import ExitCode
from tests.plugins.cli.conftest import SCANS, TEXT_PDFS, Answer

Dossier = Callable[..., Answer]
COMMANDS = [
    ("doctor",),
    ("init",),
    ("read",),
    ("classify",),
    ("explain",),
    ("file",),
    ("watch",),
    ("search",),
    ("correct",),
    ("learn",),
    ("report", "retention"),
    ("intake", "list"),
]
pytestmark = pytest.mark.process


def walked(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command below `group`, with the words that name it."""
    for name, one in getattr(group, "commands", {}).items():
        yield from walked(one, (*path, name))
    if not hasattr(group, "commands"):
        yield path, group


def test_what_holds_unless_told_is_within_what_may_be_told() -> None:
    wrong, looked = {}, set()
    for path, command in walked(typer.main.get_command(app)):
        context = command.context_class(command)
        for option in command.params:
            if option.default is None or option.name == "help":
                continue
            looked.add((*path, option.name))
            try:
                option.process_value(context, option.get_default(context))
            except Exception as error:  # noqa: BLE001 - whatever refuses its own default
                wrong[" ".join((*path, str(option.name)))] = str(error)
    assert wrong == {}
    assert {("search", "limit"), ("appraisal", "propose", "most"), ("report", "loans", "returned")} <= looked


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_explains_itself_with_an_example(command: tuple[str, ...], dossier: Dossier) -> None:
    answer = dossier(*command, "--help")
    assert answer.code == ExitCode.OK
    assert f"dossier {' '.join(command)}" in " ".join(answer.out.split())
    assert "Example" in answer.out


def test_without_a_command_it_lists_them_all(dossier: Dossier) -> None:
    answer = dossier("--help")
    assert all(command[0] in answer.out for command in COMMANDS)


def test_what_is_away_when_a_command_begins_is_told_in_a_line_and_worth_another_try(
    dossier: Dossier, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier("init")
    shutil.rmtree(home / "inbox")
    monkeypatch.setattr("plugins.cli.watch.make_inbox", lambda _settings: None)
    answer = dossier("watch", "--reader", "blank")
    assert (answer.code, "share is mounted" in answer.err) == (ExitCode.UNAVAILABLE, True)

    def locked(*_told: object) -> None:
        raise sa.exc.OperationalError("BEGIN", {}, Exception("database is locked"))

    monkeypatch.setattr("plugins.cli.watch.make_inbox", locked)
    answer = dossier("watch", "--reader", "blank")
    assert (answer.code, "database is locked" in answer.err) == (ExitCode.UNAVAILABLE, True)
    assert "Traceback" not in answer.err


def test_an_inbox_that_is_named_and_not_there_is_never_replaced_by_an_empty_folder(
    dossier: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    share = tmp_path / "share"
    monkeypatch.setenv("DOSSIER_INBOX", str(share / "scans"))
    first = dossier("init")
    assert (first.code, "共享请先挂载" in first.out, share.exists()) == (ExitCode.OK, True, False)
    share.mkdir()
    for command in (("watch", "--reader", "blank"), ("init",)):
        answer = dossier(*command)
        assert "挂载" in answer.out + answer.err
        assert list(share.iterdir()) == []
    assert dossier("watch", "--reader", "blank").code == ExitCode.UNAVAILABLE


def test_the_first_init_makes_the_inbox_that_is_named_and_has_a_place(
    dossier: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOSSIER_INBOX", str(tmp_path / "scans"))
    assert dossier("init").code == ExitCode.OK
    assert (tmp_path / "scans").stat().st_mode & 0o777 == 0o770


def test_an_unknown_command_is_a_usage_error(dossier: Dossier) -> None:
    assert dossier("shred").code == ExitCode.USAGE


def test_a_wrong_setting_stops_every_command_with_its_name(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOSSIER_SETTLE", "5")
    answer = dossier("search", "认购")
    assert answer.code == ExitCode.SETTINGS
    assert "DOSSIER_SETTLE: 没有这项设置。there is no such setting" in answer.err
    assert "DOSSIER_SETTLE_SECONDS" in answer.err


def test_init_twice_makes_nothing_the_second_time(dossier: Dossier, home: Path) -> None:
    planned = dossier("init", "--dry-run", "--json")
    assert all(line["dry_run"] for line in planned.lines)
    first = dossier("init", "--json")
    assert {line["action"] for line in first.lines} == {"create"}
    assert len(first.lines) == len(planned.lines)
    second = dossier("init", "--json")
    assert {line["action"] for line in second.lines} == {"keep"}
    assert (home / "inbox").is_dir()


PICTURE = SCANS / "IMG_2041.jpg"


def test_read_writes_searchable_pdfs_where_it_is_told_to(dossier: Dossier, tmp_path: Path) -> None:
    answer = dossier("read", "--json", "--reader", "blank", "--pdf", tmp_path / "out", PICTURE, TEXT_PDFS[0])
    assert [Path(line["pdf"]).name for line in answer.lines] == ["IMG_2041.pdf", "YL20200530-0063.pdf"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "IMG_2041.pdf",
        "YL20200530-0063.pdf",
    ]
    assert PICTURE.read_bytes() in (tmp_path / "out" / "IMG_2041.pdf").read_bytes()


def test_read_replaces_no_pdf_unless_told_to(dossier: Dossier, tmp_path: Path) -> None:
    for name in ("IMG_2041.pdf", "IMG_2041.jpg.pdf"):
        (tmp_path / name).write_bytes(b"mine")
    answer = dossier("read", "--json", "--reader", "blank", "--pdf", tmp_path, PICTURE)
    assert answer.lines[0]["error"]["code"] == "target-exists"
    assert (tmp_path / "IMG_2041.pdf").read_bytes() == b"mine"
    dossier("read", "--json", "--reader", "blank", "--pdf", tmp_path, "--force", PICTURE)
    assert (tmp_path / "IMG_2041.pdf").read_bytes().startswith(b"%PDF")


def test_read_never_writes_a_pdf_over_one_that_it_reads(dossier: Dossier, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(TEXT_PDFS[0].read_bytes())
    answer = dossier("read", "--json", "--reader", "text-layer", "--pdf", tmp_path, "--force", path)
    assert Path(answer.lines[0]["pdf"]).name == "a.pdf.pdf"
    assert path.read_bytes() == TEXT_PDFS[0].read_bytes()


def test_read_gives_pages_with_how_they_were_read(dossier: Dossier) -> None:
    answer = dossier("read", "--json", TEXT_PDFS[0])
    (read,) = answer.lines
    assert set(read) == {"file", "sha256", "pages", "seconds"}
    assert set(read["pages"][0]) == {
        "number",
        "text",
        "source",
        "reader",
        "confidence",
        "rotation",
        "doubtful",
        "codes",
    }
    assert read["pages"][0]["source"] == "text-layer"
    assert "认购" in read["pages"][0]["text"]


def test_classify_answers_each_file_in_order_and_says_what_is_wrong_with_the_bad(
    dossier: Dossier, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.pdf"
    empty.write_bytes(b"")
    answer = dossier("classify", "--json", TEXT_PDFS[0], empty, tmp_path / "nowhere.pdf", TEXT_PDFS[1])
    assert answer.code == ExitCode.REFUSED
    good, bad, absent, other = answer.lines
    assert set(good) == {
        "file",
        "sha256",
        "pages",
        "source",
        "reader",
        "category",
        "kind",
        "confidence",
        "needs_review",
        "review_reasons",
        "reasons",
        "confidentiality",
        "personal_data",
        "retention",
        "facts",
        "dossier",
        "dossier_doubt",
        "seconds",
    }
    assert (good["category"], good["kind"], good["dossier"]) == ("sales", "认购书", "云澜府/7-1803")
    assert set(good["reasons"][0]) == {"rule", "quote", "page", "weight"}
    assert set(good["retention"]) == {"rule", "period", "cutoff_event", "disposition"}
    assert {"name", "value", "page", "quote", "confidence"} <= set(good["facts"][0])
    assert bad["error"]["code"] == "empty"
    assert bad["error"]["message"]
    assert absent["error"]["code"] == "not-a-file"
    assert other["category"] == "contract"


def test_classify_files_nothing(dossier: Dossier, home: Path) -> None:
    dossier("classify", TEXT_PDFS[0])
    assert not home.exists()


def test_a_folder_stands_for_the_files_in_it(dossier: Dossier, tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "deeper"
    folder.mkdir(parents=True)
    (folder / TEXT_PDFS[0].name).write_bytes(TEXT_PDFS[0].read_bytes())
    (folder / ".hidden.pdf").write_bytes(b"x")
    answer = dossier("classify", "--json", tmp_path / "deep")
    assert [Path(line["file"]).name for line in answer.lines] == [TEXT_PDFS[0].name]


def test_what_was_filed_is_found_reported_and_listed(dossier: Dossier, home: Path, tmp_path: Path) -> None:
    filed = dossier("file", "--json", *TEXT_PDFS)
    assert filed.code == ExitCode.OK
    assert {line["state"] for line in filed.lines} <= {"confirmed", "review"}
    assert all(path.exists() for path in TEXT_PDFS)

    again = dossier("file", "--json", TEXT_PDFS[0])
    assert again.code == ExitCode.REFUSED
    assert again.lines[0]["error"]["code"] == "duplicate"

    (hit, *_) = dossier("search", "认购", "--json").lines
    assert set(hit) == {"id", "title", "category", "kind", "dossier", "score", "highlights", "review_reasons"}
    assert hit["kind"] == "认购书"
    assert any("认购" in quote for quote in hit["highlights"])
    assert dossier("search", "认购", "云澜府", "--category", "销售", "--json").lines
    assert dossier("search", "认购", "--clearance", "公开", "--json").lines == []
    assert dossier("search", "--kind", "认购书", "--since", "2021-01-01", "--json").lines == []

    listed = dossier("intake", "list", "--json").lines
    assert set(listed[0]) == {"id", "name", "sha256", "state", "attempts", "reason", "dms_id", "since"}
    assert [row["state"] for row in listed].count("quarantined") == 1

    report = tmp_path / "r.html"
    assert dossier("report", "retention", "--to", "2060-12-31", "--output", report).code == ExitCode.OK
    assert "认购书" in report.read_text("utf-8")
    told = json.loads(dossier("report", "retention", "--to", "2060-12-31", "--json").out)
    assert {"schedule", "span", "today", "totals", "due", "no_cutoff", "permanent", "no_rule"} <= set(told)

    checks = dossier("doctor", "--json").lines[0]["checks"]
    assert {"name", "ok", "detail", "remedy"} <= set(checks[0])
    register = next(check for check in checks if check["name"] == "register")
    assert register["ok"]
    assert "the chain holds" in register["detail"]


def test_tables_for_people_come_out_in_words_they_use(dossier: Dossier) -> None:
    answer = dossier("file", TEXT_PDFS[0])
    assert "云澜府/7-1803" in answer.out
    assert "销售资料" in answer.out
    assert "认购书" in dossier("search", "认购").out
    assert "没有找到" in dossier("search", "不存在的词").err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("search", "认购", "--clearance", "绝顶"), "公开, 内部, 普通商密, 核心商密"),
        (("search", "认购", "--level", "绝顶"), "公开, 内部, 普通商密, 核心商密"),
        (("search", "认购", "--category", "magic"), "sales, contract, title"),
        (("intake", "list", "--state", "lost"), "quarantined"),
        (("report", "retention", "--from", "2026-01-01", "--to", "2025-01-01"), "lies before"),
        (("classify", "x.pdf", "--reader", "braille"), "there is no reader 'braille'"),
        (("watch", "/nowhere/at/all"), "there is no folder /nowhere/at/all"),
    ],
)
def test_a_wrong_word_is_answered_with_the_right_ones(
    words: tuple[str, ...], said: str, dossier: Dossier
) -> None:
    answer = dossier(*words)
    assert answer.code == ExitCode.USAGE
    assert said in answer.err


def test_a_search_of_absurd_length_is_refused_in_plain_words(dossier: Dossier) -> None:
    answer = dossier("search", "字" * 5000)
    assert answer.code == ExitCode.USAGE
    assert "200" in answer.err


def test_id_numbers_are_masked_in_what_people_see_and_whole_in_what_programs_ask_for(
    dossier: Dossier, tmp_path: Path
) -> None:
    number = next(
        fact["value"]
        for fact in dossier("classify", "--json", TEXT_PDFS[0]).lines[0]["facts"]
        if fact["name"] == "id_number"
    )
    named = tmp_path / f"{number}.pdf"
    named.write_bytes(TEXT_PDFS[0].read_bytes())
    answer = dossier("file", named)
    assert number not in answer.out + answer.err
    assert number not in dossier("search", number).out
    assert number not in dossier("intake", "list").out


def test_samples_with_a_text_layer_are_where_this_test_thinks_they_are() -> None:
    assert all(path.exists() for path in TEXT_PDFS), SCANS
