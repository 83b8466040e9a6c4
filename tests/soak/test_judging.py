"""The account of a soak can find fault: what is lost, twice, foreign or left lying is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.soak.judging import account, left_over, set_aside
from tests.soak.ledger import Ledger, sha256
from tests.soak.memory import is_flat

A, B = sha256(b"a"), sha256(b"b")


def _ledger() -> Ledger:
    ledger = Ledger()
    ledger.wrote(b"a", "at once")
    ledger.wrote(b"a", "again")
    ledger.wrote(b"b", "broken", good=False)
    return ledger


def test_one_filed_its_copy_refused_and_the_broken_one_set_aside_is_a_clean_account() -> None:
    found = account(_ledger(), {A: 1}, {A: ["duplicate"], B: ["damaged"]})
    assert found.is_clean
    assert (found.written, found.filed, found.aside.total()) == (3, 1, 2)


@pytest.mark.parametrize(
    ("documents", "aside", "lost", "twice"),
    [
        ({}, {A: ["duplicate"], B: ["damaged"]}, 1, 0),
        ({A: 1}, {A: ["duplicate"]}, 1, 0),
        ({A: 2}, {B: ["damaged"]}, 0, 1),
        ({A: 1}, {A: ["duplicate", "duplicate"], B: ["damaged"]}, 0, 1),
        ({A: 1}, {A: ["duplicate"], B: ["damaged", "damaged"]}, 0, 1),
    ],
)
def test_what_is_lost_or_twice_is_counted(
    documents: dict[str, int], aside: dict[str, list[str]], lost: int, twice: int
) -> None:
    found = account(_ledger(), documents, aside)
    assert (len(found.lost), len(found.twice)) == (lost, twice)
    assert not found.is_clean


@pytest.mark.parametrize(
    ("documents", "aside"),
    [
        ({A: 1, B: 1}, {A: ["duplicate"]}),
        ({A: 1, sha256(b"x"): 1}, {A: ["duplicate"], B: ["damaged"]}),
        ({}, {A: ["damaged", "damaged"], B: ["damaged"]}),
    ],
)
def test_what_is_filed_or_set_aside_and_should_not_be_is_told(
    documents: dict[str, int], aside: dict[str, list[str]]
) -> None:
    assert account(_ledger(), documents, aside).faults


def test_a_file_taken_before_it_was_appended_to_is_a_file_of_its_own() -> None:
    ledger = Ledger()
    ledger.wrote(b"ab", "appended")
    ledger.may_be_early(b"a", b"ab")
    assert account(ledger, {sha256(b"ab"): 1}, {}).is_clean
    found = account(ledger, {sha256(b"ab"): 1, A: 1}, {})
    assert (found.is_clean, found.early) == (True, 1)


def test_notes_without_files_and_files_without_notes_are_told(tmp_path: Path) -> None:
    (tmp_path / "1-a.pdf").write_bytes(b"a")
    (tmp_path / "2-b.pdf.json").write_text(f'{{"sha256": "{B}", "code": "damaged"}}')
    codes, wrong = set_aside(tmp_path)
    assert codes == {B: ["damaged"]}
    assert len(wrong) == 2


def test_what_still_lies_in_an_inbox_and_droppings_that_were_touched_are_told(tmp_path: Path) -> None:
    ledger = Ledger()
    (tmp_path / "left.pdf").write_bytes(b"a")
    ledger.leaves(str(tmp_path / ".hidden"))
    assert len(left_over(tmp_path / "home", [tmp_path], ledger)) == 2


def test_memory_that_grows_is_not_flat() -> None:
    assert is_flat(150.0, 155.0)
    assert not is_flat(150.0, 200.0)
