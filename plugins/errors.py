"""What can go wrong at the doors."""

from __future__ import annotations


class PluginError(Exception):
    """Base of everything that `plugins` raises by itself."""


class BadWord(PluginError):
    """A word on the command line is wrong; the message names the option and the words there are."""


class InboxAway(PluginError):
    """The scanner's folder is not there: a share that is away, or a wrong path; the message says what to look at."""


class DatabaseUnavailable(PluginError):
    """Our database can not be opened or written to; the message says which, and what to do."""


class BadSetting(PluginError):
    """A setting is wrong; the message names it and says what to write instead."""


class StoreAway(PluginError, OSError):
    """The store does not answer, or answers wrongly; to whoever works on a file that is a disk that fails for now."""
