from __future__ import annotations

from pathlib import Path

import pytest

from consumers.length import likely_pages

BATCH = b"%PDF-1.7\n" + b"<< /Type /Page /Parent 2 0 R >>\n" * 40 + b"<< /Type /Pages /Count 40 >>"


@pytest.mark.parametrize(
    ("content", "pages"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"0" * 900_000, 1),
        (b"%PDF-1.7\n<< /Type/Page >>", 1),
        (BATCH, 40),
        (b"%PDF-1.7\n<< /Type /Pages /Count 999999 >>", 100_000),
        (b"%PDF-1.7\n" + b"0" * 500_000, 5),
        (b"II*\0" + b"0" * 1_000_000, 10),
        (b"", 1),
    ],
)
def test_a_file_is_about_as_long_as_its_first_bytes_say(content: bytes, pages: int, tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(content)
    assert likely_pages(path) == pages


def test_a_file_that_is_gone_counts_as_one_page(tmp_path: Path) -> None:
    assert likely_pages(tmp_path / "gone") == 1
