"""A file read by the program, in a process of its own: answers, failures, ends."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from plugins.paperless_native import calling, waiting
from plugins.paperless_native.calling import Order, ReadingFailed, read, thumbnail
from plugins.paperless_native.reading_python import PYTHON
from tests.conftest import SAMPLES

BORN = SAMPLES / "scans" / "YL20200530-0063.pdf"


@pytest.fixture(autouse=True)
def _no_ocr(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DOSSIER_READER", "text-layer")
    monkeypatch.delenv(PYTHON, raising=False)


def program(folder: Path, body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another Python than ours, which does as `body` (a shell script) says; $FOLDER is the order's."""
    file = folder / "python"
    file.write_text(f'#!/bin/sh\nfor FOLDER in "$@"; do :; done\n{body}\n', encoding="utf-8")
    file.chmod(0o755)
    monkeypatch.setenv(PYTHON, str(file))


@pytest.fixture
def order(tmp_path: Path) -> Order:
    (tmp_path / "order").mkdir()
    return Order(BORN, tmp_path / "order")


@pytest.mark.process
def test_a_file_is_read_in_a_process_of_its_own(order: Order) -> None:
    reading = read(order)
    assert "云澜府开盘选房（认购）确认单" in reading.text
    assert (reading.pages, reading.reader, reading.archive) == (1, "text-layer", None)
    assert reading.thumbnail is not None
    assert reading.thumbnail.read_bytes()[8:12] == b"WEBP"


@pytest.mark.process
def test_a_thumbnail_alone_is_drawn_without_reading(order: Order) -> None:
    assert thumbnail(order).read_bytes()[8:12] == b"WEBP"
    assert not (order.folder / "archive.pdf").exists()


@pytest.mark.process
def test_two_workers_read_as_one_does(order: Order) -> None:
    alone = read(order)
    together = read(Order(BORN, order.folder, workers=2))
    assert together.text == alone.text


@pytest.mark.process
def test_a_file_that_we_refuse_is_told_with_its_reason(tmp_path: Path) -> None:
    (locked,) = SAMPLES.glob("bad/*加密*.pdf")
    with pytest.raises(ReadingFailed, match="encrypted: The PDF is protected by a password"):
        read(Order(locked, tmp_path))


@pytest.mark.process
def test_a_wrong_setting_is_told(order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOSSIER_READER", "braille")
    with pytest.raises(ReadingFailed, match="DOSSIER_READER: there is no reader 'braille'"):
        read(order)


def test_what_the_program_answers_is_made_fit_for_the_database(
    order: Order, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (
        '{"text": "a\\\\u0000b\\\\fc\\\\ud800", "source": "ocr", "reader": "rapid", "doubtful": ["unsure"]}'
    )
    answer = (
        f'{{"pages": [{page}, {page}], "seconds": 1.5, "archive": true, "notes": ["n"], "thumbnail": false}}'
    )
    program(tmp_path, f"printf '%s' '{answer}' > $FOLDER/reading.json".replace("\\\\", "\\"), monkeypatch)
    reading = read(order)
    assert reading.text == "ab\nc\fab\nc"
    assert (reading.archive, reading.thumbnail) == (order.folder / "archive.pdf", None)
    assert (reading.doubtful, reading.notes) == (("page 1: unsure", "page 2: unsure"), ("n",))


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("exit 0", "left no answer"),
        ("echo {{{ > $FOLDER/reading.json", "left no answer"),
        ("kill -SEGV $$", "ended by SIGSEGV"),
        ("kill -KILL $$", "ended by SIGKILL"),
        ("echo first >&2; echo last words >&2; exit 1", "the reading failed: last words"),
        ("exit 1", "the reading failed: nothing said"),
    ],
)
def test_a_program_that_ends_otherwise_is_a_reading_that_failed(
    body: str, why: str, order: Order, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path, body, monkeypatch)
    with pytest.raises(ReadingFailed, match=why):
        read(order)


def test_a_program_that_takes_too_long_is_ended(
    order: Order, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path, "echo $$ > $FOLDER/pid; exec sleep 600", monkeypatch)
    with pytest.raises(ReadingFailed, match="more than"):
        read(Order(BORN, order.folder, seconds=0.5))
    with pytest.raises(ProcessLookupError):
        os.kill(int((order.folder / "pid").read_text()), 0)


@pytest.mark.process
def test_a_reader_that_waits_is_asked_first_and_a_fresh_one_where_there_is_none(
    order: Order, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Order(BORN, order.folder, waiting=tmp_path / "w")
    read(kept)
    (number,) = (int(file.read_text()) for file in (tmp_path / "w").glob("*.pid"))
    os.kill(number, 0)
    for file in (tmp_path / "w").glob("*.pid"):
        waiting._kill(file)
    (tmp_path / "w").chmod(0o755)
    assert "确认单" in read(kept).text


def test_with_nothing_to_wait_for_no_reader_is_kept(
    order: Order, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(calling.WAIT, "0")
    program(tmp_path, "exit 1", monkeypatch)
    with pytest.raises(ReadingFailed, match="nothing said"):
        read(Order(BORN, order.folder, waiting=tmp_path / "w"))
    assert not (tmp_path / "w").exists()


def test_a_reader_that_takes_too_long_leaves_no_time_for_another(
    order: Order, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path, "sleep 600", monkeypatch)
    with pytest.raises(ReadingFailed, match="more than"):
        read(Order(BORN, order.folder, seconds=0.5, waiting=tmp_path / "w"))
    assert not (order.folder / "said.txt").exists()
