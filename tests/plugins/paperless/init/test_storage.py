"""Tests of the folders on the server's disk."""

from __future__ import annotations

import pytest

from plugins.paperless.init.storage import name_of, template_of


@pytest.mark.parametrize(
    ("dossier", "folder"),
    [
        ("锦绣花园/3-2-1201", "锦绣花园-3-2-1201"),
        ("个人/王建国-0123456789abcdef", "个人-王建国-0123456789abcdef"),
        ("", "未归户"),
        ("../../etc", "etc"),
        ("...", "未归户"),
        ("a{{ custom_fields }}b", "a-custom_fields-b"),
        ("{% raw %}", "raw"),
        ("x" * 500, "x" * 60),
    ],
)
def test_nothing_of_a_dossiers_key_leaves_its_folder_or_is_a_template(dossier: str, folder: str) -> None:
    assert (
        template_of(dossier)
        == f"客户档案/{folder}/{{{{ created_year }}}} {{{{ document_type }}}} {{{{ doc_pk }}}}"
    )


def test_no_template_speaks_of_fields() -> None:
    # The server would take its lock once for each field, and may never come out of that.
    assert "custom_fields|" not in template_of("锦绣花园/3-2-1201")


def test_a_path_is_called_by_its_dossier() -> None:
    assert name_of("锦绣花园/3-2-1201") == "客户档案/锦绣花园/3-2-1201"
    assert name_of("") == "客户档案/未归户"
