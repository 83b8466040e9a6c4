from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import structlog

from plugins import logs
from plugins.logs import log
from plugins.lookout.withheld import withhold

SECRETS = ("张三", "Zhang San", "110101199003074514", "13900001111")


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    handlers = list(logging.getLogger().handlers)
    yield
    structlog.reset_defaults()
    logging.getLogger().handlers = handlers


def _lines(capfd: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capfd.readouterr().err.splitlines()]


def test_an_event_is_one_object_a_line_with_its_time_in_utc(capfd: pytest.CaptureFixture[str]) -> None:
    logs.set_up("json")
    log().warning("set aside", intake="ab" * 16, code="damaged", seconds=1.5)
    log().info("filed", intake="cd" * 16)
    first, second = _lines(capfd)
    at = datetime.fromisoformat(str(first.pop("timestamp")))
    assert at.utcoffset() == timedelta(0)
    assert first == {
        "event": "set aside",
        "level": "warning",
        "intake": "ab" * 16,
        "code": "damaged",
        "seconds": 1.5,
    }
    assert second["event"] == "filed"


def test_nobody_is_named_whatever_is_logged(capfd: pytest.CaptureFixture[str]) -> None:
    logs.set_up("json")
    zh, en, number, phone = SECRETS
    withhold(f"{en}.pdf")
    log().warning("a", name=f"{zh}.pdf", reason=f"{en}.pdf {number} {phone} {zh}", more=[zh, {"x": en}])
    try:
        int(f"{zh} {number}")
    except ValueError as error:
        log().error("b", exc_info=error)
        logging.getLogger("a.library").exception("said %s of %s", number, zh)
    logging.getLogger("a.library").warning("it is %s", en)
    text = capfd.readouterr().err
    assert len([json.loads(line) for line in text.splitlines()]) == 4
    assert [secret for secret in SECRETS if secret in text] == []
    assert text.count('"type": "ValueError"') == 2


def test_what_libraries_say_is_one_object_a_line_too(capfd: pytest.CaptureFixture[str]) -> None:
    logs.set_up("json")
    logs.set_up("json")
    logging.getLogger("a.library").warning("slow:\nvery %s", "slow")
    (line,) = _lines(capfd)
    assert (line["event"], line["says"], line["logger"], line["level"]) == (
        "a library says",
        "slow:\nvery slow",
        "a.library",
        "warning",
    )


def test_for_people_there_are_lines_and_no_objects(capfd: pytest.CaptureFixture[str]) -> None:
    logs.set_up("console")
    log().info("watching", workers=2)
    text = capfd.readouterr().err
    assert "watching" in text
    assert not text.startswith("{")
