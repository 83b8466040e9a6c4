from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree

import pytest

from classifiers import taxonomy
from classifiers.facts import FINDERS
from consumers.intake import State
from consumers.readers import READERS
from plugins.backends import BACKENDS
from plugins.exit_codes import ExitCode
from plugins.settings import SECRETS, described, variable_of
from retention import schedule
from retention.periods.event import CUTOFF_EVENTS
from tests.docs import product
from tests.docs.pages import (
    COMMANDS,
    JSON,
    PAGES,
    README,
    READMES,
    ROOT,
    blocks_of,
    calls_in,
    headings_of,
    links_in,
    prose_of,
    text_of,
)

DOCS = ROOT / "docs"
CALLS = sorted({call for page in PAGES for call in calls_in(page)})
SETTINGS = [variable for variable, _ in described()]
MACHINE = re.compile(r"/(?:work|root|tmp|home/\w+)/")


@pytest.mark.parametrize("variable", SETTINGS)
def test_every_setting_is_described(variable: str) -> None:
    assert f"| `{variable}` |" in text_of(DOCS / "settings.md")


def test_no_setting_is_described_that_there_is_not() -> None:
    assert set(re.findall(r"^\| `(\w+)` \|", text_of(DOCS / "settings.md"), re.MULTILINE)) == set(SETTINGS)


def test_every_secret_is_described_with_its_file() -> None:
    page = text_of(DOCS / "settings.md")
    assert [name for name in SECRETS if f"{variable_of(name)}_FILE" not in page] == []


@pytest.mark.parametrize("reader", READERS)
def test_every_reader_is_described(reader: str) -> None:
    assert f"| `{reader}` |" in text_of(DOCS / "reading.md")


@pytest.mark.parametrize("fact", FINDERS)
def test_every_fact_is_described(fact: str) -> None:
    assert f"| `{fact}` |" in text_of(DOCS / "labels.md")


@pytest.mark.parametrize("backend", BACKENDS)
def test_every_backend_is_a_value_of_its_setting(backend: str) -> None:
    row = next(line for line in text_of(DOCS / "settings.md").splitlines() if "| `DOSSIER_DMS` |" in line)
    assert f"`{backend}`" in row


@pytest.mark.parametrize("name", product.commands())
@pytest.mark.parametrize("page", COMMANDS, ids=lambda page: page.name)
def test_every_command_has_a_heading_and_an_example(name: str, page: Path) -> None:
    assert f"\n## {name}\n" in text_of(page)
    assert any(" ".join(call).startswith(name) for call in calls_in(page))


@pytest.mark.parametrize("page", READMES, ids=lambda page: page.name)
def test_the_readmes_name_every_command_and_no_other(page: Path) -> None:
    linked = set(re.findall(r"\(docs/commands[.\w-]*\.md#([\w-]+)\)", text_of(page)))
    assert linked == {name.replace(" ", "-") for name in product.commands()}


@pytest.mark.parametrize("code", sorted(product.codes()))
def test_every_refusal_code_is_explained(code: str) -> None:
    assert f"| `{code}` |" in text_of(DOCS / "intake.md")


def test_no_refusal_code_is_explained_that_there_is_not() -> None:
    told = text_of(DOCS / "intake.md").partition("## Refusal codes")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `([a-z-]+)` \|", told, re.MULTILINE)) == product.codes()


@pytest.mark.parametrize("state", get_args(State))
def test_every_state_of_a_file_is_explained(state: str) -> None:
    assert f"| `{state}` |" in text_of(DOCS / "intake.md")


@pytest.mark.parametrize("event", CUTOFF_EVENTS)
def test_every_cutoff_event_is_explained(event: str) -> None:
    assert f"| `{event}` |" in text_of(DOCS / "retention.md")


@pytest.mark.parametrize("code", ExitCode, ids=lambda code: code.name)
@pytest.mark.parametrize("page", COMMANDS, ids=lambda page: page.name)
def test_every_exit_code_is_explained(code: ExitCode, page: Path) -> None:
    assert f"| {code.value} | {code.name} |" in text_of(page)


@pytest.mark.parametrize("page", JSON, ids=lambda page: page.name)
def test_every_field_of_the_json_is_named(page: Path) -> None:
    named = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`]+)`", prose_of(page)))))
    assert product.fields() - named == set()


@pytest.mark.parametrize("call", CALLS, ids=" ".join)
def test_every_command_that_is_shown_can_be_parsed(call: tuple[str, ...]) -> None:
    root, *leaves = product.leaves()
    parsed = []
    for leaf in leaves:
        leaf.callback = lambda **words: parsed.append(words)
    root.main(list(call), standalone_mode=False)
    assert len(parsed) == 1


@pytest.mark.parametrize("page", READMES, ids=lambda page: page.name)
def test_the_readmes_name_only_samples_that_there_are(page: Path) -> None:
    named = {word for call in calls_in(page) for word in call if word.startswith("samples/")}
    assert [name for name in named if not (ROOT / name).exists()] == []


IN_BOTH_LANGUAGES = pytest.mark.parametrize(
    "pages", [READMES, COMMANDS, JSON], ids=lambda pages: pages[0].name
)


@IN_BOTH_LANGUAGES
def test_a_page_has_the_same_headings_in_both_languages(pages: tuple[Path, Path]) -> None:
    one, other = map(headings_of, pages)
    assert one == other


@IN_BOTH_LANGUAGES
def test_a_page_shows_the_same_commands_in_both_languages(pages: tuple[Path, Path]) -> None:
    one, other = map(calls_in, pages)
    assert one == other


def test_both_readmes_show_the_same_demo() -> None:
    one, other = ([line for line in text_of(page).splitlines() if "99% |" in line] for page in READMES)
    assert one
    assert one == other


def test_the_design_names_every_package() -> None:
    page = text_of(DOCS / "design.md")
    assert [name for name in product.PACKAGES if f"\n{name}/ " not in page] == []


def test_the_design_names_every_module_of_the_first_two_levels() -> None:
    page = text_of(DOCS / "design.md")
    missing = []
    for package in product.PACKAGES:
        for place in sorted((ROOT / package).iterdir()):
            told = place.suffix == ".py" and place.stem not in ("__init__", "__main__", "errors")
            folder = place.is_dir() and any(place.glob("*.py"))
            if (told or folder) and not re.search(rf"`[^`\n]*\b{place.stem}\b[^`\n]*`", page):
                missing.append(f"{package}/{place.name}")
    assert missing == []


def test_the_design_is_one_page() -> None:
    assert len(text_of(DOCS / "design.md").splitlines()) <= 150


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    assert [link for link in links_in(page) if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_page_names_a_path_of_the_machine_it_was_written_on(page: Path) -> None:
    assert MACHINE.findall(text_of(page)) == []


@pytest.mark.parametrize("page", [*COMMANDS, ROOT / "CHANGELOG.md"], ids=lambda page: page.name)
def test_the_number_of_kinds_is_the_one_that_ships(page: Path) -> None:
    told = set(re.findall(r"(\d+) kinds", text_of(page)))
    assert told == {str(len(taxonomy.load().kind))}


@pytest.mark.parametrize("page", COMMANDS, ids=lambda page: page.name)
def test_the_number_of_rules_is_the_one_that_ships(page: Path) -> None:
    rules = schedule.load(schedule.EXAMPLE_HOME_SELLER).rules
    assert set(re.findall(r"(\d+) retention rules", text_of(page))) == {str(len(rules))}


def test_the_worked_example_of_a_kind_loads(tmp_path: Path) -> None:
    row = next(block for block in _toml_of("labels.md") if "[[kind]]" in block)
    file = tmp_path / "kinds.toml"
    file.write_text(text_of(taxonomy.SHIPPED) + row, encoding="utf-8")
    assert taxonomy.load(file).by_name("车位转让协议").category == "contract"


def test_the_example_of_a_schedule_loads(tmp_path: Path) -> None:
    file = tmp_path / "schedule.toml"
    file.write_text(next(block for block in _toml_of("retention.md")), encoding="utf-8")
    assert list(schedule.load(file).rules) == ["dunning-10y"]


def test_the_example_of_a_settings_file_names_settings_that_there_are() -> None:
    named = {variable_of(name) for name in tomllib.loads(next(block for block in _toml_of("settings.md")))}
    assert named <= set(SETTINGS)


def test_the_picture_of_the_flow_is_whole() -> None:
    assert ElementTree.parse(DOCS / "flow.svg").getroot().tag.endswith("svg")


def test_the_licence_is_the_one_that_the_readme_names() -> None:
    assert "GPL-3.0-or-later" in text_of(README)
    assert "GNU GENERAL PUBLIC LICENSE" in text_of(ROOT / "LICENSE")


def _toml_of(name: str) -> list[str]:
    return [re.sub(r"^   ", "", block, flags=re.MULTILINE) for block in blocks_of(DOCS / name, "toml")]
