"""Copies for who asks: of his own papers alone, with a list for programs; the register knows before the first one is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from plugins.errors import BadWord
from plugins.requests import copying, deleting
from plugins.wiring import Archive
from retention import register
from retention.errors import BadRequest
from tests.plugins.requests.people import HER, HERS, HIM, HIS, NOT_DUE, asked, found, his_paper, their_paper


def copied(archive: Archive, number: int, folder: Path, *include: str, reason: str = "") -> copying.Copied:
    return copying.copy(archive, number, folder, include, by="李静", reason=reason)


def test_only_papers_of_nobody_else_are_copied_and_the_list_says_which_must_be_blacked_out(
    archive: Archive, tmp_path: Path
) -> None:
    his, theirs = his_paper(archive, tmp_path, b"his bytes"), their_paper(archive, tmp_path)
    one = found(archive, "portability")
    done = copied(archive, one.id, tmp_path / "copies")
    assert (done.copies, [dms_id for dms_id, _ in done.left_out]) == ((his,), [theirs])
    files = {path.name: path.read_bytes() for path in (tmp_path / "copies").iterdir()}
    assert files.pop(f"001-{his}.pdf") == b"his bytes"
    told = json.loads(files.pop("answer.json"))
    assert files == {}
    assert {row["id"]: (row["file"], row["black_out"]) for row in told["records"]} == {
        his: (f"001-{his}.pdf", False),
        theirs: (None, True),
    }
    whole = json.dumps(told, ensure_ascii=False)
    assert [word for word in (HER, HERS, HIS) if word in whole] == []
    assert told["name"] == HIM
    assert (tmp_path / "copies").stat().st_mode & 0o077 == 0


def test_a_paper_with_others_is_copied_by_number_and_with_a_reason_only(
    archive: Archive, tmp_path: Path
) -> None:
    theirs = their_paper(archive, tmp_path)
    one = found(archive)
    with pytest.raises(BadRequest, match="Say why"):
        copied(archive, one.id, tmp_path / "copies", theirs)
    done = copied(archive, one.id, tmp_path / "copies", theirs, reason="已遮盖共有人信息")
    assert done.copies == (theirs,)
    with archive.engine.begin() as connection:
        (entry,) = [each for each in register.entries(connection) if each.action == "request-copied"]
    assert json.loads(entry.payload) == {
        "records": [theirs],
        "included": [theirs],
        "reason": "已遮盖共有人信息",
    }


def test_the_register_names_the_copies_before_they_are_written(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    his_paper(archive, tmp_path)
    one = found(archive)

    def crash(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(archive.dms, "original", crash)
    with pytest.raises(KeyboardInterrupt):
        copied(archive, one.id, tmp_path / "copies")
    assert not (tmp_path / "copies").exists()
    with archive.engine.begin() as connection:
        assert [each.action for each in register.entries(connection)][-1] == "request-copied"


def test_a_folder_that_is_there_and_what_is_out_of_sight_are_told(archive: Archive, tmp_path: Path) -> None:
    number = his_paper(archive, tmp_path, **NOT_DUE)
    deleting.delete(archive, found(archive, "deletion").id, (), by="李静", reason="删除")
    one = found(archive)
    done = copied(archive, one.id, tmp_path / "copies")
    assert (done.copies, [dms_id for dms_id, _ in done.left_out]) == ((), [number])
    with pytest.raises(BadWord, match="there already"):
        copied(archive, one.id, tmp_path / "copies")


def test_nobody_gets_copies_before_his_identity_was_checked(archive: Archive, tmp_path: Path) -> None:
    his_paper(archive, tmp_path)
    with pytest.raises(BadRequest):
        copied(archive, asked(archive).id, tmp_path / "copies")
