from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.exit_codes import ExitCode
from tests.plugins.cli.conftest import TEXT_PDFS, Answer

Dossier = Callable[..., Answer]
pytestmark = pytest.mark.process
WHY = ("--reason", "税务稽查", "--mandate", "税稽通12号", "--by", "李静")


@pytest.fixture
def number(dossier: Dossier) -> str:
    """The number of a paper that was filed."""
    dossier("init")
    dossier("file", "--json", TEXT_PDFS[0])
    (found,) = dossier("search", "--json", "认购").lines
    return str(found["id"])


def test_a_hold_is_placed_listed_and_released(dossier: Dossier, number: str) -> None:
    (placed,) = dossier("holds", "place", "--record", number, *WHY, "--json").lines
    assert (placed["scope"], placed["key"], placed["sort"], placed["released"]) == (
        "record",
        number,
        "hold",
        None,
    )
    assert dossier("holds", "list", "--json").lines == [placed]
    hold = str(placed["id"])
    (gone,) = dossier("holds", "release", hold, "--by", "王晓云", "--reason", "已结束", "--json").lines
    assert gone["released"]["who"] == "王晓云"
    assert dossier("holds", "list", "--json").lines == []
    assert dossier("holds", "list", "--released", "--json").lines == [gone]


def test_the_registers_head_is_published_after_a_hold(dossier: Dossier, number: str, home: Path) -> None:
    before = (home / "register-heads.txt").read_text("ascii").splitlines()
    dossier("holds", "place", "--record", number, *WHY)
    after = (home / "register-heads.txt").read_text("ascii").splitlines()
    assert int(after[-1].split()[0]) == int(before[-1].split()[0]) + 1


def test_a_hold_by_query_shows_what_it_found(dossier: Dossier, number: str) -> None:
    (placed,) = dossier("holds", "place", "--words", "认购", "--category", "sales", *WHY, "--json").lines
    (shown,) = dossier("holds", "show", str(placed["id"]), "--json").lines
    assert (placed["listed"], shown["records"]) == (True, [number])
    assert f"冻结时检索所得 found when placed: {number}" in dossier("holds", "show", str(placed["id"])).out


def test_people_see_whose_order_it_is(dossier: Dossier, number: str) -> None:
    dossier("holds", "place", "--record", number, "--sort", "debt", *WHY)
    said = dossier("holds", "list").out
    assert all(word in said for word in ("债权债务未结清", "税务稽查", "税稽通12号", "李静"))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "Give exactly one"),
        (("--record", "1", "--case", "（2023）粤01民初1号"), "Give exactly one"),
        (("--dossier", "甲苑/1-101"), "No dossier"),
        (("--record", "999"), "There is no record 999"),
        (("--customer", "王"), "too short"),
        (("--category", "none"), "no category"),
        (("--kind", "无此文种"), "no kind"),
        (("--case", "（2023）粤01民初1号", "--sort", "ban"), "no sort"),
    ],
)
def test_what_makes_no_sense_is_a_usage_error(dossier: Dossier, words: tuple[str, ...], told: str) -> None:
    answer = dossier("holds", "place", *words, *WHY)
    assert (answer.code, told in answer.err) == (ExitCode.USAGE, True), answer.err


def test_a_release_without_a_reason_is_a_usage_error(dossier: Dossier, number: str) -> None:
    (placed,) = dossier("holds", "place", "--record", number, *WHY, "--json").lines
    answer = dossier("holds", "release", str(placed["id"]), "--by", "王晓云", "--reason", " ")
    assert (answer.code, "say who and why" in answer.err) == (ExitCode.USAGE, True)
