"""What can be wrong with a file that was handed in, each with a sentence for the operator."""

from __future__ import annotations


class ConsumerError(Exception):
    """Base of everything that `consumers` raises."""


class Refused(ConsumerError):
    """The file can not be taken in as it is; a person has to do something about it.

    `code` is stable and meant for programs; `zh` and `en` are one plain sentence each, for the
    person who scanned the page, and say what to do.
    """

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(f"{code}: {en}")
        self.code = code
        self.zh = zh
        self.en = en

    def __reduce__(self) -> tuple[type[Refused], tuple[str, str, str]]:
        # The default would rebuild from the one joined message and fail on the way out of a child process.
        return (type(self), (self.code, self.zh, self.en))


class ReaderUnavailable(ConsumerError):
    """A reader was asked for that can not work on this machine; the message says what to install."""


class ReaderFailed(ConsumerError):
    """Reading a page ended in an error that nobody foresaw; the message holds its name and words."""


class LeaseLost(ConsumerError):
    """Somebody else works on the file now, or has finished it: whoever hears this lets go of it, and does nothing."""
