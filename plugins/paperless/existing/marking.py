"""Writing labels on a document that people work with, and giving back what one of them has set in that very moment.

The server knows no "only if it is as I have seen it". So each call changes the labels that it names and nothing else,
follows right upon a look, and afterwards the history tells what others have set since that look: that is theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from plugins.paperless import custom_fields as field
from plugins.paperless.client.account import Me
from plugins.paperless.client.connection import Connection
from plugins.paperless.client.document_types import DocumentTypes
from plugins.paperless.client.documents import Documents
from plugins.paperless.client.history import Change, History
from plugins.paperless.client.lying import lying, set_document_type
from plugins.paperless.client.rights import Ids, view_by
from plugins.paperless.existing.names import Names
from plugins.paperless.existing.plan import Plan, as_text, fields_in
from plugins.paperless.existing.seen import CATEGORY, FIELD, KIND, LEVEL, Seen
from plugins.paperless.tags import CATEGORY as CATEGORY_TAG
from plugins.paperless.tags import LEVEL as LEVEL_TAG
from plugins.paperless.tags import Tags, path_of


@dataclass(frozen=True)
class Marked:
    """The labels that were set, as text, and those that were given back to whoever had set them in the same moment."""

    set: Mapping[str, str]
    given_back: Mapping[str, str]


class Marking:
    """Puts labels on documents. `shared` are the groups that are shown what is made for that."""

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
        self._tags = Tags(connection)
        self._types = DocumentTypes(connection)
        self._history = History(connection)
        self._shared = shared

    def mark(self, seen: Seen, names: Names, done: Plan, card: str, states: Mapping[str, bool]) -> Marked:
        """Set the labels, then our card, then in one change the tags: those of the labels, the `states` that are true on,
        those that are false off. `seen` is the look upon which `done` was decided, right before."""
        sets, values = done.sets, fields_in(done.sets)
        ids = self._fields.ensure()
        kind = self._types.ensure(str(sets[KIND]), self._view()) if KIND in sets else None
        add, remove = self._tag_ids(done, names)
        add |= {self.make(name) for name, on in states.items() if on}
        off = (names.state(name) for name, on in states.items() if not on)
        remove |= {number for number in off if number is not None}
        whole = {ids[name]: value for name, value in values.items()}
        whole[ids[field.CARD]] = card
        if kind is not None:
            set_document_type(self._connection, seen.id, kind)
        self._documents.add_fields(seen.id, whole)
        self._documents.change_tags(seen.id, add=add, remove=remove)
        given_back = self._give_back(seen, names, kind, values, ids)
        text = {name: as_text(value) for name, value in sets.items()}
        return Marked({name: value for name, value in text.items() if name not in given_back}, given_back)

    def tell(self, number: int, names: Names, states: Mapping[str, bool]) -> None:
        """Change state tags alone, in one change."""
        off = (names.state(name) for name, on in states.items() if not on)
        remove = {one for one in off if one is not None}
        self._documents.change_tags(
            number, add={self.make(name) for name, on in states.items() if on}, remove=remove
        )

    def _tag_ids(self, done: Plan, names: Names) -> tuple[set[int], set[int]]:
        add: set[int] = set()
        remove: set[int] = set()
        for label, parent, known in (
            (CATEGORY, CATEGORY_TAG, names.categories),
            (LEVEL, LEVEL_TAG, names.levels),
        ):
            if label in done.sets:
                name = path_of(parent, str(done.sets[label]))
                add.add(self._tags.ensure(name, parent, self._view()).id)
                old = done.replaces.get(label)
                remove |= {number for number, name in known.items() if old and name == old}
        return add, remove

    def make(self, name: str) -> int:
        """The id of a state tag, which is made where it is missing."""
        return self._tags.ensure(name, shared=self._view()).id

    def _view(self) -> dict[str, object]:
        groups = self._shared()
        return view_by(groups) if groups else {}

    def _give_back(
        self, seen: Seen, names: Names, kind: int | None, values: Mapping[str, object], ids: Mapping[str, int]
    ) -> dict[str, str]:
        """What others have set since the look, put back where we have written over it."""
        changes = self._history.of(seen.id) if seen.entry is not None else None
        if changes is None:
            return {}
        me, found = self._me.get().id, {}
        ours = {self._fields.shown_as(name): name for name in values}
        theirs = [
            replace(one, field=ours.get(one.field, ""))
            for one in changes
            if one.entry > (seen.entry or 0) and one.actor and one.actor.id != me
        ]
        now = lying(self._connection, seen.id) if theirs else None
        for one in theirs:
            if now is None or not _ours(one, kind, values):
                continue
            if one.what == "document_type":
                if now.document_type == kind and one.became != str(kind):
                    set_document_type(self._connection, seen.id, int(one.became) if one.became else None)
                found[KIND] = names.kinds.get(int(one.became), "") if one.became else ""
            else:
                number, value = ids[one.field], values[one.field]
                if as_text(now.fields.get(number)) == as_text(value) and one.became != as_text(value):
                    back = float(one.became) if isinstance(value, float) else one.became
                    self._documents.add_fields(seen.id, {number: back})
                found[LEVEL if one.field == field.LEVEL else f"{FIELD}{one.field}"] = one.became
        return found


def _ours(one: Change, kind: int | None, values: Mapping[str, object]) -> bool:
    """Whether a change of somebody else's is of something that we have written."""
    return (one.what == "document_type" and kind is not None) or (one.what == "field" and one.field in values)
