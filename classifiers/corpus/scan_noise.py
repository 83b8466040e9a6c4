"""What a scanner and OCR do to a text: characters, lines and layout, from clean to bad."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from classifiers.corpus.lookalikes import mistaken, traditional

_GRADES = ((0.40, 0.0, 0.004), (0.35, 0.004, 0.02), (0.17, 0.02, 0.06), (0.08, 0.06, 0.16))
"""How often a scan is clean, fair, poor, bad; and the least and the greatest share of characters hurt then."""

_CELL = "\u3000"
_SPECKS = ".·,'`-_~:|丶一\\/°^*"
_HEADS = (
    "第{page}页 共{pages}页", "No.{number}", "NO：{number}", "编号：{number}", "{page}/{pages}", "档案专用", "存档", "机密程度：内部",
    "复印件", "扫描全能王 创建", "客户留存联", "第一联 存根", "附件{page}", "HP LaserJet {number}", "{number}", "受控文件", "正本", "副本",
    "FROM: FAX NO. {number} P{page}", "仅供办理业务使用", "档号 {number}", "全宗号　目录号　案卷号", "绝版留存", "已归档", "业主联", "页码：{page}",
)  # fmt: skip
_FEET = (
    "第{page}页 共{pages}页", "- {page} -", "{page}", "第 {page} 页", "Page {page} of {pages}", "版本号：V{page}.0", "打印时间：{number}",
    "本页以下无正文", "（加盖公章有效）", "与原件核对无误", "复印件与原件一致", "经办：", "归档日期：", "档案室", "{number}",
)  # fmt: skip
_SEALS = (
    "合同专用章", "公章", "财务专用章", "业务专用章", "档案专用章", "（章）", "骑缝章", "客户服务中心", "受理专用章", "办公室", "已核对", "作废", "收讫",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One line on its way through the noise; `tall` is its height against the usual one."""

    text: str
    tall: float = 1.0


def lay_out(lines: tuple[str, ...], rng: Random) -> list[Row]:
    """The clean page: its lines re-broken at a width of its own, its title larger and perhaps spaced."""
    rows = [Row(line.strip()) for line in lines if line.strip()]
    rows = _titled(rows, rng)
    if rng.random() < 0.6:
        width = rng.randint(24, 52)
        rows = [piece for row in rows for piece in _broken(row, width)]
    return rows


def spoil(rows: list[Row], rng: Random, page: int = 1, pages: int = 1) -> list[Row]:
    """The page as OCR gives it: parts cut off, marks added, lines and characters hurt at a rate drawn once."""
    rate = _rate(rng)
    rows = _cut(rows, rng)
    rows = _stamped(rows, rng)
    rows = _framed(rows, rng, page, pages)
    rows = _lines_hurt(rows, rng, rate)
    if rng.random() < 0.025:
        rows = [replace(row, text=traditional(row.text)) for row in rows]
    return [row for row in (_characters_hurt(row, rng, rate) for row in rows) if row.text.strip()]


def _rate(rng: Random) -> float:
    drawn = rng.random()
    for share, least, most in _GRADES:
        if drawn < share:
            return rng.uniform(least, most)
        drawn -= share
    return 0.0


def _titled(rows: list[Row], rng: Random) -> list[Row]:
    large = rng.random() < 0.8
    spaced = rng.random() < 0.12
    found = []
    for index, row in enumerate(rows):
        title = index < 2 and len(row.text) <= 26 and not set(row.text) & set("：:，。；")
        if index == 1 and title and len(row.text) > 14:
            title = False
        text = " ".join(row.text.replace(" ", "")) if title and spaced and len(row.text) <= 12 else row.text
        found.append(Row(text, rng.uniform(1.35, 2.2) if title and large else 1.0))
    return found


def _broken(row: Row, width: int) -> list[Row]:
    """A long line broken where the page ends; a table's row stays in one piece."""
    if len(row.text) <= width or _CELL in row.text:
        return [row]
    return [replace(row, text=row.text[start : start + width]) for start in range(0, len(row.text), width)]


def _cut(rows: list[Row], rng: Random) -> list[Row]:
    """The page without its title, its first third or half, or its end; a cover with a few lines."""
    drawn = rng.random()
    if drawn < 0.05:
        return rows[1:] or rows
    if drawn < 0.12:
        return rows[rng.randint(1, max(1, len(rows) // 2)) :] or rows
    if drawn < 0.22:
        return rows[: max(3, rng.randint(len(rows) // 3, len(rows)))]
    if drawn < 0.26:
        return rows[: rng.randint(1, 4)]
    return rows


def _framed(rows: list[Row], rng: Random, page: int, pages: int) -> list[Row]:
    """Header and footer, and what somebody stamped on the sheet's edge."""
    said = {"page": page, "pages": max(page, pages), "number": rng.randint(1, 10 ** rng.randint(2, 8))}
    above = [Row(rng.choice(_HEADS).format(**said)) for _ in range(rng.choice((0, 0, 0, 0, 1, 1, 2)))]
    below = [Row(rng.choice(_FEET).format(**said)) for _ in range(rng.choice((0, 0, 0, 1, 1, 2)))]
    return above + rows + below


def _stamped(rows: list[Row], rng: Random) -> list[Row]:
    """A seal's text as a line of its own, or in the middle of another near the page's foot."""
    if rng.random() > 0.2 or len(rows) < 3:
        return rows
    seal = rng.choice(_SEALS)
    at = rng.randint(len(rows) * 2 // 3, len(rows) - 1)
    if rng.random() < 0.5:
        return [*rows[:at], Row(seal), *rows[at:]]
    text = rows[at].text
    place = rng.randint(0, len(text))
    return [*rows[:at], replace(rows[at], text=text[:place] + seal + text[place:]), *rows[at + 1 :]]


def _lines_hurt(rows: list[Row], rng: Random, rate: float) -> list[Row]:
    """Lines lost, run together, torn in two, in another order; cells run together or on lines of their own."""
    tables = rng.choice(("kept", "kept", "kept", "spaces", "nothing", "lines"))
    found: list[Row] = []
    for row in rows:
        drawn = rng.random()
        if drawn < rate * 0.8:
            continue
        if drawn < 0.01 + rate and found:
            found[-1] = replace(found[-1], text=found[-1].text + rng.choice((_CELL, "", " ")) + row.text)
        elif drawn < 0.02 + 2 * rate and len(row.text) > 3:
            place = rng.randint(1, len(row.text) - 1)
            found += [replace(row, text=row.text[:place]), replace(row, text=row.text[place:])]
        elif drawn < 0.03 + 2.5 * rate and found:
            found.insert(len(found) - 1, row)
        else:
            found += _cells(row, tables)
    return found


def _cells(row: Row, tables: str) -> list[Row]:
    if _CELL not in row.text or tables == "kept":
        return [row]
    if tables == "lines":
        return [replace(row, text=cell) for cell in row.text.split(_CELL) if cell.strip()]
    return [replace(row, text=row.text.replace(_CELL, " " if tables == "spaces" else ""))]


def _characters_hurt(row: Row, rng: Random, rate: float) -> Row:
    glyphs = []
    for glyph in row.text:
        if rng.random() >= rate:
            glyphs.append(glyph)
            continue
        how = rng.random()
        if how < 0.65:
            glyphs.append(mistaken(glyph, rng))
        elif how < 0.85:
            continue
        else:
            glyphs += [glyph, rng.choice(_SPECKS)]
    return replace(row, text="".join(glyphs))
