from __future__ import annotations

import pytest

from consumers.errors import Refused
from consumers.office.markup import attribute, every, local, parsed

LOL = (
    "<!DOCTYPE x ["
    + "<!ENTITY a0 'ha'>"
    + "".join(f"<!ENTITY a{n + 1} '{f'&a{n};' * 10}'>" for n in range(9))
    + "]><x>&a9;</x>"
)


@pytest.mark.parametrize(
    "content",
    [
        LOL,
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><x/>',
        "<x>",
        "no xml",
        "",
        "<x>&a;</x>",
        "<a>" * 5000 + "</a>" * 5000,
    ],
    ids=[
        "laughs",
        "a file of ours",
        "a document type elsewhere",
        "cut off",
        "text",
        "nothing",
        "an entity",
        "deep",
    ],
)
def test_xml_that_is_broken_or_made_to_hurt_is_refused_as_damaged(content: str) -> None:
    with pytest.raises(Refused) as refusal:
        parsed(content.encode())
    assert refusal.value.code == "damaged"


def test_elements_and_attributes_are_found_by_their_names_in_whatever_namespace() -> None:
    root = parsed(b'<w:a xmlns:w="urn:w"><b xmlns="urn:b" w:id="7"/><w:c><w:b/></w:c><!-- b --></w:a>')
    assert [local(element) for element in every(root, "b", "c")] == ["b", "c", "b"]
    assert [attribute(element, "id") for element in every(root, "b")] == ["7", ""]
