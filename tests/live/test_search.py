"""Tests of finding on a real paperless-ngx: in its own web search, by `dossier search`, and by somebody of a lower level."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.archiving.card import unit_spellings
from plugins.backends.local import LocalDms
from plugins.paperless.backend import PaperlessDms
from plugins.paperless.client.connection import Connection
from plugins.paperless.client.notes import Notes
from retention.dms import Clearance, Dms, Query, Term
from retention.errors import DmsError
from tests.contract.deposits import deposit
from tests.live import server

ALL = Clearance(frozenset({"public", "internal", "secret"}))
TITLE = "商品房买卖合同 锦绣花园3-2-1201 欧阳晓岚 XS20163173221 2016-02-15"
KEYS = ("欧阳晓岚", "XS20163173221", "（2022）鲁0613民初18645号", "13656628717", *unit_spellings("3-2-1201"))
# A text layer's line: too long for the simple box, and the unit within a word for the advanced one.
LINE = (
    "买受人欧阳晓岚购买出卖人开发的锦绣花园3栋2单元1201室商品房一套总价款人民币4216768元整已于本合同签订当日付清"
    + "特此说明" * 9
)
PAGES = (f"{LINE}\n（2022）鲁0613民初18645号\n滨江恒\n信置业 水 印 合 同",)
OTHERS = ("买受人欧阳某购买晓岚花园9栋1单元302室", "渗漏报修单 4幢1单元704室")
TYPED = [
    "欧阳晓岚",
    "3栋2单元1201",
    "3栋2单元1201室",
    "3幢2单元1201",
    "3-2-1201",
    "1201",
    "XS20163173221",
    "73221",
    "3221",
    "鲁0613民初18645号",
    "18645",
    "民初18645号",
    "8717",
    "4216768",
    "恒信",
    "水印",
    "付清",
]
"""As people type them: names, units, numbers whole and by their end, words over a line's end and set wide."""


def three(dms: Dms, folder: Path) -> str:
    """Files one document to be found and two like it."""
    for number, page in enumerate(OTHERS):
        dms.file(deposit(folder, f"other {number}".encode(), (page,), title=f"别的 {number}"))
    return dms.file(deposit(folder, b"wanted", PAGES, KEYS, title=TITLE))


def test_the_web_search_finds_it_by_whatever_people_type(
    dms: PaperlessDms, person: Connection, tmp_path: Path
) -> None:
    wanted = int(three(dms, tmp_path))
    own = server.own(tmp_path)  # a server in use has other papers with such words
    for box in ("text", "query"):
        for typed in TYPED:
            asked = [(box, typed), ("ordering", "-score"), ("page_size", "50"), ("fields", "id"), own]
            found = [row["id"] for row in person.get("documents/", asked)["results"]]
            assert found[:1] == [wanted], (box, typed)


def test_both_backends_find_the_same(dms: PaperlessDms, tmp_path: Path) -> None:
    ours = three(dms, tmp_path)
    local = LocalDms(tmp_path / "archive")
    theirs = three(local, tmp_path)
    for typed in (*TYPED, "欧阳晓岚 1201", "商品房 民初", "锦绣花园3-2", "合同 3栋2单元", "水印合同"):
        hits, expected = (one.search(Query(typed), ALL) for one in (dms, local))
        assert [hit.record.dms_id for hit in hits] == [ours], typed
        assert [hit.record.dms_id for hit in expected] == [theirs], typed
        # A workflow of the server's people may put a field on, and its words count.
        assert hits[0].score == pytest.approx(expected[0].score, rel=0.01)
        assert hits[0].highlights == expected[0].highlights
    assert dms.search(Query("欧阳晓岚 704"), ALL) == local.search(Query("欧阳晓岚 704"), ALL) == ()


def test_notes_and_fields_of_people_are_searched_with_the_text(
    dms: PaperlessDms, person: Connection, tmp_path: Path
) -> None:
    wanted = three(dms, tmp_path)
    Notes(person).add(int(wanted), "钥匙已交物业，押金未退")
    field = person.send("POST", "custom_fields/", {"name": f"经办人{wanted}", "data_type": "string"})
    try:
        dms._documents.add_fields(int(wanted), {field["id"]: "邓佳妮"})
        for typed in ("钥匙已交", "押金 欧阳晓岚", "邓佳妮", "佳妮 物业 1201"):
            assert [hit.record.dms_id for hit in dms.search(Query(typed), ALL)] == [wanted], typed
        assert dms.search(Query("佳妮 报修单"), ALL) == ()
    finally:
        person.delete(f"custom_fields/{field['id']}/")


def shown_to(person: Connection, own: tuple[str, str], name: str, asked: str) -> list[int]:
    """The documents that the server gives to a question; none where it refuses to answer."""
    try:
        return [row["id"] for row in person.rows("documents/", [(name, asked), ("fields", "id"), own])]
    except DmsError:
        return []


@pytest.mark.parametrize("words", ["绝无仅有", "QZ77310052", "18645", "3栋2单元1201"])
def test_a_person_of_a_lower_level_learns_nothing_by_searching(
    archive: PaperlessDms, tmp_path: Path, words: str
) -> None:
    public, internal, secret = levels = archive._readers.levels
    archive.prepare([Term("level", level) for level in levels])
    pages = ("绝无仅有的商品房 QZ77310052 合同",)
    hidden = archive.file(
        deposit(
            tmp_path,
            b"hidden",
            pages,
            (*KEYS, "QZ77310052", words),
            confidentiality=secret,
            title=f"{words} 题名",
        )
    )
    Notes(archive._connection).add(int(hidden), f"{words} 批注")
    reader = server.person_in(tmp_path, f"密级/{internal}/查阅")
    above = server.person_in(tmp_path, f"密级/{secret}/查阅")
    questions = [
        *(
            (name, words)
            for name in ("text", "query", "title_search", "search", "content__icontains", "title__icontains")
        ),
        ("query", f"notes.note:{words}"),
        ("custom_fields__icontains", words),
        ("custom_field_query", f'["卷宗卡片","icontains","{words}"]'),
        ("more_like_id", hidden),
    ]
    own = server.own(tmp_path)
    for name, asked in questions:
        assert shown_to(reader, own, name, asked) == [], (name, asked)
    assert shown_to(above, own, "text", words) == [int(hidden)]
    # What nobody owns anybody finds, with such words in it: these tell nothing of the hidden one.
    beginning = [("term", words[:2]), ("limit", "100")]
    stranger = server.person_in(tmp_path, f"密级/{public}/查阅")
    terms, theirs = (set(one.get("search/autocomplete/", beginning)) for one in (reader, stranger))
    assert terms == theirs < set(above.get("search/autocomplete/", beginning))
    hits = [
        {row["id"] for row in one.get("search/", [("query", words)])["documents"]} for one in (reader, above)
    ]
    assert int(hidden) not in hits[0]
    assert len(hits[1]) == 3 or int(hidden) in hits[1]  # three documents at the most
    eyes = Clearance(frozenset({public, internal}))
    assert archive.search(Query(words), eyes) == ()
    assert len(archive.search(Query(words), Clearance(frozenset(levels)))) == 1
