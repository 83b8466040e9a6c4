from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

from plugins.lookout.withheld import event_of, plain, reason_of, told_of, withhold

NUMBER = "110101199003074514"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The same bytes as “张三.pdf” (document 7)", "The same bytes as … (document 7)"),
        ("wrong: '张三' and \"Zhang San\"", "wrong: … and …"),
        ("it can't be opened, isn't it", "it can't be opened, isn't it"),
        (f"the number {NUMBER} and 11010119900307451X", "the number … and …"),
        ("call 139 0000 1111 or 139-0000-1111 or 13900001111", "call … or … or …"),
        ("第 3 页带有张三的身份证", "… 3 …"),
        ("no file /srv/inbox/Zhang.pdf here", "no file … here"),
        ("no file ./inbox/Zhang.pdf here", "no file … here"),
        (
            "http://paperless:8000/api/ answered 500 after 5.25 s",
            "http://paperless:8000/api/ answered 500 after 5.25 s",
        ),
        (
            "312 MB are free, and DOSSIER_MIN_FREE_MB says 500",
            "312 MB are free, and DOSSIER_MIN_FREE_MB says 500",
        ),
        ("f2c9a1b7e3d4 is not open any more", "f2c9a1b7e3d4 is not open any more"),
    ],
)
def test_what_may_name_somebody_is_gone_and_the_rest_is_there(text: str, said: str) -> None:
    assert plain(text) == said


def test_a_name_that_was_withheld_is_gone_with_its_ending_and_without() -> None:
    withhold("Zhang San lease.pdf")
    assert plain("Zhang San lease.pdf: the title is Zhang San lease") == "…: the title is …"


def test_an_event_has_no_names_by_key() -> None:
    event = {
        "event": "set aside",
        "name": "张三.pdf",
        "who": "li",
        "code": "damaged",
        "seconds": 1.5,
        "n": ["张三"],
    }
    assert event_of(event) == {"event": "set aside", "code": "damaged", "seconds": 1.5, "n": ["…"]}


def test_the_message_of_an_error_of_the_system_has_no_path() -> None:
    error = PermissionError(13, "Permission denied", "/srv/inbox/张三.pdf")
    assert reason_of(error) == "Permission denied (13)"


def test_an_error_of_the_database_does_not_tell_what_was_written() -> None:
    original = sqlite3.IntegrityError("UNIQUE constraint failed DETAIL: Key (name)=(Zhang San)")
    error = sa.exc.IntegrityError("INSERT INTO t VALUES (?)", ("Zhang San",), original)
    assert reason_of(error) == "IntegrityError: UNIQUE constraint failed"


def test_where_an_error_arose_is_told_with_its_cause() -> None:
    try:
        try:
            Path("张三.pdf").read_text()
        except OSError as first:
            raise ValueError(f"张三 {NUMBER}") from first
    except ValueError as error:
        told = told_of(error)
    assert (told["type"], told["message"]) == ("ValueError", "… …")
    assert told["at"][0].startswith("plugins/lookout/test_withheld.py:")
    assert told["cause"]["message"] == "No such file or directory (2)"
