from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from consumers.errors import Refused
from consumers.pool import ReadingPool
from consumers.searchable import Searchable
from plugins.archiving import archive_version
from plugins.wiring import Archive
from tests.plugins.conftest import TextPool, scan_of, text_scan, transcript_of

POOL = cast(ReadingPool, TextPool())


def _with(archive: Archive, how: str) -> Archive:
    return replace(archive, settings=archive.settings.model_copy(update={"archive_pdf": how}))


@pytest.mark.parametrize(("how", "said"), [("pdf", b""), ("pdfa", b" archival")])
def test_it_is_made_as_the_settings_say_beside_the_file(
    archive: Archive, tmp_path: Path, how: str, said: bytes
) -> None:
    scan = scan_of(text_scan(tmp_path, "a.pdf", "甲"))
    written = archive_version.begin(_with(archive, how), POOL, scan, transcript_of("甲"))
    assert written is not None
    place = archive_version.end("1", scan, written)
    assert place == tmp_path / "archive.pdf"
    assert place.read_bytes() == b"searchable: " + scan.sha256.encode() + said


def test_it_is_not_made_where_nobody_wants_it(archive: Archive, tmp_path: Path) -> None:
    scan = scan_of(text_scan(tmp_path, "a.pdf", "甲"))
    assert archive_version.begin(_with(archive, "off"), POOL, scan, transcript_of("甲")) is None


@pytest.mark.parametrize("error", [Refused("no-pages", "无。", "None."), RuntimeError("gone")])
def test_a_pdf_that_could_not_be_made_is_none(tmp_path: Path, error: Exception) -> None:
    written: Future[Searchable] = Future()
    written.set_exception(error)
    assert archive_version.end("1", scan_of(text_scan(tmp_path, "a.pdf", "甲")), written) is None
