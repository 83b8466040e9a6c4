"""Which Python reads, and what it is told."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from plugins.paperless_native import reading_python
from plugins.paperless_native.reading_python import environment, lack


def test_the_program_gets_none_of_the_servers_secrets() -> None:
    own = {
        "PATH": "/bin",
        "LC_ALL": "C",
        "DOSSIER_READER": "rapid",
        "DOSSIER_DATABASE_URL": "postgresql://a:secret@b/c",
        "PAPERLESS_SECRET_KEY": "secret",
        "PAPERLESS_DBPASS": "secret",
        "POSTGRES_PASSWORD": "secret",
        "DOSSIER_WEBHOOK_SECRET": "secret",
        "PYTHONPATH": "/theirs",
    }
    told = environment(own, same=False)
    assert told == {"PATH": "/bin", "LC_ALL": "C", "DOSSIER_READER": "rapid"}
    assert environment(own, same=True) == {**told, "PYTHONPATH": "/theirs"}


def test_this_python_lacks_nothing() -> None:
    assert lack(sys.executable) is None


def test_a_python_that_is_not_there_is_named_with_its_setting(tmp_path: Path) -> None:
    assert "DOSSIER_NATIVE_PYTHON: there is no program" in str(lack(str(tmp_path / "none")))
    assert "DOSSIER_NATIVE_PYTHON: there is no program" in str(lack(str(tmp_path)))


def test_a_python_that_can_not_read_says_what_is_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_python, "_NEEDED", ("no_such_package",))
    lack.cache_clear()
    try:
        assert "not installed beside paperless-ngx: no_such_package" in str(lack(sys.executable))
    finally:
        lack.cache_clear()
