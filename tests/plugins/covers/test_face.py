"""A Chinese face is found, or what to do about it is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.covers import face
from plugins.covers.face import Face, find_face
from plugins.errors import BadWord


def test_the_named_font_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "own.ttf"
    path.write_bytes(b"OTTO")
    assert find_face(path) == Face(path)


def test_in_a_known_collection_the_chinese_face_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "NotoSansCJK-Regular.ttc"
    path.write_bytes(b"OTTO")
    assert find_face(path) == Face(path, 2)


def test_a_font_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadWord, match="--font"):
        find_face(tmp_path / "none.ttf")


def test_a_file_that_is_no_font_is_told(tmp_path: Path) -> None:
    (tmp_path / "no.ttf").write_bytes(b"no font")
    with pytest.raises(BadWord, match="no TrueType"):
        find_face(tmp_path / "no.ttf")


def test_without_any_font_people_are_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(face, "_PLACES", (("/nowhere/none.ttf", 0),))
    with pytest.raises(BadWord, match="fonts-noto-cjk"):
        find_face(None)
