"""What a log may not say: names of files, names and numbers of persons, text of papers.

More people read a log than may read a dossier, and it is kept elsewhere. Where a file is meant, its id stands there;
`dossier intake list` tells the rest to those who may know it.
"""

from __future__ import annotations

import re
import threading
import traceback
from collections import deque
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import sqlalchemy as sa

GONE = "…"
_KEYS = ("name", "who", "title")
"""Values that are names by their key."""
_AS_THEY_ARE = ("event", "level", "timestamp", "intake", "sha256", "code", "kind", "folder")
"""Sentences of the program's own, ids and codes, a row of the taxonomy, a folder that a setting names."""
_MOST_NAMES = 4_000
_LEAST_NAME = 2

# Quotes of any sort with what is between them: that is how messages cite names and values. A letter before the first
# one makes it an apostrophe.
_QUOTED = re.compile(r"(?<!\w)(?P<quote>['\"]).*?(?P=quote)|[“‘「『].*?[”’」』]")
_PATH = re.compile(r"(?<![\w:/.])(?:~|\.{1,2})?/(?:[^\s/:,;()]+/)*[^\s/:,;()]+")
_CHINESE = re.compile(r"[㐀-鿿豈-﫿\U00020000-\U0003ffff]+")
_LONG_NUMBER = re.compile(r"(?<![0-9a-fA-F])[0-9０-９](?:[ -]?[0-9０-９]){5,}[Xx]?(?![0-9a-fA-F])")

_names: deque[str] = deque(maxlen=_MOST_NAMES)
_lock = threading.Lock()


def withhold(name: str) -> None:
    """From now on this name of a file is taken out wherever it stands in the log, with its ending and without."""
    with _lock:
        for one in {name, Path(name).stem}:
            if len(one) >= _LEAST_NAME and one not in _names:
                _names.append(one)


def event_of(event: dict[str, Any]) -> dict[str, Any]:
    """An event as it may be written: names by key are gone, texts are `plain`, errors are what `told_of` says."""
    exc_info = event.pop("exc_info", None)
    if isinstance(exc_info, tuple):
        exc_info = exc_info[1]
    if isinstance(exc_info, BaseException):
        event["error"] = told_of(exc_info)
    return {key: _value(key, value) for key, value in event.items() if key not in _KEYS}


def plain(text: str) -> str:
    """The text without names that are known, quotations, paths, Chinese and long numbers."""
    with _lock:
        known = sorted((name for name in _names if name in text), key=len, reverse=True)
    for name in known:
        text = text.replace(name, GONE)
    for shape in (_QUOTED, _PATH, _CHINESE, _LONG_NUMBER):
        text = shape.sub(GONE, text)
    return text


def told_of(error: BaseException) -> dict[str, Any]:
    """The sort of an error, its message as far as it may be said, and where in the code it arose."""
    told: dict[str, Any] = {"type": type(error).__name__, "message": reason_of(error)}
    told["at"] = [
        f"{'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    if error.__cause__ is not None:
        told["cause"] = told_of(error.__cause__)
    return told


def reason_of(error: BaseException) -> str:
    """The message of an error as far as it may be said: of a database's never the values that were written."""
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror} ({error.errno})"
    if isinstance(error, sa.exc.DBAPIError):
        return plain(f"{type(error.orig).__name__}: {str(error.orig).partition('DETAIL:')[0].strip()}")
    return plain(str(error))


def _value(key: str, value: object) -> object:
    if isinstance(value, BaseException):
        return reason_of(value)
    if isinstance(value, str):
        return value if key in _AS_THEY_ARE else plain(value)
    if isinstance(value, dict) and key != "error":
        return {inner: _value(inner, one) for inner, one in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, (bytes, dict)):
        return [_value(key, one) for one in value]
    return value
