from __future__ import annotations

import errno
import os
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from consumers.inbox.spool import Claim, Spool, origin_of

ID = "0123456789abcdef" * 2
CONTENT = b"%PDF-1.4 a scan"
NAMES = [
    pytest.param(os.fsencode("长" * 85), id="255 bytes of Chinese"),
    pytest.param(os.fsencode("长" * 83 + ".pdf"), id="253 bytes of Chinese and an ending"),
    pytest.param(os.fsencode(unicodedata.normalize("NFD", "Verträge é.pdf")), id="decomposed"),
    pytest.param("认购书.pdf".encode("gb18030"), id="no UTF-8"),
    pytest.param(b"two\nlines.pdf", id="with a line feed"),
    pytest.param(b"tab\t and 'quotes\".pdf", id="with a tab and quotes"),
    pytest.param(b"-rf", id="like an option"),
]


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    return Spool(tmp_path / "spool", owner="me")


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "inbox" / "认购书.pdf"
    path.parent.mkdir()
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """The inbox lies on another file system: the first renaming fails as it does between two."""
    real = os.rename
    failed: list[object] = []

    def rename(one: Any, other: Any) -> None:
        if not failed:
            failed.append(one)
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        real(one, other)

    monkeypatch.setattr(os, "rename", rename)


def _dead(_: str) -> bool:
    return False


def _alive(_: str) -> bool:
    return True


def _left(spool: Spool, is_alive: Callable[[str], bool] = _dead) -> list[Claim]:
    return list(spool.claims(is_alive))


def _aged(place: Path) -> None:
    """Make it look as if it had been there for an hour."""
    past = place.stat().st_mtime - 3_600
    os.utime(place, (past, past))


def test_a_claimed_file_lies_in_the_spool_and_no_longer_in_the_inbox(spool: Spool, scan: Path) -> None:
    claim = spool.move_in(scan, ID, "inbox")
    assert (claim.path.read_bytes(), scan.exists()) == (CONTENT, False)


def test_a_claim_remembers_name_door_and_owner(spool: Spool, scan: Path) -> None:
    claim = spool.move_in(scan, ID, "inbox")
    assert (claim.id, claim.name, claim.source, claim.origin, claim.owner) == (
        ID,
        "认购书.pdf",
        "inbox",
        "",
        "me",
    )


def test_a_file_from_another_file_system_is_claimed_too(spool: Spool, scan: Path, elsewhere: None) -> None:
    claim = spool.move_in(scan, ID, "inbox")
    assert (claim.path.read_bytes(), scan.exists()) == (CONTENT, False)


def test_a_file_from_another_file_system_is_known_again_by_its_origin(
    spool: Spool, scan: Path, elsewhere: None
) -> None:
    origin = origin_of(scan)
    assert spool.move_in(scan, ID, "inbox").origin == origin


def test_a_copy_leaves_the_file_where_it_is(spool: Spool, scan: Path) -> None:
    claim = spool.copy_in(scan, ID, "command line")
    assert (claim.path.read_bytes(), scan.read_bytes()) == (CONTENT, CONTENT)


@pytest.mark.parametrize("name", NAMES)
def test_a_claim_remembers_any_name(spool: Spool, tmp_path: Path, name: bytes) -> None:
    path = tmp_path / os.fsdecode(name)
    path.write_bytes(CONTENT)
    spool.move_in(path, ID, "inbox")
    (claim,) = _left(spool)
    assert os.fsencode(claim.name) == name


@pytest.mark.parametrize("name", NAMES)
def test_any_name_comes_from_another_file_system(
    spool: Spool, tmp_path: Path, name: bytes, elsewhere: None
) -> None:
    path = tmp_path / os.fsdecode(name)
    path.write_bytes(CONTENT)
    assert os.fsencode(spool.move_in(path, ID, "inbox").name) == name


def test_who_comes_second_is_told_so_and_leaves_nothing_behind(spool: Spool, scan: Path) -> None:
    scan.unlink()
    with pytest.raises(FileNotFoundError):
        spool.move_in(scan, ID, "inbox")
    assert list(spool.folder.iterdir()) == []


def test_who_comes_second_on_another_file_system_leaves_nothing_behind(
    spool: Spool, scan: Path, elsewhere: None
) -> None:
    scan.unlink()
    with pytest.raises(FileNotFoundError):
        spool.move_in(scan, ID, "inbox")
    assert list(spool.folder.iterdir()) == []


def test_a_full_disk_leaves_no_half_copy_behind(
    spool: Spool, scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        spool.copy_in(scan, ID, "inbox")
    monkeypatch.undo()
    assert [path for path in spool.folder.rglob("*") if path.is_file()] == []


def test_a_file_that_may_not_be_taken_away_stays_in_the_inbox_only(
    spool: Spool, scan: Path, elsewhere: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "unlink", forbidden)
    with pytest.raises(PermissionError):
        spool.move_in(scan, ID, "inbox")
    monkeypatch.undo()
    assert (scan.read_bytes(), list(spool.folder.iterdir())) == (CONTENT, [])


@pytest.mark.parametrize("make", [lambda p: p.symlink_to("/etc/hostname"), os.mkfifo])
def test_what_was_swapped_for_no_regular_file_is_given_back(
    spool: Spool, scan: Path, make: Callable[[Path], None]
) -> None:
    scan.unlink()
    make(scan)
    with pytest.raises(OSError, match="no regular file"):
        spool.move_in(scan, ID, "inbox")
    assert os.path.lexists(scan)
    assert spool.find(ID) is None


def test_the_claim_of_a_dead_owner_is_found(spool: Spool, scan: Path) -> None:
    made = spool.move_in(scan, ID, "inbox")
    assert _left(spool) == [made]


def test_the_claim_of_a_living_owner_is_left_alone(spool: Spool, scan: Path) -> None:
    spool.move_in(scan, ID, "inbox")
    assert _left(spool, _alive) == []


def test_an_adopted_claim_bears_the_new_name_and_nothing_else_changes(spool: Spool, scan: Path) -> None:
    made = spool.move_in(scan, ID, "inbox")
    heir = Spool(spool.folder, owner="heir")
    (found,) = _left(heir)
    heir.adopt(found)
    (again,) = _left(heir)
    assert (again.owner, again.name, again.path.read_bytes()) == ("heir", made.name, CONTENT)


def test_what_a_dead_owner_had_half_copied_is_removed(spool: Spool, scan: Path) -> None:
    claim = spool.copy_in(scan, ID, "inbox")
    claim.path.rename(claim.path.with_name(".incoming"))
    _aged(claim.path.parent)
    assert (_left(spool), list(spool.folder.iterdir())) == ([], [])


def test_what_a_living_owner_has_half_copied_stays(spool: Spool, scan: Path) -> None:
    claim = spool.copy_in(scan, ID, "inbox")
    claim.path.rename(claim.path.with_name(".incoming"))
    _aged(claim.path.parent)
    assert _left(spool, _alive) == []
    assert claim.path.with_name(".incoming").exists()


def test_a_place_that_somebody_has_just_made_stays(spool: Spool) -> None:
    (spool.folder / ID).mkdir(parents=True)
    assert _left(spool) == []
    assert (spool.folder / ID).is_dir()


@pytest.mark.parametrize("left", ["", "{", "null", "[]", "{}", '{"name": "x.pdf"}'])
def test_a_file_whose_claim_a_crash_has_mangled_is_found_and_never_removed(
    spool: Spool, scan: Path, left: str
) -> None:
    claim = spool.move_in(scan, ID, "inbox")
    (claim.path.parent / "claim.json").write_text(left, encoding="ascii")
    _aged(claim.path.parent)
    assert [(found.id, found.path.read_bytes()) for found in _left(spool)] == [(ID, CONTENT)]


def test_a_file_whose_claim_is_gone_is_found_and_never_removed(spool: Spool, scan: Path) -> None:
    claim = spool.move_in(scan, ID, "inbox")
    (claim.path.parent / "claim.json").unlink()
    _aged(claim.path.parent)
    assert [(found.id, found.path.read_bytes()) for found in _left(spool)] == [(ID, CONTENT)]


def test_what_else_lies_in_the_spool_is_left_alone(spool: Spool) -> None:
    spool.folder.mkdir()
    (spool.folder / "README").write_text("by hand", encoding="utf-8")
    assert _left(spool) == []
    assert (spool.folder / "README").exists()


def test_a_spool_that_does_not_exist_has_no_claims(spool: Spool) -> None:
    assert _left(spool) == []


def test_a_claim_is_found_by_its_id(spool: Spool, scan: Path) -> None:
    assert spool.find(spool.move_in(scan, ID, "inbox").id) is not None


def test_a_dropped_claim_is_gone(spool: Spool, scan: Path) -> None:
    spool.move_in(scan, ID, "inbox")
    spool.drop(ID)
    assert (spool.find(ID), list(spool.folder.iterdir())) == (None, [])


def test_the_origin_of_an_unchanged_file_stays_the_same(scan: Path) -> None:
    assert origin_of(scan) == origin_of(scan)


@pytest.mark.parametrize("change", ["size", "time", "inode"])
def test_the_origin_of_a_changed_file_is_another(scan: Path, change: str) -> None:
    before = origin_of(scan)
    times = scan.stat()
    if change == "size":
        scan.write_bytes(CONTENT + b"x")
    elif change == "inode":
        scan.with_suffix(".new").write_bytes(CONTENT)
        os.replace(scan.with_suffix(".new"), scan)
    nanoseconds = times.st_mtime_ns + (1 if change == "time" else 0)
    os.utime(scan, ns=(nanoseconds, nanoseconds))
    assert origin_of(scan) != before


def _part(spool: Spool, scan: Path) -> tuple[Claim, Path]:
    whole = spool.move_in(scan, ID, "inbox")
    cut = spool.room(ID) / "1-2.pdf"
    cut.write_bytes(b"two pages")
    told = Claim("f" * 32, whole.path, "认购书 第1-2页.pdf", "inbox", "", "", ID, "a" * 64, 1, 2)
    return told, cut


def test_a_part_is_a_claim_of_its_own_that_knows_what_it_was_cut_out_of(spool: Spool, scan: Path) -> None:
    told, cut = _part(spool, scan)
    claim = spool.part_in(cut, told)
    assert not cut.exists()
    assert claim.path.read_bytes() == b"two pages"
    assert (claim.owner, claim.part_of, claim.whole, claim.first_page, claim.last_page) == (
        "me", ID, "a" * 64, 1, 2,
    )  # fmt: skip
    assert spool.find(claim.id) == claim
    assert claim in _left(spool)


def test_a_part_that_is_adopted_keeps_its_place_in_the_whole(spool: Spool, scan: Path) -> None:
    told, cut = _part(spool, scan)
    claim = spool.part_in(cut, told)
    heir = Spool(spool.folder, owner="heir")
    heir.adopt(claim)
    found = heir.find(claim.id)
    assert found is not None
    assert (found.owner, found.part_of, found.last_page) == ("heir", ID, 2)


def test_what_was_cut_but_not_claimed_goes_with_the_whole(spool: Spool, scan: Path) -> None:
    _, cut = _part(spool, scan)
    spool.drop(ID)
    assert not cut.exists()


def test_a_claim_of_an_older_release_is_a_file_by_itself(spool: Spool, scan: Path) -> None:
    claim = spool.move_in(scan, ID, "inbox")
    (claim.path.parent / "claim.json").write_text(
        '{"name": "a.pdf", "source": "inbox", "origin": "", "owner": "old"}', encoding="ascii"
    )
    (found,) = _left(spool)
    assert (found.name, found.part_of, found.first_page) == ("a.pdf", "", 0)
