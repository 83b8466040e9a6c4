"""ID copies: both sides of an ID card on one A4, one above the other or side by side, as copiers leave them."""

from __future__ import annotations

from PIL import Image

from benchmarks.drawn.easel import BLACK, Easel, Ink
from benchmarks.drawn.invented import Invention, Soul

_LABEL: Ink = (70, 110, 160)
_CARD: Ink = (232, 240, 244)


def idcopy(made: Invention, dpi: int) -> tuple[Image.Image, str]:
    """An A4 with the front first; some bear a note of what the copy is for."""
    person = made.soul()
    sheet = Easel(210, 297, dpi)
    front, front_lines = _front(person, dpi)
    back, back_lines = _back(made, dpi)
    scale = made.pick((1.0, 1.0, 1.35))
    sideways = scale == 1.0 and made.number(0, 3) == 0
    places = (
        ((12.0, 60.0), (108.0, 62.0))
        if sideways
        else ((made.number(35, 62), 45.0), (made.number(35, 62), 150.0))
    )
    for card, (x, y) in zip((front, back), places, strict=True):
        lying = card.resize((round(card.width * scale), round(card.height * scale)), Image.Resampling.LANCZOS)
        lying = lying.rotate(
            float(made.rng.normal(0, 1.1)), Image.Resampling.BICUBIC, True, fillcolor="white"
        )
        sheet.image.paste(lying, (sheet.px(x), sheet.px(y)))
    lines = [*front_lines, *back_lines]
    if made.number(0, 1):
        note = f"此复印件仅供办理{made.pick(('购房备案', '产权登记', '贷款审批'))}使用，再次复印无效。"
        sheet.put(105, 262, note, made.pick(("hand", "hei")), 13, BLACK, "ms")
        lines.append(note)
    return sheet.image, "\n".join(lines)


def _front(person: Soul, dpi: int) -> tuple[Image.Image, list[str]]:
    card = _blank(dpi)
    year, month, day = (str(part) for part in person.born)

    def put(x: float, y: float, text: str, label: bool = False, points: float = 8.6) -> None:
        card.put(x, y, text, "hei", points - label * 0.8, _LABEL if label else BLACK)

    put(6, 11, "姓名", True)
    put(17, 11, person.name, points=10)
    put(6, 18, "性别", True)
    put(17, 18, person.sex)
    put(28, 18, "民族", True)
    put(38, 18, "汉")
    put(6, 25, "出生", True)
    for x, text, label in (
        (17, year, False),
        (26, "年", True),
        (31, month, False),
        (36, "月", True),
        (41, day, False),
        (46, "日", True),
    ):
        put(x, 25, text, label)
    put(6, 32, "住址", True)
    card.wrapped(17, 32, person.address, 37, "hei", 8.6, 4.6)
    put(6, 49, "公民身份号码", True)
    card.put(30, 49, person.id, "hei-bold", 10.5)
    card.pencil.ellipse([card.px(side) for side in (63, 9, 75, 24)], fill=(150, 130, 120))
    card.pencil.pieslice([card.px(side) for side in (57, 23, 81, 62)], 180, 360, fill=(80, 84, 100))
    card.pencil.rectangle([card.px(side) for side in (56, 43, 83, 53)], fill=_CARD)
    card.put(30, 49, person.id, "hei-bold", 10.5)
    lines = [
        f"姓名\u3000{person.name}",
        f"性别\u3000{person.sex}\u3000民族\u3000汉",
        f"出生\u3000{year}年{month}月{day}日",
        f"住址\u3000{person.address}",
        f"公民身份号码\u3000{person.id}",
    ]
    return card.image, lines


def _back(made: Invention, dpi: int) -> tuple[Image.Image, list[str]]:
    card = _blank(dpi)
    office, year = f"{made.city[0]}公安局{made.city[1][:2]}分局", made.number(2006, 2023)
    term = f"{year}.{made.number(1, 12):02}.{made.number(1, 28):02}-{made.pick((f'{year + 20}.07.01', '长期', f'{year + 10}.11.30'))}"
    card.pencil.ellipse([card.px(side) for side in (6, 6, 19, 20)], outline=(196, 70, 60), width=card.px(1))
    card.pencil.rectangle([card.px(side) for side in (10, 10, 15, 16)], fill=(196, 70, 60))
    card.put(51, 13, "中华人民共和国", "song-bold", 13, BLACK, "ms")
    card.put(51, 24, "居民身份证", "song-bold", 18, BLACK, "ms")
    for y, label, value in ((41, "签发机关", office), (48, "有效期限", term)):
        card.put(20, y, label, "hei", 8.6, _LABEL)
        card.put(36, y, value, "hei", 9)
    return card.image, ["中华人民共和国", "居民身份证", f"签发机关\u3000{office}", f"有效期限\u3000{term}"]


def _blank(dpi: int) -> Easel:
    card = Easel(85.6, 54, dpi, _CARD)
    for lane in range(0, card.image.height, max(6, card.px(1.6))):
        card.pencil.line((0, lane, card.image.width, lane + card.px(3)), fill=(214, 228, 234), width=1)
    card.box(0, 0, 85.4, 53.8, (150, 158, 160), 0.3)
    return card
