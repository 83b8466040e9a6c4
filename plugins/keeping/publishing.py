"""Publishing the register's head after a command has written to it: outside the database, where a cut tail shows."""

from __future__ import annotations

from plugins.timestamps.stamping import stamp
from plugins.wiring import Archive
from retention import register
from retention.heads import publish_head


def publish(archive: Archive) -> None:
    """Append the head as it is committed now to the heads file, and have it stamped where an authority is set; nothing where the
    register is empty."""
    with archive.engine.begin() as connection:
        last = register.head(connection)
    if last.seq:
        publish_head(archive.settings.heads_file, last)
        stamp(archive.settings, last, archive.clock())
