"""A line to the real server that fails at every request in turn: the document is there once in the end, and whole."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
import requests

from plugins.paperless.backend import PaperlessDms
from plugins.paperless.client import connection as client
from plugins.paperless.upload.filing import Patience
from retention.errors import DmsUnavailable
from tests.contract.deposits import deposit
from tests.live import server
from tests.plugins.faulty import Countdown, faulty
from tests.plugins.paperless.wire import Answer, Asked, wire

PAGES = ("商品房买卖合同", "第二页")
_PASSED_ON = ("Accept", "Authorization", "Content-Type")
_TRIES = 5


def _forward(asked: Asked) -> Answer:
    """What the server answers."""
    headers = {name: asked.headers[name] for name in _PASSED_ON if name in asked.headers}
    answer = requests.request(
        asked.method,
        f"{server.url()}{asked.path}",
        params=asked.query,
        headers=headers,
        data=asked.body or None,
        allow_redirects=False,
        timeout=60,
    )
    kept = ("Content-Type", "X-Version", "X-Api-Version", "Location", "Retry-After")
    return Answer(
        answer.status_code,
        answer.content,
        {name: answer.headers[name] for name in kept if name in answer.headers},
    )


@pytest.mark.parametrize("kind", ["cut", "cut and done", "502 and done", "html", "full"])
def test_a_line_that_fails_at_any_request_brings_the_document_once_and_whole(
    token: str, dms: PaperlessDms, tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "_TRIES", 1)
    dms.file(deposit(tmp_path, b"first of all", PAGES))  # makes the labels
    sums = {}
    for number in itertools.count(1):
        paper = deposit(tmp_path, f"{kind} {number}".encode(), PAGES)
        sums[paper.card.sha256] = paper.card
        point = Countdown(number)
        with wire(faulty(_forward, point, kind)) as line:
            through = PaperlessDms(line.url, token, patience=Patience(reading=120.0, other=5.0))
            for _ in range(_TRIES):
                try:
                    dms_id = through.find(paper.card.sha256) or through.file(paper)
                    assert through.checksum(dms_id) == paper.card.sha256
                except DmsUnavailable:
                    continue
                break
            else:
                raise AssertionError(f"not filed within {_TRIES} tries after a fault at request {number}")
        if point.passed < number:
            break
    held = {record.card.sha256: record for record in dms.records()}
    assert {sha256: held[sha256].card for sha256 in sums} == sums
    assert [len(dms._filing._twins(sha256)) for sha256 in sums] == [1] * len(sums)
    assert all(dms.text(held[sha256].dms_id) == PAGES for sha256 in sums)
    assert number > 10
