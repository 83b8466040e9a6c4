from __future__ import annotations

from plugins.lookout.outside import Look
from plugins.wiring import Archive


def test_a_look_sees_dms_disk_and_folders(archive: Archive) -> None:
    archive.settings.inbox_folder.mkdir()
    archive.settings.set_aside_folder.mkdir()
    (archive.settings.set_aside_folder / "0-a.pdf.json").write_text("{}")
    (archive.settings.set_aside_folder / "0-a.pdf").write_text("")
    found = Look(archive.settings, archive.rules).now()
    assert (found.trouble, found.inbox, found.set_aside) == ("", True, 1)
    assert found.free > 0


def test_a_dms_that_can_not_be_opened_is_trouble_and_nothing_more(archive: Archive) -> None:
    (archive.settings.home / "dms" / "dms.sqlite3").write_bytes(b"no database" * 100)
    found = Look(archive.settings, archive.rules).now()
    assert found.trouble
    assert found.inbox is False


def test_it_is_told_how_old_a_look_is(archive: Archive) -> None:
    clock = [100.0]
    look = Look(archive.settings, archive.rules, lambda: clock[0])
    clock[0] = 130.0
    assert (look.last, look.age) == (None, 30.0)
    look.now()
    clock[0] = 135.0
    assert look.age == 5.0
