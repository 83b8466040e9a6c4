"""Names of people as they are compared: the proposer, the approver and the witnesses must be different ones."""

from __future__ import annotations

import unicodedata


def key_of(name: str) -> str:
    """The name without blanks, width and case: two writings of one name have one key."""
    even = unicodedata.normalize("NFKC", name).casefold()
    return "".join(sign for sign in even if not sign.isspace() and unicodedata.category(sign) != "Cf")


def same(one: str, other: str) -> bool:
    """Whether both names are the same person's."""
    return key_of(one) == key_of(other)
