"""The line to paperless-ngx fails at every request of a destruction: refused, or done and the answer lost. Doing it again
leads to one outcome for each record, and a hold that came meanwhile keeps what is still there."""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from plugins.keeping import disposing, restoring
from plugins.keeping.holding import place
from plugins.paperless.backend import PaperlessDms
from plugins.paperless.upload.filing import Patience
from plugins.wiring import Archive
from retention.disposing import witnesses
from retention.errors import DmsError
from tests.plugins import ready_made
from tests.plugins.due_papers import PROPOSER, approved, file_due
from tests.plugins.keeping.witnessing import WHY, WITNESSES, later, outcomes, states
from tests.plugins.paperless.fake import FakePaperless
from tests.plugins.paperless.wire import Answer, Asked, wire


@dataclass
class World:
    """The server, and an archive on it that stands right before `execute`, to be copied."""

    url: str
    fake: FakePaperless
    folder: Path
    disposal: int
    asked: list[Asked] = field(default_factory=list)

    def dms(self) -> PaperlessDms:
        """The backend, as a new process has it."""
        patience = Patience(reading=60.0, other=5.0)
        return PaperlessDms(self.url, "0" * 40, levels=("内部",), patience=patience, sleep=lambda _: None)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Two records in quarantine, with a version and a document of somebody else in the trash; both witnesses have confirmed."""
    folder = tmp_path_factory.mktemp("world")
    made = World("", FakePaperless(), folder, 0)

    def answer(asked: Asked) -> Answer:
        made.asked.append(asked)
        return made.fake(asked)

    with wire(answer) as server, pytest.MonkeyPatch.context() as patched:
        patched.setattr(witnesses, "_COST", 16)
        made.url = server.url
        local = ready_made.copied(folder)
        archive = replace(local, dms=made.dms())
        numbers = [file_due(archive, folder / "papers", content) for content in (b"1", b"2")]
        made.fake.add_version(int(numbers[0]), b"put over it")
        theirs = made.fake.add_document(b"theirs")
        made.fake.discarded[theirs] = made.fake.documents.pop(theirs)
        made.fake.trash.append(theirs)
        made.disposal = disposing.start(archive, approved(archive).id, by=PROPOSER).disposal.id
        for name, passphrase in WITNESSES.items():
            disposing.enrol(archive, name, passphrase, vouched_by="王芳")
            disposing.witness(later(archive), made.disposal, name, passphrase)
        archive.engine.dispose()
        local.engine.dispose()
        yield made


@pytest.fixture
def anew(world: World, tmp_path: Path) -> Iterator[Callable[[], Archive]]:
    """Gives an archive, and its server, as they were at first."""
    first, opened = copy.deepcopy(world.fake), list[Archive]()

    def begin() -> Archive:
        world.fake = copy.deepcopy(first)
        copied = ready_made.copied(tmp_path / str(len(opened)), of=world.folder)
        opened.append(copied)
        return later(replace(copied, dms=world.dms()))

    yield begin
    world.fake = first
    for one in opened:
        one.engine.dispose()


def execute(archive: Archive, world: World) -> None:
    """As a process of its own does it, which the line may fail at any time."""
    disposing.execute(replace(archive, dms=world.dms()), world.disposal, by="吴刚")


def _walked(world: World, archive: Archive) -> list[int]:
    """After how many requests the line fails: at each that changes something on the server, and at the one after it."""
    before = len(world.asked)
    execute(archive, world)
    changes = [asked.method != "GET" for asked in world.asked[before:]]
    return [after for after, change in enumerate(changes) if change or after == 0 or changes[after - 1]]


@pytest.mark.parametrize(
    ("how", "held"), [("down_after", False), ("mute_after", False), ("mute_after", True)]
)
def test_whatever_request_fails_each_record_has_one_outcome(
    world: World, anew: Callable[[], Archive], how: str, held: bool
) -> None:
    walk = _walked(world, anew())
    assert len(walk) > 8
    for after in walk:
        archive = anew()
        theirs = list(world.fake.trash)
        setattr(world.fake, how, after)
        with contextlib.suppress(DmsError):
            execute(archive, world)
        setattr(world.fake, how, None)
        numbers = list(states(archive, world.disposal))
        there = {
            number for number in numbers if int(number) in {*world.fake.documents, *world.fake.discarded}
        }
        if held:
            # Also what lies in the trash just now.
            place(archive, "customer", "测试甲", **WHY)
        execute(archive, world)
        told = states(archive, world.disposal)
        assert set(told.values()) <= {"destroyed", "kept"}, (after, told)
        for number in numbers:
            kept = int(number) in world.fake.documents
            assert kept == (told[number] == "kept"), (after, told)
            assert kept == (held and number in there), (after, told)
        assert world.fake.trash == theirs
        ends = [f"record/{number}" for number in numbers if told[number] == "destroyed"]
        assert outcomes(archive, "destroyed") == sorted(ends)
        assert disposing.verify(archive, world.disposal) == ()


@pytest.mark.parametrize("how", ["down_after", "mute_after"])
def test_whatever_request_of_a_restoration_fails_the_next_command_puts_the_record_back_for_all_to_see(
    world: World, anew: Callable[[], Archive], how: str
) -> None:
    def restore(archive: Archive, number: str) -> None:
        mine = replace(archive, dms=world.dms())
        restoring.restore(mine, world.disposal, (number,), by="王芳", reason="仍需查阅")

    archive, before = anew(), len(world.asked)
    first = next(iter(states(archive, world.disposal)))
    restore(archive, first)
    shown = archive.dms.record(first)
    changes = [asked.method != "GET" for asked in world.asked[before:]]
    walk = [after for after, change in enumerate(changes) if change or after == 0 or changes[after - 1]]
    assert len(walk) > 2
    for after in walk:
        archive = anew()
        setattr(world.fake, how, after)
        with contextlib.suppress(DmsError):
            restore(archive, first)
        setattr(world.fake, how, None)
        decided = states(archive, world.disposal)[first] != "quarantined"
        assert disposing.verify(replace(archive, dms=world.dms()), world.disposal) == (), after
        assert (states(archive, world.disposal)[first] == "restored") == decided, after
        assert len(outcomes(archive, "restored")) == decided, after
        if decided:
            assert replace(archive, dms=world.dms()).dms.record(first) == shown, after
