"""ID cards as they lie on the glass of a copier: simplified on purpose, a silhouette for the portrait."""

from __future__ import annotations

import math

from PIL import Image, ImageDraw

from samples import faces
from samples.papers import Person

_SIZE_MM = (85.6, 54.0)
_INK = (30, 30, 34)
_LABEL = (60, 110, 170)
_STATE, _TITLE = "中华人民共和国", "居 民 身 份 证"
_ISSUED = {"4201": "江州市公安局临江分局", "3301": "江州市公安局高新分局", "4101": "江州市公安局东湖分局"}


def draw(side: str, person: Person, dpi: int) -> Image.Image:
    """One side of the person's card, `front` with the number or `back` with the issuing office."""
    width, height = (round(mm / 25.4 * dpi) for mm in _SIZE_MM)
    card = Image.new("RGB", (width, height), (236, 243, 246))
    pencil = ImageDraw.Draw(card)
    _waves(pencil, width, height)
    unit = height / 54
    if side == "front":
        _front(pencil, person, unit)
    else:
        _back(pencil, person, unit)
    pencil.rounded_rectangle((0, 0, width - 1, height - 1), round(3 * unit), outline=(120, 130, 135), width=2)
    return card


def words(side: str, person: Person) -> list[str]:
    """What stands on that side of the card, line by line."""
    if side == "back":
        return [_STATE, _TITLE, f"签发机关 {_office(person)}", f"有效期限 {_term(person)}"]
    year, month, day = birth(person.id)
    return [
        f"姓 名 {person.name}",
        f"性 别 {_sex(person)}\u3000民 族 汉",
        f"出 生 {year} 年 {month} 月 {day} 日",
        f"住 址 {person.addr}",
        f"公民身份号码 {person.id}",
    ]


def birth(number: str) -> tuple[int, int, int]:
    """Year, month, day of the birth that an 18-character ID number carries."""
    return int(number[6:10]), int(number[10:12]), int(number[12:14])


def _waves(pencil: ImageDraw.ImageDraw, width: int, height: int) -> None:
    for lane in range(0, height + 60, max(9, height // 26)):
        points = [(x, lane + math.sin(x / width * 9 + lane) * height / 40) for x in range(0, width, 6)]
        pencil.line(points, fill=(212, 229, 238), width=1)


def _front(pencil: ImageDraw.ImageDraw, person: Person, unit: float) -> None:
    year, month, day = birth(person.id)
    small, value = faces.font("hei", round(2.9 * unit)), faces.font("hei", round(3.5 * unit))

    def put(x: float, y: float, label: str, text: str, gap: float = 11) -> None:
        pencil.text((x * unit, y * unit), label, fill=_LABEL, font=small, anchor="ls")
        pencil.text(((x + gap) * unit, y * unit), text, fill=_INK, font=value, anchor="ls")

    put(6, 10, "姓 名", person.name)
    put(6, 17, "性 别", _sex(person))
    put(26, 17, "民 族", "汉", 10)
    put(6, 24, "出 生", f"{year} 年 {month} 月 {day} 日")
    put(6, 31, "住 址", person.addr[:11])
    put(6, 36, "", person.addr[11:])
    number = faces.font("hei-bold", round(3.7 * unit))
    pencil.text((6 * unit, 48 * unit), "公民身份号码", fill=_LABEL, font=small, anchor="ls")
    pencil.text((27 * unit, 48 * unit), person.id, fill=_INK, font=number, anchor="ls")
    pencil.ellipse((64 * unit, 10 * unit, 75 * unit, 24 * unit), fill=(112, 112, 116))
    pencil.pieslice((57.5 * unit, 24 * unit, 81.5 * unit, 52 * unit), 180, 360, fill=(88, 90, 98))


def _back(pencil: ImageDraw.ImageDraw, person: Person, unit: float) -> None:
    pencil.ellipse((6 * unit, 6 * unit, 20 * unit, 20 * unit), outline=(190, 50, 50), width=round(unit))
    pencil.ellipse((10 * unit, 10 * unit, 16 * unit, 16 * unit), fill=(190, 50, 50))
    for y, size, text in ((12, 4.6, _STATE), (21, 6.2, _TITLE)):
        font = faces.font("song-bold", round(size * unit))
        pencil.text((52 * unit, y * unit), text, fill=_INK, font=font, anchor="mm")
    font = faces.font("hei", round(3.3 * unit))
    for y, label, text in ((41, "签发机关", _office(person)), (48, "有效期限", _term(person))):
        pencil.text((24 * unit, y * unit), label, fill=_LABEL, font=font, anchor="ls")
        pencil.text((40 * unit, y * unit), text, fill=_INK, font=font, anchor="ls")


def _sex(person: Person) -> str:
    return "男" if int(person.id[16]) % 2 else "女"


def _office(person: Person) -> str:
    return _ISSUED.get(person.id[:4], "江州市公安局高新分局")


def _term(person: Person) -> str:
    year = max(2006 + int(person.id[15:17]) % 12, birth(person.id)[0] + 26)
    return f"{year}.05.18-{year + 20}.05.18"
