from __future__ import annotations

from pathlib import Path

from consumers.inbox import text_beside
from consumers.inbox.spool import Claim, Spool
from consumers.transcript import Box, Code, Line, Page, Transcript, Word

BOX = Box(0.1, 0.2, 1 / 3, 0.4)
TEXT = Transcript(
    "ab" * 32,
    (
        Page(1, (Line("房号 3-2-801", BOX, 0.9731, (Word("房号", BOX, 0.5),), 2),), "ocr", "rapid", 0.97, 90),
        Page(2, (), "blank", "", codes=(Code("T1", "QRCode", BOX),)),
    ),
    1.25,
)


def _claim(folder: Path) -> Claim:
    source = folder / "a.pdf"
    source.write_bytes(b"%PDF-1.7")
    return Spool(folder / "spool", "me").move_in(source, "7" * 32, "inbox")


def test_a_kept_text_comes_back_as_it_was(tmp_path: Path) -> None:
    claim = _claim(tmp_path)
    text_beside.keep(claim, TEXT)
    assert text_beside.kept(claim, TEXT.sha256) == TEXT


def test_a_text_of_other_bytes_is_none(tmp_path: Path) -> None:
    claim = _claim(tmp_path)
    text_beside.keep(claim, TEXT)
    assert text_beside.kept(claim, "0" * 64) is None


def test_half_a_text_is_none(tmp_path: Path) -> None:
    claim = _claim(tmp_path)
    text_beside.keep(claim, TEXT)
    place = claim.path.with_name("text.json")
    place.write_bytes(place.read_bytes()[:40])
    assert text_beside.kept(claim, TEXT.sha256) is None


def test_a_text_goes_with_its_claim(tmp_path: Path) -> None:
    claim = _claim(tmp_path)
    text_beside.keep(claim, TEXT)
    Spool(tmp_path / "spool", "me").drop(claim.id)
    assert list((tmp_path / "spool").iterdir()) == []
