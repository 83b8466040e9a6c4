"""Receipts: forms printed in red or blue with their values written in, whose print must survive any care for seals."""

from __future__ import annotations

from PIL import Image

from benchmarks.drawn.easel import BLACK, Easel, Ink
from benchmarks.drawn.invented import Invention

_PRESS: tuple[Ink, ...] = ((204, 44, 52), (190, 30, 60), (40, 70, 160), (150, 60, 40))
_PENS: tuple[tuple[str, Ink], ...] = (("hand", (24, 38, 120)), ("hei", BLACK), ("zenhei", (50, 50, 60)))


def receipt(made: Invention, dpi: int) -> tuple[Image.Image, str]:
    """A collection receipt on a slip of paper."""
    press, (face, ink) = made.pick(_PRESS), made.pick(_PENS)
    easel = Easel(190, 96, dpi)
    title = made.pick(("收 款 收 据", "专 用 收 据", "定金收据"))
    serial, day, payer = f"No.{made.number(10**6, 10**7 - 1)}", made.date(), made.name()
    money, in_words = made.amount(500, 600_000)
    why = (
        f"{made.project()}{made.unit()}{made.pick(('购房定金', '首付款', '维修资金', '装修押金', '车位款'))}"
    )
    firm, cashier, clerk = made.company(), made.name(), made.name()
    easel.put(95, 16, title, "song-bold", 20, press, "ms")
    easel.rule(62, 18.5, 128, 18.5, press)
    easel.rule(62, 19.6, 128, 19.6, press)
    easel.put(150, 16, serial, "sans", 13, press)
    easel.put(95, 27, day, face, 11, ink, "ms")
    rows = (
        ("交款单位或个人", payer),
        ("收款事由", why),
        ("人民币（大写）", in_words),
        ("小写金额", f"￥{money}"),
    )
    y = 31.0
    for label, value in rows:
        easel.box(14, y, 176, y + 11, press)
        easel.rule(52, y, 52, y + 11, press)
        easel.put(33, y + 7, label, "song", 11, press, "ms")
        easel.put(55, y + 7.4, value, face, 12.5, ink)
        y += 11
    easel.put(14, y + 8, "收款单位（盖章）：", "song", 10.5, press)
    easel.put(46, y + 8, firm, face, 10.5, ink)
    easel.put(112, y + 8, "出纳：", "song", 10.5, press)
    easel.put(123, y + 8, cashier, face, 11.5, ink)
    easel.put(146, y + 8, "经手：", "song", 10.5, press)
    easel.put(157, y + 8, clerk, face, 11.5, ink)
    lines = [
        f"{title}\u3000{serial}",
        day,
        *(f"{label}\u3000{value}" for label, value in rows),
        f"收款单位（盖章）：{firm}\u3000出纳：{cashier}\u3000经手：{clerk}",
    ]
    return easel.image, "\n".join(lines)


def invoice(made: Invention, dpi: int) -> tuple[Image.Image, str]:
    """A tax slip with a table of items, printed brown or blue."""
    press, (face, ink) = made.pick(_PRESS), made.pick(_PENS[1:])
    easel = Easel(210, 130, dpi)
    title = f"{made.city[0][:2]}不动产销售统一票据"
    number, day = f"{made.number(10**7, 10**8 - 1)}", made.short_date()
    buyer, seller = made.soul(), made.company()
    easel.put(105, 15, title, "song-bold", 17, press, "ms")
    easel.put(14, 25, f"开具日期：{day}", face, 10.5, ink)
    easel.put(140, 25, f"票据号码：{number}", face, 10.5, ink)
    easel.box(12, 29, 198, 112, press, 0.35)
    heads = (("付款方名称", buyer.name, "身份证号", buyer.id), ("收款方名称", seller, "项目", made.project()))
    lines = [title, f"开具日期：{day}\u3000票据号码：{number}"]
    y = 29.0
    for first, value, second, other in heads:
        easel.put(15, y + 7.5, first, "song", 10.5, press)
        easel.put(41, y + 7.5, value, face, 11, ink)
        easel.put(118, y + 7.5, second, "song", 10.5, press)
        easel.put(140, y + 7.5, other, face, 11, ink)
        lines.append(f"{first}\u3000{value}\u3000{second}\u3000{other}")
        y += 11
        easel.rule(12, y, 198, y, press)
    columns = (15, 66, 104, 132, 160)
    names = ("房号", "建筑面积", "单价", "款项性质", "金额")
    items = [
        (
            made.unit(),
            f"{made.number(50, 190)}.{made.number(10, 99)}",
            f"{made.number(4000, 40000):,}",
            nature,
            made.amount(10_000, 900_000)[0],
        )
        for nature in made.some(("首付款", "按揭款", "定金", "面积差款", "车位款"), made.number(1, 3))
    ]
    for row_number, row in enumerate((names, *items)):
        for x, cell in zip(columns, row, strict=True):
            easel.put(
                x, y + 7, cell, "song" if row_number == 0 else face, 10.5, press if row_number == 0 else ink
            )
        lines.append("\u3000".join(row))
        y += 10
    easel.rule(12, 94, 198, 94, press)
    total, in_words = made.amount(100_000, 3_000_000)
    easel.put(15, 102, "合计（大写）", "song", 10.5, press)
    easel.put(43, 102, in_words, face, 11, ink)
    easel.put(132, 102, "小写", "song", 10.5, press)
    easel.put(146, 102, f"￥{total}", face, 11, ink)
    drawer = made.name()
    easel.put(15, 120, f"开票人：{drawer}", face, 10.5, ink)
    easel.put(120, 120, "第二联\u3000付款方留存", "song", 10, press)
    lines += [
        f"合计（大写）\u3000{in_words}\u3000小写\u3000￥{total}",
        f"开票人：{drawer}\u3000第二联\u3000付款方留存",
    ]
    return easel.image, "\n".join(lines)


def ledger(made: Invention, dpi: int) -> tuple[Image.Image, str]:
    """A statement of payments: columns without upright lines, a rule above and below the heads and at the end."""
    easel = Easel(210, 297, dpi)
    face = made.pick(("song", "micro", "zenhei"))
    person, title = made.soul(), made.pick(("业主缴费明细", "还款明细对账单", "购房款收款台账"))
    easel.put(105, 30, title, "hei-bold", 17, BLACK, "ms")
    head = f"户名：{person.name}\u3000证件号：{person.id}\u3000房号：{made.unit()}"
    easel.put(20, 42, head, face, 10.5)
    columns = (20, 36, 66, 104, 134, 162)
    names = ("序号", "日期", "摘要", "应收", "实收", "余额")
    lines = [title, head, "\u3000".join(names)]
    for x, name in zip(columns, names, strict=True):
        easel.put(x, 52, name, face, 10.5)
    easel.rule(18, 46, 192, 46, hair=0.5)
    easel.rule(18, 54, 192, 54)
    y = 61.0
    for number in range(1, made.number(12, 26)):
        due = made.number(200, 30_000)
        row = (
            f"{number}",
            made.short_date(),
            made.pick(("物业服务费", "公摊水电费", "首期房款", "按揭还款", "车位管理费", "违约金")),
            f"{due:,}.00",
            f"{due - made.number(0, 1) * 100:,}.00",
            f"{made.number(0, 9)}{made.number(100, 999)}.{made.number(10, 99)}",
        )
        for x, cell in zip(columns, row, strict=True):
            easel.put(x, y, cell, face, 10)
        lines.append("\u3000".join(row))
        y += 7.2
    easel.rule(18, y - 4.5, 192, y - 4.5, hair=0.5)
    foot = f"打印日期：{made.date()}\u3000经办人：{made.name()}"
    easel.put(20, y + 4, foot, face, 10.5)
    return easel.image, "\n".join([*lines, foot])
