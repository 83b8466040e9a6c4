"""A reader that waits, in this process: one order after the other."""

from __future__ import annotations

import fcntl
import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from plugins.paperless_native import program, serving


@pytest.fixture
def listening(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as made:
        made.bind(str(tmp_path / "r.sock"))
        made.listen()
        yield made


def asked(folder: Path, words: list[str]) -> list[object]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.connect(str(folder / "r.sock"))
        connection.sendall(json.dumps(words).encode())
        connection.shutdown(socket.SHUT_WR)
        answer: list[object] = json.loads(connection.makefile("rb").read())
        return answer


def answered(
    orders: list[list[str]], listening: socket.socket, folder: Path, seconds: float = 0.3
) -> list[list[object]]:
    """The answers; comes to an end only when the reader has gone."""
    answers: list[list[object]] = []
    someone = threading.Thread(target=lambda: answers.extend(asked(folder, words) for words in orders))
    someone.start()
    serving.serve(listening, folder / "r", seconds)
    someone.join()
    return answers


def test_each_order_is_answered_by_the_programs_exit_code(
    listening: socket.socket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "main", lambda words: {"good": 0, "bad": 3}[words[0]])
    assert answered([["good"], ["bad"], ["good"]], listening, tmp_path) == [[0, ""], [3, ""], [0, ""]]


def test_what_nobody_foresaw_ends_one_document_and_not_the_reader(
    listening: socket.socket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def main(words: list[str]) -> int:
        if words == ["bad"]:
            raise RuntimeError("unforeseen")
        return 0

    monkeypatch.setattr(program, "main", main)
    assert answered([["bad"], ["good"]], listening, tmp_path) == [[1, "RuntimeError: unforeseen"], [0, ""]]


def test_a_reader_goes_after_so_many_documents(
    listening: socket.socket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "main", lambda words: 0)
    monkeypatch.setattr(serving, "_MOST_DOCUMENTS", 2)
    # It would wait an hour for a third one.
    assert len(answered([["a"], ["b"]], listening, tmp_path, 3600.0)) == 2


def test_a_reader_that_somebody_is_about_to_ask_stays(
    listening: socket.socket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "main", lambda words: 0)
    tries: list[int] = []
    held = (tmp_path / "r.lock").open("a")
    fcntl.flock(held, fcntl.LOCK_EX)

    def flock(lock: object, how: int) -> None:
        tries.append(how)
        if len(tries) < 3:
            raise BlockingIOError

    monkeypatch.setattr(fcntl, "flock", flock)
    serving.serve(listening, tmp_path / "r", 0.01)
    held.close()
    assert len(tries) == 3
    assert not (tmp_path / "r.sock").exists()
