"""A reader that waits: takes one order after the other from a socket, `python -m plugins.paperless_native.serving`.

An order is the words of `program`, as JSON; the answer its exit code and its last words. It goes when nobody came for a
while, and after so many documents: libraries leak.
"""

from __future__ import annotations

import fcntl
import json
import signal
import socket
import sys
from pathlib import Path

from plugins.paperless_native import program

_MOST_DOCUMENTS = 200
_MOST_WORDS = 1 << 20


def serve(listening: socket.socket, place: Path, seconds: float) -> None:
    """Answer until nobody came for so many seconds. `place`: the lock beside it says whether somebody is about to."""
    listening.settimeout(seconds)
    for _ in range(_MOST_DOCUMENTS):
        asked = _next(listening, place)
        if asked is None:
            break
        with asked:
            _answer(asked)
    listening.close()


def _next(listening: socket.socket, place: Path) -> socket.socket | None:
    while True:
        try:
            asked, _ = listening.accept()
        except TimeoutError:
            if _gone(listening, place):
                return None
        else:
            asked.settimeout(None)
            return asked


def _gone(listening: socket.socket, place: Path) -> bool:
    """Take the socket away, unless somebody holds the lock: whoever comes later starts another reader."""
    with place.with_suffix(".lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        listening.close()
        for suffix in (".sock", ".pid", ".said"):
            place.with_suffix(suffix).unlink(missing_ok=True)
    return True


def _answer(asked: socket.socket) -> None:
    with asked.makefile("rb") as order:
        words = json.loads(order.read(_MOST_WORDS))
    said = ""
    try:
        code = program.main(words)
    except Exception as error:  # noqa: BLE001 - the door of one document: the next one still wants to be read
        code, said = 1, f"{type(error).__name__}: {error}"
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    asked.sendall(json.dumps([code, said]).encode())


def main(words: list[str]) -> None:
    """Serve on the socket of that number."""
    number, place, seconds = words
    serve(socket.socket(fileno=int(number)), Path(place), float(seconds))


if __name__ == "__main__":
    main(sys.argv[1:])
