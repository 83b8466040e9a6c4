"""What lies in sight: whatever is restricted, lifted, proposed, put into quarantine, restored and cut off in whichever order."""

from __future__ import annotations

import atexit
import contextlib
import shutil
import tempfile
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from plugins.keeping import appraising, disposing, restoring
from plugins.requests import restricting
from plugins.requests.sight import everything, record_of, text_of, whole
from plugins.wiring import Archive
from retention import register
from retention.disposing import disposals
from retention.errors import BadAppraisal, BadDisposal, BadRequest
from retention.requests import restrictions
from tests.plugins.conftest import NOON
from tests.plugins.due_papers import APPROVER, PROPOSER, both_agree
from tests.plugins.ready_made import copied, made
from tests.plugins.requests.people import NOT_DUE, found, her_paper, his_paper

WHY: dict[str, Any] = {"by": "李静", "reason": "申请删除"}
PAPERS = ("1", "2")


@cache
def _template() -> Path:
    def fill(archive: Archive, folder: Path) -> None:
        his_paper(archive, folder, b"1", **NOT_DUE)
        his_paper(archive, folder, b"2")
        her_paper(archive, folder, b"3")
        found(archive, "deletion")
        found(archive, "withdrawal")

    folder = made(fill)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


class Cut(BaseException):
    """The program ends here."""


class Sight(RuleBasedStateMachine):
    """What may happen to two papers of one person who has asked twice, and what must hold at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="sight-"))
        self.archive: Archive
        self.at = NOON
        self.settled = True

    @initialize()
    def opened(self) -> None:
        """An archive with the papers."""
        self.archive = copied(self.folder, lambda: self.at, of=_template())

    def teardown(self) -> None:
        """The register holds, and everything is settled by one more look."""
        with self.archive.engine.begin() as connection:
            going = [one.appraisal_id for one in disposals.every(connection)]
        for number in going:
            disposing.start(self.archive, number, by=PROPOSER)
        restricting.finish(self.archive)
        self.settled = self._nothing_half_done()
        assert self.settled
        self.what_is_decided_is_seen()
        with self.archive.engine.begin() as connection:
            register.verify(connection)
        self.archive.engine.dispose()
        shutil.rmtree(self.folder)

    @rule(request=st.sampled_from([1, 2]), paper=st.sampled_from(PAPERS), cut=st.integers(0, 3))
    def restricted(self, request: int, paper: str, cut: int) -> None:
        """For one of the two requests; perhaps cut off."""
        self._step(cut, lambda archive: restricting.restrict(archive, request, (paper,), **WHY))

    @rule(request=st.sampled_from([1, 2]), paper=st.sampled_from(PAPERS), cut=st.integers(0, 3))
    def lifted(self, request: int, paper: str, cut: int) -> None:
        """If it is restricted; perhaps cut off."""
        self._step(cut, lambda archive: restricting.lift(archive, request, (paper,), **WHY))

    @rule(cut=st.integers(0, 4))
    def into_quarantine(self, cut: int) -> None:
        """What is due is appraised, approved and hidden; perhaps cut off."""
        batch = appraising.propose(self.archive, PROPOSER)
        if batch is not None:
            with contextlib.suppress(BadAppraisal):
                appraising.decide(self.archive, batch.id, (), "destroy", by=PROPOSER, reason="期满")
                both_agree(self.archive, batch.id)
                appraising.approve(self.archive, batch.id, by=APPROVER)
        with self.archive.engine.begin() as connection:
            going = [one.appraisal_id for one in disposals.every(connection)]
        for number in (*([batch.id] if batch else []), *going):
            with contextlib.suppress(BadDisposal):
                self._step(cut, lambda archive, number=number: disposing.start(archive, number, by=PROPOSER))

    @rule(paper=st.sampled_from(("1", "2", "3")))
    def restored(self, paper: str) -> None:
        """Out of a disposal, where it lies in one. What a crash does there is asked by the tests of disposing."""
        with self.archive.engine.begin() as connection:
            going = [
                one.id
                for one in disposals.every(connection)
                if paper in {item.dms_id for item in one.in_state("quarantined")}
            ]
        for number in going:
            restoring.restore(self.archive, number, (paper,), by="王芳", reason="有误")

    @rule(years=st.sampled_from([0, 9]))
    def time_passes(self, years: int) -> None:
        """A day, or until everything is due."""
        self.at = min(self.at + timedelta(days=1 + 365 * years), NOON + timedelta(days=365 * 12))

    @invariant()
    def what_is_decided_is_seen(self) -> None:
        """A paper is in sight if and only if nothing hides it; and it is whole, in sight or not."""
        if not hasattr(self, "archive"):
            return
        listed = {record.dms_id for record in self.archive.dms.records()}
        with self.archive.engine.begin() as connection:
            restricted = set(restrictions.hidden(connection))
            doomed = set(disposals.hidden(connection, ("1", "2", "3")))
        looked_at = {record.dms_id for record in whole(self.archive).records()}
        assert sorted(record.dms_id for record in everything(self.archive)) == ["1", "2", "3"]
        for paper in ("1", "2", "3"):
            assert record_of(self.archive, paper) is not None
            assert text_of(self.archive, paper)
            if self.settled:
                assert (paper in listed) == (paper not in restricted | doomed)
                assert (paper in looked_at) == (paper not in doomed)

    def _step(self, cut: int, act: Any) -> None:
        mortal = replace(self.archive, dms=_Mortal(self.archive.dms, cut))
        try:
            act(mortal)
        except Cut:
            self.settled = False
        except BadRequest:
            pass
        else:
            restricting.finish(self.archive)
            self.settled = self._nothing_half_done()

    def _nothing_half_done(self) -> bool:
        with self.archive.engine.begin() as connection:
            todo = any(one.in_state("todo") for one in disposals.every(connection))
            return not (todo or restrictions.cut_off(connection))


class _Mortal:
    """The DMS, until so many changes were made in it (0: for ever)."""

    def __init__(self, dms: Any, changes: int) -> None:
        self._dms, self._left = dms, changes or 1_000

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._dms, name)
        if name not in ("quarantine", "restore"):
            return real

        def done(*words: str) -> None:
            self._count()
            real(*words)
            self._count()

        return done

    def _count(self) -> None:
        self._left -= 1
        if self._left <= 0:
            raise Cut


Sight.TestCase.settings = hypothesis_settings(
    max_examples=5,
    stateful_step_count=12,
    deadline=None,
    phases=(Phase.generate,),
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
TestSight = Sight.TestCase
