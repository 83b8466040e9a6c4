"""The documents that lie on a server, whoever has put them there: which there are, what is seen on one, what is put on it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime

from plugins.paperless import card_json
from plugins.paperless import custom_fields as field
from plugins.paperless.client.account import Me
from plugins.paperless.client.connection import Connection
from plugins.paperless.client.documents import Documents, having
from plugins.paperless.client.history import Change, History
from plugins.paperless.client.lying import Lying, lying
from plugins.paperless.client.notes import Notes
from plugins.paperless.client.rights import Ids
from plugins.paperless.content import pages_of
from plugins.paperless.existing.marking import Marked, Marking
from plugins.paperless.existing.names import TRIGGER, Names, names
from plugins.paperless.existing.plan import Plan
from plugins.paperless.existing.seen import Seen
from retention.errors import DmsUnavailable
from retention.record import Card


class Existing:
    """All documents that the account sees. `shared` are the groups that are shown the tags and types that are made."""

    def __init__(
        self,
        connection: Connection,
        me: Me,
        documents: Documents,
        fields: field.CustomFields,
        shared: Callable[[], Ids],
    ) -> None:
        self._connection = connection
        self._me = me
        self._documents = documents
        self._fields = fields
        self._history = History(connection)
        self._marking = Marking(connection, me, documents, fields, shared)
        self._known: Names | None = None

    def prepare(self) -> None:
        """Make the tag by which people ask for labels, so that they find it."""
        self._marking.make(TRIGGER)
        self.names(anew=True)

    def foreign(self, since: date | None = None) -> list[int]:
        """The ids of the documents that neither bear our card nor are just being filed, ascending; with `since` those added
        on that day or later."""
        added = [("added__date__gte", since.isoformat())] if since else []
        marks = (self._fields.id_of(name) for name in (field.CARD, field.SHA256))
        ours = {
            number for mark in marks if mark is not None for number in self._documents.ids([having(mark)])
        }
        return [number for number in self._documents.ids(added) if number not in ours]

    def bearing(self, state: str) -> list[int]:
        """The ids of the documents with this state tag, ascending."""
        tag = self.names().state(state)
        return [] if tag is None else self._documents.ids([("tags__id__all", str(tag))])

    def changed(self, since: datetime | None) -> list[int]:
        """The ids of the documents with our card that were changed after `since`, ascending."""
        card = self._fields.id_of(field.CARD)
        if card is None:
            return []
        modified = [("modified__gt", since.isoformat())] if since else []
        return self._documents.ids([having(card), *modified])

    def names(self, *, anew: bool = False) -> Names:
        """The names of labels as they were at the first look, or are now."""
        if self._known is None or anew:
            self._known = names(self._connection, self._fields)
        return self._known

    def look(self, number: int, *, history: bool = False) -> Seen:
        """What is seen on a document; raises NoSuchRecord, and DmsUnavailable where our card is
        damaged. With `history` the look may be written upon."""
        # First the history: what is set between the two is then seen twice, and not lost.
        changes = self._history.of(number) if history else None
        found = lying(self._connection, number)
        known = self.names()
        if not _all_known(found, known):
            known = self.names(anew=True)
        entry = None if changes is None else max((one.entry for one in changes), default=0)
        return self._seen(found, known, entry)

    def looks(self, ids: Sequence[int]) -> Iterator[Seen]:
        """The labels on those of `ids` that are still there and whose card is whole, a hundred at a time; title, labels and
        card alone are told."""
        known = self.names(anew=True)
        for one in self._documents.each(ids):
            bare = Lying(
                one.id,
                one.title,
                "",
                date.min,
                one.document_type,
                one.tags,
                one.fields,
                "",
                "",
                0,
                "",
                None,
                False,
            )
            with contextlib.suppress(DmsUnavailable):
                yield self._seen(bare, known, None)

    def pages(self, seen: Seen) -> tuple[str, ...]:
        """The text that the server has of it, page by page; nothing where it has none."""
        pages = pages_of(seen.content)
        return pages if any(page.strip() for page in pages) else ()

    def original(self, number: int) -> bytes:
        """The file as it was uploaded."""
        return b"".join(self._documents.original(number))

    def mark(
        self, seen: Seen, done: Plan, card: Card, keys: tuple[str, ...], states: Mapping[str, bool]
    ) -> Marked:
        """See `Marking.mark`."""
        marked = self._marking.mark(seen, self.names(), done, card_json.written(card, keys), states)
        self._know_states(states)
        return marked

    def tell(self, number: int, states: Mapping[str, bool]) -> None:
        """Put state tags on and take others off, in one change."""
        self._marking.tell(number, self.names(), states)
        self._know_states(states)

    def propose(self, number: int, words: str) -> None:
        """Write a note, unless the same words stand on the document already."""
        notes = Notes(self._connection)
        if words not in notes.of(number):
            notes.add(number, words)

    def who(self, number: int, label_field: str = "") -> Change | None:
        """The latest change of the document type, or of the field with that name, by somebody else than this account;
        None where the server does not tell."""
        me = self._me.get().id
        shown = self._fields.shown_as(label_field)
        found = [
            one
            for one in self._history.of(number) or ()
            if one.actor is not None
            and one.actor.id != me
            and (one.field == shown if label_field else one.what == "document_type")
        ]
        return found[-1] if found else None

    def who_tagged(self, number: int) -> Change | None:
        """The latest change of tags by somebody else; None where the server does not tell."""
        me = self._me.get().id
        found = [
            one
            for one in self._history.of(number) or ()
            if one.what == "tags" and one.actor is not None and one.actor.id != me
        ]
        return found[-1] if found else None

    def _know_states(self, states: Mapping[str, bool]) -> None:
        if any(on and self.names().state(name) is None for name, on in states.items()):
            self.names(anew=True)

    def _seen(self, found: Lying, known: Names, entry: int | None) -> Seen:
        values = {
            known.fields[number]: value for number, value in found.fields.items() if number in known.fields
        }
        values = {name: value for name, value in values.items() if value not in (None, "")}
        whole = values.pop(field.CARD, None)
        level = str(values.get(field.LEVEL) or "")
        tagged = [known.levels[tag] for tag in sorted(found.tags) if tag in known.levels]
        kind = found.document_type
        return Seen(
            id=found.id,
            title=found.title,
            content=found.content,
            added=found.added,
            kind="" if kind is None else known.kinds.get(kind, f"#{kind}"),
            categories=tuple(known.categories[tag] for tag in sorted(found.tags) if tag in known.categories),
            levels=tuple(dict.fromkeys([*([level] if level else []), *tagged])),
            states=frozenset(known.states[tag] for tag in found.tags if tag in known.states),
            fields=values,
            name=found.name,
            media_type=found.media_type,
            pages=found.pages,
            sha256=found.sha256,
            may_change=found.may_change,
            card=card_json.read(str(whole), found.id)[0] if whole else None,
            entry=entry,
        )


def _all_known(found: Lying, known: Names) -> bool:
    return (found.document_type is None or found.document_type in known.kinds) and bool(known.fields)
