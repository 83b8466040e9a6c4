"""Tests of `dossier audit`, against a fake paperless-ngx."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from plugins.exit_codes import ExitCode
from tests.contract.deposits import deposit
from tests.plugins.cli.conftest import Answer
from tests.plugins.paperless.fake import FakePaperless
from tests.plugins.paperless.wire import wire

Dossier = Callable[..., Answer]


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakePaperless]:
    """A server, set in the environment."""
    server = FakePaperless()
    with wire(server) as running:
        monkeypatch.setenv("DOSSIER_DMS", "paperless")
        monkeypatch.setenv("PAPERLESS_URL", running.url)
        monkeypatch.setenv("PAPERLESS_TOKEN", "0" * 40)
        yield server


@pytest.fixture
def open_to_all(dossier: Dossier, fake: FakePaperless, tmp_path: Path) -> int:
    """A confidential record that has lost its owner."""
    from plugins.cli.starting import load_settings
    from plugins.wiring import open_archive

    dossier("init")
    with open_archive(load_settings()) as archive:
        number = int(archive.dms.file(deposit(tmp_path, b"1", confidentiality="核心商密")))
    fake.documents[number]["owner"] = None
    return number


def test_where_all_is_as_it_should_be_nothing_is_told(dossier: Dossier, fake: FakePaperless) -> None:
    assert dossier("init").code == ExitCode.OK
    answer = dossier("audit", "rights", "--json")
    assert (answer.code, answer.lines) == (ExitCode.OK, [])
    assert fake.documents == {}


def test_a_fault_is_told_and_is_no_success(dossier: Dossier, open_to_all: int) -> None:
    answer = dossier("audit", "rights", "--json")
    assert answer.code == ExitCode.REFUSED
    (line,) = answer.lines
    assert line["detail"]
    assert (line["id"], line["confidentiality"], line["fault"], line["repaired"]) == (
        str(open_to_all),
        "核心商密",
        "no-owner",
        False,
    )


def test_a_repair_is_told_done_and_entered_into_the_register(
    dossier: Dossier, fake: FakePaperless, open_to_all: int
) -> None:
    answer = dossier("audit", "rights", "--repair")
    assert answer.code == ExitCode.OK
    assert "no-owner" in answer.out
    assert fake.documents[open_to_all]["owner"] is not None
    (register,) = [
        check for check in dossier("doctor", "--json").lines[0]["checks"] if check["name"] == "register"
    ]
    assert "1 entries" in register["detail"]


def test_a_local_archive_has_no_rights_to_compare(dossier: Dossier) -> None:
    dossier("init")
    assert dossier("audit", "rights", "--json").code == ExitCode.OK


def test_init_and_doctor_tell_what_hurts_on_the_server(dossier: Dossier, fake: FakePaperless) -> None:
    fake.settings["trash_delay"] = 30
    cautions = [line for line in dossier("init", "--json").lines if line["action"] == "caution"]
    assert [line["name"] for line in cautions] == ["trash"]
    assert "30" in dossier("init").out
    checks = dossier("doctor", "--json").lines[0]["checks"]
    (told,) = [check for check in checks if check["name"] == "dms trash"]
    assert (told["ok"], told["optional"], told["remedy"]) == (False, True, cautions[0]["remedy"])


def test_what_vanished_is_told_and_is_no_success(
    dossier: Dossier, fake: FakePaperless, tmp_path: Path
) -> None:
    from plugins.cli.starting import load_settings
    from plugins.wiring import open_archive
    from tests.plugins.test_reconciling import file

    dossier("init")
    with open_archive(load_settings()) as archive:
        number = file(archive, tmp_path, b"1")
    assert dossier("audit", "dms", "--json").code == ExitCode.OK
    del fake.documents[int(number)]
    answer = dossier("audit", "dms", "--json")
    assert answer.code == ExitCode.REFUSED
    (line,) = answer.lines
    assert (line["id"], line["found"], line["known"]) == (number, "vanished", False)
