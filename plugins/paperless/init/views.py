"""The saved views of the archive: lists that people open by one click."""

from __future__ import annotations

import json
from collections.abc import Iterator

from plugins.paperless import custom_fields as field
from plugins.paperless.client.saved_views import Rule, View
from plugins.paperless.custom_fields import CustomFields
from plugins.paperless.tags import INCOMPLETE, TO_CHECK, UNASSIGNED

TODAY, APPRAISAL, HELD = "今日归档", "到期鉴定", "冻结"
NAMES = (TO_CHECK, UNASSIGNED, TODAY, APPRAISAL, HELD, INCOMPLETE)
"""Their names, in the order in which they are made."""

_ALWAYS = ("title", "created", "documenttype", "tag")


def views(fields: CustomFields, tags: dict[str, int]) -> Iterator[View]:
    """Each view, with the ids of the fields and of the `tags` that it speaks of."""

    def shown(*names: str) -> tuple[str, ...]:
        return (*_ALWAYS, *(_column(fields, name) for name in names))

    by_unit, until = shown(field.UNIT, field.CUSTOMER), _column(fields, field.RETAIN_UNTIL)
    with_end = shown(field.DOSSIER, field.RETENTION, field.RETAIN_UNTIL, field.DISPOSAL)
    to_check = (*shown(field.UNIT, field.CUSTOMER, field.CONFIDENCE), "added")
    yield View(TO_CHECK, (("tag", str(tags[TO_CHECK])),), to_check, "added", descending=False)
    yield View(UNASSIGNED, (("tag", str(tags[UNASSIGNED])),), (*by_unit, "added"), "added", descending=False)
    # Of all that was filed today, also what is still to be checked.
    filed = json.dumps([fields.id_of(field.SHA256), "exists", True])
    today: tuple[tuple[Rule, str], ...] = (("query", "added:today"), ("fields", filed))
    yield View(TODAY, today, (*by_unit, "added"), "added", descending=True)
    # A view knows no today: what is due stands at the top, for the earliest end comes first.
    yield View(APPRAISAL, (("fields", _ending(fields)),), with_end, until, descending=False)
    held = json.dumps([fields.id_of(field.DISPOSAL), "exact", fields.option(field.DISPOSAL, field.HELD)])
    yield View(HELD, (("fields", held),), with_end, "created", descending=True)
    yield View(INCOMPLETE, (("tag", str(tags[INCOMPLETE])),), by_unit, "created", descending=True)


def _ending(fields: CustomFields) -> str:
    """Records with a last day that nobody has decided about otherwise."""
    out = [fields.option(field.DISPOSAL, label) for label in (field.HELD, field.LEAVING, field.DOOMED)]
    undecided = ["NOT", [fields.id_of(field.DISPOSAL), "in", [option for option in out if option]]]
    return json.dumps(["AND", [[fields.id_of(field.RETAIN_UNTIL), "isnull", False], undecided]])


def _column(fields: CustomFields, name: str) -> str:
    return f"custom_field_{fields.id_of(name)}"
