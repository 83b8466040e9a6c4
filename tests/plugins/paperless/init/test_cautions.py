"""Tests of telling what hurts on a server."""

from __future__ import annotations

from typing import Any

import pytest

from plugins.paperless.backend import PaperlessDms
from retention.dms import Term
from tests.plugins.paperless.conftest import LEVELS
from tests.plugins.paperless.fake import FakePaperless

LEVEL_TERMS = [Term("level", level) for level in LEVELS]
NOTHING = dict.fromkeys(
    (
        "remove_all_owners", "remove_owners", "remove_all_permissions", "remove_view_users", "remove_view_groups",
        "remove_change_users", "remove_change_groups", "remove_all_tags", "remove_tags", "remove_all_document_types",
        "remove_document_types", "remove_all_custom_fields", "remove_custom_fields", "assign_owner",
        "assign_view_users", "assign_view_groups", "assign_change_users", "assign_change_groups",
    )
)  # fmt: skip


def told(dms: PaperlessDms) -> dict[str, str]:
    return {caution.name: caution.detail for caution in dms.cautions()}


def test_a_server_that_was_prepared_has_nothing_to_be_told(dms: PaperlessDms) -> None:
    dms.prepare(LEVEL_TERMS)
    assert told(dms) == {}


def test_levels_without_groups_are_told(dms: PaperlessDms) -> None:
    assert "public、internal、secret" in told(dms)["groups"]


def test_an_adopted_group_that_may_see_nothing_is_told(dms: PaperlessDms, fake: FakePaperless) -> None:
    fake.named["groups"].append({"id": 900, "name": "密级/secret/查阅", "permissions": ["view_tag"]})
    dms.prepare(LEVEL_TERMS)
    assert "密级/secret/查阅" in told(dms)["groups"]
    assert fake.named["groups"][0]["permissions"] == ["view_tag"]


@pytest.mark.parametrize("sort", ["查阅", "编辑"])
@pytest.mark.parametrize("right", ["delete_document", "add_sharelink"])
def test_an_adopted_group_that_may_delete_or_share_is_told(
    dms: PaperlessDms, fake: FakePaperless, sort: str, right: str
) -> None:
    rights = ["view_document", right]
    fake.named["groups"].append({"id": 900, "name": f"密级/secret/{sort}", "permissions": rights})
    dms.prepare(LEVEL_TERMS)
    assert f"密级/secret/{sort}" in told(dms)["groups"]
    assert right in told(dms)["groups"]


@pytest.mark.parametrize(
    ("settings", "name"),
    [({"trash_delay": 30}, "trash"), ({"auditlog_enabled": False}, "audit log")],
)
def test_settings_of_the_server_that_hurt_are_told(
    dms: PaperlessDms, fake: FakePaperless, settings: dict[str, Any], name: str
) -> None:
    dms.prepare(LEVEL_TERMS)
    fake.settings |= settings
    dms._me._account = None
    assert list(told(dms)) == [name]


@pytest.mark.parametrize(
    ("configured", "name"),
    [
        ({"mode": "force"}, "ocr mode"),
        ({"mode": "redo"}, "ocr mode"),
        ({"archive_file_generation": "always"}, "archive files"),
        ({"barcodes_enabled": True}, "barcodes"),
        ({"barcode_enable_asn": True}, "barcode numbers"),
    ],
)
def test_a_configuration_that_hurts_is_told(
    dms: PaperlessDms, fake: FakePaperless, configured: dict[str, Any], name: str
) -> None:
    dms.prepare(LEVEL_TERMS)
    fake.configuration = configured
    assert list(told(dms)) == [name]


@pytest.mark.parametrize(
    ("action", "says"),
    [
        ({"type": 6}, "moves documents to the trash"),
        ({"type": 2, "remove_all_owners": True}, "shows documents to everybody"),
        ({"type": 2, "remove_view_groups": [4]}, "changes who may see"),
        ({"type": 1, "assign_owner": 4}, "changes who may see"),
        ({"type": 2, "remove_all_tags": True}, "takes labels away"),
    ],
)
def test_a_workflow_that_hurts_is_told(
    dms: PaperlessDms, fake: FakePaperless, action: dict[str, Any], says: str
) -> None:
    dms.prepare(LEVEL_TERMS)
    fake.workflows = [{"id": 1, "name": "theirs", "enabled": True, "actions": [NOTHING | action]}]
    assert says in told(dms)["workflow"]
    fake.workflows[0]["enabled"] = False
    assert told(dms) == {}


@pytest.mark.parametrize(
    ("result", "name"),
    [
        ({"duplicate_of": 4}, "duplicates"),
        ({"error_message": "MissingDependencyError: Ghostscript 10.0.0 ..."}, "ghostscript"),
    ],
)
def test_what_failed_tasks_tell_is_told(
    dms: PaperlessDms, fake: FakePaperless, result: dict[str, Any], name: str
) -> None:
    dms.prepare(LEVEL_TERMS)
    fake.tasks["t"] = {"id": 1, "task_id": "t", "status": "failure", "result_data": result}
    assert list(told(dms)) == [name]


def test_what_the_account_may_not_see_is_told(dms: PaperlessDms, fake: FakePaperless) -> None:
    fake.may.remove("view_workflow")
    dms.prepare(LEVEL_TERMS)
    assert "may not see workflows" in told(dms)["not seen"]
