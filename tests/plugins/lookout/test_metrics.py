from __future__ import annotations

import pytest
import sqlalchemy as sa
from prometheus_client.parser import text_string_to_metric_families

from plugins.lookout import stages
from plugins.lookout.metrics import text_of
from plugins.lookout.outside import Outside
from plugins.lookout.presence import Presence, Sight
from plugins.lookout.queue_state import look
from plugins.lookout.stages import Stage
from tests.plugins.conftest import NOON
from tests.plugins.lookout.conftest import SECRETS, come, go


def _samples(text: bytes) -> dict[tuple[str, str], float]:
    """Every sample as the library's own parser reads it, by name and label."""
    return {
        (sample.name.removeprefix("dossier_"), ",".join(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text.decode())
        for sample in family.samples
    }


@pytest.fixture
def filled(engine: sa.Engine) -> sa.Engine:
    """Two filed files, a refused one, one that waits; a watcher and a worker."""
    for number, state in enumerate(("confirmed", "review", "quarantined")):
        go(engine, come(engine, number), state, reason=f"damaged: {SECRETS[0]} {SECRETS[3]}" * (number == 2))  # type: ignore[arg-type]  # states
    come(engine, 9, minutes=10)
    with engine.begin() as connection:
        stages.add(connection, "aa", [Stage("read", 2, 5, 12.5)])
    Presence(engine, lambda: NOON, "w", "watch", 60.0, lambda: Sight(2, 3, 40.0))._say()
    Presence(engine, lambda: NOON, "c", "celery", 60.0, lambda: Sight(4))._say()
    return engine


def test_the_figures_are_those_of_the_table(filled: sa.Engine) -> None:
    found = _samples(text_of(look(filled, NOON), Outside("", 0.2, 5_000_000, inbox=True, set_aside=1)))
    wanted = {
        ("database_up", ""): 1,
        ("files", "confirmed"): 1,
        ("files", "review"): 1,
        ("files", "quarantined"): 1,
        ("files", "claimed"): 1,
        ("files", "retry"): 0,
        ("set_aside_files", "damaged"): 1,
        ("waiting_files", ""): 1,
        ("leased_files", ""): 0,
        ("oldest_file_seconds", ""): 600,
        ("inbox_files", ""): 3,
        ("inbox_oldest_seconds", ""): 40,
        ("stage_seconds_count", "read"): 2,
        ("stage_seconds_sum", "read"): 12.5,
        ("pages_read_total", ""): 5,
        ("present", "watch"): 1,
        ("present", "celery"): 1,
        ("reading_processes", "celery"): 4,
        ("silent", ""): 0,
        ("dms_up", ""): 1,
        ("disk_free_bytes", ""): 5_000_000,
        ("inbox_up", ""): 1,
        ("set_aside_waiting", ""): 1,
    }
    assert {name: found.get(name) for name in wanted} == wanted


def test_stages_and_ages_are_histograms_whose_buckets_add_up(filled: sa.Engine) -> None:
    text = text_of(look(filled, NOON), None).decode()
    found = {
        (family.name, sample.labels.get("stage", ""), sample.labels["le"]): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if "le" in sample.labels
    }
    read = {le: value for (name, stage, le), value in found.items() if stage == "read"}
    # Two files in 12.5 seconds: each counts for 6.25.
    assert (read["3.0"], read["10.0"], read["600.0"], read["+Inf"]) == (0, 2, 2, 2)
    # One file, here for ten minutes.
    ages = {le: value for (name, _, le), value in found.items() if name == "dossier_queue_age_seconds"}
    assert (ages["180.0"], ages["600.0"], ages["+Inf"]) == (0, 1, 1)
    assert {family.type for family in text_string_to_metric_families(text) if "_seconds" in family.name} == {
        "gauge",
        "histogram",
    }


def test_no_figure_names_anybody(filled: sa.Engine) -> None:
    text = text_of(look(filled, NOON), Outside("", 0.2, 1, inbox=True, set_aside=None)).decode()
    assert [secret for secret in SECRETS if secret in text] == []


def test_without_a_database_it_says_so_and_tells_the_rest() -> None:
    found = _samples(text_of(None, Outside("DmsUnavailable", 5.0, 1, inbox=False, set_aside=None)))
    assert found[("database_up", "")] == 0
    assert (found[("dms_up", "")], found[("inbox_up", "")]) == (0, 0)
    assert ("files", "confirmed") not in found
