from __future__ import annotations

from pathlib import Path

from PIL import Image

from benchmarks.working import standing_in
from benchmarks.working.crews import Speed, copies
from consumers.readers import READERS
from consumers.reading import check_readers
from consumers.scan import sha256_of


def test_copies_have_bytes_of_their_own_and_can_still_be_opened(tmp_path: Path) -> None:
    Image.new("L", (40, 60), 255).save(tmp_path / "a.png")
    made = copies([tmp_path / "a.png"], 5, tmp_path / "copies")
    assert len({sha256_of(path) for path in made}) == 5
    with Image.open(made[0]) as picture:
        assert picture.size == (40, 60)


def test_a_speed_is_told_in_files_a_minute() -> None:
    assert Speed("bare", 1, 30, 30, 60.0, 55.0, 0.0).a_minute == 30


def test_readers_that_stand_in_for_ocr_are_known_to_whoever_asks_for_a_reader() -> None:
    standing_in.plug_in()
    assert set(standing_in.NAMES) <= set(READERS)
    check_readers(standing_in.NAMES)
