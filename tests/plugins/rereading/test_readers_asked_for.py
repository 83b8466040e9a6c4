"""Which readers the settings ask for."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins import settings
from plugins.errors import BadSetting
from plugins.rereading.readers_asked_for import bounds_of, readers_of


def _with(tmp_path: Path, **environment: str) -> settings.Settings:
    return settings.load({"DOSSIER_HOME": str(tmp_path / "home"), **environment}, tmp_path)


@pytest.mark.parametrize("name", ["braille", "rapidd"])
def test_a_reader_that_nobody_plugged_in_names_those_that_are(name: str, tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="text-layer, rapid, tesseract, blank"):
        readers_of(_with(tmp_path, DOSSIER_READER=name))


def test_an_ocr_reader_that_is_set_still_leaves_text_layers_to_their_own_reader(tmp_path: Path) -> None:
    assert readers_of(_with(tmp_path, DOSSIER_READER="tesseract")) == ("text-layer", "tesseract")


def test_every_limit_that_is_set_bounds_the_reading(tmp_path: Path) -> None:
    bounds = bounds_of(
        _with(tmp_path, DOSSIER_MAX_PAGES="7", DOSSIER_MAX_SECONDS="11", DOSSIER_MAX_BYTES="13")
    )
    assert (bounds.pages, bounds.seconds, bounds.bytes) == (7, 11, 13)
