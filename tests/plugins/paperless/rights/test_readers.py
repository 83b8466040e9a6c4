"""Tests of the rights that follow from a level."""

from __future__ import annotations

import pytest

from plugins.paperless.backend import PaperlessDms
from plugins.paperless.client.rights import Rights
from plugins.paperless.rights.readers import CHANGE, SEE, name_of
from retention.dms import Term
from tests.plugins.paperless.conftest import LEVELS
from tests.plugins.paperless.fake import ME, FakePaperless
from tests.plugins.paperless.wire import Wire


@pytest.fixture
def groups(dms: PaperlessDms, fake: FakePaperless) -> dict[str, int]:
    dms.prepare([Term("level", level) for level in LEVELS])
    return {row["name"]: row["id"] for row in fake.named["groups"]}


def test_a_document_is_open_to_its_own_level_and_every_higher_one(
    dms: PaperlessDms, groups: dict[str, int]
) -> None:
    change = frozenset(groups[name_of(level, CHANGE)] for level in ("internal", "secret"))
    see = frozenset(groups[name_of(level, SEE)] for level in ("internal", "secret"))
    assert dms._readers.due("internal") == Rights(ME, view_groups=see | change, change_groups=change)


@pytest.mark.usefixtures("groups")
@pytest.mark.parametrize("level", [None, "topmost", ""])
def test_a_document_of_an_unknown_level_is_its_owners_alone(dms: PaperlessDms, level: str | None) -> None:
    assert dms._readers.due(level) == Rights(ME)


def test_without_groups_a_document_is_its_owners_alone(dms: PaperlessDms) -> None:
    assert dms._readers.due("public") == Rights(ME)


def test_an_account_that_may_not_see_groups_opens_nothing(
    dms: PaperlessDms, fake: FakePaperless, server: Wire
) -> None:
    fake.may.remove("view_group")
    assert dms._readers.due("public") == Rights(ME)
    assert not any("groups" in asked.path for asked in server.asked)


def test_groups_are_asked_for_until_all_are_there(
    dms: PaperlessDms, server: Wire, groups: dict[str, int]
) -> None:
    assert groups
    server.asked.clear()
    dms._readers.due("public")
    dms._readers.due("secret")
    assert [asked.path for asked in server.asked] == []
