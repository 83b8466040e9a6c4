"""Which Python reads for paperless-ngx, whether it can, and what it is told of the server's environment."""

from __future__ import annotations

import importlib.util
import os
import re
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

PYTHON = "DOSSIER_NATIVE_PYTHON"
_NEEDED = ("cv2", "numpy", "pebble", "pdfplumber", "pikepdf", "pydantic_settings", "pypdfium2", "scipy")

_KEPT = frozenset(
    ("HOME", "LANG", "LANGUAGE", "LD_LIBRARY_PATH", "PATH", "TESSDATA_PREFIX", "TMPDIR", "TZ", "USER")
)
_KEPT_KINDS = ("DOSSIER_", "LC_", "OMP_", "XDG_")
_ITS_OWN = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
_SECRET = re.compile(r"SECRET|PASS|TOKEN|DATABASE_URL")
"""What settings that reading has no use for are called, ours included."""


def python() -> str:
    """The Python that reads: the one that the setting names, else this one."""
    return os.environ.get(PYTHON) or sys.executable


@cache
def lack(program: str) -> str | None:
    """What keeps that Python from reading, as far as it can be told without starting it; None: nothing."""
    if program != sys.executable:
        if os.access(program, os.X_OK) and not Path(program).is_dir():
            return None
        return f"{PYTHON}: there is no program {program}; name the Python of the environment that reads"
    absent = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
    if all(importlib.util.find_spec(name) is None for name in ("rapidocr", "pytesseract")):
        absent.append("rapidocr")
    if not absent:
        return None
    return f"not installed beside paperless-ngx: {', '.join(absent)}; install it, or name another Python by {PYTHON}"


def environment(own: Mapping[str, str], *, same: bool) -> dict[str, str]:
    """What the program gets of the server's environment: none of its passwords and keys. `same`: it is of the same Python."""
    return {
        name: value
        for name, value in own.items()
        if (name in _KEPT or name.startswith(_KEPT_KINDS) or (same and name in _ITS_OWN))
        and not _SECRET.search(name)
    }
