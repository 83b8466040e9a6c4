"""`dossier intake`: any file is found and told of; what was set aside is put back or discarded by its words."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from plugins.exit_codes import ExitCode
from tests.plugins.cli.conftest import TEXT_PDFS, Answer

Dossier = Callable[..., Answer]
pytestmark = pytest.mark.process


@pytest.fixture
def dropped(dossier: Dossier, tmp_path: Path) -> dict[str, dict[str, object]]:
    """One file that is filed, and two that are none; the rows by name."""
    for name in ("甲.pdf", "乙.pdf"):
        (tmp_path / name).write_bytes(f"no scan {name}".encode())
    dossier("file", "--reader", "text-layer", TEXT_PDFS[0], tmp_path / "甲.pdf", tmp_path / "乙.pdf")
    return {row["name"]: row for row in dossier("intake", "list", "--json").lines}


def test_any_file_is_found_told_of_put_back_or_discarded(
    dossier: Dossier, dropped: dict[str, dict[str, object]]
) -> None:
    filed, bad = dropped[TEXT_PDFS[0].name], dropped["甲.pdf"]

    def listed(*words: str) -> list[str]:
        return sorted(row["name"] for row in dossier("intake", "list", "--json", *words).lines)

    today, before = datetime.now().astimezone().date(), datetime.now().astimezone().date() - timedelta(days=1)
    assert listed("--name", "乙") == ["乙.pdf"]
    assert listed("--sha256", str(filed["sha256"])[:12]) == [TEXT_PDFS[0].name]
    assert listed("--reason", "wrong-type") == ["乙.pdf", "甲.pdf"]
    assert listed("--from", str(today), "--to", str(today), "--state", "quarantined") == [
        "乙.pdf",
        "甲.pdf",
    ]
    assert listed("--to", str(before)) == []
    assert dossier("intake", "list", "--from", str(today), "--to", str(before)).code == ExitCode.USAGE

    (story,) = dossier("intake", "show", str(filed["id"])[:8], "--json").lines
    assert (story["where"], story["place"]) == ("dms", story["dms_id"])
    assert [one["state"] for one in story["events"]] == [
        "claimed",
        "read",
        "labelled",
        "sent",
        story["state"],
    ]
    assert set(story["events"][0]) == {"at", "actor", "was", "state", "reason"}
    shown = dossier("intake", "show", "甲.pdf").out
    assert "已搁置" in shown
    assert "搁置文件夹" in shown
    assert dossier("intake", "show", "没有的文件").code == ExitCode.USAGE

    several = dossier("intake", "discard", "pdf", "--reason", "空白页", "--by", "李静")
    assert several.code == ExitCode.USAGE
    assert "2 份" in several.err
    assert dossier("intake", "discard", "甲.pdf", "--reason", " ", "--by", "李静").code == ExitCode.REFUSED
    assert dossier("intake", "discard", "wrong", "--reason", "空", "--by", "李静").code == ExitCode.USAGE
    (gone,) = dossier("intake", "discard", "甲.pdf", "--reason", "空白页", "--by", "李静", "--json").lines
    assert (gone["id"], gone["state"], gone["reason"]) == (bad["id"], "discarded", "discarded: 空白页")
    assert "ok" in dossier("register", "verify", "--json").out

    (back,) = dossier("intake", "retry", "--reason", "wrong-type", "--json").lines
    assert (back["name"], back["state"]) == ("乙.pdf", "claimed")
    assert dossier("intake", "retry").code == ExitCode.USAGE
    assert dossier("intake", "retry", "甲.pdf").code == ExitCode.REFUSED


def test_people_read_times_on_the_clock_of_their_office(
    dossier: Dossier, dropped: dict[str, dict[str, object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    at = datetime.fromisoformat(str(dropped["甲.pdf"]["since"]))
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        here = f"{at.astimezone(ZoneInfo('Asia/Shanghai')):%Y-%m-%d %H:%M}"
        assert here in dossier("intake", "list").out
        assert here in dossier("intake", "show", "甲.pdf").out
    finally:
        monkeypatch.undo()
        time.tzset()
