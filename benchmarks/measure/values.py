"""Values made comparable: what a truth writes as it stands on the paper against what a finder made of it."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from classifiers.facts.capital import yuan

_HAN = {glyph: number for number, glyph in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "元": 1}
_FLOOR = re.compile(r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})[层楼](?=\d|[一二三四五六七八九])")
_NAME = re.compile(r".*(?:期|一号|壹号|[区园府城])(?:项目)?[”\"]?(?=.*\d)")
_NUMERAL = re.compile(r"[〇零○一二三四五六七八九十]+")


def plain(name: str, value: str) -> str:
    """The value of a fact of this name in one form, whoever wrote it."""
    even = re.sub(r"\s", "", unicodedata.normalize("NFKC", value))
    shape = {"unit": _unit, "amount": _amount, "document_date": _date, "area": _area, "phone": _phone}.get(
        name
    )
    return shape(even) if shape else re.sub(r"[\[\](){}〔〕【】﹝﹞]", "", even).upper()


def _unit(value: str) -> str:
    """Building, entrance and room with hyphens between."""
    digits = _NUMERAL.sub(
        lambda numeral: _number(numeral.group()), re.sub(r"号楼|#楼", "栋", _NAME.sub("", value))
    )
    groups = re.findall(r"[A-Z]?\d+[A-Z]?|[A-Z甲乙丙丁](?=[座栋幢单-])", _FLOOR.sub("", digits))
    return "-".join(group.lstrip("0") for group in groups)


def _number(numeral: str) -> str:
    tens, ten, ones = numeral.partition("十")
    if not ten:
        return "".join(str(_HAN[glyph]) for glyph in numeral)
    return str(10 * _HAN.get(tens, 1) + _HAN.get(ones, 0))


def _amount(value: str) -> str:
    bare = re.sub(r"[,¥元圆整]|RMB|人民币", "", value)
    scale = 10_000 if bare.endswith("万") else 1
    try:
        return str((Decimal(bare.removesuffix("万")) * scale).quantize(Decimal("0.01")))
    except InvalidOperation:
        said = yuan(value.removeprefix("人民币"))
        return str(Decimal(said).quantize(Decimal("0.01"))) if said else value


def _date(value: str) -> str:
    digits = [
        part if part.isdigit() else _number(part)
        for part in re.findall(r"\d+|[〇零○元一二三四五六七八九十]+", value)
    ]
    return "-".join(part.zfill(2) for part in digits)


def _area(value: str) -> str:
    found = re.search(r"\d+(?:\.\d+)?", value)
    return str(Decimal(found.group()).normalize()) if found else value


def _phone(value: str) -> str:
    return re.sub(r"\D", "", value.removeprefix("+86"))
