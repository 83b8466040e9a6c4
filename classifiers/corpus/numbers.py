"""Invented numbers as papers bear them: valid where a check digit matters, written in many ways."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from classifiers.corpus.places import Home
from classifiers.facts import id_number, uscc

_CAPITALS = "零壹贰叁肆伍陆柒捌玖"
_HAN = "〇一二三四五六七八九"
_FIRST_DAY, _DAYS = date(2005, 1, 1), 7600


def identity(rng: Random, region: str) -> str:
    """A citizen's number of the region with its check digit (GB 11643); rarely an old one or a masked one."""
    born = date(1945, 1, 1) + timedelta(days=rng.randint(0, 21000))
    body = f"{region[:4]}{rng.randint(1, 25):02d}{born:%Y%m%d}{rng.randint(1, 999):03d}"
    number = body + id_number.check_character(body)
    way = rng.random()
    if way < 0.03:
        return number[:6] + "********" + number[14:]
    return number[:6] + number[8:17] if way < 0.05 else number


def credit_code(rng: Random, region: str) -> str:
    """A unified social credit code of a company with its check character (GB 32100)."""
    body = f"91{region}MA" + "".join(rng.choice(uscc.ALPHABET) for _ in range(7))
    return body + uscc.check_character(body)


def phone(rng: Random) -> str:
    """A mobile number, grouped now and then; sometimes one of a landline."""
    if rng.random() < 0.12:
        return f"0{rng.randint(10, 999)}-{rng.randint(2000000, 89999999)}"
    number = f"1{rng.choice('3456789')}{rng.randint(0, 999999999):09d}"
    gap = rng.choice(("", "", "", "", " ", "-"))
    return gap.join((number[:3], number[3:7], number[7:]))


def case_number(rng: Random, where: Home) -> str:
    """A court's case number (最高人民法院 法〔2015〕137号)."""
    year = rng.randint(2009, 2026)
    opens, closes = rng.choice(("（）", "（）", "()", "〔〕"))
    court = f"{where.province}{where.region[2:4]}{rng.choice(('', f'{rng.randint(1, 30):02d}'))}"
    sort = rng.choice(("民初", "民初", "民初", "民终", "执", "执保", "民申", "财保", "民特", "执异"))
    return f"{opens}{year}{closes}{court}{sort}{rng.choice(('', '字第'))}{rng.randint(1, 18999)}号"


def certificate(rng: Random, where: Home) -> str:
    """The number of a title certificate 不动产权证书."""
    opens, closes = rng.choice(("（）", "（）", "()"))
    serial = f"{rng.randint(1, 9999999):07d}"
    place = rng.choice((where.city, where.city, where.city + where.district))
    return f"{where.province}{opens}{rng.randint(2015, 2026)}{closes}{place}不动产权第{serial}号"


def old_certificate(rng: Random, where: Home) -> str:
    """The number of a certificate from before 2015: 房权证, 房地字, 国用."""
    short, serial = where.city.removesuffix("市"), f"{rng.randint(1, 9999999):07d}"
    opens, closes = rng.choice(("（）", "()", "〔〕"))
    year = f"{opens}{rng.randint(1998, 2015)}{closes}"
    return rng.choice(
        (
            f"{short[0]}房权证{where.district[0]}字第{serial}号",
            f"{where.city[0]}房地字{year}第{serial}号",
            f"{short}房地证字第{serial}号",
            f"{where.province}房地权证{short}字第C{serial}号",
            f"{short[0]}国用{year}第{serial[:5]}号",
            f"{short}房权证{where.district[0]}字第{serial}号",
        )
    )


def paper_number(rng: Random, slot: str, where: Home) -> str:
    """The number of a contract, a filing, or an office's paper."""
    year, serial = rng.randint(2008, 2026), rng.randint(1, 99999)
    short = where.city[0]
    if slot == "doc_no":
        opens, closes = rng.choice(("〔〕", "〔〕", "（）", "[]"))
        office = rng.choice(("建", "房", "办", "客服", "物", "营", "工程", "法务", "函"))
        return f"{short}{office}{rng.choice(('', '字', '发'))}{opens}{year}{closes}{serial % 400}号"
    if slot == "filing_no":
        return rng.choice(
            (
                f"{year}{serial:08d}",
                f"YS{year}{serial:06d}",
                f"{short}房预网字第{serial:06d}号",
                f"{where.region}{serial:07d}",
            )
        )
    return rng.choice(
        (
            f"{year}{serial:06d}",
            f"{''.join(rng.choice('ABCDGHJKLMXYZ') for _ in range(rng.randint(1, 3)))}-{year}-{serial:04d}",
            f"{short}房买卖字第{serial:06d}号",
            f"（{year}）第{serial:05d}号",
            f"{'HT'}{year}{rng.randint(1, 12):02d}{serial:04d}",
            f"GF-{year}-{serial % 10000:04d}",
        )
    )


def amount(rng: Random) -> Decimal:
    """A sum in yuan, of a size that homes, fees or deposits have."""
    size = rng.choice((3, 4, 4, 5, 5, 6, 6, 6))
    whole = rng.randint(10**size, 10 ** (size + 1) - 1)
    round_to = rng.choice((1, 1, 100, 1000)) if size > 3 else 1
    return Decimal(whole // round_to * round_to) + (
        Decimal(rng.randint(1, 99)) / 100 if rng.random() < 0.2 else 0
    )


def in_digits(value: Decimal, rng: Random) -> str:
    """1,280,000.00 or 1280000 or ￥1280000."""
    cents = value != value.to_integral_value() or rng.random() < 0.35
    plain = f"{value:,.2f}" if cents else f"{value:,.0f}"
    plain = plain if rng.random() < 0.55 else plain.replace(",", "")
    return rng.choice(("", "", "", "", "¥", "￥", "RMB")) + plain


def in_capitals(value: Decimal) -> str:
    """壹佰贰拾捌万元整 (支付结算办法, annex 1)."""
    whole, cents = divmod(int(value * 100), 100)
    glyphs = "元整" if not cents else f"元{_CAPITALS[cents // 10]}角{_CAPITALS[cents % 10]}分"
    said = ""
    for place, digit in enumerate(reversed(str(whole))):
        unit = ("", "拾", "佰", "仟")[place % 4]
        group = ("", "万", "亿")[place // 4] if place % 4 == 0 else ""
        said = (_CAPITALS[int(digit)] + unit if digit != "0" else "零") + group + said
    while "零零" in said:
        said = said.replace("零零", "零")
    said = said.replace("零万", "万").replace("零亿", "亿")
    return said.strip("零") + glyphs


def day(rng: Random) -> date:
    """Some day of the last twenty years."""
    return _FIRST_DAY + timedelta(days=rng.randint(0, _DAYS))


def written(when: date, rng: Random, style: int) -> str:
    """A date in one of the ways that papers have; one paper keeps to its style."""
    gap = rng.choice(("", "", " "))
    return (
        f"{when.year}年{when.month}月{when.day}日",
        f"{when.year}{gap}年{gap}{when.month:02d}{gap}月{gap}{when.day:02d}{gap}日",
        f"{when:%Y-%m-%d}",
        f"{when.year}.{when.month}.{when.day}",
        f"{when:%Y/%m/%d}",
        f"{when.year}年{when.month}月{when.day}日",
    )[style % 6]


def in_words(when: date) -> str:
    """二〇二三年五月十六日, as courts and notaries write."""
    return (
        f"{''.join(_HAN[int(digit)] for digit in str(when.year))}年{_tens(when.month)}月{_tens(when.day)}日"
    )


def _tens(number: int) -> str:
    tens, ones = divmod(number, 10)
    lead = ("", "十", "二十", "三十")[tens]
    return lead + (_HAN[ones] if ones else "")
