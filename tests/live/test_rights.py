"""Tests of rights against a real paperless-ngx: who sees what, and whether the audit finds what was changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import requests

from plugins.paperless.backend import PaperlessDms
from plugins.paperless.client.connection import Connection
from plugins.paperless.tags import Tags
from retention.dms import Term
from retention.errors import DmsError
from tests.contract.deposits import deposit
from tests.live import server

PAGES = ("商品房买卖合同 3栋2单元1501室",)


def one_of_each_level(archive: PaperlessDms, folder: Path) -> list[int]:
    archive.prepare([Term("level", level) for level in archive._readers.levels])
    levels = archive._readers.levels
    papers = [
        deposit(folder, f"text of {level}".encode(), PAGES, confidentiality=level, title=f"合同 {level}")
        for level in levels
    ]
    return [int(archive.file(paper)) for paper in papers]


def as_people_do(archive: PaperlessDms, number: int, **parameters: Any) -> None:
    """The server's own call for many documents, as its web interface sends it."""
    body = {"documents": [number], "method": "set_permissions", "parameters": parameters}
    archive._connection.send("POST", "documents/bulk_edit/", body)


def faults(archive: PaperlessDms, *, repair: bool = False) -> list[tuple[int, str, bool]]:
    """Those of the archive's own documents: what has no owner, and no card, is other people's."""
    cards = {record.dms_id for record in archive.records()}
    found = archive.audit_rights(repair=repair)
    return [(int(one.dms_id), one.fault, one.repaired) for one in found if one.dms_id in cards]


def test_a_person_of_a_lower_level_finds_nothing_above_it(archive: PaperlessDms, tmp_path: Path) -> None:
    public, internal, secret = one_of_each_level(archive, tmp_path)
    reader = server.person_in(tmp_path, f"密级/{archive._readers.levels[1]}/查阅")
    for asked in (
        [],
        [("search", "合同")],
        [("text", "商品房")],
        [("query", f"id:{secret}")],
        [("id__in", f"{secret}")],
    ):
        seen = {row["id"] for row in reader.rows("documents/", asked)}
        assert secret not in seen
    assert {row["id"] for row in reader.rows("documents/", [server.own(tmp_path)])} == {public, internal}
    for path in ("", "thumb/", "preview/", "download/", "metadata/", "notes/"):
        with pytest.raises(DmsError):
            list(reader.bytes_of(f"documents/{secret}/{path}"))
    terms = reader.get("search/autocomplete/", [("term", archive._readers.levels[2][:6])])
    assert not any(archive._readers.levels[2] in term for term in terms)


def test_who_may_see_may_not_change_and_who_may_change_may_not_publish(
    archive: PaperlessDms, tmp_path: Path
) -> None:
    _, internal, _ = one_of_each_level(archive, tmp_path)
    reader = server.person_in(tmp_path, f"密级/{archive._readers.levels[1]}/查阅")
    with pytest.raises(DmsError):
        reader.send("PATCH", f"documents/{internal}/", {"title": "theirs"})
    editor = server.person_in(tmp_path, f"密级/{archive._readers.levels[2]}/编辑")
    editor.send("PATCH", f"documents/{internal}/", {"title": "corrected"})
    with pytest.raises(DmsError):
        editor.send("PATCH", f"documents/{internal}/", {"owner": None})
    with pytest.raises(DmsError):
        editor.delete(f"documents/{internal}/")
    assert faults(archive) == []


def test_people_see_the_tags_kinds_and_views_of_the_archive(archive: PaperlessDms, tmp_path: Path) -> None:
    archive.prepare([Term("category", "签约"), Term("kind", "认购书"), Term("state", "待核")])
    reader = server.person_in(tmp_path, f"密级/{archive._readers.levels[0]}/查阅")
    seen = {
        resource: {row["name"] for row in reader.rows(f"{resource}/", [("page_size", "1000")])}
        for resource in ("tags", "document_types", "saved_views")
    }
    assert {"类别", "类别/签约", "待核", "缺件"} <= seen["tags"]
    assert "认购书" in seen["document_types"]
    assert {"待核", "今日归档", "到期鉴定", "冻结", "缺件"} <= seen["saved_views"]


def test_a_document_that_was_published_by_accident_is_found_and_closed(
    archive: PaperlessDms, tmp_path: Path
) -> None:
    _, _, secret = one_of_each_level(archive, tmp_path)
    reader = server.person_in(tmp_path, f"密级/{archive._readers.levels[0]}/查阅")
    nobody: dict[str, list[int]] = {"users": [], "groups": []}
    as_people_do(archive, secret, set_permissions={"view": nobody, "change": nobody})
    assert secret in {row["id"] for row in reader.rows("documents/")}
    assert (secret, "no-owner", False) in faults(archive)
    assert {repaired for _, _, repaired in faults(archive, repair=True)} == {True}
    assert secret not in {row["id"] for row in reader.rows("documents/")}
    assert faults(archive) == []


def test_a_share_link_of_a_confidential_document_is_found_and_taken_away(
    archive: PaperlessDms, tmp_path: Path
) -> None:
    public, _, secret = one_of_each_level(archive, tmp_path)
    for number in (public, secret):
        body = {"document": number, "file_version": "original", "expiration": None}
        slug = archive._connection.send("POST", "share_links/", body)["slug"]
    assert faults(archive) == [(secret, "share-link", False)]
    assert faults(archive, repair=True) == [(secret, "share-link", True)]
    answer = requests.get(f"{server.url()}/share/{slug}", allow_redirects=False, timeout=60)
    assert answer.status_code == 302


def test_somebody_elses_share_link_is_told_of_though_only_an_administrator_can_take_it_away(
    archive: PaperlessDms, tmp_path: Path
) -> None:
    _, _, secret = one_of_each_level(archive, tmp_path)
    body = {"document": secret, "file_version": "original", "expiration": None}
    server.administrator().send("POST", "share_links/", body)
    assert faults(archive, repair=True) == [(secret, "share-link", False)]


def test_a_level_that_a_person_raises_closes_the_document_at_the_next_audit(
    archive: PaperlessDms, tmp_path: Path
) -> None:
    public, _, _ = one_of_each_level(archive, tmp_path)
    reader = server.person_in(tmp_path, f"密级/{archive._readers.levels[0]}/查阅")
    tag = Tags(archive._connection).find(f"密级/{archive._readers.levels[2]}")
    assert tag is not None
    parameters = {"add_tags": [tag.id], "remove_tags": []}
    body = {"documents": [public], "method": "modify_tags", "parameters": parameters}
    archive._connection.send("POST", "documents/bulk_edit/", body)
    assert {fault for _, fault, _ in faults(archive, repair=True)} == {"seen-by-others", "changed-by-others"}
    assert list(reader.rows("documents/", [server.own(tmp_path)])) == []


def test_relabelling_opens_and_closes_the_document(archive: PaperlessDms, tmp_path: Path) -> None:
    public, internal, _ = one_of_each_level(archive, tmp_path)
    levels = archive._readers.levels
    reader = server.person_in(tmp_path, f"密级/{levels[0]}/查阅")
    for number, level in ((public, levels[2]), (internal, levels[0])):
        record = archive.record(str(number))
        archive.relabel(record, replace(record.card, confidentiality=level))
    assert {row["id"] for row in reader.rows("documents/", [server.own(tmp_path)])} == {internal}
    assert faults(archive) == []


def test_what_others_have_filed_without_a_level_is_left_alone(
    archive: PaperlessDms, person: Connection, tmp_path: Path
) -> None:
    del person
    token = archive._connection._key.token
    answer = requests.post(
        f"{server.url()}/api/documents/post_document/",
        headers={"Authorization": f"Token {token}"},
        files={"document": ("theirs.txt", b"one of theirs")},
        timeout=60,
    )
    theirs = archive._filing._tasks.wait(answer.json(), "0" * 64, 60.0)
    before = archive._documents.one(theirs, rights=True)
    assert faults(archive, repair=True) == []
    assert archive._documents.one(theirs, rights=True) == before
