"""Borne: the values that a paper's text must give back when it is read, under the names of the labelled sets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from samples.papers import companies, people

_SHAPES = {
    # name of the field: how such a value looks on these papers
    "case_no": r"[（(〔]\d{4}[)）〕][^\s\d，。]{1,3}\d*[^\s，。\d]{0,3}(?:字第)?\d+号",
    "cert_no": r"[^\s，。：；（]{0,3}（\d{4}）[^\s，。：；]{2,8}不动产(?:权|证明)第\d+号|[^\s，。：；]{1,3}房权证[^\s，。：；]{1,8}字第\d+号",
    "contract_no": r"(?<=合同编号：)[A-Za-z0-9-]+|(?<=合同号：)[A-Za-z0-9-]+|[A-Z]{2,}-?[A-Z]*-?20\d\d[-0-9]{4,}",
    "dates": r"\d{4}年\d{1,2}月\d{1,2}日|\b\d{4}-\d{2}-\d{2}\b|[〇一二三四五六七八九]{4}年[一二三四五六七八九十]+月[一二三四五六七八九十]+日",
    "amounts": r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?:\.\d\d)?",
    "unit": r"\d+栋\d+单元\d+室?|\d+号楼\d+室|\d+幢\d+单元\d+室|(?<![\d-])\d{1,2}-\d-\d{3,4}(?!\d)|\d+栋\d{3,4}室",
}


def borne(text: str) -> dict[str, list[str]]:
    """The values by field, each once, in the order of the text; fields without one are left out."""
    known = {
        "names": (person.name for person in people().values()),
        "id_no": (person.id for person in people().values()),
        "phones": (person.phone for person in people().values()),
        "companies": companies(),
    }
    found = {name: list(_standing(values, text)) for name, values in known.items()}
    found |= {name: list(dict.fromkeys(re.findall(shape, text))) for name, shape in _SHAPES.items()}
    return {name: values for name, values in found.items() if values}


def _standing(values: Iterable[str], text: str) -> Iterator[str]:
    return (value for value in values if value in text)
