from __future__ import annotations

from plugins.rereading.kept_text import transcript_of


def test_the_text_of_the_dms_is_read_line_by_line() -> None:
    found = transcript_of("a" * 64, ("一\n二", "三"))
    assert [[line.text for line in page.lines] for page in found.pages] == [["一", "二"], ["三"]]
