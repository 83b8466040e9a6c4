from __future__ import annotations

from collections.abc import Callable

from prometheus_client.parser import text_string_to_metric_families

from plugins.exit_codes import ExitCode
from tests.plugins.cli.conftest import Answer

Dossier = Callable[..., Answer]


def test_the_figures_are_printed_once(dossier: Dossier) -> None:
    answer = dossier("metrics")
    assert answer.code == ExitCode.OK
    families = {family.name: family for family in text_string_to_metric_families(answer.out)}
    assert families["dossier_database_up"].samples[0].value == 1


def test_an_address_must_be_one(dossier: Dossier) -> None:
    assert dossier("metrics", "--serve", "here:x").code == ExitCode.USAGE
