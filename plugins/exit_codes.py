"""The exit codes of `dossier`, in one place."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What a command's end means; other programs rely on the numbers."""

    OK = 0
    """Everything that was asked for was done."""
    FAILED = 1
    """Something unforeseen went wrong; the log has it."""
    USAGE = 2
    """The command line is wrong."""
    REFUSED = 3
    """Done, but at least one file was refused or set aside, or a check found something wrong."""
    SETTINGS = 4
    """A setting is wrong; nothing was started."""
    UNAVAILABLE = 5
    """The DMS, our database, the inbox or the store is out of reach; nothing is lost, try again."""
    INTERRUPTED = 130
    """Somebody pressed Ctrl-C; what was claimed is taken up by the next `dossier watch`."""
