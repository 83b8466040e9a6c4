"""Two passes of a pile are taken in as one file; what does not fit is set aside, both, and nothing is deleted for it."""

from __future__ import annotations

import json
import os
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import cast

import fpdf
import pypdfium2 as pdfium
import pytest

from consumers import intake
from consumers.bounds import Bounds
from consumers.collating import collate
from consumers.errors import ReaderFailed, Refused
from consumers.pool import ReadingPool
from plugins.intake.intaking import Intaking
from plugins.intake.passes import Passes
from plugins.wiring import Archive

WAIT = 30 * 60.0


class Taken:
    """Stands in for the intaking: what it is given it keeps in a folder of its own, as the spool does."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder, self.full = folder, False

    def take(self, path: Path, door: str, *, keep: bool) -> None:
        """Move it, or fail as a full disk does."""
        assert (door, keep) == ("inbox", False)
        if self.full:
            raise OSError(28, "no space left")
        path.rename(self.folder / path.name)


class Collating:
    """Stands in for the reading pool: puts together at once, or fails as a child does."""

    broken = False

    def collate(self, fronts: Path, backs: Path, target: Path) -> Future[int]:
        """As `ReadingPool.collate`."""
        done: Future[int] = Future()
        if self.broken:
            done.set_exception(ReaderFailed("unforeseen"))
            return done
        try:
            done.set_result(collate(fronts, backs, target, Bounds()))
        except Refused as refusal:
            done.set_exception(refusal)
        return done


class Bench:
    """An inbox with a folder for two passes, and all around it."""

    def __init__(self, archive: Archive, folder: Path) -> None:
        self.archive, self.inbox = archive, folder / "inbox"
        self.folder = self.inbox / "销售" / "双面"
        self.folder.mkdir(parents=True)
        self.taken, self.pool = Taken(folder / "taken"), Collating()
        self.passes = Passes(archive, cast(ReadingPool, self.pool), cast(Intaking, self.taken), self.inbox)

    def scan(self, name: str, *pages: str, at: float) -> Path:
        """A pass with these pages, written at that second."""
        made = fpdf.FPDF()
        for text in pages:
            made.add_page()
            made.set_font("helvetica", size=20)
            made.cell(text=text)
        path = self.folder / name
        made.output(str(path))
        os.utime(path, (1_700_000_000 + at, 1_700_000_000 + at))
        return path

    def look(self, age: float = 10.0) -> None:
        """A look of the watcher: all files have been finished for so long."""
        self.passes.take([(path, age) for path in sorted(self.folder.iterdir())])

    def waiting(self) -> list[str]:
        """What lies in the folder."""
        return sorted(path.name for path in self.folder.iterdir())

    def aside(self) -> list[tuple[str, str]]:
        """What was set aside: name and code, by the notes beside it."""
        folder = self.archive.settings.set_aside_folder
        notes = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]
        kept = [path for path in folder.iterdir() if path.suffix != ".json"] if folder.exists() else []
        assert len(kept) == len(notes)
        return sorted((note["name"], note["code"]) for note in notes)


@pytest.fixture
def bench(archive: Archive, tmp_path: Path) -> Bench:
    return Bench(archive, tmp_path)


def pages(path: Path) -> list[str]:
    document = pdfium.PdfDocument(path)
    found = [page.get_textpage().get_text_bounded().strip() for page in document]
    document.close()
    return found


def test_two_passes_are_taken_in_as_one_file_and_leave_the_inbox(bench: Bench) -> None:
    # The older file is the fronts, whatever the names say.
    bench.scan("b.pdf", "1", "3", at=0)
    bench.scan("a.pdf", "4", "2", at=90)
    bench.look()
    (whole,) = bench.taken.folder.iterdir()
    assert (whole.name, pages(whole)) == ("b 双面.pdf", ["1", "2", "3", "4"])
    assert (bench.waiting(), bench.aside()) == ([], [])


def test_the_first_pass_waits_for_the_second(bench: Bench) -> None:
    bench.scan("a.pdf", "1", at=0)
    bench.look(WAIT - 1)
    assert (bench.waiting(), bench.aside()) == (["a.pdf"], [])


def test_passes_that_differ_are_set_aside_both(bench: Bench) -> None:
    bench.scan("a.pdf", "1", "3", at=0)
    bench.scan("b.pdf", "2", at=90)
    bench.look()
    assert bench.aside() == [("a.pdf", "passes-differ"), ("b.pdf", "passes-differ")]
    assert (bench.waiting(), list(bench.taken.folder.iterdir())) == ([], [])
    with bench.archive.engine.begin() as connection:
        rows = intake.listing(connection)
    assert [(row.state, row.reason.split(":", maxsplit=1)[0]) for row in rows] == [
        ("quarantined", "passes-differ")
    ] * 2


def test_a_pass_whose_second_never_came_is_set_aside(bench: Bench) -> None:
    bench.scan("a.pdf", "1", at=0)
    bench.look(WAIT + 1)
    assert bench.aside() == [("a.pdf", "pass-missing")]


def test_passes_too_far_apart_are_not_taken_for_one_pile(bench: Bench) -> None:
    bench.scan("a.pdf", "1", at=0)
    bench.scan("b.pdf", "2", at=WAIT + 60)
    bench.look()
    assert (bench.aside(), bench.waiting()) == ([("a.pdf", "pass-missing")], ["b.pdf"])


def test_two_piles_at_once_are_put_together_in_their_order(bench: Bench) -> None:
    for place, text in enumerate(("1", "2", "3", "4")):
        bench.scan(f"{place}.pdf", text, at=60 * place)
    bench.look()
    assert sorted(pages(path) for path in bench.taken.folder.iterdir()) == [["1", "2"], ["3", "4"]]


def test_what_can_not_be_taken_in_now_stays_where_it_is(bench: Bench) -> None:
    bench.scan("a.pdf", "1", at=0)
    bench.scan("b.pdf", "2", at=60)
    bench.taken.full = True
    bench.look()
    assert (bench.waiting(), bench.aside()) == (["a.pdf", "b.pdf"], [])
    bench.taken.full = False
    bench.look()
    assert (bench.waiting(), len(list(bench.taken.folder.iterdir()))) == ([], 1)


def test_a_crash_before_the_passes_were_removed_files_nothing_twice(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    fronts, backs = bench.scan("a.pdf", "1", at=0), bench.scan("b.pdf", "2", at=60)
    collate(fronts, backs, bench.inbox / "whole.pdf", Bounds())
    from consumers.scan import sha256_of

    sha256 = sha256_of(bench.inbox / "whole.pdf")
    with bench.archive.engine.begin() as connection:
        told = {"name": "a 双面.pdf", "source": "inbox", "origin": "", "owner": "", "sha256": sha256}
        intake.register(connection, intake_id="1" * 32, at=bench.archive.clock(), **told)
    bench.look()
    assert (bench.waiting(), list(bench.taken.folder.iterdir()), bench.aside()) == ([], [], [])


def test_what_nobody_foresaw_sets_both_aside(bench: Bench) -> None:
    bench.scan("a.pdf", "1", at=0)
    bench.scan("b.pdf", "2", at=60)
    bench.pool.broken = True
    bench.look()
    assert bench.aside() == [("a.pdf", "damaged"), ("b.pdf", "damaged")]


def test_only_folders_of_that_name_take_passes(bench: Bench) -> None:
    assert bench.passes.takes(bench.folder / "a.pdf")
    assert not bench.passes.takes(bench.inbox / "a.pdf")
    assert not bench.passes.takes(bench.inbox / "销售" / "双面.pdf")


def test_where_the_setting_says_none_no_folder_does(bench: Bench) -> None:
    none = replace(bench.archive, settings=bench.archive.settings.model_copy(update={"double_sided": "-"}))
    passes = Passes(none, cast(ReadingPool, bench.pool), cast(Intaking, bench.taken), bench.inbox)
    assert not passes.takes(bench.folder / "a.pdf")
