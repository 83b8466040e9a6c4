"""deploy/archive-account.py gives the account what the client needs. It runs inside the server; here it is read."""

from __future__ import annotations

import ast

from plugins.paperless.init.preparing import NEEDED
from tests.deploy.pages import DEPLOY

TREE = ast.parse((DEPLOY / "archive-account.py").read_text("utf-8"))


def rights() -> set[str]:
    """As the server names them: `add_document`."""
    (table,) = [
        node.value
        for node in TREE.body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "RIGHTS"
    ]
    return {f"{deed}_{model}" for model, deeds in ast.literal_eval(table).items() for deed in deeds.split()}


def test_it_may_do_what_init_makes() -> None:
    assert {right for needed in NEEDED.values() for right in needed} <= rights()


def test_it_may_do_what_filing_takes() -> None:
    for model in ("document", "tag", "documenttype", "customfield"):
        assert {f"{deed}_{model}" for deed in ("add", "view", "change")} <= rights()
    assert {"view_paperlesstask", "view_uisettings"} <= rights()


def test_it_is_no_administrator_and_makes_no_people() -> None:
    assert "superuser" not in ast.unparse(TREE)
    assert {right for right in rights() if right.endswith("_user")} == set()
    assert {"change_group", "delete_group", "add_sharelink"} & rights() == set()
