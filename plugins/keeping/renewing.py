"""A witness' new passphrase, by the old one or on the word of two people. What the CLI and the desk call."""

from __future__ import annotations

from collections.abc import Sequence

from plugins.wiring import Archive
from retention.disposing import renewing
from retention.disposing.witnesses import Witness
from retention.errors import BadCredential


def change(archive: Archive, name: str, old: str, new: str) -> None:
    """Give the witness his new passphrase. Raises BadCredential; a wrong old one is in the register by then."""
    with archive.engine.begin() as connection:
        right = renewing.change(connection, name, old, new, at=archive.clock())
    if not right:
        raise BadCredential(
            f"{name} 的旧口令不对：重输，忘记则加 --forgotten。The old passphrase is not that of {name}: type it again, or take --forgotten"
        )


def reset(archive: Archive, name: str, new: str, *, vouched_by: Sequence[str]) -> Witness:
    """Give a witness who has forgotten his passphrase a new one. Raises BadCredential."""
    with archive.engine.begin() as connection:
        return renewing.reset(connection, name, new, vouched_by=vouched_by, at=archive.clock())
