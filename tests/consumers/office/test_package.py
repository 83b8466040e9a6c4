from __future__ import annotations

import pytest

from consumers.bounds import Bounds
from consumers.errors import Refused
from consumers.office.package import Package, Relation
from tests.consumers.office.documents import zipped

RELS = "_rels/.rels"


def _rels(*rows: str) -> str:
    return f'<Relationships xmlns="urn:r">{"".join(rows)}</Relationships>'


def _code(content: bytes, bounds: Bounds, name: str = "a.xml") -> str:
    with pytest.raises(Refused) as refusal:
        Package(content, bounds).read(name)
    return refusal.value.code


def test_a_member_is_read_by_its_name_whatever_its_case() -> None:
    package = Package(zipped({"Word/Document.xml": "<x/>"}), Bounds())
    assert package.has("/word/document.xml")
    assert package.read("word/document.xml") == b"<x/>"


def test_a_bomb_is_refused_by_what_its_list_says_it_holds() -> None:
    assert _code(zipped({"a.xml": bytes(2_000_000)}), Bounds(bytes=1_000_000)) == "too-large"


def test_a_bomb_whose_list_lies_gives_no_more_than_the_list_says() -> None:
    content = zipped({"a.xml": bytes(2_000_000)})
    lying = content.replace((2_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != content
    assert _code(lying, Bounds(bytes=1_000_000)) == "damaged"


def test_xml_that_is_too_large_for_a_tree_is_refused() -> None:
    content = zipped({"a.xml": b"<a>" + b" " * 50_000_001 + b"</a>"})
    with pytest.raises(Refused, match="too-large"):
        Package(content, Bounds()).tree("a.xml")


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.99])
def test_a_zip_that_was_cut_off_is_refused_as_damaged(part: float) -> None:
    content = zipped({"a.xml": "<a/>", "b.xml": "<b/>"})
    assert _code(content[: round(len(content) * part)], Bounds()) == "damaged"


def test_a_member_whose_bytes_were_changed_is_refused_as_damaged() -> None:
    content = bytearray(zipped({"a.xml": "text that is packed"}))
    content[40] ^= 0xFF
    assert _code(bytes(content), Bounds()) == "damaged"


def test_a_member_that_is_not_there_is_refused_as_damaged() -> None:
    assert _code(zipped({"b.xml": "<b/>"}), Bounds()) == "damaged"


def test_a_member_with_a_password_is_refused_as_encrypted() -> None:
    content = bytearray(zipped({"a.xml": "<a/>"}))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert _code(bytes(content), Bounds()) == "encrypted"


def test_relations_name_members_from_where_they_stand_and_nothing_outside() -> None:
    rows = (
        '<Relationship Id="r1" Type="http://x/officeDocument" Target="word/document.xml"/>',
        '<Relationship Id="r2" Type="http://x/image" Target="/media/a%20b.png"/>',
        '<Relationship Id="r3" Type="http://x/image" Target="../../../etc/passwd"/>',
        '<Relationship Id="r4" Type="http://x/image" Target="http://example.com/a.png" TargetMode="External"/>',
    )
    package = Package(zipped({RELS: _rels(*rows), "word/_rels/document.xml.rels": _rels(rows[0])}), Bounds())
    assert package.relations("") == [
        Relation("r1", "officeDocument", "word/document.xml"),
        Relation("r2", "image", "media/a b.png"),
        Relation("r3", "image", "etc/passwd"),
        Relation("r4", "image", ""),
    ]
    assert package.relations("word/document.xml")[0].target == "word/word/document.xml"
    assert package.relations("other.xml") == []
