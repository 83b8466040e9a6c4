"""Certificates: pages of coloured security paper with a table of label and value."""

from __future__ import annotations

import math

from PIL import Image

from benchmarks.drawn.easel import BLACK, Easel, Ink
from benchmarks.drawn.invented import Invention

_GROUNDS: tuple[tuple[Ink, Ink], ...] = (
    # paper, its printed waves
    ((246, 238, 236), (236, 205, 205)),
    ((240, 246, 240), (206, 226, 208)),
    ((244, 241, 229), (226, 214, 180)),
)


def title(made: Invention, dpi: int) -> tuple[Image.Image, str]:
    """The page of a title certificate that bears the entries, 130 x 210 mm."""
    number, owner, unit = made.certificate_number(), made.soul(), made.unit()
    place = f"{made.city[0]}{made.city[1]}{made.project()}{unit}"
    area = made.number(4000, 20000) / 100
    rows = (
        ("权利人", owner.name),
        ("共有情况", made.pick(("单独所有", "共同共有", "按份共有：50%"))),
        ("坐落", place),
        (
            "不动产单元号",
            f"{owner.id[:6]}{made.number(1, 99):03}{made.number(1, 99):03}GB{made.number(1, 99999):05}F{made.number(1, 9999):04}{made.number(1, 9999):04}",
        ),
        ("权利类型", "国有建设用地使用权/房屋所有权"),
        ("权利性质", made.pick(("出让/市场化商品房", "划拨/经济适用房"))),
        ("用途", made.pick(("城镇住宅用地/住宅", "商服用地/商业"))),
        (
            "面积",
            f"宗地面积{made.number(9000, 90000)}.{made.number(10, 99)}平方米/房屋建筑面积{area:.2f}平方米",
        ),
        (
            "使用期限",
            f"国有建设用地使用权{made.date()}起{made.number(2070, 2089)}年{made.number(1, 12)}月{made.number(1, 28)}日止",
        ),
        (
            "权利其他状况",
            f"专有建筑面积{area * 0.78:.2f}平方米，分摊建筑面积{area * 0.22:.2f}平方米；房屋总层数：{made.number(6, 33)}层；证件号：{owner.id}",
        ),
    )
    easel = _ground(made, 130, 210, dpi)
    width = easel.put(10, 16, number, "song", 11)
    easel.rule(10, 17.5, 10 + width, 17.5)
    return easel.image, "\n".join([number, *_table(easel, rows, 10, 24, 110, 30)])


def old_title(made: Invention, dpi: int) -> tuple[Image.Image, str]:
    """An ownership certificate as it was given out until 2015."""
    number, owner = made.certificate_number(modern=False), made.name()
    rows = (
        ("房屋所有权人", owner),
        ("共有情况", made.pick(("单独所有", "共同共有"))),
        ("房屋坐落", f"{made.city[0]}{made.city[1]}{made.project()}{made.unit()}"),
        ("登记时间", made.short_date()),
        ("房屋性质", made.pick(("商品房", "房改房", "存量房"))),
        ("规划用途", "住宅"),
        ("总层数", f"{made.number(5, 32)}"),
        ("建筑面积（㎡）", f"{made.number(4000, 15000) / 100:.2f}"),
        ("附记", f"原证号{made.certificate_number(modern=False)}；产权来源：买卖；契税已缴讫"),
    )
    easel = _ground(made, 140, 200, dpi)
    easel.put(70, 20, "房屋所有权证", "song-bold", 20, (120, 40, 40), "ms")
    easel.put(128, 29, number, "hei", 10.5, BLACK, "rs")
    lines = ["房屋所有权证", number, *_table(easel, rows, 12, 34, 116, 32)]
    firm = f"{made.city[0]}房产登记管理处"
    easel.put(128, 190, f"填发单位：{firm}", "song", 11, BLACK, "rs")
    return easel.image, "\n".join([*lines, f"填发单位：{firm}"])


def marriage(made: Invention, dpi: int) -> tuple[Image.Image, str]:
    """The inner page of a marriage certificate."""
    one, two, day = made.soul(), made.soul(), made.date()
    number = f"J{made.number(110000, 650000)}-{day[:4]}-{made.number(0, 999_999):06}"
    easel = Easel(128, 176, dpi, (250, 236, 232))
    lines: list[str] = []
    y = 18.0
    for label, value in (("持证人", one.name), ("登记日期", day), ("结婚证字号", number)):
        easel.put(14, y, label, "song", 11, (150, 40, 40))
        easel.put(42, y, value, "hand", 12.5)
        lines.append(f"{label}\u3000{value}")
        y += 10
    y = 84.0
    for person in (one, two):
        born = "{}年{}月{}日".format(*person.born)
        for pairs in (
            (("姓名", person.name), ("性别", person.sex)),
            (("国籍", "中国"), ("出生日期", born)),
            (("身份证件号", person.id),),
        ):
            x = 14.0
            for label, value in pairs:
                easel.put(x, y, label, "song", 10.5, (150, 40, 40))
                easel.put(x + 24, y, value, "hand", 12)
                x += 52
            lines.append("\u3000".join(f"{label}\u3000{value}" for label, value in pairs))
            y += 10
        y += 6
    easel.pencil.rectangle([easel.px(side) for side in (70, 40, 118, 74)], fill=(196, 60, 60))
    easel.pencil.ellipse([easel.px(side) for side in (78, 47, 92, 68)], fill=(150, 120, 110))
    easel.pencil.ellipse([easel.px(side) for side in (96, 47, 110, 68)], fill=(130, 110, 104))
    return easel.image, "\n".join(lines)


def _ground(made: Invention, width: float, height: float, dpi: int) -> Easel:
    paper, wave = made.pick(_GROUNDS)
    easel = Easel(width, height, dpi, paper)
    wide, high = easel.image.size
    for lane in range(0, high, max(8, easel.px(2.2))):
        points = [(x, lane + math.sin(x / wide * 22 + lane / 60) * easel.px(1.3)) for x in range(0, wide, 5)]
        easel.pencil.line(points, fill=wave, width=max(1, easel.px(0.2)))
    return easel


def _table(
    easel: Easel, rows: tuple[tuple[str, str], ...], left: float, top: float, width: float, label_width: float
) -> list[str]:
    y, lines = top, []
    for label, value in rows:
        room = width - label_width - 4
        height = 12.0 if len(value) * 3.9 <= room else 7 + 5.6 * (1 + len(value) * 3.9 // room)
        easel.box(left, y, left + width, y + height)
        easel.rule(left + label_width, y, left + label_width, y + height)
        easel.put(left + label_width / 2, y + height / 2 + 1.5, label, "song", 10.5, BLACK, "ms")
        foot = y + 7.5 if height == 12.0 else y + 6.2
        easel.wrapped(left + label_width + 2, foot, value, room, "hei", 10.5, 5.6)
        lines.append(f"{label}\u3000{value}")
        y += height
    return lines
