from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.exit_codes import ExitCode
from tests.consumers.office.documents import docx, mail, zipped
from tests.plugins.cli.conftest import Answer

pytestmark = pytest.mark.process


def _mail(folder: Path) -> Path:
    path = folder / "来信.eml"
    path.write_bytes(
        mail("厨房漏水", ("报修单.docx", docx(["工单"])), ("资料.zip", zipped({"a": "b"}))).as_bytes()
    )
    return path


def test_a_mail_is_read_with_what_is_attached_to_it(dossier: Callable[..., Answer], tmp_path: Path) -> None:
    answer = dossier("read", "--json", "--reader", "text-layer", _mail(tmp_path))
    (line,) = answer.lines
    assert answer.code == ExitCode.OK
    assert [page["reader"] for page in line["pages"]] == ["office", "office"]
    assert line["pages"][1]["text"] == "工单"
    assert "资料.zip" in line["pages"][0]["doubtful"][0]


def test_doubts_are_told_beside_the_text(dossier: Callable[..., Answer], tmp_path: Path) -> None:
    answer = dossier("read", "--reader", "text-layer", _mail(tmp_path))
    assert "厨房漏水" in answer.out
    assert "资料.zip" in answer.err
    assert "资料.zip”未读出" not in answer.out
