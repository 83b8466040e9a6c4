"""deploy/.env.example against the settings and the Compose files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plugins.settings import described, load
from tests.deploy.pages import DEPLOY, defaults, examples

OURS = [variable for variable, _ in described()]
COMPOSE = dict(defaults())
TEXT = (DEPLOY / ".env.example").read_text("utf-8")


def test_it_holds_every_setting_and_every_variable_of_compose_once_and_no_other() -> None:
    assert sorted(name for name, _ in examples()) == sorted([*OURS, *COMPOSE])


@pytest.mark.parametrize(("name", "value"), [row for row in examples() if row[0] in OURS and row[1]])
def test_a_setting_stands_there_at_its_default(
    name: str, value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    assert load({name: value}, tmp_path) == load({}, tmp_path)


@pytest.mark.parametrize(("name", "value"), [row for row in examples() if row[0] in COMPOSE])
def test_a_variable_of_compose_stands_there_at_its_default(name: str, value: str) -> None:
    assert value == COMPOSE[name]


def test_compose_gives_a_variable_the_same_default_everywhere() -> None:
    assert len(defaults()) == len(COMPOSE)


def test_as_it_stands_it_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(TEXT, encoding="utf-8")
    assert load({}, tmp_path) == load({}, tmp_path / "elsewhere")


@pytest.mark.parametrize(
    "block",
    [block for block in TEXT.strip().split("\n\n")[1:] if "=" in block],
    ids=lambda block: block.split("=")[0][-20:],
)
def test_every_block_of_variables_is_explained_in_chinese_and_english(block: str) -> None:
    told = "\n".join(line for line in block.splitlines() if not re.match(r"#?[A-Z_]+=", line))
    assert re.search(r"[\u4e00-\u9fff]{4}", told)
    assert re.search(r"[A-Za-z]{2,} [a-z]{2,}", told)


def test_nothing_in_it_is_a_secret() -> None:
    assert [
        (name, value)
        for name, value in examples()
        if value and re.search("TOKEN|PASSWORD|KEY|DATABASE_URL", name)
    ] == []
