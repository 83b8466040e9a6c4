"""Tests of `dossier init` against a real paperless-ngx."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from plugins.paperless import custom_fields as field
from plugins.paperless.backend import PaperlessDms
from plugins.paperless.init import storage, views
from retention.dms import Term
from tests.contract.deposits import deposit
from tests.live import server

TERMS = [
    Term("category", "签约"),
    Term("kind", "认购书", "签约"),
    Term("state", "待核"),
    Term("state", "待归户"),
]
_ASKED = {6: "tags__id__all", 20: "query", 42: "custom_field_query"}


def listed(archive: PaperlessDms, name: str) -> list[int]:
    """What the web interface shows under a saved view: it sends the rules as a query."""
    rows = archive._connection.rows("saved_views/", [("page_size", "1000")])
    (view,) = [row for row in rows if row["name"] == name and row["owner"] == archive._me.get().id]
    asked = [(_ASKED[rule["rule_type"]], rule["value"]) for rule in view["filter_rules"]]
    asked.append(("ordering", ("-" if view["sort_reverse"] else "") + view["sort_field"]))
    asked.append(("owner__id", str(archive._me.get().id)))  # what nobody owns may bear these tags, too
    return [row["id"] for row in archive._connection.get("documents/", asked)["results"]]


def test_a_dry_run_makes_nothing_and_tells_all_that_is_made_then(archive: PaperlessDms) -> None:
    told = archive.prepare(TERMS, dry_run=True)
    assert archive.prepare(TERMS, dry_run=True) == told
    made = archive.prepare(TERMS)
    assert [change for change in made if change.action != "share"] == list(told)


def test_a_second_run_changes_nothing(archive: PaperlessDms) -> None:
    archive.prepare(TERMS)
    assert {change.action for change in archive.prepare(TERMS)} == {"keep"}


def test_a_new_level_is_shown_what_is_there_already(archive: PaperlessDms) -> None:
    archive.prepare(TERMS)
    higher = (*archive._readers.levels, archive._readers.levels[-1].replace("secret", "topmost"))
    archive._readers.levels = higher
    changes = archive.prepare(TERMS)
    assert {change.name for change in changes if change.action == "create"} == {
        f"密级/{higher[-1]}/查阅",
        f"密级/{higher[-1]}/编辑",
    }
    wanted = {"类别", "类别/签约", "认购书", "到期鉴定"}.difference(
        *(server.theirs(archive._connection, each) for each in ("tags", "document_types", "saved_views"))
    )
    assert wanted <= {change.name for change in changes if change.action == "share"}
    assert {change.action for change in archive.prepare(TERMS)} == {"keep"}


def test_the_views_show_what_their_names_say(archive: PaperlessDms, tmp_path: Path) -> None:
    archive.prepare(TERMS)
    ending: dict[str, Any] = {"retain_until": date(2030, 12, 31)}
    later, sooner, held = (
        int(archive.file(deposit(tmp_path, f"text {n}".encode(), ("合同",), **more)))
        for n, more in enumerate(
            (ending, {"retain_until": date(2029, 12, 31)}, {**ending, "review_reasons": ("why",)})
        )
    )
    number = archive._fields.id_of(field.DISPOSAL)
    assert number is not None
    archive._documents.add_fields(held, {number: archive._fields.option(field.DISPOSAL, field.HELD)})
    wanted = {
        "待核": {held},
        views.TODAY: {later, sooner, held},
        views.APPRAISAL: {sooner, later},
        views.HELD: {held},
        "缺件": set(),
    }
    for name in wanted.keys() - server.theirs(archive._connection, "saved_views"):
        assert set(listed(archive, name)) == wanted[name]
    assert listed(archive, views.APPRAISAL) == [sooner, later]


def test_the_files_of_a_dossier_lie_in_a_folder_of_its_own(archive: PaperlessDms, tmp_path: Path) -> None:
    archive.prepare(TERMS)
    dms_id = archive.file(deposit(tmp_path, b"some text", ("合同",), dossier="锦绣花园/3-2-1201"))
    kept = archive._connection.get(f"documents/{dms_id}/metadata/")["media_filename"]
    assert kept.startswith(f"{storage.ROOT}/锦绣花园-3-2-1201/2024 商品房买卖合同 ")
    unassigned = archive.file(deposit(tmp_path, b"other text", ("合同",), dossier=""))
    kept = archive._connection.get(f"documents/{unassigned}/metadata/")["media_filename"]
    assert kept.startswith(f"{storage.ROOT}/未归户/")


def test_a_workflow_that_hurts_is_told_of(archive: PaperlessDms) -> None:
    removal: dict[str, Any] = {"type": 2, "remove_all_owners": True}
    body: dict[str, Any] = {
        "name": f"hurts {archive._readers.levels[0]}",
        "order": 99,
        "enabled": True,
        "triggers": [{"type": 2, "filter_filename": "no-such-file-*"}],
        "actions": [removal, {"type": 6}],
    }
    made = server.administrator().send("POST", "workflows/", body)
    try:
        told = [caution.detail for caution in archive.cautions() if body["name"] in caution.detail]
    finally:
        server.remove_workflow(made["id"])
    assert any("takes the owner away" in detail for detail in told)
    assert any("moves documents to the trash" in detail for detail in told)
