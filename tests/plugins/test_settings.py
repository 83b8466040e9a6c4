"""Settings: where they come from, which source wins, and what a wrong one says."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from plugins import settings
from plugins.errors import BadSetting


def test_the_environment_beats_the_env_file_and_that_beats_the_toml_file(tmp_path: Path) -> None:
    (tmp_path / "dossier.toml").write_text('organisation = "toml"\nworkers = 3\nreader = "blank"\n')
    (tmp_path / ".env").write_text("DOSSIER_ORGANISATION=dotenv\nDOSSIER_WORKERS=2\n")
    found = settings.load({"DOSSIER_ORGANISATION": "environment"}, tmp_path)
    assert (found.organisation, found.workers, found.reader) == ("environment", 2, "blank")


def test_the_command_line_beats_them_all(tmp_path: Path) -> None:
    found = settings.load({"DOSSIER_INBOX": "/a"}, tmp_path, inbox=Path("/b"))
    assert found.inbox_folder == Path("/b")


def test_the_config_file_may_lie_elsewhere(tmp_path: Path) -> None:
    place = tmp_path / "else.toml"
    place.write_text("workers = 7\n")
    assert settings.load({"DOSSIER_CONFIG": str(place)}, tmp_path).workers == 7


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("s3cret\n")
    found = settings.load({"PAPERLESS_TOKEN_FILE": str(tmp_path / "token")}, tmp_path)
    assert found.paperless_token == "s3cret"


def test_a_secret_is_never_shown_when_the_settings_are_printed(tmp_path: Path) -> None:
    assert "s3cret" not in repr(settings.load({"PAPERLESS_TOKEN": "s3cret"}, tmp_path))


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"DOSSIER_WORKERS": "many"}, "DOSSIER_WORKERS: 值 'many' 有误"),
        ({"DOSSIER_SURE": "3"}, "DOSSIER_SURE"),
        ({"DOSSIER_DMS": "sharepoint"}, "'sharepoint' is wrong"),
        ({"DOSSIER_MAX_MEMORY_MB": "200"}, "nothing can be read with 200 MB"),
        ({"DOSSIER_INBOXX": "/x"}, "did you mean DOSSIER_INBOX?"),
        ({"DOSSIER_CONFIG": "/nowhere.toml"}, "DOSSIER_CONFIG: 没有文件 /nowhere.toml"),
        ({"PAPERLESS_TOKEN_FILE": "/nowhere"}, "PAPERLESS_TOKEN_FILE: 文件 /nowhere 不能读取"),
        ({"DOSSIER_DMS": "paperless"}, "PAPERLESS_URL: DOSSIER_DMS=paperless"),
        (
            {"DOSSIER_DMS": "paperless", "PAPERLESS_URL": "http://x"},
            "PAPERLESS_TOKEN: DOSSIER_DMS=paperless 时",
        ),
        ({"DOSSIER_HOME": "/a/b", "DOSSIER_INBOX": "/a"}, "DOSSIER_INBOX: 档案库在扫描文件夹之内"),
        ({"DOSSIER_INBOX": "/a", "DOSSIER_SET_ASIDE": "/a/bad"}, "DOSSIER_SET_ASIDE: 搁置的文件"),
    ],
)
def test_a_wrong_setting_is_named_with_what_to_write(
    environment: dict[str, str], said: str, tmp_path: Path
) -> None:
    with pytest.raises(BadSetting, match=r".*") as told:
        settings.load(environment, tmp_path)
    assert said in str(told.value)


@pytest.mark.parametrize("text", ["inboxx = 1", "inbox = [", "home = 3\n"])
def test_a_wrong_toml_file_is_named(text: str, tmp_path: Path) -> None:
    (tmp_path / "dossier.toml").write_text(text)
    with pytest.raises(BadSetting) as told:
        settings.load({}, tmp_path)
    assert "dossier.toml" in str(told.value) or "DOSSIER_HOME" in str(told.value)


def test_settings_can_not_be_changed(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="frozen"):
        settings.load({}, tmp_path).workers = 9  # type: ignore[misc]  # the mistake that must be refused


def test_an_empty_variable_counts_as_not_set(tmp_path: Path) -> None:
    assert settings.load({"DOSSIER_WORKERS": ""}, tmp_path).workers == 0


def test_every_setting_says_what_it_is_for() -> None:
    assert [name for name, field in settings.described() if not field.description] == []
