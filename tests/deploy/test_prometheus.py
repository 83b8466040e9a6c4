"""deploy/prometheus: what the alerts rest on is told by /metrics, and every check that can fail has its alert."""

from __future__ import annotations

import re

import yaml  # type: ignore[import-untyped]  # it ships no types

from plugins.lookout.metrics import text_of
from plugins.lookout.outside import Outside
from plugins.lookout.queue_state import QueueState
from plugins.lookout.stages import Stage
from tests.deploy.pages import DEPLOY

FOLDER = DEPLOY / "prometheus"
RULES = [
    rule
    for group in yaml.safe_load((FOLDER / "dossier-alerts.yaml").read_text("utf-8"))["groups"]
    for rule in group["rules"]
]


def test_every_alert_rests_on_figures_that_there_are() -> None:
    queue = QueueState({"quarantined": 1}, {"damaged": 1}, 0, 0, 0.0, (Stage("read", 1, 1, 1.0),), ())
    told = text_of(queue, Outside("", 0.1, 1, inbox=True, set_aside=0)).decode()
    there = set(re.findall(r"^(dossier_\w+)", told, re.MULTILINE))
    for rule in RULES:
        used = set(re.findall(r"dossier_\w+", rule["expr"]))
        assert used, rule["alert"]
        assert used <= there, rule["alert"]


def test_every_alert_says_in_one_sentence_what_is_wrong() -> None:
    assert all(re.search(r"[\u4e00-\u9fff]", rule["annotations"]["summary"]) for rule in RULES)


def test_the_scrape_names_the_rules_and_the_port_of_the_unit() -> None:
    scrape = yaml.safe_load((FOLDER / "scrape.yaml").read_text("utf-8"))
    (target,) = scrape["scrape_configs"][0]["static_configs"][0]["targets"]
    assert (FOLDER / scrape["rule_files"][0]).is_file()
    assert f"--serve {target}" in (DEPLOY / "systemd" / "dossier-metrics.service").read_text("utf-8")
