"""An archive in a scratch folder, and documents for it that need no OCR."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from datetime import UTC, datetime
from pathlib import Path

import pytest

from consumers.bounds import Bounds
from consumers.cutting import Cut
from consumers.scan import Scan, sha256_of
from consumers.searchable import Searchable
from consumers.transcript import Line, Page, Transcript
from plugins import settings as settings_module
from plugins.settings import Settings
from plugins.wiring import Archive, open_archive

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)

SUBSCRIPTION = """商品房认购书
出卖人：江州置业有限公司　认购人：周文海
身份证号码：420198198803054519　电话：13900001111
认购人自愿认购锦绣花园6栋1单元803室，建筑面积98.20平方米，总价人民币982,000元。
定金人民币贰万元整。认购人应于签订本认购书后七日内签订商品房买卖合同。
签订日期：2024年5月6日"""

RULES_OF_THE_OFFICE = """江州置业有限公司合同管理办法
第一条 为规范合同管理，制定本办法。
第二条 各部门签订合同应当报法务审核。
本办法自发布之日起施行。"""


class TextPool:
    """Stands in for the reading pool: a file's own bytes, as UTF-8, are its text, one page a form feed."""

    bounds = Bounds()
    workers = 1

    def read(self, scan: Scan) -> Future[Transcript]:
        """The Transcript, at once."""
        done: Future[Transcript] = Future()
        done.set_result(transcript_of(scan.path.read_bytes().split(b"\n", 1)[1].decode(), scan.sha256))
        return done

    def searchable(
        self, scan: Scan, transcript: Transcript, target: Path, *, archival: bool = False
    ) -> Future[Searchable]:
        """A file that says what it stands for, at once."""
        done: Future[Searchable] = Future()
        try:
            target.write_bytes(b"searchable: " + scan.sha256.encode() + b" archival" * archival)
        except OSError as error:
            done.set_exception(error)
        else:
            done.set_result(Searchable(len(transcript.pages), len(transcript.pages), archival))
        return done

    def cut(self, scan: Scan, ranges: tuple[tuple[int, int], ...], folder: Path) -> Future[tuple[Cut, ...]]:
        """The pages' text as files that `read` reads, at once."""
        pages = scan.path.read_bytes().split(b"\n", 1)[1].split(b"\f")
        made = []
        for first, last in ranges:
            path = folder / f"{first}-{last}.pdf"
            path.write_bytes(b"%PDF-1.7\n" + b"\f".join(pages[first - 1 : last]))
            made.append(Cut(first, last, path, sha256_of(path)))
        done: Future[tuple[Cut, ...]] = Future()
        done.set_result(tuple(made))
        return done


def transcript_of(text: str, sha256: str = "0" * 64) -> Transcript:
    """A Transcript of that text, as a reader would give it."""
    pages = tuple(
        Page(number, tuple(Line(line) for line in part.splitlines()), "ocr", "text", 0.99)
        for number, part in enumerate(text.split("\f"), start=1)
    )
    return Transcript(sha256, pages, 0.1)


def text_scan(folder: Path, name: str, text: str) -> Path:
    """A file that the door takes for a PDF and `TextPool` reads: its text under a PDF's first line."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"%PDF-1.7\n" + text.encode())
    return path


def scan_of(path: Path) -> Scan:
    """The Scan of a file."""
    return Scan(path, sha256_of(path), path.stat().st_size, path.name, "application/pdf", "inbox")


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of the person who runs the tests may reach them."""
    for name in list(os.environ):
        if name.startswith(("DOSSIER_", "PAPERLESS_")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings for an archive in the scratch folder."""
    return settings_module.load({"DOSSIER_HOME": str(tmp_path / "home")}, tmp_path)


@pytest.fixture
def archive(settings: Settings) -> Iterator[Archive]:
    """An archive that thinks it is noon of 2 March 2026."""
    opened = open_archive(settings, lambda: NOON)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    """Writes a text scan into a folder outside the archive."""
    return lambda name, text: text_scan(tmp_path / "scanned", name, text)
