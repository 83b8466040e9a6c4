"""The text of a claimed file, kept beside it: whoever takes the file up later need not read it again."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from consumers.inbox.spool import Claim
from consumers.transcript import Transcript

_KEPT = TypeAdapter(Transcript)


def keep(claim: Claim, transcript: Transcript) -> None:
    """Keep it; raises OSError where it can not be written, and then nothing is kept."""
    target = place(claim)
    unfinished = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        unfinished.write_bytes(_KEPT.dump_json(transcript))
        os.replace(unfinished, target)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise


def kept(claim: Claim, sha256: str) -> Transcript | None:
    """What was kept of these bytes; None where nothing was, or a crash left half of it."""
    try:
        transcript = _KEPT.validate_json(place(claim).read_bytes())
    except (OSError, ValidationError):
        return None
    return transcript if transcript.sha256 == sha256 else None


def place(claim: Claim) -> Path:
    """Where the text lies, if there is any."""
    return claim.path.with_name("text.json")
