"""Tests of writing rights."""

from __future__ import annotations

import pytest

from plugins.paperless.client.rights import Rights, rights_of


def test_rights_without_an_owner_are_never_written() -> None:
    with pytest.raises(ValueError, match="publish"):
        Rights(None, view_groups=frozenset({1})).body()


def test_what_is_written_takes_every_other_grant_away() -> None:
    body = Rights(2, view_groups=frozenset({5, 4}), change_groups=frozenset({4})).body()
    nobody: list[int] = []
    assert body == {
        "owner": 2,
        "set_permissions": {
            "view": {"users": nobody, "groups": [4, 5]},
            "change": {"users": nobody, "groups": [4]},
        },
    }


def test_rights_are_read_as_they_were_written() -> None:
    rights = Rights(2, frozenset({7}), frozenset({4, 5}), frozenset({7}), frozenset({4}))
    body = rights.body()
    assert rights_of({"owner": body["owner"], "permissions": body["set_permissions"]}) == rights
