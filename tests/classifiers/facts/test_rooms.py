from __future__ import annotations

import pytest

from classifiers.facts.rooms import rooms
from classifiers.glyphs import even_text

WRITTEN = [
    ("3栋2单元1201室", "3-2-1201"),
    ("3 栋 2 单元 1201 室", "3-2-1201"),
    ("3栋\n2单元\n1201室", "3-2-1201"),
    ("３栋２单元１２０１", "3-2-1201"),
    ("三号楼二单元1201室", "3-2-1201"),
    ("第24幢2单元1303号", "24-2-1303"),
    ("3号楼1单元20层2001户", "3-1-2001"),
    ("9幢3单元702", "9-3-702"),
    ("9栋2单元12层03室", "9-2-1203"),
    ("03栋02单元0501", "3-2-501"),
    ("03栋02单元501", "3-2-501"),
    ("B3栋一单元一二〇一室", "B3-1-1201"),
    ("十二号楼3单元12层1202号", "12-3-1202"),
    ("3#楼2单元1201", "3-2-1201"),
    ("3#2-1201", "3-2-1201"),
    ("【3】栋【2】单元【1201】室", "3-2-1201"),
    ("20栋2404房", "20-2404"),
    ("A座1203室", "A-1203"),
    ("3-2-1201", "3-2-1201"),
    ("3－2－1201", "3-2-1201"),
    ("24一1一2202", "24-1-2202"),
]
NO_ROOM = [
    "2015-3-12",
    "2015-03-1201",
    "021-12-3456",
    "0755-1201",
    "12:30-2-1201",
    "1/3-2-1201",
    "3-2-9901",
    "3-2-1299",
    "3-2-000",
    "3栋2单元12层1301室",
    "10栋8层",
    "8号楼2015年竣工",
    "3号楼300元",
    "3号楼300户",
    "3单元1201室",
    "90-120平方米",
]


@pytest.mark.parametrize(("text", "value"), WRITTEN)
def test_a_room_has_one_value_in_whatever_way_it_is_written(text: str, value: str) -> None:
    assert [room.value for room in rooms(even_text(text))] == [value]


@pytest.mark.parametrize("text", NO_ROOM)
def test_other_numbers_are_no_room(text: str) -> None:
    assert rooms(even_text(text)) == ()
