"""What `dossier init` makes in paperless-ngx, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plugins.paperless.client import document_types
from plugins.paperless.client.account import Me
from plugins.paperless.client.connection import Connection
from plugins.paperless.client.groups import Groups
from plugins.paperless.client.rights import view_by
from plugins.paperless.client.saved_views import RESOURCE as SAVED_VIEWS
from plugins.paperless.client.saved_views import SavedViews
from plugins.paperless.client.storage_paths import StoragePaths
from plugins.paperless.custom_fields import TYPES, CustomFields
from plugins.paperless.init import circles, sharing, storage, views
from plugins.paperless.init.vocabulary import STORAGE_RIGHTS, Vocabulary, tag_of
from plugins.paperless.rights.readers import Readers
from plugins.paperless.tags import CATEGORY, INCOMPLETE, LEVEL, TO_CHECK, UNASSIGNED, Tags
from plugins.paperless.tags import RESOURCE as TAGS
from retention.dms import Caution, Change, Term

NEEDED = {
    "groups": ("view_group", "add_group"),
    "storage path": STORAGE_RIGHTS,
    "saved views": ("view_savedview", "add_savedview", "change_savedview"),
}
"""The parts that need rights which filing does not: without these, the part is left out, and a caution says so."""


class Preparing:
    """Makes what is missing on the server."""

    def __init__(
        self, connection: Connection, me: Me, readers: Readers, fields: CustomFields, vocabulary: Vocabulary
    ) -> None:
        self._connection = connection
        self._me = me
        self._readers = readers
        self._fields = fields
        self._vocabulary = vocabulary
        self._paths = StoragePaths(connection)
        self._views = SavedViews(connection)

    def prepare(self, terms: Iterable[Term], *, dry_run: bool) -> tuple[Change, ...]:
        """One Change for each of `terms`, in their order; then one for each further thing, as far as the account may
        make it. A second call keeps all of it."""
        wanted = tuple(terms)
        # First what others need: groups are shown tags, views speak of fields and tags.
        groups = tuple(self._groups(dry_run=dry_run))
        fields = tuple(self._custom_fields(dry_run=dry_run))
        shared = {} if dry_run else view_by(self._readers.everybody())
        words = self._vocabulary.adopt(wanted, shared, dry_run=dry_run)
        rest = (*self._storage(dry_run=dry_run), *self._saved_views(dry_run=dry_run))
        return (*words, *fields, *groups, *rest, *self._sharing(wanted, dry_run=dry_run))

    def cautions(self) -> tuple[Caution, ...]:
        """The parts that this account may not make, and the fields whose name people have taken for something else."""
        left_out = (
            Caution(
                part,
                f"账号 {self._me.get().name} 无权建立 {part}，已略过。The account may not make the {part}: left out.",
                f"授予 {', '.join(rights)} 权限后再运行 dossier init。Give it these rights, then run dossier init again.",
            )
            for part, rights in NEEDED.items()
            if not self._may(part)
        )
        shown = {name: self._fields.shown_as(name) for name in TYPES}
        beside = (
            Caution(
                "field",
                f"服务器上的自定义字段“{name}”是另一种类型，档案的内容记在“{ours}”里。The custom field {name} of this server "
                f"is of another type; the archive keeps its values in {ours}.",
                f"查看和筛选档案时用“{ours}”。Look at {ours} where you look for records.",
            )
            for name, ours in shown.items()
            if name != ours
        )
        return (*left_out, *beside)

    def _may(self, part: str) -> bool:
        return set(NEEDED[part]) <= self._me.get().may

    def _groups(self, *, dry_run: bool) -> Iterator[Change]:
        if self._readers.levels and self._may("groups"):
            yield from circles.make(Groups(self._connection), self._readers, dry_run=dry_run)
            if not dry_run:
                self._readers.circles(anew=True)

    def _custom_fields(self, *, dry_run: bool) -> Iterator[Change]:
        missing = self._fields.missing()
        if not dry_run:
            self._fields.ensure()
        for name in TYPES:
            yield Change("create" if name in missing else "keep", "field", self._fields.shown_as(name))

    def _storage(self, *, dry_run: bool) -> Iterator[Change]:
        if not self._may("storage path"):
            return
        # Those of the dossiers are made when their first record is filed.
        name = storage.name_of("")
        there = self._paths.find(name) is not None
        if not (there or dry_run):
            self._paths.make(name, storage.template_of(""), {})
        yield Change("keep" if there else "create", "storage path", name)

    def _saved_views(self, *, dry_run: bool) -> Iterator[Change]:
        if not self._may("saved views"):
            return
        missing = [name for name in views.NAMES if self._views.find(name) is None]
        if missing and not dry_run:
            tags, shared = Tags(self._connection), view_by(self._readers.everybody())
            ids = {name: tags.ensure(name, shared=shared).id for name in (TO_CHECK, UNASSIGNED, INCOMPLETE)}
            for view in views.views(self._fields, ids):
                if view.name in missing:
                    self._views.make(view, shared)
        for name in views.NAMES:
            yield Change("create" if name in missing else "keep", "view", name)

    def _sharing(self, terms: tuple[Term, ...], *, dry_run: bool) -> Iterator[Change]:
        groups = self._readers.everybody()
        if not groups:
            return
        tags = {CATEGORY, LEVEL, INCOMPLETE, *(tag_of(term)[0] for term in terms if term.sort != "kind")}
        names = {
            TAGS: tags,
            document_types.RESOURCE: {term.name for term in terms if term.sort == "kind"},
            SAVED_VIEWS: set(views.NAMES) if self._may("saved views") else set(),
        }
        owner = self._me.get().id
        for resource, wanted in names.items():
            if wanted:
                yield from sharing.share(self._connection, resource, wanted, owner, groups, dry_run=dry_run)
