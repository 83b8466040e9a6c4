"""The text of a sample is what a person reads on it, in that order."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from samples import borne, cards, draw, wording
from samples.markup import parse
from samples.papers import papers, people

SAMPLES = Path(draw.__file__).parent


def test_texts_jsonl_is_what_the_drawing_would_write_now(tmp_path: Path) -> None:
    draw.write_texts(tmp_path)
    assert (tmp_path / "texts.jsonl").read_text("utf-8") == (SAMPLES / "texts.jsonl").read_text("utf-8")


def test_a_row_of_a_table_is_one_line_and_hand_counts_like_print() -> None:
    (blocks,) = parse("|=1 2\n|姓名|{{王芳}}|电话|　|\n|备注|**加急**{无}|")
    assert wording.page(blocks) == "姓名\u3000王芳\u3000电话\n备注\u3000加急无"


def test_seals_stamps_and_rules_say_nothing() -> None:
    (blocks,) = parse("# 证明\n@seal developer 74 6 专用章\n@stamp 20 4 已核对原件\n@bar red\n@gap 2")
    assert wording.page(blocks) == "证明"


def test_a_column_is_read_to_its_end_before_the_next_and_the_footer_last() -> None:
    (blocks,) = parse("@foot 第1页\n@column 20 80\n. 左一\n. 左二\n@column 110 80\n. 右一")
    assert wording.page(blocks) == "左一\n左二\n右一\n第1页"


@pytest.mark.parametrize("side", ["front", "back"])
def test_a_card_says_the_same_in_words_as_in_the_picture(side: str) -> None:
    wang = people()["wang"]
    said = "".join(cards.words(side, wang))
    assert (wang.id in said) is (side == "front")
    assert ("签发机关" in said) is (side == "back")


def test_the_words_that_anyone_must_be_able_to_read_stand_in_the_text() -> None:
    for paper in papers().values():
        said = "".join("".join(wording.pages(paper)).split())
        assert [key for key in paper.keys if "".join(key.split()) not in said] == []


def test_the_values_of_a_text_are_found_by_field() -> None:
    text = (
        "（2022）鄂0198民初2874号\n原告王建国，2022年3月6日付50,000.00元，鄂（2020）江州市不动产权第0023417号"
    )
    assert borne.borne(text) == {
        "names": ["王建国"],
        "case_no": ["（2022）鄂0198民初2874号"],
        "cert_no": ["鄂（2020）江州市不动产权第0023417号"],
        "dates": ["2022年3月6日"],
        "amounts": ["50,000.00"],
    }


def test_every_line_of_texts_jsonl_names_a_file_that_lies_there() -> None:
    rows = [json.loads(line) for line in (SAMPLES / "texts.jsonl").read_text("utf-8").splitlines()]
    assert [row["file"] for row in rows if not (SAMPLES / row["file"]).exists()] == []
