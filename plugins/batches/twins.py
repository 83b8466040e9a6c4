"""A part whose very bytes are filed already: the same page in two batches, or twice in one."""

from __future__ import annotations

from consumers import intake
from consumers.errors import Refused
from plugins.archiving.filing import ACTOR
from plugins.intake.in_hand import InHand
from plugins.logs import log
from plugins.wiring import Archive
from retention import register
from retention.errors import DmsUnavailable


def close_twin(archive: Archive, refusal: Refused, work: InHand) -> None:
    """Close the part's row with the id of the record that holds its bytes; nothing is set aside.

    The chain to the scanner's bytes goes into the register as that of a filed part does. Raises DmsUnavailable as long
    as the other one is only on its way: it may yet be refused, and then this part is filed.
    """
    claim, sha256 = work.claim, work.scan.sha256
    dms_id = archive.dms.find(sha256)
    if dms_id is None or archive.dms.checksum(dms_id) != sha256:
        raise DmsUnavailable(
            "the same bytes are on their way into the DMS from another file; waiting for how that ends"
        )
    with archive.engine.begin() as connection:
        intake.move(
            connection,
            claim.id,
            "quarantined",
            at=archive.clock(),
            reason=f"{refusal.code}: {refusal.zh}",
            dms_id=dms_id,
        )
        register.append(
            connection,
            at=archive.clock(),
            actor=ACTOR,
            action="recognised",
            subject=f"record/{dms_id}",
            payload={
                "sha256": sha256,
                "intake": claim.id,
                "part_of": claim.whole,
                "first_page": claim.first_page,
                "last_page": claim.last_page,
            },
        )
    log().info("a part is filed already", intake=claim.id, dms_id=dms_id)
