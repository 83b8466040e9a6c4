from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.served.through import NotFiled, Watch, file_all, settings
from plugins.settings import load


def test_our_program_is_told_settings_that_there_are(tmp_path: Path) -> None:
    told = load(settings(tmp_path, "http://127.0.0.1:1", "0" * 40, 1, {}), tmp_path)
    assert (told.dms, told.workers, told.settle_seconds) == ("paperless", 1, 0.0)
    assert told.inbox_folder == tmp_path / "inbox"


@pytest.mark.process
def test_a_program_that_ends_instead_of_filing_is_told_of_with_its_last_words(tmp_path: Path) -> None:
    (tmp_path / "scans").mkdir()
    scan = tmp_path / "scans" / "scan.txt"
    scan.write_text("one", encoding="utf-8")
    wrong = {**settings(tmp_path, "http://127.0.0.1:1", "0" * 40, 1, {}), "DOSSIER_WORKERS": "many"}
    with pytest.raises(NotFiled, match="DOSSIER_WORKERS"):
        file_all(tmp_path, wrong, [scan])
    with pytest.raises(NotFiled, match="DOSSIER_WORKERS"), Watch(tmp_path, wrong) as watch:
        watch.file(scan)
