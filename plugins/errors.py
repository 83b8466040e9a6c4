"""What can go wrong at the doors."""

from __future__ import annotations


class PluginError(Exception):
    """Base of everything that `plugins` raises by itself."""


class BadSetting(PluginError):
    """A setting is wrong; the message names it and says what to write instead."""
