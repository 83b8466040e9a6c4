from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consumers.errors import Refused
from consumers.scan import Scan
from consumers.searchable import write_searchable
from consumers.transcript import Box, Line, Transcript
from tests.consumers.searchable.made import (
    PROGRAMS,
    by_pdfium,
    by_pdfplumber,
    dense,
    even,
    line,
    of_words,
    page,
    paper,
    write,
)

Read = Callable[[Path], list[str]]

LINES = [
    "商品房买卖合同（预售）",
    "合同编号：JX-2019-0042\u3000签订日期：2019年3月16日",
    "买受人：𠮷田䶮、𬱖𫗧　身份证号 11010519491231002X",
    "“总价”人民币¥1,167,029.60元（大写：壹佰壹拾陆万……）——含税",
    "Well-known e-mail: a.b-c@example.com; ﬁle №7, 100 m² ≤ 30℃",
    "重复重复重复重复",
    "重复重复重复重复",
    "①②③ Ⅳ ㎡ ％ ￥ 〔2020〕 〇 々 〆",
]


def _written(folder: Path, *lines: Line, rotation: int = 0) -> Path:
    return write(paper(folder), page(*lines, rotation=rotation))[0]


def _spread(texts: list[str]) -> list[Line]:
    return [line(text, 0.05 + 0.9 * number / len(texts)) for number, text in enumerate(texts)]


@pytest.mark.parametrize("read", PROGRAMS)
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_every_character_comes_back_in_its_order(tmp_path: Path, read: Read, rotation: int) -> None:
    assert even(read(_written(tmp_path, *_spread(LINES), rotation=rotation))[0]) == even("".join(LINES))


@pytest.mark.parametrize("read", PROGRAMS)
def test_lines_end_where_they_end_and_no_blank_parts_han_characters(tmp_path: Path, read: Read) -> None:
    words = of_words(
        "王建国购房合同", ("王建国", 0.1, 0.2, 0.2), ("购房", 0.27, 0.2, 0.35), ("合同", 0.355, 0.203, 0.45)
    )
    said = read(_written(tmp_path, line("第一行", 0.1), words, line("第三行", 0.3)))[0]
    assert said.split() == ["第一行", "王建国购房合同", "第三行"]


@pytest.mark.parametrize("read", PROGRAMS)
def test_label_and_value_stay_in_one_line_however_far_apart(tmp_path: Path, read: Read) -> None:
    rows = [
        of_words(
            f"标签{number}\u3000数值{number}",
            (f"标签{number}", 0.05, top, 0.12),
            (f"数值{number}", 0.8, top, 0.9),
        )
        for number, top in enumerate((0.1, 0.2, 0.3, 0.4, 0.5))
    ]
    said = read(_written(tmp_path, *rows))[0]
    assert [part.split() for part in said.splitlines() if part.strip()] == [
        [f"标签{n}", f"数值{n}"] for n in range(5)
    ]


@pytest.mark.parametrize("read", PROGRAMS)
@pytest.mark.parametrize("slope", [-0.04, -0.02, 0.02, 0.04])
def test_on_a_skewed_page_the_lines_keep_their_order(tmp_path: Path, read: Read, slope: float) -> None:
    lines, texts = [], []
    for number in range(20):
        words, left, top = [], 0.1, 0.08 + 0.04 * number
        for part in range(6 if number % 3 else 2):
            word = f"第{number}行{part}"
            words.append((word, left, top + slope * (left - 0.1), left + 0.1))
            left += 0.12
        lines.append(of_words("".join(word for word, *_ in words), *words))
        texts.append(lines[-1].text)
    assert dense(read(_written(tmp_path, *lines))[0]) == "".join(texts)


@pytest.mark.parametrize("read", PROGRAMS)
def test_a_seal_over_a_line_does_not_mix_with_it(tmp_path: Path, read: Read) -> None:
    seal = Line("锦澜置业", Box(0.2, 0.30, 0.35, 0.36))
    lines = [line("甲方盖章", 0.3, right=0.4), seal, line("二〇一九年", 0.34, left=0.3), line("末行", 0.5)]
    assert dense(read(_written(tmp_path, *lines))[0]) == "".join(one.text for one in lines)


@pytest.mark.parametrize("read", PROGRAMS)
def test_lines_without_a_place_are_there_too(tmp_path: Path, read: Read) -> None:
    lines = [Line(f"无位置第{number}行") for number in range(400)]
    assert Counter(dense(read(_written(tmp_path, *lines))[0])) == Counter("".join(one.text for one in lines))


def test_a_page_of_text_takes_a_few_kilobytes(tmp_path: Path) -> None:
    path = paper(tmp_path)
    lines = _spread(
        [
            chr(0x4E00 + 40 * number) + "".join(chr(0x5000 + 37 * number + n) for n in range(30))
            for number in range(40)
        ]
    )
    assert write(path, page(*lines))[0].stat().st_size < path.stat().st_size + 16_000


def test_nothing_read_makes_a_pdf_without_a_layer(tmp_path: Path) -> None:
    target, done = write(paper(tmp_path), page())
    assert (done.pages, done.layers) == (1, 0)
    assert by_pdfium(target) == [""]


def test_a_file_without_pages_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"PK\x03\x04")
    office = Scan(path, "", 4, path.name, "application/zip", "test")
    with pytest.raises(Refused, match="no-pages"):
        write_searchable(office, Transcript("", ()), tmp_path / "a.pdf")


_LEFT_TO_RIGHT = st.text(
    st.characters(exclude_categories=["Cs"]).filter(lambda char: not _runs_left(char)),
    min_size=1,
    max_size=30,
)


def _runs_left(char: str) -> bool:
    import unicodedata

    return (
        unicodedata.bidirectional(char) in ("R", "AL", "AN", "RLE", "RLO", "RLI")
        or "\u0590" <= char <= "\u08ff"
    )


def _seen(texts: list[str]) -> str:
    from consumers.searchable.alphabet import legible

    return even("".join(map(legible, texts)))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=12))
def test_whatever_characters_were_read_all_that_can_be_seen_come_back(
    tmp_path: Path, texts: list[str]
) -> None:
    target = _written(tmp_path, *_spread(texts))
    wanted = Counter(_seen(texts))
    assert Counter(even(by_pdfium(target)[0])) == wanted
    assert Counter(even(by_pdfplumber(target)[0])) == wanted


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_LEFT_TO_RIGHT, min_size=1, max_size=12))
def test_whatever_runs_from_left_to_right_comes_back_in_its_order(tmp_path: Path, texts: list[str]) -> None:
    target = _written(tmp_path, *_spread(texts))
    assert even(by_pdfium(target)[0]) == _seen(texts)
    assert even(by_pdfplumber(target)[0]) == _seen(texts)
