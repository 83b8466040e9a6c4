"""Disposing: what is held is never destroyed, on no path; a crash at any step leads to one outcome for each record."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from plugins.errors import BadWord
from plugins.keeping import appraising, disposing, forgetting, restoring
from plugins.keeping.disposal_place import place_of
from plugins.keeping.holding import place
from plugins.reconciling import reconcile
from plugins.settings import Settings
from plugins.teaching import corrections
from plugins.teaching.corrections import Correction
from plugins.wiring import Archive
from retention import register
from retention.blocking import blocks as blocks_module
from retention.disposing import tombstones, witnesses
from retention.disposing.destroying import destroy
from retention.disposing.listed import listed
from retention.dms import Clearance, Query
from retention.errors import BadCredential, BadDisposal, DmsUnavailable, NoSuchRecord
from tests.contract.deposits import deposit
from tests.plugins import ready_made
from tests.plugins.conftest import NOON
from tests.plugins.due_papers import APPROVER, DUE, PROPOSER, approved, file_due

WHY: dict[str, Any] = {"reason": "税务稽查", "mandate": "税稽通12号", "by": "李静"}
WITNESSES = {"孙丽": "孙丽自己的口令一二三四五", "钱峰": "钱峰自己的口令一二三四五"}
AFTER = NOON + timedelta(days=200)
DAY = date(2026, 9, 18)


class Crash(BaseException):
    """The program ends here; nobody catches it."""


@pytest.fixture(autouse=True)
def _cheap_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a hash costs is no matter here."""
    monkeypatch.setattr(witnesses, "_COST", 16)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return ready_made.settings_of(tmp_path)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """An archive that thinks it is noon of 2 March 2026."""
    copied = ready_made.copied(tmp_path)
    yield copied
    copied.engine.dispose()


@pytest.fixture
def file(archive: Archive, tmp_path: Path) -> Callable[..., str]:
    """Files a paper that is due."""
    return lambda content, **card: file_due(archive, tmp_path / "papers", content, **card)


def later(archive: Archive) -> Archive:
    """The same archive, when the quarantine is over."""
    return replace(archive, clock=lambda: AFTER)


def enrolled(archive: Archive) -> None:
    for name, passphrase in WITNESSES.items():
        disposing.enrol(archive, name, passphrase, vouched_by="王芳")


def witnessed(archive: Archive, number: int) -> None:
    """Both witnesses confirm the list, when the quarantine is over."""
    enrolled(archive)
    for name, passphrase in WITNESSES.items():
        disposing.witness(later(archive), number, name, passphrase)


def ready(archive: Archive) -> int:
    """A disposal of all that is due that both witnesses have confirmed; gives back its number."""
    number = disposing.start(archive, approved(archive).id, by=PROPOSER).disposal.id
    witnessed(archive, number)
    return number


def states(archive: Archive, number: int) -> dict[str, str]:
    return {one.dms_id: one.state for one in disposing.show(archive, number).items}


def entries(archive: Archive, *wanted: str) -> list[tuple[str, str]]:
    with archive.engine.begin() as connection:
        register.verify(connection)
        return [(one.action, one.subject) for one in register.entries(connection) if one.action in wanted]


def test_in_quarantine_a_record_is_out_of_sight_and_comes_back_as_it_was(
    archive: Archive, file: Callable[..., str]
) -> None:
    number = file(b"1")
    before, text = archive.dms.record(number), archive.dms.text(number)
    one = disposing.start(archive, approved(archive).id, by=PROPOSER).disposal
    assert (one.quarantine_until, one.result) == (date(2026, 9, 2), "quarantine")
    assert list(archive.dms.records()) == []
    everything = Clearance(frozenset({"内部"}))
    assert archive.dms.search(Query(), everything) == archive.dms.search(Query("认购书"), everything) == ()
    with pytest.raises(NoSuchRecord):
        archive.dms.record(number)
    done = restoring.restore(archive, one.id, (number,), by="王芳", reason="仍需查阅")
    assert done.items[0].detail == "王芳：仍需查阅"
    assert (archive.dms.record(number), archive.dms.text(number)) == (before, text)
    assert entries(archive, "quarantined", "restored") == [
        ("quarantined", f"record/{number}"),
        ("restored", f"record/{number}"),
    ]


def test_a_reconciliation_misses_nothing_that_is_in_quarantine_or_destroyed(
    archive: Archive, file: Callable[..., str]
) -> None:
    number = file(b"1")
    with archive.engine.begin() as connection:
        told = {"subject": f"record/{number}", "payload": {"sha256": archive.dms.record(number).card.sha256}}
        register.append(connection, at=NOON, actor="dossier", action="filed", **told)  # type: ignore[arg-type]  # a row
    disposal = ready(archive)
    assert list(reconcile(archive)) == []
    disposing.execute(later(archive), disposal, by="吴刚")
    assert list(reconcile(archive)) == []


def test_destroyed_means_nothing_is_left_but_a_tombstone(
    archive: Archive, file: Callable[..., str], settings: Any
) -> None:
    secret = "独一无二的房屋描述"
    number = file(b"bytes of the paper", title=f"认购书 {secret} 11010119900101001X")
    record = archive.dms.record(number)
    with archive.engine.begin() as connection:
        row = Correction(number, record.card.sha256, "kind", "a", "b", "李静", "2026", "错")
        corrections.keep(connection, row)
    disposal = ready(archive)
    done = disposing.execute(later(archive), disposal, by="吴刚")
    assert (states(archive, disposal), done.disposal.result) == ({number: "destroyed"}, "executed")
    assert archive.dms.find(record.card.sha256) is None
    root = settings.home / "dms"
    assert [path for path in root.rglob("*") if path.is_file() and path.parent.name != "dms"] == []
    signs = secret.encode("utf-16-be").hex().encode()
    for kept in root.iterdir():
        if kept.is_file():
            assert signs[:16] not in kept.read_bytes()
            assert secret.encode() not in kept.read_bytes()
    with archive.engine.begin() as connection:
        (stone,) = tombstones.of(connection, (number,))
        assert forgetting.left(archive, connection, number, record.card.sha256) == ()
    assert (stone.sha256, stone.rule, stone.dossier) == (record.card.sha256, "sales-10y", DUE["dossier"])
    assert (stone.proposed_by, stone.approved_by, stone.executed_by) == (PROPOSER, APPROVER, "吴刚")
    assert set(stone.witnesses.split("、")) == set(WITNESSES)
    assert "11010119900101001X" not in stone.title
    assert disposing.verify(archive, disposal) == ()


def test_the_manifest_is_in_the_register_and_its_head_outside_before_the_first_record_goes(
    archive: Archive, file: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    number = file(b"1")
    disposal = ready(archive)
    published = archive.settings.heads_file.read_text() if archive.settings.heads_file.exists() else ""

    def crash(*_: str) -> None:
        raise Crash

    monkeypatch.setattr(archive.dms, "destroy", crash)
    with pytest.raises(Crash):
        disposing.execute(later(archive), disposal, by="吴刚")
    with archive.engine.begin() as connection:
        last = list(register.entries(connection))[-1]
    told = json.loads(last.payload)
    assert last.action == "disposal-begun"
    assert [one["id"] for one in told["manifest"]["items"]] == [number]
    assert told["sha256"] == disposing.show(archive, disposal).manifest_sha256
    new = archive.settings.heads_file.read_text().removeprefix(published)
    assert last.hash in new


def test_tombstones_can_be_neither_changed_nor_removed(archive: Archive, file: Callable[..., str]) -> None:
    file(b"1")
    disposing.execute(later(archive), ready(archive), by="吴刚")
    for statement in ("UPDATE tombstone SET title = ''", "DELETE FROM tombstone"):
        with archive.engine.connect() as connection, pytest.raises(sa.exc.IntegrityError):
            connection.execute(sa.text(statement))


def test_the_same_paper_scanned_again_is_a_new_record(
    archive: Archive, file: Callable[..., str], tmp_path: Path
) -> None:
    number = file(b"1")
    disposal = ready(archive)
    disposing.execute(later(archive), disposal, by="吴刚")
    again = archive.dms.file(deposit(tmp_path, b"1", ("认购书",), **DUE))
    assert again != number
    assert disposing.verify(archive, disposal) == ()


# Who may.


@pytest.mark.parametrize("name", [PROPOSER, APPROVER, " 赵　敏"])
def test_neither_proposer_nor_approver_may_witness(
    archive: Archive, file: Callable[..., str], name: str
) -> None:
    file(b"1")
    number = disposing.start(archive, approved(archive).id, by=PROPOSER).disposal.id
    disposing.enrol(archive, name, "一个足够长的口令甲乙丙丁", vouched_by="王芳")
    with pytest.raises(BadDisposal, match="may not be a witness"):
        disposing.witness(later(archive), number, name, "一个足够长的口令甲乙丙丁")


def test_one_witness_is_not_enough_however_often_he_confirms(
    archive: Archive, file: Callable[..., str]
) -> None:
    file(b"1")
    number = disposing.start(archive, approved(archive).id, by=PROPOSER).disposal.id
    enrolled(archive)
    for name in ("孙丽", "孙 丽", "孙丽"):
        disposing.witness(later(archive), number, name, WITNESSES["孙丽"])
    with pytest.raises(BadDisposal, match="1 did"):
        disposing.execute(later(archive), number, by="吴刚")


def test_a_witness_proves_who_he_is_and_is_blocked_after_five_wrong_passphrases(
    archive: Archive, file: Callable[..., str]
) -> None:
    file(b"1")
    number = disposing.start(archive, approved(archive).id, by=PROPOSER).disposal.id
    enrolled(archive)
    with pytest.raises(BadCredential, match="no registered witness"):
        disposing.witness(later(archive), number, "无名", "x" * 12)
    for _ in range(5):
        with pytest.raises(BadCredential, match="not that of"):
            disposing.witness(later(archive), number, "孙丽", WITNESSES["钱峰"])
    with pytest.raises(BadCredential, match="--forgotten"):
        disposing.witness(later(archive), number, "孙丽", WITNESSES["孙丽"])
    assert len(entries(archive, "witness-refused")) == 5
    assert disposing.show(archive, number).confirmations == ()


def test_nobody_witnesses_or_executes_before_the_quarantine_is_over(
    archive: Archive, file: Callable[..., str]
) -> None:
    file(b"1")
    number = disposing.start(archive, approved(archive).id, by=PROPOSER).disposal.id
    enrolled(archive)
    last = replace(archive, clock=lambda: datetime(2026, 9, 2, 1, tzinfo=UTC))
    with pytest.raises(BadDisposal, match="lasts until 2026-09-02"):
        disposing.witness(last, number, "孙丽", WITNESSES["孙丽"])
    with pytest.raises(BadDisposal, match="lasts until 2026-09-02"):
        disposing.execute(last, number, by="吴刚")


def test_a_list_that_has_changed_needs_its_witnesses_again(
    archive: Archive, file: Callable[..., str]
) -> None:
    first, second = file(b"1"), file(b"2")
    number = ready(archive)
    restoring.restore(later(archive), number, (first,), by="王芳", reason="仍需查阅")
    with pytest.raises(BadDisposal, match="0 did"):
        disposing.execute(later(archive), number, by="吴刚")
    for name, passphrase in WITNESSES.items():
        disposing.witness(later(archive), number, name, passphrase)
    disposing.execute(later(archive), number, by="吴刚")
    assert states(archive, number) == {first: "restored", second: "destroyed"}


def test_what_is_not_approved_or_not_to_be_destroyed_is_never_started(
    archive: Archive, file: Callable[..., str]
) -> None:
    file(b"1")
    batch = appraising.propose(archive, PROPOSER)
    assert batch is not None
    with pytest.raises(BadDisposal, match="not approved"):
        disposing.start(archive, batch.id, by=PROPOSER)


def test_a_record_that_no_begun_manifest_names_is_never_destroyed(
    archive: Archive, file: Callable[..., str]
) -> None:
    number = file(b"1")
    disposal = ready(archive)
    with pytest.raises(BadDisposal, match="does not name"):
        destroy(place_of(later(archive)), listed(disposing.show(archive, disposal)), number)
    assert archive.dms.quarantined_text(number)


def test_only_one_place_tells_the_dms_to_destroy() -> None:
    root = Path(__file__).parents[3]
    calls = [
        str(path.relative_to(root))
        for package in ("plugins", "retention", "classifiers", "consumers")
        for path in (root / package).rglob("*.py")
        if ".dms.destroy(" in path.read_text("utf-8") or " dms.destroy(" in path.read_text("utf-8")
    ]
    assert calls == ["retention/disposing/destroying.py"]


# Holds, on every path.

HOLDS: dict[str, Callable[[Archive, str], object]] = {
    "record": lambda archive, number: place(archive, "record", number, **WHY),
    "dossier": lambda archive, _: place(archive, "dossier", DUE["dossier"], **WHY),
    "customer": lambda archive, _: place(archive, "customer", "测试甲", **WHY),
    "words": lambda archive, _: place(archive, "query", json.dumps({"words": "第一页"}), **WHY),
    "debt": lambda archive, number: place(archive, "record", number, sort="debt", **WHY),
}


@pytest.mark.parametrize(
    ("when", "how"),
    [
        *(("right-before", how) for how in HOLDS),
        *(("approved", how) for how in HOLDS),
        ("quarantined", "record"),
        ("witnessed", "words"),
    ],
)
def test_a_hold_placed_at_any_moment_keeps_the_record(
    archive: Archive, file: Callable[..., str], monkeypatch: pytest.MonkeyPatch, how: str, when: str
) -> None:
    number = file(b"1")
    batch = approved(archive)

    def at(moment: str) -> None:
        if moment == when:
            HOLDS[how](archive, number)

    at("approved")
    disposal = disposing.start(archive, batch.id, by=PROPOSER).disposal.id
    at("quarantined")
    if when != "approved":
        witnessed(archive, disposal)
        at("witnessed")
        real, looks = archive.dms.quarantined, [0]

        def looking(*ids: str) -> Iterator[Any]:
            looks[0] += bool(ids)
            found = list(real(*ids))
            if looks[0] == 1 and ids:
                looks[0] += 1
                at("right-before")
            return iter(found)

        monkeypatch.setattr(archive.dms, "quarantined", looking)
        disposing.execute(later(archive), disposal, by="吴刚")
        monkeypatch.undo()
    assert states(archive, disposal) == {number: "held" if when == "approved" else "kept"}
    assert entries(archive, "destroyed") == []
    kept = list(archive.dms.quarantined(number)) or [archive.dms.record(number)]
    assert archive.dms.checksum(number) == kept[0].card.sha256


def test_the_held_one_is_kept_the_rest_goes_and_the_batch_says_so(
    archive: Archive, file: Callable[..., str]
) -> None:
    numbers = [file(bytes([count])) for count in range(3)]
    disposal = ready(archive)
    place(archive, "record", numbers[1], **WHY)
    done = disposing.execute(later(archive), disposal, by="吴刚")
    assert list(states(archive, disposal).values()) == ["destroyed", "kept", "destroyed"]
    assert done.disposal.result == "partly-executed"
    assert "税务稽查" in done.disposal.items[1].detail
    restoring.restore(later(archive), disposal, (numbers[1],), by="王芳", reason="冻结")
    assert archive.dms.record(numbers[1]).dms_id == numbers[1]


def test_an_error_while_asking_means_no(
    archive: Archive, file: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    number = file(b"1")
    disposal = ready(archive)

    def broken(*_: object, **__: object) -> None:
        raise OSError("the table is away")

    monkeypatch.setattr(blocks_module, "blocks_of", broken)
    disposing.execute(later(archive), disposal, by="吴刚")
    assert states(archive, disposal) == {number: "kept"}
    assert archive.dms.quarantined_text(number)


# What is not where it should be.


def test_what_somebody_has_removed_by_hand_is_missing_and_not_destroyed(
    archive: Archive, file: Callable[..., str]
) -> None:
    number = file(b"1")
    disposal = ready(archive)
    (record,) = archive.dms.quarantined(number)
    archive.dms.destroy(number, record.card.sha256)
    done = disposing.execute(later(archive), disposal, by="吴刚")
    assert (states(archive, disposal), done.disposal.result) == ({number: "missing"}, "not-executed")
    assert entries(archive, "destroyed", "found-missing") == [("found-missing", f"record/{number}")]


def test_other_bytes_under_its_id_stop_it(archive: Archive, file: Callable[..., str], settings: Any) -> None:
    number = file(b"1")
    disposal = ready(archive)
    with sqlite3.connect(settings.home / "dms" / "dms.sqlite3") as connection:
        connection.execute("UPDATE document SET card = replace(card, substr(sha256, 1, 60), 'f')")
    connection.close()
    disposing.execute(later(archive), disposal, by="吴刚")
    assert states(archive, disposal) == {number: "kept"}


def test_a_dms_that_is_away_destroys_nothing_and_the_next_run_goes_on(
    archive: Archive, file: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    number = file(b"1")
    disposal = ready(archive)

    def away(*_: str) -> None:
        raise DmsUnavailable("away")

    with monkeypatch.context() as patched:
        patched.setattr(archive.dms, "destroy", away)
        done = disposing.execute(later(archive), disposal, by="吴刚")
    assert (done.failed, done.disposal.result) == (((number, "away"),), "executing")
    assert disposing.execute(later(archive), disposal, by="吴刚").disposal.result == "executed"


def test_a_dms_that_says_yes_and_does_nothing_is_not_believed(
    archive: Archive, file: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    number = file(b"1")
    disposal = ready(archive)
    monkeypatch.setattr(archive.dms, "destroy", lambda *_: None)
    done = disposing.execute(later(archive), disposal, by="吴刚")
    assert [one for one, _ in done.failed] == [number]
    assert entries(archive, "destroyed") == []


def test_a_run_destroys_no_more_than_the_setting_and_says_so(
    archive: Archive, file: Callable[..., str]
) -> None:
    for count in range(3):
        file(bytes([count]))
    few = replace(archive, settings=archive.settings.model_copy(update={"max_disposals": 2}))
    disposal = ready(few)
    done = disposing.execute(later(few), disposal, by="吴刚")
    assert (done.left, done.disposal.result, len(entries(archive, "destroyed"))) == (1, "executing", 2)
    assert disposing.execute(later(few), disposal, by="吴刚").disposal.result == "executed"


@pytest.mark.parametrize(
    ("ids", "by", "reason"),
    [((), "王芳", "查"), (("77",), "王芳", "查"), (("1",), "", "查"), (("1",), "王芳", " ")],
)
def test_to_restore_one_says_what_who_and_why(
    archive: Archive, file: Callable[..., str], ids: tuple[str, ...], by: str, reason: str
) -> None:
    file(b"1")
    number = disposing.start(archive, approved(archive).id, by=PROPOSER).disposal.id
    with pytest.raises(BadDisposal):
        restoring.restore(archive, number, ids, by=by, reason=reason)
    with pytest.raises(BadWord, match="no disposal 9"):
        disposing.show(archive, 9)
