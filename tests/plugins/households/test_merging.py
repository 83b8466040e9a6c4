"""Merging: every record moves, once; a crash at any step is finished by doing it again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from plugins.errors import BadWord
from plugins.households.merging import merge, take_along
from plugins.teaching import corrections
from plugins.wiring import Archive
from retention import register
from retention.errors import DmsRefused, DmsUnavailable
from retention.households.dossier import DossierChoice
from retention.households.dossier_numbers import numbers_in
from retention.households.dossiers import OpenDossier, dossier_of, open_dossier
from retention.households.merging import merge_of, to_move
from retention.households.settling import enter
from retention.record import FactValue, Record
from tests.contract.deposits import deposit

FROM, INTO = "3-2-1501", "锦绣花园/3-2-1501"
CASE = FactValue("case_no", "（2023）粤0305民初1234号", 1, "")


class Crash(BaseException):
    """The program ends here; nobody catches it."""


@pytest.fixture
def file(archive: Archive, tmp_path: Path) -> Callable[..., str]:
    """Files a paper into a dossier, as filing does; gives back its number."""
    folder = tmp_path / "papers"
    folder.mkdir()

    def filed(content: bytes, dossier: str, **card: Any) -> str:
        labels = {
            "title": f"认购书 {dossier.replace('/', '')} 测试甲",
            "kind": "认购书",
            "confidentiality": "内部",
        }
        paper = deposit(folder, content, **{**labels, "dossier": dossier, "facts": (CASE,), **card})
        number = archive.dms.file(paper)
        with archive.engine.begin() as connection:
            enter(connection, archive.dms.record(number), archive.rules.ladder.higher)
        return number

    return filed


@pytest.fixture(autouse=True)
def _two(archive: Archive) -> None:
    with archive.engine.begin() as connection:
        for key, project, customer in (
            (FROM, "", "测试甲"),
            (INTO, "锦绣花园", "测试乙"),
            ("丙苑/1-101", "丙苑", ""),
        ):
            unit = key.rpartition("/")[2]
            choice = DossierChoice(key, f"{project}{unit}", unit, project, customer, (), "")
            open_dossier(connection, choice, date(2026, 1, 1))


def _dossier(archive: Archive, key: str) -> OpenDossier:
    with archive.engine.begin() as connection:
        held = dossier_of(connection, key)
    assert held is not None
    return held


def _entries(archive: Archive) -> list[tuple[str, str, dict[str, Any]]]:
    with archive.engine.begin() as connection:
        return [(one.actor, one.action, json.loads(one.payload)) for one in register.entries(connection)]


def test_every_record_shows_the_new_dossier_and_its_doubt_is_gone(
    archive: Archive, file: Callable[..., str]
) -> None:
    first = file(b"1", FROM, dossier_doubt="未见所属项目", review_reasons=("请核对类别",))
    second, stays = file(b"2", FROM), file(b"3", INTO)
    done = merge(archive, FROM, INTO, "李静", "同一户")
    assert (done.moved, done.failed) == ((first, second), ())
    cards = [archive.dms.record(number).card for number in (first, second, stays)]
    assert [card.dossier for card in cards] == [INTO] * 3
    assert (cards[0].dossier_doubt, cards[0].review_reasons) == ("", ("请核对类别",))
    assert cards[0].title == "认购书 锦绣花园3-2-1501 测试甲"


def test_who_when_and_why_are_kept_of_each_record_and_in_the_register(
    archive: Archive, file: Callable[..., str]
) -> None:
    number = file(b"1", FROM)
    merge(archive, FROM, INTO, "李静", "同一户")
    with archive.engine.begin() as connection:
        (kept,) = corrections.of_record(connection, number, archive.dms.record(number).card.sha256)
    assert (kept.what, kept.was, kept.became, kept.who, kept.reason) == (
        "dossier",
        FROM,
        INTO,
        "李静",
        "同一户",
    )
    begun, ended = _entries(archive)
    assert begun == ("李静", "dossier-merge-begun", {"into": INTO, "reason": "同一户"})
    assert ended == (
        "李静",
        "dossier-merged",
        {"into": INTO, "reason": "同一户", "moved": [number], "left": [], "gone": []},
    )


def test_names_numbers_and_level_go_over_and_the_merged_one_stays_known(
    archive: Archive, file: Callable[..., str]
) -> None:
    file(b"1", INTO)
    high = file(b"2", FROM, confidentiality="核心商密")
    merge(archive, FROM, INTO, "李静", "同一户")
    target = _dossier(archive, INTO)
    assert (target.level, target.customer) == ("核心商密", "测试乙、测试甲")
    assert _dossier(archive, FROM).merged_into == INTO
    with archive.engine.begin() as connection:
        assert numbers_in(connection, FROM) == ()
        assert ("case_no", "(2023)粤0305民初1234号", high) in numbers_in(connection, INTO)


def test_doing_it_again_does_nothing_more(archive: Archive, file: Callable[..., str]) -> None:
    file(b"1", FROM)
    merge(archive, FROM, INTO, "李静", "同一户")
    entries = _entries(archive)
    again = merge(archive, FROM, INTO, "王芳", "再来一次")
    assert (again.moved, again.merge.who, _entries(archive)) == ((), "李静", entries)


def test_what_somebody_has_moved_elsewhere_or_destroyed_meanwhile_is_left(
    archive: Archive, file: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    moved, elsewhere = file(b"1", FROM), file(b"2", FROM)
    gone = Record("999999", replace(archive.dms.record(moved).card, sha256="f" * 64))
    seen = [*archive.dms.records(), gone]
    other = archive.dms.record(elsewhere)
    archive.dms.relabel(other, replace(other.card, dossier="丙苑/1-101"))
    monkeypatch.setattr(archive.dms, "records", lambda: iter(seen))
    merge(archive, FROM, INTO, "李静", "同一户")
    assert archive.dms.record(elsewhere).card.dossier == "丙苑/1-101"
    told = _entries(archive)[-1][2]
    assert (told["moved"], told["left"], told["gone"]) == ([moved], [elsewhere], ["999999"])


def test_a_record_that_somebody_is_changing_is_tried_again_then_told_and_done_next_time(
    archive: Archive, file: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    number = file(b"1", FROM)
    with monkeypatch.context() as patched:
        patched.setattr(archive.dms, "relabel", _refusing)
        done = merge(archive, FROM, INTO, "李静", "同一户")
    assert [one for one, _ in done.failed] == [number]
    assert not done.merge.done_at
    assert merge(archive, FROM, INTO, "李静", "同一户").merge.done_at
    assert archive.dms.record(number).card.dossier == INTO


def _refusing(*_: object) -> None:
    raise DmsRefused("changed meanwhile")


@pytest.mark.parametrize(
    ("source", "target", "by", "reason", "said"),
    [
        (FROM, FROM, "李静", "同一户", "into itself"),
        (FROM, "丁苑/1-1", "李静", "同一户", "No dossier 丁苑/1-1"),
        ("丁苑/1-1", INTO, "李静", "同一户", "No dossier 丁苑/1-1"),
        (FROM, INTO, " ", "同一户", "--by"),
        (FROM, INTO, "李静", "", "--reason"),
    ],
)
def test_words_that_make_no_sense_change_nothing(
    archive: Archive, source: str, target: str, by: str, reason: str, said: str
) -> None:
    with pytest.raises(BadWord, match=said):
        merge(archive, source, target, by, reason)
    assert _entries(archive) == []


def test_a_merged_dossier_can_neither_go_elsewhere_nor_take_anything_in(archive: Archive) -> None:
    merge(archive, FROM, INTO, "李静", "同一户")
    with pytest.raises(BadWord, match="merged into 锦绣花园/3-2-1501"):
        merge(archive, FROM, "丙苑/1-101", "李静", "同一户")
    with pytest.raises(BadWord, match="merged into 锦绣花园/3-2-1501"):
        merge(archive, "丙苑/1-101", FROM, "李静", "同一户")


def test_a_target_goes_on_only_after_what_comes_into_it_has_come(
    archive: Archive, file: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    number = file(b"1", FROM)
    with monkeypatch.context() as patched:
        patched.setattr(archive.dms, "relabel", _refusing)
        merge(archive, FROM, INTO, "李静", "同一户")
    with pytest.raises(BadWord, match="run it again first"):
        merge(archive, INTO, "丙苑/1-101", "李静", "同一户")
    merge(archive, FROM, INTO, "李静", "同一户")
    merge(archive, INTO, "丙苑/1-101", "李静", "同一户")
    assert archive.dms.record(number).card.dossier == "丙苑/1-101"


def test_a_paper_that_was_on_its_way_is_taken_along(archive: Archive, file: Callable[..., str]) -> None:
    merge(archive, FROM, INTO, "李静", "同一户")
    late = archive.dms.record(file(b"1", FROM))
    assert take_along(archive, late).card.dossier == INTO
    assert archive.dms.record(late.dms_id).card.dossier == INTO


def test_a_paper_on_its_way_that_cannot_be_taken_along_now_is_tried_again(
    archive: Archive, file: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    merge(archive, FROM, INTO, "李静", "同一户")
    late = archive.dms.record(file(b"1", FROM))
    monkeypatch.setattr(archive.dms, "relabel", _refusing)
    with pytest.raises(DmsUnavailable):
        take_along(archive, late)


def test_what_came_late_is_moved_by_doing_it_again(archive: Archive, file: Callable[..., str]) -> None:
    merge(archive, FROM, INTO, "李静", "同一户")
    late = file(b"1", FROM)
    assert merge(archive, FROM, INTO, "李静", "同一户").moved == (late,)


@contextmanager
def _dying(archive: Archive, monkeypatch: pytest.MonkeyPatch, last: int) -> Iterator[list[str]]:
    """Crash right before or after the `last`th commit or change in the DMS (0: never); tells the steps taken."""
    steps: list[str] = []

    def step(what: str) -> None:
        steps.append(what)
        if len(steps) == last:
            raise Crash(what)

    real = archive.dms.relabel

    def relabel(*words: Any) -> None:
        step("before relabel")
        real(*words)
        step("after relabel")

    def before(_: sa.Connection) -> None:
        step("before commit")

    with monkeypatch.context() as patched:
        patched.setattr(archive.dms, "relabel", relabel)
        sa.event.listen(archive.engine, "commit", before)
        try:
            yield steps
        finally:
            sa.event.remove(archive.engine, "commit", before)


def _steps(archive: Archive, file: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> int:
    file(b"1", FROM)
    file(b"2", FROM)
    with _dying(archive, monkeypatch, 0) as steps:
        merge(archive, FROM, INTO, "李静", "同一户")
    return len(steps)


def test_there_are_as_many_steps_as_the_crash_test_walks(
    archive: Archive, file: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _steps(archive, file, monkeypatch) == len(STEPS)


STEPS = range(1, 12)


@pytest.mark.parametrize("last", STEPS)
def test_cut_off_at_any_step_it_is_finished_by_doing_it_again(
    archive: Archive, file: Callable[..., str], monkeypatch: pytest.MonkeyPatch, last: int
) -> None:
    numbers = [file(b"1", FROM), file(b"2", FROM)]
    with pytest.raises(Crash), _dying(archive, monkeypatch, last):
        merge(archive, FROM, INTO, "李静", "同一户")
    done = merge(archive, FROM, INTO, "李静", "同一户")
    assert done.merge.done_at
    with archive.engine.begin() as connection:
        held = merge_of(connection, FROM)
        assert held is not None
        assert to_move(connection, held) == ()
        for number in numbers:
            card = archive.dms.record(number).card
            assert card.dossier == INTO
            kept = corrections.of_record(connection, number, card.sha256)
            assert [(one.was, one.became, one.who) for one in kept] == [(FROM, INTO, "李静")]
        assert {dms_id for _, _, dms_id in numbers_in(connection, INTO)} == set(numbers)
        register.verify(connection)
    assert [action for _, action, _ in _entries(archive)] == ["dossier-merge-begun", "dossier-merged"]
    assert _entries(archive)[-1][2]["moved"] == numbers
