"""Tests of `dossier post-consume`: paperless-ngx fails a document whose script ends with anything but 0."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from plugins.database import connect
from plugins.exit_codes import ExitCode
from plugins.sweeping import asked
from tests.plugins.cli.conftest import Answer

Dossier = Callable[..., Answer]


def test_the_document_waits_in_the_queue(
    dossier: Dossier, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCUMENT_ID", "12")
    assert dossier("post-consume").code == ExitCode.OK
    engine = connect(f"sqlite:///{home / 'dossier.sqlite3'}")
    with engine.begin() as connection:
        taken = asked.take(connection, "one", datetime.now(UTC))
    engine.dispose()
    assert taken is not None
    assert (taken.dms_id, taken.asked_by) == ("12", "post-consume")


@pytest.mark.parametrize("number", ["", "0", "-1", "12; rm", "９"])
def test_what_is_no_number_is_told_and_is_no_failure(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch, number: str
) -> None:
    monkeypatch.setenv("DOCUMENT_ID", number)
    answer = dossier("post-consume")
    assert (answer.code, "DOCUMENT_ID" in answer.err) == (ExitCode.OK, True)


def test_a_database_that_can_not_be_opened_is_told_and_is_no_failure(
    dossier: Dossier, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.mkdir()
    (home / "dossier.sqlite3").write_text("nonsense" * 500)
    monkeypatch.setenv("DOCUMENT_ID", "12")
    answer = dossier("post-consume")
    assert (answer.code, "not queued" in answer.err) == (ExitCode.OK, True)


def test_a_wrong_setting_is_told_and_is_no_failure(dossier: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCUMENT_ID", "12")
    monkeypatch.setenv("DOSSIER_DMS", "nowhere")
    answer = dossier("post-consume")
    assert (answer.code, "DOSSIER_DMS" in answer.err) == (ExitCode.OK, True)
