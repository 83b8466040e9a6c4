from __future__ import annotations

import errno
import json
import os
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from consumers.inbox.set_aside import Note, place_of, set_aside

NOTE = Note(
    name="认购书.pdf",
    sha256="ab" * 32,
    code="damaged",
    message_zh="文件已损坏，请重新扫描。",
    message_en="The file is damaged; scan it again.",
    intake_id="0123456789abcdef" * 2,
    source="inbox",
    since="2026-03-01T08:00:00.000000+00:00",
)
NAMES = [
    ("认购书.pdf", "01234567-认购书.pdf"),
    ("../x", "01234567-.._x"),
    ("../../etc/passwd", "01234567-.._.._etc_passwd"),
    ("..\\..\\x.pdf", "01234567-.._.._x.pdf"),
    ("a\nb\tc\x7f.pdf", "01234567-a_b_c_.pdf"),
    ("..", "01234567-.."),
    ("no-ending", "01234567-no-ending"),
    (".pdf", "01234567-.pdf"),
    ("x.averyveryverylongending", "01234567-x.averyveryver"),
]
LONG = ["长" * 85, "长" * 83 + ".pdf", "a" * 251 + ".pdf", "é" * 127, "x." + "尾" * 84]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    path = tmp_path / "spool" / "content"
    path.parent.mkdir()
    path.write_bytes(b"half a scan")
    return path


def _note_of(place: Path) -> dict[str, str]:
    note: dict[str, str] = json.loads(place.with_name(place.name + ".json").read_text("utf-8"))
    return note


def _elsewhere(monkeypatch: pytest.MonkeyPatch, source: Path) -> None:
    """From now on that file lies on another file system: renaming it fails as it does between two."""
    real = os.replace

    def replace_(one: Any, other: Any) -> None:
        if Path(one) == source:
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        real(one, other)

    monkeypatch.setattr(os, "replace", replace_)


def test_a_file_set_aside_keeps_its_bytes_and_leaves_its_old_place(content: Path, tmp_path: Path) -> None:
    place = set_aside(content, tmp_path / "aside", NOTE)
    assert (place.read_bytes(), content.exists()) == (b"half a scan", False)


def test_a_file_set_aside_lies_beside_its_note(content: Path, tmp_path: Path) -> None:
    place = set_aside(content, tmp_path / "aside", NOTE)
    assert sorted(path.name for path in place.parent.iterdir()) == [
        "01234567-认购书.pdf",
        "01234567-认购书.pdf.json",
    ]


def test_the_note_says_what_is_wrong_in_both_languages_with_the_checksum(
    content: Path, tmp_path: Path
) -> None:
    note = _note_of(set_aside(content, tmp_path / "aside", NOTE))
    assert (note["message_zh"], note["message_en"], note["sha256"]) == (
        NOTE.message_zh,
        NOTE.message_en,
        NOTE.sha256,
    )


def test_the_note_is_legible_to_people(content: Path, tmp_path: Path) -> None:
    place = set_aside(content, tmp_path / "aside", NOTE)
    assert "文件已损坏，请重新扫描。" in place.with_name(place.name + ".json").read_text("utf-8")


def test_the_note_is_there_before_the_file(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _elsewhere(monkeypatch, content)
    monkeypatch.setattr("shutil.copyfileobj", lambda *_: (_ for _ in ()).throw(OSError(errno.ENOSPC, "full")))
    with pytest.raises(OSError, match="full"):
        set_aside(content, tmp_path / "aside", NOTE)
    assert _note_of(place_of(tmp_path / "aside", NOTE))["code"] == "damaged"
    assert content.read_bytes() == b"half a scan"


def test_set_aside_again_after_a_crash_it_ends_at_the_same_place(content: Path, tmp_path: Path) -> None:
    first = set_aside(content, tmp_path / "aside", NOTE)
    content.write_bytes(b"half a scan")
    again = set_aside(content, tmp_path / "aside", replace(NOTE, since="2026-03-02T08:00:00.000000+00:00"))
    assert (again, len(list(first.parent.iterdir()))) == (first, 2)


def test_two_files_of_one_name_lie_at_two_places(tmp_path: Path) -> None:
    other = replace(NOTE, intake_id="fedcba9876543210" * 2)
    assert place_of(tmp_path, NOTE) != place_of(tmp_path, other)


def test_a_file_from_another_file_system_is_moved_too(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _elsewhere(monkeypatch, content)
    place = set_aside(content, tmp_path / "aside", NOTE)
    assert (place.read_bytes(), content.exists()) == (b"half a scan", False)


def test_any_other_failure_of_the_move_is_not_hidden(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        set_aside(tmp_path / "gone", tmp_path / "aside", NOTE)


@pytest.mark.parametrize(("name", "tame"), NAMES)
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str, tame: str) -> None:
    place = place_of(tmp_path, replace(NOTE, name=name))
    assert (place.name, place.parent) == (tame, tmp_path)


@pytest.mark.parametrize("name", LONG, ids=lambda name: f"{name[0]} x {len(name)}")
def test_a_name_of_255_bytes_can_be_set_aside(content: Path, tmp_path: Path, name: str) -> None:
    assert len(os.fsencode(name)) in range(250, 256)
    place = set_aside(content, tmp_path / "aside", replace(NOTE, name=name))
    assert (place.exists(), _note_of(place)["name"]) == (True, name)


def test_a_decomposed_name_stays_as_it_is(content: Path, tmp_path: Path) -> None:
    name = unicodedata.normalize("NFD", "Verträge é.pdf")
    assert set_aside(content, tmp_path / "aside", replace(NOTE, name=name)).name == f"01234567-{name}"


def test_a_name_that_is_no_utf8_can_be_set_aside(content: Path, tmp_path: Path) -> None:
    name = os.fsdecode("认购书.pdf".encode("gb18030"))
    place = set_aside(content, tmp_path / "aside", replace(NOTE, name=name))
    assert (place.exists(), _note_of(place)["name"]) == (True, name)
