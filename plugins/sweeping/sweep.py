"""Labelling one document that lies in the DMS, and the end of it written down.

Principle that must never break: what a person has set is never overwritten; and a document that our own writing has set
going again is left as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from classifiers.taxonomy import OTHER
from consumers.errors import Refused
from consumers.transcript import Transcript
from plugins.keeping.retaining import retain
from plugins.logs import log
from plugins.paperless.existing.existing import Existing
from plugins.paperless.existing.marking import Marked
from plugins.paperless.existing.names import FAILED, PROPOSED, TRIGGER
from plugins.paperless.existing.plan import Plan, plan
from plugins.paperless.existing.seen import CATEGORY, DOSSIER, FIELD, KIND, LEVEL, REVIEW, Seen, joined
from plugins.paperless.tags import FILED, TO_CHECK, UNASSIGNED
from plugins.rereading.kept_text import transcript_of
from plugins.sweeping import asked, shown
from plugins.sweeping.adopting import Adopted, adopt, labels_of
from plugins.sweeping.asked import MOST_ROUNDS, MOST_TRIES, Asked, End
from plugins.sweeping.outcome import How, Swept, as_words
from plugins.sweeping.proposal import proposal
from plugins.sweeping.registered import registered
from plugins.teaching import noticing
from plugins.wiring import Archive
from retention import register
from retention.errors import DmsError, DmsRefused, DmsUnavailable, NoSuchRecord
from retention.households.dossiers import open_dossier
from retention.households.settling import enter
from retention.record import Card, Record

Mode = Literal["only-empty", "suggest", "overwrite-ours"]
ACTOR = "dossier"
_PAUSE = timedelta(minutes=1)
_FILING = timedelta(minutes=10)
_LOOKS = 4
"""So often a document is looked at again that is changed at every look; then it is somebody's turn, not ours."""


@dataclass(frozen=True)
class Sweep:
    """What every document is done with: `read` reads its file again. With `dry_run` nothing is written anywhere."""

    archive: Archive
    existing: Existing
    owner: str
    mode: Mode
    read: Callable[[Seen, bytes], Transcript]
    dry_run: bool = False
    read_again: bool = False

    def one(self, one: Asked) -> Swept:
        """Label it and write down the end. Raises DmsUnavailable where the whole DMS does not answer: nothing is
        written down then, and the document waits."""
        try:
            done, end = self._labelled(one)
        except NoSuchRecord:
            done, end = Swept(one.dms_id, "", "gone"), End("done", self.mode, "不在文档系统中")
        except Refused as refusal:
            done, end = self._refused(one, refusal)
        except (DmsUnavailable, DmsRefused) as error:
            if isinstance(error, DmsUnavailable):
                self._see_that_it_answers(one)
            done, end = self._failed(one, str(error))
        if not self.dry_run:
            with self.archive.engine.begin() as connection:
                asked.end(connection, one.dms_id, self.owner, self.archive.clock(), end)
        return done

    def look(self, number: int) -> Swept:
        """What would be done with it."""
        try:
            return self._labelled(Asked(str(number), "sweep", 1, 0))[0]
        except NoSuchRecord:
            return Swept(str(number), "", "gone")
        except Refused as refusal:
            return Swept(str(number), "", "refused", reason=refusal.zh)
        except (DmsUnavailable, DmsRefused) as error:
            return Swept(str(number), "", "failed", reason=str(error))

    def _labelled(self, one: Asked) -> tuple[Swept, End]:
        number, archive = int(one.dms_id), self.archive
        seen = self.existing.look(number, history=True)
        triggered = TRIGGER in seen.states
        if seen.being_filed:
            why = "正在归档 it is being filed"
            return Swept(one.dms_id, seen.title, "waiting", reason=why), End(
                "waiting", self.mode, why, pause=_FILING
            )
        if not seen.may_change:
            why = "本账号无权修改该文件，请授予修改权 this account may not change it: grant it the right to change"
            return Swept(one.dms_id, seen.title, "failed", reason=why), End("failed", self.mode, why)
        if triggered and not self.dry_run:
            rounds = one.rounds + 1
            if rounds > MOST_ROUNDS:
                return self._looping(one, seen)
            with archive.engine.begin() as connection:
                asked.count_round(connection, one.dms_id, rounds, archive.clock())
        if seen.card is not None:
            if not self.dry_run:
                noticing.notice(archive, self.existing, number)
            with archive.engine.begin() as connection:
                how = registered(connection, one.dms_id, seen.card.sha256)
            if how == "adopted" and (triggered or self.mode == "overwrite-ours"):
                seen = self.existing.look(number, history=True)
            elif how:
                return self._ours(seen, triggered=triggered)
        return self._written(one, seen)

    def _written(self, one: Asked, seen: Seen) -> tuple[Swept, End]:
        """Judge it, and write upon a look at which all was as it was judged."""
        archive, number = self.archive, seen.id
        if not seen.sha256:
            raise DmsRefused(f"paperless-ngx names no checksum of document {number}: upgrade it to 3")
        with archive.engine.begin() as connection:
            ours = shown.ours(connection, one.dms_id)
        transcript = self._transcript(seen)
        for _ in range(_LOOKS):
            adopted = adopt(archive, seen, transcript, ours)
            wanted = labels_of(adopted.card, archive.rules.taxonomy.categories)
            todo = plan(wanted, seen, ours, replace_ours=self.mode == "overwrite-ours")
            told = Swept(
                one.dms_id,
                seen.title,
                "proposed" if self.mode == "suggest" else "labelled",
                as_words(todo),
                todo.kept,
                needs_review=adopted.card.needs_review,
            )
            if self.dry_run:
                return told, End("done", self.mode)
            if self.mode == "suggest":
                self._propose(seen, todo, adopted.card)
                return told, End("done", self.mode, sha256=seen.sha256)
            fresh = self.existing.look(number, history=True)
            if _same(fresh, seen):
                marked = self._mark(fresh, todo, adopted, ours)
                given_back = tuple(marked.given_back)
                done = Swept(
                    one.dms_id,
                    seen.title,
                    "labelled",
                    {name: value for name, value in told.sets.items() if name not in given_back},
                    todo.kept,
                    given_back,
                    adopted.card.needs_review,
                )
                return done, End("done", self.mode, sha256=seen.sha256)
            seen = fresh
        raise DmsRefused(f"document {number} is changed by somebody at this very moment: it is left to him")

    def _mark(self, seen: Seen, todo: Plan, adopted: Adopted, ours: Mapping[str, str]) -> Marked:
        """Write it: dossier, labels, card and state in the DMS, then what was set, and the register's entry."""
        archive, card, dms_id = self.archive, adopted.card, str(seen.id)
        if adopted.choice.key and card.category != OTHER:
            with archive.engine.begin() as connection:
                open_dossier(connection, adopted.choice, archive.clock().date())
        states = {TO_CHECK if card.needs_review else FILED: True, **_off(seen)}
        if card.unassigned:
            states[UNASSIGNED] = True
        if REVIEW in ours:  # set by us before
            states |= {FILED if card.needs_review else TO_CHECK: False}
        marked = self.existing.mark(seen, todo, card, adopted.keys, states)
        record = Record(dms_id, card)
        with archive.engine.begin() as connection:
            mine = {**marked.set, REVIEW: TO_CHECK if card.needs_review else ""}
            shown.remember(connection, dms_id, mine, ours=True)
            enter(connection, record, archive.rules.ladder.higher)
        noticing.remember(archive, seen.id, self._left(seen, marked, states))
        retain(archive, record)
        # Last: without it, a sweep that was cut off here does all of this again.
        with archive.engine.begin() as connection:
            adopted_before = registered(connection, dms_id, card.sha256)
            register.append(
                connection,
                at=archive.clock(),
                actor=ACTOR,
                action="relabelled" if adopted_before else "adopted",
                subject=f"record/{dms_id}",
                payload={
                    "sha256": card.sha256,
                    "category": card.category,
                    "kind": card.kind,
                    "confidentiality": card.confidentiality,
                    "retention_rule": card.retention_rule,
                    "dossier": card.dossier,
                    "set": sorted(marked.set),
                    "left": sorted(todo.kept),
                },
            )
        return marked

    def _left(self, seen: Seen, marked: Marked, states: Mapping[str, bool]) -> dict[str, str]:
        """What the document shows now, as far as we know: what differs from it later is a person's."""
        ladder, labels = self.archive.rules.ladder.names, seen.labels(self.archive.rules.ladder.names)
        now = {**marked.set, **marked.given_back}
        labels |= {name: now[name] for name in (KIND, CATEGORY) if name in now}
        if LEVEL in now:
            labels[LEVEL] = joined([now[LEVEL]], ladder)
        labels[DOSSIER] = now.get(f"{FIELD}档号", labels[DOSSIER])
        checked = states.get(TO_CHECK)
        labels[REVIEW] = labels[REVIEW] if checked is None else TO_CHECK if checked else ""
        return labels

    def _transcript(self, seen: Seen) -> Transcript:
        """The text that the server has, or what is read in the file; raises Refused for one that can't be read."""
        pages = self.existing.pages(seen)
        if self.read_again or not pages:
            return self.read(seen, self.existing.original(seen.id))
        return transcript_of(seen.sha256, pages)

    def _propose(self, seen: Seen, todo: Plan, card: Card) -> None:
        words = proposal(todo, card.review_reasons)
        if words:
            self.existing.propose(seen.id, words)
        states = {PROPOSED: bool(words), TRIGGER: False, FAILED: False}
        # Nothing where nothing changes: each writing makes the server tell its workflows.
        differing = {name: on for name, on in states.items() if on != (name in seen.states)}
        if differing:
            self.existing.tell(seen.id, differing)

    def _ours(self, seen: Seen, *, triggered: bool) -> tuple[Swept, End]:
        """One that bears our labels already: at the most the tag that has asked for it comes off."""
        if triggered and not self.dry_run:
            assert seen.card is not None  # asked by the caller
            self.existing.tell(seen.id, {TO_CHECK if seen.card.needs_review else FILED: True, **_off(seen)})
        return Swept(str(seen.id), seen.title, "unchanged"), End("done", self.mode, sha256=seen.sha256)

    def _looping(self, one: Asked, seen: Seen) -> tuple[Swept, End]:
        """Somebody, or a workflow, asks again and again: nothing more is written today, for that would set it off."""
        why = (
            f"标签“{TRIGGER}”一天内被加上超过 {MOST_ROUNDS} 次，疑似工作流循环，今日不再处理，请检查工作流 "
            f"the tag {TRIGGER} was put on more than {MOST_ROUNDS} times today: look for a workflow that does it"
        )
        log().error("a loop", id=one.dms_id, tag=TRIGGER)
        return Swept(one.dms_id, seen.title, "failed", reason=why), End("failed", self.mode, why)

    def _refused(self, one: Asked, refusal: Refused) -> tuple[Swept, End]:
        log().error("refused", id=one.dms_id, code=refusal.code, why=refusal.en)
        self._tell_failure(one)
        why = f"{refusal.zh} {refusal.en}"
        return Swept(one.dms_id, "", "refused", reason=why), End("refused", self.mode, why)

    def _failed(self, one: Asked, why: str) -> tuple[Swept, End]:
        last = one.tries >= MOST_TRIES
        log().warning("not labelled", id=one.dms_id, why=why, given_up=last)
        if last:
            self._tell_failure(one)
        how: How = "failed" if last else "waiting"
        return Swept(one.dms_id, "", how, reason=why), End(
            how if how == "failed" else "waiting", self.mode, why, pause=_PAUSE * one.tries
        )

    def _tell_failure(self, one: Asked) -> None:
        """The tag for people to see, and the one that has asked for it off, in one change."""
        if self.dry_run:
            return
        try:
            self.existing.tell(int(one.dms_id), {FAILED: True, TRIGGER: False})
        except DmsError as error:
            log().warning("the failure can not be shown", id=one.dms_id, why=str(error))

    def _see_that_it_answers(self, one: Asked) -> None:
        try:
            self.archive.dms.status()
        except DmsUnavailable:
            if not self.dry_run:
                with self.archive.engine.begin() as connection:
                    asked.untake(connection, one.dms_id, self.owner, self.archive.clock())
            raise


def _off(seen: Seen) -> dict[str, bool]:
    """The tags that have an end with the labels: what asked for them, what told of a failure or of a proposal."""
    return {name: False for name in (TRIGGER, FAILED, PROPOSED) if name in seen.states}


def _same(one: Seen, other: Seen) -> bool:
    """Whether nothing that counts was changed between two looks."""
    names = ("title", "kind", "categories", "levels", "fields", "states", "card")
    return all(getattr(one, name) == getattr(other, name) for name in names)
