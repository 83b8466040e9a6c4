"""The archive's own work with papers that lie on a real paperless-ngx: restricted, handed over, lent, destroyed, looked for."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from plugins.custody import handing_over, lending
from plugins.keeping import appraising, disposing, restoring
from plugins.paperless.backend import PaperlessDms
from plugins.paperless.client.connection import Connection
from plugins.paperless.client.documents import Documents
from plugins.paperless.client.tasks import Tasks
from plugins.reconciling import reconcile
from plugins.requests import restricting
from plugins.wiring import Archive
from retention import register
from retention.blocking.blocks import blocks
from retention.custody.loan import Borrowing
from retention.disposing import witnesses
from retention.dms import Query
from retention.errors import NoSuchRecord
from retention.heads import published_heads
from tests.live import server
from tests.plugins.conftest import NOON
from tests.plugins.due_papers import APPROVER, DOSSIER, PROPOSER, approved, both_agree, file_due, propose
from tests.plugins.keeping.witnessing import WITNESSES, later, states
from tests.plugins.ready_made import copied
from tests.plugins.requests.people import NOT_DUE, found, her_paper, his_paper

MEDIA = os.environ.get("PAPERLESS_MEDIA_ROOT", "")
LOAN = Borrowing("周伟", "销售部", "核对面积", NOON.date() + timedelta(days=15))


@pytest.fixture
def office(tmp_path: Path, dms: PaperlessDms) -> Iterator[Archive]:
    """An archive that thinks it is noon of 2 March 2026, on the real server."""
    with copied(tmp_path / "office") as opened:
        yield replace(opened, dms=dms)


@pytest.fixture(autouse=True)
def _cheap_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a hash costs is no matter here."""
    monkeypatch.setattr(witnesses, "_COST", 16)


def unique(folder: Path, words: str) -> bytes:
    """A text that no other test files."""
    return f"{words} {folder}".encode()


def seen(office: Archive, number: str) -> bool:
    """Whether our search finds it. In the server's own list the archive's account sees all that it owns."""
    everything = office.clearance(office.rules.ladder.names[-1])
    return number in [hit.record.dms_id for hit in office.dms.search(Query("认购书"), everything)]


def codes(office: Archive, number: str) -> list[str]:
    with office.engine.begin() as connection:
        return [one.code for one in blocks(connection, office.dms.record(number), NOON.date())]


def verified(office: Archive) -> list[str]:
    """The actions in the register, as `dossier register verify` looks at them."""
    with office.engine.begin() as connection:
        heads = office.settings.heads_file
        register.verify(connection, published_heads(heads) if heads.exists() else [])
        return [one.action for one in register.entries(connection)]


def confirmed(office: Archive, number: int) -> None:
    """Both witnesses confirm the list, when the quarantine is over."""
    for name, passphrase in WITNESSES.items():
        disposing.enrol(office, name, passphrase, vouched_by="王芳")
        disposing.witness(later(office), number, name, passphrase)


def test_what_is_restricted_is_out_of_sight_and_comes_back_as_it_was(
    office: Archive, person: Connection, tmp_path: Path
) -> None:
    number = his_paper(office, tmp_path, unique(tmp_path, "his"), **NOT_DUE)
    other = her_paper(office, tmp_path, unique(tmp_path, "hers"))
    before, text = office.dms.record(number), office.dms.text(number)
    one = found(office, "deletion")
    done = restricting.restrict(office, one.id, (number,), by="李静", reason="申请删除")
    assert (done.done, done.failed) == ((number,), ())
    assert (seen(office, number), seen(office, other)) == (False, True)
    for method in (office.dms.record, office.dms.text, office.dms.original):
        with pytest.raises(NoSuchRecord):
            method(number)
    assert office.dms.checksum(number) == before.card.sha256
    lifted = restricting.lift(office, one.id, (number,), by="王芳", reason="申请人撤回")
    assert (lifted.failed, seen(office, number)) == ((), True)
    assert (office.dms.record(number), office.dms.text(number)) == (before, text)
    assert {"personal-data-restricted", "restriction-lifted"} <= set(verified(office))


def test_what_was_handed_over_bears_a_tag_and_is_proposed_no_more(
    office: Archive, person: Connection, tmp_path: Path
) -> None:
    number = file_due(office, tmp_path / "papers", unique(tmp_path, "text"))
    batch = propose(office)
    appraising.decide(office, batch.id, (), "transfer", by=PROPOSER, reason="进馆")
    both_agree(office, batch.id)
    appraising.approve(office, batch.id, by=APPROVER)
    one = handing_over.propose_transfer(office, receiver="江州市档案馆", department="档案室", by="李静")
    handing_over.confirm(office, one.id, "giver", by="周伟")
    handing_over.confirm(office, one.id, "receiver", by="王芳")
    names = {row["id"]: row["name"] for row in person.rows("tags/", [("page_size", "1000")])}
    assert "已移交" in {names[tag] for tag in person.get(f"documents/{number}/")["tags"]}
    assert office.dms.record(number).card.handed_over == f"{NOON.date()} 江州市档案馆"
    assert set(codes(office, number)) == {"kept-by-appraisal", "handed-over"}
    assert appraising.propose(office, PROPOSER) is None
    assert "handed-over" in verified(office)


def test_what_is_lent_is_not_destroyed_until_it_is_back(office: Archive, tmp_path: Path) -> None:
    number = file_due(office, tmp_path / "papers", unique(tmp_path, "text"))
    batch = approved(office)
    loan = lending.lend(office, LOAN, by="李静", record=number).id
    assert codes(office, number) == ["on-loan"]
    held = disposing.start(office, batch.id, by=PROPOSER).disposal
    assert states(office, held.id) == {number: "held"}
    assert office.dms.record(number).dms_id == number
    lending.give_back(office, loan, by="李静", condition="完好")
    assert codes(office, number) == []
    disposal = disposing.start(office, approved(office).id, by=PROPOSER).disposal
    confirmed(office, disposal.id)
    # It is needed once more, on the last day: out of quarantine nothing can be lent, its dossier can.
    late = replace(LOAN, due_on=LOAN.due_on + timedelta(days=300))
    lending.lend(later(office), late, by="李静", dossier=DOSSIER)
    disposing.execute(later(office), disposal.id, by="吴刚")
    assert states(office, disposal.id) == {number: "kept"}
    assert not office.dms.is_gone(number, office.dms.checksum(number))
    verified(office)


def test_out_of_quarantine_and_into_it_again_and_gone_with_all_its_versions(
    office: Archive, person: Connection, tmp_path: Path
) -> None:
    number, other = (
        file_due(office, tmp_path / "papers", unique(tmp_path, words)) for words in ("one", "two")
    )
    sums = {one: office.dms.checksum(one) for one in (number, other)}
    before, text = office.dms.record(number), office.dms.text(number)
    first = disposing.start(office, approved(office).id, by=PROPOSER).disposal
    assert set(states(office, first.id).values()) == {"quarantined"}
    assert list(office.dms.records()) == []
    restoring.restore(office, first.id, (number, other), by="王芳", reason="仍需查阅")
    assert (office.dms.record(number), office.dms.text(number)) == (before, text)
    assert [seen(office, one) for one in (number, other)] == [True, True]
    # A person puts a version over the one, and throws the other away when it is in quarantine.
    put_over(person, number, unique(tmp_path, "put over it"))
    second = disposing.start(office, approved(office).id, by=PROPOSER).disposal
    assert states(office, second.id) == {number: "quarantined", other: "quarantined"}
    person.delete(f"documents/{other}/")
    confirmed(office, second.id)
    done = disposing.execute(later(office), second.id, by="吴刚")
    # What somebody has thrown away in between is not what was decided upon; it is kept, and told of.
    assert (done.failed, states(office, second.id)) == ((), {number: "destroyed", other: "kept"})
    assert office.dms.is_gone(number, sums[number])
    assert not Documents(server.administrator()).is_known(int(number))
    assert [each for each, _ in disposing.verify(office, second.id)] == [other]
    server.administrator().send("POST", "trash/", {"documents": [int(other)], "action": "restore"})
    assert disposing.verify(office, first.id) == disposing.verify(office, second.id) == ()
    assert office.dms.checksum(other) == sums[other]
    assert list(reconcile(office)) == []
    assert verified(office).count("destroyed") == 1


def put_over(person: Connection, number: str, content: bytes) -> None:
    task = person.upload(f"documents/{number}/update_version/", [], ("new.txt", content, "text/plain"))
    Tasks(person).wait(str(task), hashlib.sha256(content).hexdigest(), 300.0)


@pytest.mark.skipif(
    not MEDIA, reason="PAPERLESS_MEDIA_ROOT is not set: the server's folder can not be seen from here"
)
def test_bytes_that_changed_on_the_servers_disk_are_told_and_never_destroyed_unseen(
    office: Archive, person: Connection, tmp_path: Path
) -> None:
    number = file_due(office, tmp_path / "papers", unique(tmp_path, "text"))
    record_filed(office, number)
    assert list(reconcile(office)) == []
    name = person.get(f"documents/{number}/metadata/")["media_filename"]
    kept = Path(MEDIA) / "documents" / "originals" / name
    whole = kept.read_bytes()
    kept.write_bytes(whole[::-1])
    assert [(one.what, one.known) for one in reconcile(office)] == [("changed-bytes", False)]
    assert [(one.what, one.known) for one in reconcile(office)] == [("changed-bytes", True)]
    kept.unlink()
    assert [one.what for one in reconcile(office)] == ["unreadable"]
    kept.write_bytes(whole)
    assert [one.what for one in reconcile(office)] == ["came-back"]
    assert list(reconcile(office)) == []
    assert [one for one in verified(office) if one.startswith("dms-")] == [
        "dms-changed-bytes",
        "dms-unreadable",
        "dms-came-back",
    ]


def record_filed(office: Archive, number: str) -> None:
    """The entry that filing makes; these papers were given to the DMS without the inbox."""
    with office.engine.begin() as connection:
        register.append(
            connection,
            at=NOON,
            actor="dossier",
            action="filed",
            subject=f"record/{number}",
            payload={"sha256": office.dms.checksum(number)},
        )
