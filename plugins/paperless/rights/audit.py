"""Comparing every document with the rights that its confidentiality asks for, and mending what differs.

Principle: nothing but rights and links is ever changed here, and only of records, that is of documents which bear our
card. What others have put there is compared where it bears a level, and told of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plugins.paperless import card_json
from plugins.paperless.client.account import Me
from plugins.paperless.client.documents import Document, Documents
from plugins.paperless.client.rights import Ids, Rights
from plugins.paperless.client.share_links import ShareLink, ShareLinks
from plugins.paperless.rights.level import Marks, highest
from plugins.paperless.rights.readers import Readers
from plugins.paperless.rights.settling import settle
from retention.dms import RightsFault
from retention.errors import DmsRefused, DmsUnavailable, NoSuchRecord
from retention.record import Card


class Audit:
    """Looks at the documents of the archive's account, `me`."""

    def __init__(
        self,
        documents: Documents,
        links: ShareLinks,
        me: Me,
        readers: Readers,
        marks: Marks,
        card_field: int | None,
    ) -> None:
        self._documents = documents
        self._links = links
        self._me = me
        self._readers = readers
        self._marks = marks
        self._card_field = card_field

    def run(self, *, repair: bool) -> Iterator[RightsFault]:
        """Every fault, document by document, in the order of ids. With `repair`, those of records are mended."""
        links = _by_document((*self._links.all(), *self._bundles()))
        for document in self._documents.each(self._documents.ids(), rights=True):
            try:
                card = self._card(document)
            except DmsUnavailable as error:
                yield RightsFault(str(document.id), "", "damaged-card", str(error))
                continue
            borne = self._marks.on(document, card)
            if card is not None or borne:
                yield from self._one(document, card, borne, links.get(document.id, ()), repair=repair)

    def _one(
        self,
        document: Document,
        card: Card | None,
        borne: tuple[str, ...],
        links: tuple[ShareLink, ...],
        *,
        repair: bool,
    ) -> Iterator[RightsFault]:
        level = highest(borne, self._readers.levels)
        wanted = self._readers.due(None if self._marks.hides(document) else level)
        found = document.rights
        assert found is not None  # they were asked for
        ours, told, name = card is not None, "、".join(borne), str(document.id)
        if level is None:
            yield RightsFault(
                name, told, "unknown-level", f"密级不在密级表中 not of the ladder: {told or '-'}"
            )
        faults = list(_faults(found, wanted, self._readers.names()))
        mended = bool(faults) and ours and repair and self._settled(document, wanted)
        for fault, detail in faults:
            yield RightsFault(name, told, fault, detail, repaired=mended)
        if level is None or level != self._readers.levels[0]:
            for link in self._of(document, links):
                gone = ours and repair and self._taken(link)
                until = f"至 until {link.expires}" if link.expires else "永久 for ever"
                sort = "共享链接包 bundle" if link.bundle else "共享链接 link"
                yield RightsFault(name, told, "share-link", f"{sort} {link.id}，{until}", repaired=gone)

    def _card(self, document: Document) -> Card | None:
        text = document.fields.get(self._card_field or 0)
        return card_json.read(str(text), document.id)[0] if text else None

    def _settled(self, document: Document, wanted: Rights) -> bool:
        try:
            return settle(self._documents, document, wanted)
        except (DmsUnavailable, DmsRefused, NoSuchRecord):
            # Somebody else's by now: only he, or an administrator, may give it back.
            return False

    def _taken(self, link: ShareLink) -> bool:
        try:
            self._links.delete(link)
        except NoSuchRecord:
            return False  # somebody else has made it; an administrator can delete it
        return True

    def _of(self, document: Document, known: tuple[ShareLink, ...]) -> tuple[ShareLink, ...]:
        """Everybody's links. An administrator has been told all at once; another account may ask for the documents
        that it owns, one by one."""
        account, rights = self._me.get(), document.rights
        if account.superuser or rights is None or rights.owner != account.id:
            return known
        others = {link.id: link for link in self._links.of(document.id)}
        return (*others.values(), *(link for link in known if link.bundle or link.id not in others))

    def _bundles(self) -> tuple[ShareLink, ...]:
        return self._links.bundles() if "view_sharelinkbundle" in self._me.get().may else ()


def _faults(found: Rights, wanted: Rights, names: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    if found.owner is None:
        yield "no-owner", "没有所有者，人人可看可改 without an owner: everybody may see and change it"
    elif found.owner != wanted.owner:
        yield "other-owner", f"所有者是用户 the owner is user {found.owner}"
    seen = (found.view_users - wanted.view_users, found.view_groups - wanted.view_groups)
    changed = (found.change_users - wanted.change_users, found.change_groups - wanted.change_groups)
    if any(seen):
        yield "seen-by-others", _who(*seen, names)
    if any(changed):
        yield "changed-by-others", _who(*changed, names)
    if wanted.view_groups - found.view_groups:
        yield "not-seen", _who(frozenset(), wanted.view_groups - found.view_groups, names)
    if wanted.change_groups - found.change_groups:
        yield "not-changed", _who(frozenset(), wanted.change_groups - found.change_groups, names)


def _who(users: Ids, groups: Ids, names: Mapping[int, str]) -> str:
    told = [f"用户 user {number}" for number in sorted(users)]
    told += [f"用户组 group {names.get(number, number)}" for number in sorted(groups)]
    return "；".join(told)


def _by_document(links: tuple[ShareLink, ...]) -> dict[int, tuple[ShareLink, ...]]:
    found: dict[int, tuple[ShareLink, ...]] = {}
    for link in links:
        for number in link.documents:
            found[number] = (*found.get(number, ()), link)
    return found
