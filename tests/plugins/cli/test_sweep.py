"""Tests of `dossier sweep`, against a fake paperless-ngx."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from plugins.exit_codes import ExitCode
from tests.plugins.cli.conftest import Answer
from tests.plugins.conftest import SUBSCRIPTION
from tests.plugins.paperless.lying import FakeInUse
from tests.plugins.paperless.wire import wire

Dossier = Callable[..., Answer]


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeInUse]:
    """A server, set in the environment."""
    server = FakeInUse()
    with wire(server) as running:
        monkeypatch.setenv("DOSSIER_DMS", "paperless")
        monkeypatch.setenv("PAPERLESS_URL", running.url)
        monkeypatch.setenv("PAPERLESS_TOKEN", "0" * 40)
        yield server


def test_a_dry_run_tells_and_writes_nothing(dossier: Dossier, fake: FakeInUse) -> None:
    number = fake.lay(SUBSCRIPTION)
    answer = dossier("sweep", "--dry-run", "--json")
    assert (answer.code, fake.writes) == (ExitCode.OK, [])
    (line,) = answer.lines
    assert (line["id"], line["outcome"], line["labels"]["kind"]) == (str(number), "labelled", "认购书")


def test_it_labels_as_many_as_it_may_and_the_next_one_goes_on(dossier: Dossier, fake: FakeInUse) -> None:
    numbers = [fake.lay(f"{SUBSCRIPTION}\n{at}") for at in range(2)]
    assert [line["id"] for line in dossier("sweep", "--limit", "1", "--rate", "0", "--json").lines] == [
        str(numbers[0])
    ]
    assert [line["id"] for line in dossier("sweep", "--rate", "0", "--json").lines] == [str(numbers[1])]
    assert dossier("sweep", "--rate", "0", "--json").lines == []


def test_what_somebody_has_changed_is_told_first(dossier: Dossier, fake: FakeInUse) -> None:
    number = fake.lay(SUBSCRIPTION)
    dossier("sweep", "--rate", "0")
    fake.edit(number, document_type=fake.id_of("document_types", "商品房买卖合同"))
    (line,) = dossier("sweep", "--rate", "0", "--json").lines
    assert (line["changed"], line["was"], line["became"], line["by"], line["taken"]) == (
        "kind",
        "认购书",
        "商品房买卖合同",
        "colleague",
        True,
    )


def test_a_document_that_is_refused_is_no_success(dossier: Dossier, fake: FakeInUse) -> None:
    fake.lay("机密★10年\n" + SUBSCRIPTION)
    answer = dossier("sweep", "--rate", "0", "--json")
    assert (answer.code, answer.lines[0]["outcome"]) == (ExitCode.REFUSED, "refused")


def test_the_local_archive_has_nothing_to_sweep(dossier: Dossier) -> None:
    answer = dossier("sweep")
    assert answer.code == ExitCode.USAGE
    assert "DOSSIER_DMS=paperless" in answer.err


def test_watching_has_no_end_that_could_be_told(dossier: Dossier) -> None:
    assert dossier("sweep", "--watch", "--dry-run").code == ExitCode.USAGE
