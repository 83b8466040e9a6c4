"""`dossier covers print`: sheets for dossiers and kinds that there are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from plugins import settings as settings_module
from plugins.wiring import open_archive
from retention.households.dossier import DossierChoice
from retention.households.dossiers import open_dossier
from tests.plugins.cli.conftest import Answer

Dossier = Callable[..., Answer]
KEY = "锦绣花园/6-1-803"


@pytest.fixture
def known(home: Path, tmp_path: Path) -> None:
    with open_archive(settings_module.load({"DOSSIER_HOME": str(home)}, tmp_path)) as archive:
        choice = DossierChoice(KEY, "锦绣花园 6-1-803 周文海", "6-1-803", "锦绣花园", "周文海", (), "")
        with archive.engine.begin() as connection:
            open_dossier(connection, choice, archive.clock().date())


def pages(path: Path) -> int:
    document = pdfium.PdfDocument(path)
    count = len(document)
    document.close()
    return count


@pytest.mark.usefixtures("known")
def test_each_sheet_is_printed_as_often_as_asked(dossier: Dossier, tmp_path: Path) -> None:
    out = tmp_path / "covers.pdf"
    words = ("--dossier", KEY, "--kind", "id-card", "--kind", "收据", "--separator", "--count", "2")
    answer = dossier("covers", "print", *words, "--out", out, "--json")
    assert answer.code == 0, answer.err
    codes = [line["code"] for line in answer.lines]
    assert codes[::2] == codes[1::2]
    assert codes[::2][:2] == [f"PD1:D:{KEY}", "PD1:K:id-card"]
    assert codes[-1] == "PD1:S"
    assert [line["page"] for line in answer.lines] == list(range(1, 9))
    assert pages(out) == 8


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "nothing to print"),
        (("--dossier", "没有/1-1"), "没有/1-1"),
        (("--kind", "没有此文种"), "没有此文种"),
    ],
)
def test_what_there_is_not_is_not_printed(
    dossier: Dossier, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    out = tmp_path / "covers.pdf"
    answer = dossier("covers", "print", *words, "--out", out)
    assert answer.code == 2
    assert said in answer.err
    assert not out.exists()


def test_a_file_that_is_there_is_left_alone_unless_one_insists(dossier: Dossier, tmp_path: Path) -> None:
    out = tmp_path / "covers.pdf"
    out.write_bytes(b"mine")
    assert dossier("covers", "print", "--separator", "--out", out).code == 2
    assert out.read_bytes() == b"mine"
    assert dossier("covers", "print", "--separator", "--out", out, "--force").code == 0
    assert pages(out) == 1
