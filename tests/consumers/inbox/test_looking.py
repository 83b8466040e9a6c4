from __future__ import annotations

import ctypes
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from consumers.inbox.looking import Inbox, is_ignored

IGNORED = [
    ".DS_Store", ".hidden.pdf", "._scan.pdf", "Thumbs.db", "desktop.ini", "scan.tmp", "scan.pdf.part",
    "scan.PDF.PARTIAL", "x.crdownload", "x.filepart", "~$合同.docx", "合同.docx~", ".~lock.x#", "x.lock", "x.swp",
    "@eaDir", "#recycle", "$RECYCLE.BIN", "lost+found", ".syncthing.scan.pdf.tmp",
]  # fmt: skip
SEEN = [
    "scan.pdf",
    "认购书 (1).jpg",
    "SCAN_0001.TIF",
    "tmp.pdf",
    "part.png",
    "a~b.pdf",
    "no-ending",
    "合同.tmp.pdf",
]
SETTLE = 3.0


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    (tmp_path / "inbox").mkdir()
    return Inbox(tmp_path / "inbox", SETTLE)


@pytest.fixture
def others_inbox() -> Iterator[Inbox]:
    """An inbox of root, looked at by somebody else (as root nothing would be forbidden)."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield Inbox(folder, SETTLE)
    if os.geteuid() == 0:
        ctypes.CDLL(None).setfsuid(0)
    (folder / "a-locked").chmod(0o755)
    shutil.rmtree(folder)


def _names(settled: Iterable[tuple[Path, float]]) -> list[str]:
    return [path.name for path, _ in settled]


@pytest.mark.parametrize("name", IGNORED)
def test_what_is_no_scan_or_not_yet_one_is_ignored(name: str) -> None:
    assert is_ignored(name)


@pytest.mark.parametrize("name", SEEN)
def test_what_may_be_a_scan_is_seen(name: str) -> None:
    assert not is_ignored(name)


def test_a_file_is_settled_only_at_the_second_look(inbox: Inbox) -> None:
    (inbox.folder / "a.pdf").write_bytes(b"x")
    assert [_names(inbox.look(now)) for now in (100.0, 103.0)] == [[], ["a.pdf"]]


def test_a_file_is_not_settled_before_its_time(inbox: Inbox) -> None:
    (inbox.folder / "a.pdf").write_bytes(b"x")
    assert [_names(inbox.look(now)) for now in (100.0, 101.0, 102.9)] == [[], [], []]


def test_a_settled_file_says_for_how_long_it_has_been_so(inbox: Inbox) -> None:
    (inbox.folder / "a.pdf").write_bytes(b"x")
    inbox.look(100.0)
    assert [age for _, age in inbox.look(107.5)] == [7.5]


def test_a_file_that_grows_is_not_settled(inbox: Inbox) -> None:
    path = inbox.folder / "a.pdf"
    for step in range(5):
        with path.open("ab") as file:
            file.write(b"x")
        assert list(inbox.look(100.0 + 10 * step)) == []


def test_a_file_that_has_stopped_growing_settles_from_then_on(inbox: Inbox) -> None:
    path = inbox.folder / "a.pdf"
    path.write_bytes(b"x")
    inbox.look(100.0)
    path.write_bytes(b"xx")
    assert [_names(inbox.look(now)) for now in (110.0, 112.0, 113.0)] == [[], [], ["a.pdf"]]


def test_a_file_of_the_same_size_that_was_written_again_settles_anew(inbox: Inbox) -> None:
    path = inbox.folder / "a.pdf"
    path.write_bytes(b"x")
    inbox.look(100.0)
    os.utime(path, ns=(1, 1))
    assert list(inbox.look(110.0)) == []


def test_a_file_that_was_replaced_settles_anew(inbox: Inbox) -> None:
    path, other = inbox.folder / "a.pdf", inbox.folder.parent / "b.pdf"
    path.write_bytes(b"x")
    other.write_bytes(b"y")
    for one in (path, other):
        os.utime(one, ns=(1, 1))
    inbox.look(100.0)
    os.replace(other, path)
    assert list(inbox.look(110.0)) == []


def test_the_longest_settled_file_comes_first(inbox: Inbox) -> None:
    (inbox.folder / "z-first.pdf").write_bytes(b"x")
    inbox.look(100.0)
    (inbox.folder / "a-second.pdf").write_bytes(b"x")
    inbox.look(101.0)
    assert _names(inbox.look(110.0)) == ["z-first.pdf", "a-second.pdf"]


def test_files_in_folders_below_are_seen(inbox: Inbox) -> None:
    (inbox.folder / "2024/03").mkdir(parents=True)
    (inbox.folder / "2024/03/a.pdf").write_bytes(b"x")
    inbox.look(100.0)
    assert _names(inbox.look(110.0)) == ["a.pdf"]


@pytest.mark.parametrize("folder", ["@eaDir", ".stfolder", "#recycle"])
def test_files_in_ignored_folders_are_not_seen(inbox: Inbox, folder: str) -> None:
    (inbox.folder / folder).mkdir()
    (inbox.folder / folder / "a.pdf").write_bytes(b"x")
    inbox.look(100.0)
    assert list(inbox.look(110.0)) == []


def test_a_folder_that_went_away_gives_nothing_and_forgets_nothing(inbox: Inbox) -> None:
    (inbox.folder / "a.pdf").write_bytes(b"x")
    inbox.look(100.0)
    away = inbox.folder.with_name("away")
    inbox.folder.rename(away)
    assert list(inbox.look(105.0)) == []
    away.rename(inbox.folder)
    assert [age for _, age in inbox.look(110.0)] == [10.0]


def test_a_folder_whose_files_may_not_be_looked_at_costs_itself_only(others_inbox: Inbox) -> None:
    for name in ("a-locked/a.pdf", "b.pdf"):
        path = others_inbox.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    (others_inbox.folder / "a-locked").chmod(0o444)
    if os.geteuid() == 0:
        ctypes.CDLL(None).setfsuid(65534)
    others_inbox.look(100.0)
    assert _names(others_inbox.look(110.0)) == ["b.pdf"]


def test_how_many_files_wait_is_told_settled_or_not(inbox: Inbox) -> None:
    for name in ("a.pdf", "b.pdf", "c.tmp"):
        (inbox.folder / name).write_bytes(b"x")
    inbox.look(100.0)
    assert inbox.waiting() == 2


def test_links_and_pipes_are_never_settled(inbox: Inbox) -> None:
    (inbox.folder.parent / "secret.pdf").write_bytes(b"x")
    (inbox.folder / "link.pdf").symlink_to(inbox.folder.parent / "secret.pdf")
    os.mkfifo(inbox.folder / "pipe.pdf")
    inbox.look(100.0)
    assert list(inbox.look(110.0)) == []


def test_a_link_to_a_folder_is_not_followed(inbox: Inbox) -> None:
    (inbox.folder.parent / "private").mkdir()
    (inbox.folder.parent / "private/a.pdf").write_bytes(b"x")
    (inbox.folder / "way").symlink_to(inbox.folder.parent / "private")
    inbox.look(100.0)
    assert list(inbox.look(110.0)) == []


def test_links_and_pipes_are_told_once(inbox: Inbox) -> None:
    (inbox.folder / "file-link.pdf").symlink_to("/dev/null")
    (inbox.folder / "folder-link").symlink_to("/tmp")
    (inbox.folder / "dead-link.pdf").symlink_to("nowhere")
    os.mkfifo(inbox.folder / "pipe.pdf")
    (inbox.folder / "a.pdf").write_bytes(b"x")
    told = []
    for now in (100.0, 110.0):
        inbox.look(now)
        told.append(sorted(path.name for path in inbox.odd()))
    assert told == [["dead-link.pdf", "file-link.pdf", "folder-link", "pipe.pdf"], []]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the looks have asked the system for: the state of which file, the names in which folder."""
    told: list[str] = []
    for name in ("lstat", "scandir"):
        real = getattr(os, name)
        monkeypatch.setattr(os, name, partial(_telling, told, name, real))
    return told


def _telling(told: list[str], name: str, real: Callable[[str], Any], path: str) -> Any:
    told.append(f"{name} {Path(path).name}")
    return real(path)


def _old_ones(inbox: Inbox, *names: str) -> None:
    """Files that have settled long ago, in folders that have not changed for as long."""
    for name in names:
        (inbox.folder / name).parent.mkdir(exist_ok=True)
        (inbox.folder / name).write_bytes(b"x")
    for now in (100.0, 110.0):
        inbox.look(now)


def test_a_brief_look_asks_for_no_old_file_and_lists_no_folder(inbox: Inbox, asked: list[str]) -> None:
    _old_ones(inbox, "a.pdf", "one/b.pdf", "two/c.pdf")
    asked.clear()
    settled = inbox.look(120.0, thorough=False)
    assert asked == []
    assert _names(settled) == ["a.pdf", "b.pdf", "c.pdf"]
    assert sorted(asked) == ["lstat a.pdf", "lstat b.pdf", "lstat c.pdf"]


def test_whoever_takes_one_file_after_a_brief_look_asks_for_one(inbox: Inbox, asked: list[str]) -> None:
    _old_ones(inbox, *(f"{number}.pdf" for number in range(50)))
    asked.clear()
    assert next(iter(inbox.look(120.0, thorough=False)))[0].name == "0.pdf"
    assert asked == ["lstat 0.pdf"]


def test_a_brief_look_sees_what_is_new_and_asks_for_nothing_else(inbox: Inbox, asked: list[str]) -> None:
    _old_ones(inbox, "a.pdf", "one/b.pdf")
    (inbox.folder / "one/new.pdf").write_bytes(b"x")
    asked.clear()
    inbox.look(120.0, thorough=False)
    assert set(asked) == {"scandir one", "lstat new.pdf"}
    assert _names(inbox.look(130.0, thorough=False)) == ["a.pdf", "b.pdf", "new.pdf"]


def test_a_brief_look_sees_what_has_gone(inbox: Inbox) -> None:
    _old_ones(inbox, "a.pdf", "one/b.pdf", "two/c.pdf")
    (inbox.folder / "a.pdf").unlink()
    shutil.rmtree(inbox.folder / "two")
    assert _names(inbox.look(120.0, thorough=False)) == ["b.pdf"]
    assert inbox.waiting() == 1


def test_an_old_file_that_was_appended_to_settles_anew_before_it_is_taken(inbox: Inbox) -> None:
    _old_ones(inbox, "a.pdf", "b.pdf")
    with (inbox.folder / "a.pdf").open("ab") as file:
        file.write(b"x")
    looks = [_names(inbox.look(now, thorough=False)) for now in (120.0, 121.0, 123.0)]
    assert looks == [["b.pdf"], ["b.pdf"], ["b.pdf", "a.pdf"]]


def test_a_file_that_grows_is_seen_to_by_brief_looks(inbox: Inbox) -> None:
    path = inbox.folder / "a.pdf"
    for step in range(5):
        with path.open("ab") as file:
            file.write(b"x")
        assert list(inbox.look(100.0 + 10 * step, thorough=False)) == []
    assert _names(inbox.look(150.0, thorough=False)) == ["a.pdf"]


def test_a_folder_that_has_just_changed_is_listed_again_though_its_time_of_change_stays(inbox: Inbox) -> None:
    _old_ones(inbox, "a.pdf")
    times = (inbox.folder.stat().st_atime_ns, 10**18)
    for number, now in enumerate((120.0, 121.0)):
        (inbox.folder / f"{number}.pdf").write_bytes(b"x")
        os.utime(inbox.folder, ns=times)
        inbox.look(now, thorough=False)
    assert inbox.waiting() == 3


def test_a_thorough_look_sees_what_a_folder_hides_that_shows_no_time_of_change(inbox: Inbox) -> None:
    _old_ones(inbox, "a.pdf")
    times = (inbox.folder.stat().st_atime_ns, inbox.folder.stat().st_mtime_ns)
    (inbox.folder / "b.pdf").write_bytes(b"x")
    os.utime(inbox.folder, ns=times)
    inbox.look(120.0, thorough=False)
    assert inbox.waiting() == 1
    inbox.look(121.0)
    assert inbox.waiting() == 2


def test_what_rests_is_passed_over_and_not_asked_for(inbox: Inbox, asked: list[str]) -> None:
    _old_ones(inbox, "a.pdf", "b.pdf")
    asked.clear()
    settled = inbox.look(120.0, thorough=False, rests=lambda path: path.endswith("a.pdf"))
    assert _names(settled) == ["b.pdf"]
    assert asked == ["lstat b.pdf"]


def test_how_long_the_first_one_has_stood_there_is_told(inbox: Inbox) -> None:
    assert inbox.longest(100.0) == 0.0
    (inbox.folder / "a.pdf").write_bytes(b"x")
    inbox.look(100.0)
    (inbox.folder / "b.pdf").write_bytes(b"x")
    ages = [inbox.longest(101.0)]
    inbox.look(105.0)
    ages.append(inbox.longest(106.0))
    assert ages == [1.0, 6.0]
    assert (inbox.waiting(), inbox.settling()) == (2, 1)
