"""docs/install.md and docs/install.zh-CN.md: what people type from them is there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from plugins.settings import described
from tests.deploy.pages import BESIDE, DEPLOY, ROOT, WITH_SERVER, compose, defaults, services
from tests.docs.pages import blocks_of, headings_of, text_of
from tests.docs.product import commands

PAGES = (ROOT / "docs" / "install.md", ROOT / "docs" / "install.zh-CN.md")
of_both = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def lines_of(page: Path) -> list[str]:
    """What is typed into a shell, line by line."""
    return [line.strip() for block in blocks_of(page, "sh") for line in block.splitlines()]


def test_both_pages_say_the_same_in_the_same_order() -> None:
    one, other = PAGES
    assert headings_of(one) == headings_of(other)
    assert blocks_of(one, "sh") == blocks_of(other, "sh")
    assert blocks_of(one, "ini") == blocks_of(other, "ini")


@of_both
def test_every_call_of_compose_names_a_service_that_there_is(page: Path) -> None:
    calls = [shlex.split(line) for line in lines_of(page) if line.startswith("docker compose ")]
    aimed = [words for words in calls if {"exec", "run", "stop", "start"} & set(words)]
    assert aimed
    # `webserver` is what the server is called in the Compose file of paperless-ngx itself.
    known = {*services(WITH_SERVER), *services(BESIDE), "webserver"}
    assert [words for words in aimed if not known & set(words)] == []


@of_both
def test_every_command_of_ours_that_is_typed_is_there(page: Path) -> None:
    typed = {
        found
        for line in lines_of(page)
        for found in re.findall(r"(?:run --rm|bin/|exec dossier) ?dossier (\w+)", line)
    }
    assert typed
    assert typed <= set(commands())


@of_both
def test_every_file_of_ours_that_is_named_is_there(page: Path) -> None:
    named = set(
        re.findall(
            r"(?:deploy/)?((?:archive-|compose\.|dossier-)[\w./-]*\.(?:py|yaml|service|timer|conf))(?![.\w])",
            text_of(page),
        )
    )
    assert len(named) > 5
    there = {path.name for path in DEPLOY.rglob("*")}
    assert {name for name in named if Path(name).name not in there} == set()


@of_both
def test_every_secret_is_explained(page: Path) -> None:
    assert [name for name in compose(WITH_SERVER)["secrets"] if f"| `{name}` |" not in text_of(page)] == []


@of_both
def test_every_variable_that_is_named_is_there(page: Path) -> None:
    known = {name for name, _ in described()} | {name for name, _ in defaults()}
    prose = set(re.findall(r"`((?:DOSSIER|PAPERLESS|SERVER|ARCHIVE|WEB|ADMIN)_[A-Z_]+)`", text_of(page)))
    assert {name for name in prose if name.removesuffix("_FILE") not in known} == set()


@of_both
def test_what_belongs_into_a_backup_is_named(page: Path) -> None:
    for name in (
        "DOSSIER_HOME",
        "dossier.sqlite3",
        "dossier-pepper",
        "register-heads.txt",
        "document_exporter",
    ):
        assert name in text_of(page)
