"""The dossiers as people see them: level, counts, related ones; and nothing above the clearance."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from plugins.errors import BadWord
from plugins.households.dossiers import listed, shown
from plugins.households.merging import merge
from plugins.wiring import Archive
from retention.errors import DmsRefused
from retention.households.dossier import DossierChoice
from retention.households.dossiers import open_dossier, raise_level
from retention.households.settling import enter
from retention.record import FactValue
from tests.contract.deposits import deposit

A, B, C = "锦绣花园/3-2-1501", "锦绣花园/5-302", "5-302"
File = Callable[..., str]


@pytest.fixture
def file(archive: Archive, tmp_path: Path) -> File:
    """Opens the dossier and files a paper into it; gives back its number."""
    folder = tmp_path / "papers"
    folder.mkdir()

    def filed(content: bytes, key: str, level: str = "内部", **card: Any) -> str:
        project, _, unit = key.rpartition("/")
        choice = DossierChoice(key, key, unit, project, "测试甲", (), "")
        number = archive.dms.file(deposit(folder, content, dossier=key, confidentiality=level, **card))
        with archive.engine.begin() as connection:
            open_dossier(connection, choice, date(2026, 1, 1))
            enter(connection, archive.dms.record(number), archive.rules.ladder.higher)
        return number

    return filed


def _keys(archive: Archive, level: str = "", **asked: bool) -> list[str]:
    return [one.dossier.key for one in listed(archive, archive.clearance(level), **asked)]


def test_a_dossier_has_the_highest_level_of_its_records_and_counts_them(archive: Archive, file: File) -> None:
    file(b"1", A)
    file(b"2", A, "普通商密", review_reasons=("请核对",))
    file(b"3", A, dossier_doubt="请归户")
    (one,) = listed(archive, archive.clearance())
    assert (one.dossier.key, one.level) == (A, "普通商密")
    assert (one.records, one.to_check, one.unassigned) == (3, 1, 1)


def test_who_may_not_see_its_level_does_not_see_the_dossier(archive: Archive, file: File) -> None:
    file(b"1", A)
    file(b"2", A, "核心商密")
    file(b"3", B)
    assert _keys(archive) == [A, B]
    assert _keys(archive, "普通商密") == [B]
    with pytest.raises(BadWord, match="No dossier"):
        shown(archive, A, archive.clearance("普通商密"))


def test_a_level_that_it_once_had_still_hides_it(archive: Archive, file: File) -> None:
    file(b"1", A)
    with archive.engine.begin() as connection:
        raise_level(connection, A, "核心商密", archive.rules.ladder.higher)
    assert _keys(archive, "普通商密") == []


def test_a_dossier_is_shown_with_records_numbers_and_related_ones(archive: Archive, file: File) -> None:
    late = file(
        b"1", A, document_date=date(2025, 1, 1), facts=(FactValue("contract_no", "YS-2015-0123", 1, ""),)
    )
    early = file(b"2", A, document_date=date(2024, 1, 1), facts=())
    file(b"3", B, "核心商密", facts=())
    one = shown(archive, A, archive.clearance())
    assert [record.dms_id for record in one.records] == [early, late]
    assert one.numbers == (("contract_no", "YS-2015-0123", late),)
    assert one.related == (B,)
    assert one.reasons == (f"参见档案 {B}：客户 测试甲 同名",)
    assert shown(archive, A, archive.clearance("普通商密")).related == ()


def test_a_merged_dossier_is_listed_only_if_asked_for_and_told_by_both(archive: Archive, file: File) -> None:
    file(b"1", C, facts=())
    file(b"2", B, facts=())
    merge(archive, C, B, "李静", "同一户")
    assert _keys(archive) == [B]
    assert _keys(archive, merged=True) == [C, B]
    assert shown(archive, B, archive.clearance()).merged_from == (C,)
    old = shown(archive, C, archive.clearance())
    assert (old.dossier.merged_into, old.records) == (B, ())
    assert old.merge is not None
    assert old.merge.done_at


def test_a_dossier_that_there_is_not_is_a_wrong_word(archive: Archive) -> None:
    with pytest.raises(BadWord, match="No dossier 乱写"):
        shown(archive, "乱写", archive.clearance())


def test_a_merger_that_was_cut_off_stays_in_the_list(
    archive: Archive, file: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    file(b"1", C, facts=())
    file(b"2", B, facts=())

    def refusing(*_: object) -> None:
        raise DmsRefused("changed meanwhile")

    with monkeypatch.context() as patched:
        patched.setattr(archive.dms, "relabel", refusing)
        merge(archive, C, B, "李静", "同一户")
    assert [(one.dossier.key, one.merging) for one in listed(archive, archive.clearance())] == [
        (C, True),
        (B, False),
    ]


def test_a_dossier_without_a_record_is_for_those_who_may_see_all(archive: Archive) -> None:
    with archive.engine.begin() as connection:
        open_dossier(connection, DossierChoice(A, A, "3-2-1501", "锦绣花园", "", (), ""), date(2026, 1, 1))
    assert (_keys(archive), _keys(archive, "普通商密")) == ([A], [])
