"""The heads file: published heads stay, and what is no head is told."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from retention.errors import RegisterBroken
from retention.heads import publish_head, published_heads
from retention.register import Head

ONE = Head(1, "2026-11-21T12:00:00.000000Z", "a" * 64)
TWO = Head(2, "2026-11-21T12:00:01.000000Z", "b" * 64)


def test_published_heads_come_back_in_their_order(tmp_path: Path) -> None:
    path = tmp_path / "heads.txt"
    publish_head(path, ONE)
    publish_head(path, TWO)
    assert published_heads(path) == (ONE, TWO)


def test_the_head_of_an_empty_register_can_be_published(tmp_path: Path) -> None:
    path = tmp_path / "heads.txt"
    publish_head(path, Head(0, "", "0" * 64))
    assert published_heads(path) == (Head(0, "", "0" * 64),)


def test_a_line_torn_by_a_crash_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "heads.txt"
    publish_head(path, ONE)
    with path.open("a") as file:
        file.write("2 2026-11-")
    assert published_heads(path) == (ONE,)


def test_a_head_after_a_torn_line_stands_on_its_own_line_and_the_torn_one_is_told(tmp_path: Path) -> None:
    path = tmp_path / "heads.txt"
    path.write_text("2 2026-11-")
    publish_head(path, TWO)
    assert path.read_text().splitlines()[1].startswith("2 2026-11-21T12:00:01")
    with pytest.raises(RegisterBroken, match="line 1 is no head"):
        published_heads(path)


def test_a_head_that_finds_the_disk_full_leaves_nothing_of_itself(tmp_path: Path) -> None:
    path = tmp_path / "heads.txt"
    publish_head(path, ONE)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 10, hard))
    try:
        with pytest.raises(OSError, match="large"):
            publish_head(path, TWO)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    publish_head(path, TWO)
    assert published_heads(path) == (ONE, TWO)


def test_a_missing_file_is_told_and_not_taken_for_empty(tmp_path: Path) -> None:
    with pytest.raises(RegisterBroken, match="is gone"):
        published_heads(tmp_path / "heads.txt")


def test_a_file_that_is_no_heads_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "heads.txt"
    path.write_bytes(b"\xff\n")
    with pytest.raises(RegisterBroken, match="byte 0"):
        published_heads(path)
