"""The watcher by the settings as they come: what scanners write in pieces is taken once, when it is whole."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PIL import Image

from plugins.intake.intaking import Intaking
from plugins.intake.watching import Watcher
from plugins.settings import Settings

_LOOKS = 5.0
"""Seconds between two looks: the default of DOSSIER_POLL_SECONDS."""


class Takes:
    """Stands in for an Intaking: takes a file away at once, and remembers its bytes."""

    in_hand = stuck = 0

    def __init__(self) -> None:
        self.taken: list[bytes] = []

    def take(self, path: Path, _door: str, *, keep: bool) -> None:
        self.taken.append(path.read_bytes())
        path.unlink()


def _watcher(settings: Settings, inbox: Path) -> tuple[Watcher, Takes]:
    takes = Takes()
    inbox.mkdir()
    return Watcher(settings, inbox, cast(Intaking, takes), 1), takes


def test_a_scanner_that_writes_in_three_bursts_with_eight_seconds_between_is_waited_for(
    settings: Settings, tmp_path: Path
) -> None:
    watcher, takes = _watcher(settings, tmp_path / "inbox")
    Image.effect_noise((300, 400), 60).save(tmp_path / "whole.png")
    whole = (tmp_path / "whole.png").read_bytes()
    third = len(whole) // 3
    bursts = {0: whole[:third], 8: whole[third : 2 * third], 16: whole[2 * third :]}
    for second in range(60):
        if second in bursts:
            with (tmp_path / "inbox" / "burst.png").open("ab") as file:
                file.write(bursts[second])
        if second % _LOOKS == 0:
            watcher._take_settled(float(second))
    assert takes.taken == [whole]


def test_a_file_that_is_whole_after_each_page_is_taken_only_after_its_last_one(
    settings: Settings, tmp_path: Path
) -> None:
    watcher, takes = _watcher(settings, tmp_path / "inbox")
    pages = [Image.new("L", (60, 80), shade) for shade in range(250, 255)]
    for count in range(1, 6):
        pages[0].save(tmp_path / f"{count}.tif", save_all=True, append_images=pages[1:count])
    for second in range(60):
        # A printer that opens its file anew for each page, every four seconds.
        if second % 4 == 0 and second // 4 < 5:
            (tmp_path / "inbox" / "pages.tif").write_bytes((tmp_path / f"{second // 4 + 1}.tif").read_bytes())
        if second % _LOOKS == 0:
            watcher._take_settled(float(second))
    assert takes.taken == [(tmp_path / "5.tif").read_bytes()]


def test_what_never_becomes_whole_is_taken_after_settle_and_patience_and_no_sooner(
    settings: Settings, tmp_path: Path
) -> None:
    watcher, takes = _watcher(settings, tmp_path / "inbox")
    (tmp_path / "inbox" / "half.pdf").write_bytes(b"%PDF-1.7\nhalf")
    taken_at = 0
    for second in range(0, 100, 5):
        watcher._take_settled(float(second))
        if takes.taken and not taken_at:
            taken_at = second
    assert settings.settle_seconds + settings.patience_seconds <= taken_at <= 45
