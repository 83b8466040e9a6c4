"""The doctor tells what works here, and a remedy for everything that does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from consumers.readers.rapid import RapidReader
from consumers.readers.tesseract import TesseractReader
from plugins import settings
from plugins.health import examine
from plugins.wiring import open_archive


def _examined(tmp_path: Path, **environment: str) -> dict[str, tuple[bool, str, str]]:
    found = settings.load({"DOSSIER_HOME": str(tmp_path / "home"), **environment}, tmp_path)
    return {check.name: (check.ok, check.detail, check.remedy) for check in examine(found)}


def test_looking_at_an_archive_that_is_not_there_makes_none(tmp_path: Path) -> None:
    assert _examined(tmp_path)["archive"] == (
        False,
        f"{tmp_path / 'home'} 中尚无 none yet",
        "用 dossier init 建立 makes it",
    )
    assert not (tmp_path / "home").exists()


def test_a_machine_that_is_set_up_passes(tmp_path: Path) -> None:
    open_archive(settings.load({"DOSSIER_HOME": str(tmp_path / "home")}, tmp_path)).engine.dispose()
    checks = _examined(tmp_path)
    assert {"python", "reader rapid", "chinese ocr", "rules", "disk", "clock", "database", "dms"} <= set(
        checks
    )
    assert all(checks[name][0] for name in ("chinese ocr", "rules", "database", "register", "dms"))


def test_whatever_fails_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RapidReader, "missing", staticmethod(lambda: "install rapidocr"))
    monkeypatch.setattr(TesseractReader, "missing", staticmethod(lambda: "install tesseract"))
    checks = _examined(tmp_path)
    assert checks["chinese ocr"][0] is False
    assert all(remedy for ok, _, remedy in checks.values() if not ok)


def test_one_reader_is_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RapidReader, "missing", staticmethod(lambda: "install rapidocr"))
    checks = _examined(tmp_path)
    assert checks["reader rapid"] == (False, "缺少 missing", "install rapidocr")
    assert checks["chinese ocr"][0] is True


def test_a_dms_database_that_is_none_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "home" / "dms"
    folder.mkdir(parents=True)
    (folder / "dms.sqlite3").write_text(
        "this is no database, and long enough to look like a file of one" * 20
    )
    ok, detail, remedy = _examined(tmp_path)["dms"]
    assert not ok
    assert detail
    assert remedy


def test_a_schedule_that_is_wrong_is_told(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text("nonsense = 1")
    ok, detail, _ = _examined(tmp_path, DOSSIER_SCHEDULE=str(tmp_path / "s.toml"))["rules"]
    assert not ok
    assert "DOSSIER_SCHEDULE" in detail
