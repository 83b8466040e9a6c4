"""Names of people as they are compared: the proposer, the approver and the witnesses must be different ones."""

from __future__ import annotations

import unicodedata

_SIGNS = "LNM"
"""What a name consists of: letters, numbers, marks; not the dot or hyphen between its parts, not what nobody sees."""


def key_of(name: str) -> str:
    """The name without blanks, dots, width and case: two writings of one name have one key. Empty for what is no name."""
    even = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return "".join(sign for sign in even if unicodedata.category(sign)[0] in _SIGNS and not _is_variant(sign))


def _is_variant(sign: str) -> bool:
    """Whether the sign only chooses how the one before it is drawn."""
    return "VARIATION SELECTOR" in unicodedata.name(sign, "")


def same(one: str, other: str) -> bool:
    """Whether both names are the same person's."""
    return key_of(one) == key_of(other)
