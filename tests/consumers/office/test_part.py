from __future__ import annotations

from consumers.office.part import MOST_CHARACTERS, joined, written


def test_cells_are_joined_as_readers_of_scans_do_it() -> None:
    assert joined([" 姓名 ", "", "王\n敏"]) == "姓名\u3000王 敏"


def test_lines_lose_what_can_not_be_seen() -> None:
    assert [line.text for line in written(["a\x00b\u200b", " ", "c\td", "e\nf"]).lines] == [
        "ab",
        "c\td",
        "e",
        "f",
    ]


def test_a_page_is_cut_at_a_line_and_says_so() -> None:
    page = written(["字" * MOST_CHARACTERS, "多"])
    assert (len(page.lines), len(page.doubtful)) == (1, 1)
    assert written(["字" * MOST_CHARACTERS]).doubtful == ()
