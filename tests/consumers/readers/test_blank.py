from __future__ import annotations

from pathlib import Path

from consumers.readers.blank import BlankReader
from tests.consumers.made import bomb_png, read_with


def test_a_blank_page_has_its_number_and_no_line(tmp_path: Path) -> None:
    page = read_with(BlankReader(), bomb_png(tmp_path / "p.png", 10, 10))
    assert page is not None
    assert (page.number, page.lines, page.source, page.confidence) == (1, (), "blank", None)


def test_the_picture_is_not_even_opened(tmp_path: Path) -> None:
    assert read_with(BlankReader(), bomb_png(tmp_path / "p.png", 60_000, 60_000)) is not None


def test_nothing_is_ever_missing() -> None:
    assert BlankReader.missing() is None
