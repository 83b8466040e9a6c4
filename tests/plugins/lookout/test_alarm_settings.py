from __future__ import annotations

from pathlib import Path

import pytest

from plugins.errors import BadSetting
from plugins.settings import load

GOOD = {"DOSSIER_ALARM_URL": "https://example.com/hook", "DOSSIER_ALARM_SECRET": "s" * 16}


@pytest.mark.parametrize(
    ("told", "variable"),
    [
        ({"DOSSIER_ALARM_URL": "https://example.com/hook"}, "DOSSIER_ALARM_SECRET"),
        (GOOD | {"DOSSIER_ALARM_SECRET": "short"}, "DOSSIER_ALARM_SECRET"),
        (GOOD | {"DOSSIER_ALARM_URL": "ftp://example.com"}, "DOSSIER_ALARM_URL"),
        ({"DOSSIER_ALARM_MAIL_TO": "it@example.com"}, "DOSSIER_ALARM_SMTP"),
        ({"DOSSIER_ALARM_SMTP": "host:port"}, "DOSSIER_ALARM_SMTP"),
        ({"DOSSIER_LOG_FORMAT": "xml"}, "DOSSIER_LOG_FORMAT"),
        ({"DOSSIER_ALARM_WAITING_MINUTES": "0"}, "DOSSIER_ALARM_WAITING_MINUTES"),
    ],
)
def test_what_does_not_fit_together_is_told_at_the_start(
    tmp_path: Path, told: dict[str, str], variable: str
) -> None:
    with pytest.raises(BadSetting, match=f"^{variable}"):
        load(told, tmp_path)


def test_secrets_may_lie_in_files_and_are_not_shown(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("t" * 20 + "\n")
    told = {
        "DOSSIER_ALARM_URL": GOOD["DOSSIER_ALARM_URL"],
        "DOSSIER_ALARM_SECRET_FILE": str(tmp_path / "secret"),
    }
    settings = load(told, tmp_path)
    assert settings.alarm_secret == "t" * 20
    assert "t" * 20 not in repr(settings)
