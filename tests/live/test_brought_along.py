"""What our uploads bring along is taken by our plugin in a real paperless-ngx. Run where PAPERLESS_NATIVE says that it is
installed there: `1` with its OCR packages, `uploads` without them. See README.md here."""

from __future__ import annotations

import io
import os
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from plugins.paperless.upload.enclosing import enclosed
from plugins.paperless_native.brought_along import Brought
from tests.consumers.searchable.made import line, page, paper, write
from tests.live.test_native import Person

pytestmark = pytest.mark.skipif(
    os.environ.get("PAPERLESS_NATIVE") not in ("1", "uploads"),
    reason="say by PAPERLESS_NATIVE=uploads that the server has our plugin; see tests/live/README.md",
)
# Not what stands on the page: whoever reads the page, or its layer, finds something else.
TEXT, DAY = "这是随文件带来的文字", date(2021, 5, 6)


@pytest.mark.parametrize("name", ["paper.png", "paper.jpg"])
def test_text_day_and_picture_are_those_that_the_file_brings_along(
    token: str, tmp_path: Path, name: str
) -> None:
    person, picture = Person(token), paper(tmp_path, name)
    archive, _ = write(
        picture, *[page(*[line("江州置业有限公司商品房买卖合同", 0.1 + n / 20) for n in range(9)])]
    )
    media_type = "image/png" if name.endswith("png") else "image/jpeg"
    brought = Brought((TEXT,), DAY)
    sent = enclosed(archive, picture.read_bytes(), name, media_type, brought=brought, day=date(2024, 3, 1))
    assert sent is not None
    document = person.document("paper.pdf", sent)
    assert document["content"] == TEXT
    assert (document["created"], document["page_count"]) == ("2021-05-06", 1)
    assert document["archived_file_name"] is None
    with Image.open(io.BytesIO(person.get(f"documents/{document['id']}/thumb/").content)) as thumbnail:
        assert (thumbnail.format, thumbnail.size) == ("WEBP", (500, 707))
