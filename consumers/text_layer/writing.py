"""Whether characters are what people write here, or what a wrong character map, a wrong encoding or a wrong engine left."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_EVERYDAY = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里"
    "用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实"
    "日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政"
    "美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员"
    "解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件"
    "计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象"
    "完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运笔签章号址"
    "房屋买卖同价款元付款约房购销售乙甲双订协议履违责任赔偿诉讼判裁审执申请证件登产权抵押贷款银支收据编面积"
    "层单栋幢室户型楼省县镇街委托承诺姓性族出生身份效力依据按照以上述下列终止解除逾期缴纳税费用途修理维坏漏报"
    "六七八九百千零壹贰叁肆伍陆柒捌玖拾佰仟整圆角附注备式份存档案卷移查阅批准核对办公室组织部门客服务限责"
)
"""Characters that make up more than half of any text of this trade: the commonest ones, and those of deeds and forms."""
_PLAIN = frozenset(".,:;-()/%#&'\"+*@_")
_SIGNS = frozenset("×÷°±·§©®£¥µ²³¹¼½¾«»")


@lru_cache(maxsize=8192)
def is_broken(char: str) -> bool:
    """Whether it is no character at all: a replacement, a private one, a control code."""
    if "\uf020" <= char <= "\uf0ff":
        return False  # a symbol font's sign; a text of nothing else is told by `is_symbols`
    return char == "\ufffd" or unicodedata.category(char) in ("Co", "Cc", "Cn")


@lru_cache(maxsize=8192)
def is_odd(char: str) -> bool:
    """Whether it belongs to a script that nobody writes here."""
    if char.isascii() or "\u4e00" <= char <= "\u9fff":
        return False
    if unicodedata.category(char)[0] in "PSZNC":
        return False
    return not any(
        word in unicodedata.name(char, "") for word in ("CJK", "FULLWIDTH", "LATIN", "GREEK", "KANGXI")
    )


@lru_cache(maxsize=8192)
def is_common(char: str) -> bool:
    """Whether GB 2312 counts the character among its 3,755 common ones (rows 16 to 55)."""
    try:
        row = char.encode("gb2312")[0] - 0xA0
    except UnicodeEncodeError:
        return False
    return 16 <= row <= 55


def is_symbols(chars: Sequence[str]) -> bool:
    """Whether signs of a symbol font are not bullets in a text but the text."""
    return sum("\uf020" <= char <= "\uf0ff" for char in chars) > 0.1 * len(chars)


def is_no_chinese(chars: Sequence[str]) -> bool:
    """Whether these Han characters can not be a text: too few common ones, the less so where none is an everyday one.

    A list of names has few everyday characters, but common ones.
    """
    han = [char for char in chars if "\u4e00" <= char <= "\u9fff"]
    if len(han) < 30 or _is_traditional(han):
        return False
    common = sum(map(is_common, han))
    everyday = sum(char in _EVERYDAY for char in han)
    return common < 0.25 * len(han) or (common < 0.6 * len(han) and everyday < 0.2 * len(han))


def _is_traditional(han: Sequence[str]) -> bool:
    """Whether Big5 knows nearly all of them, and often the everyday ones: GB 2312 has no traditional characters."""
    known = sum(_in_big5(char) for char in han)
    return known > 0.95 * len(han) and sum(char in _EVERYDAY for char in han) > 0.2 * len(han)


@lru_cache(maxsize=8192)
def _in_big5(char: str) -> bool:
    try:
        char.encode("big5")
    except UnicodeEncodeError:
        return False
    return True


def is_mojibake(chars: Sequence[str]) -> bool:
    """Whether bytes of one encoding were read as another: letters with marks, row upon row."""
    marked = sum("\x80" <= char <= "\xff" and char not in _SIGNS for char in chars)
    return marked > 0.2 * len(chars)


def is_soup(text: str) -> bool:
    """Whether Latin text is none: glyph numbers taken for letters, or Chinese read by an engine for English."""
    ascii_chars = [char for char in text if char.isascii() and not char.isspace()]
    if len(ascii_chars) < 60 or len(ascii_chars) < 0.8 * len("".join(text.split())):
        return False
    if sum(not char.isalnum() and char not in _PLAIN for char in ascii_chars) > 0.12 * len(ascii_chars):
        return True
    letters = [char for char in ascii_chars if char.isalpha()]
    if len(letters) < 40:
        return False
    vowels = sum(char in "aeiouyAEIOUY" for char in letters)
    if not 0.2 * len(letters) <= vowels <= 0.7 * len(letters):
        return True
    words = [word for word in text.split() if len(word) > 1 and word.isalpha()]
    mixed = sum(not (w.islower() or w.isupper() or (w[0].isupper() and w[1:].islower())) for w in words)
    short = sum(len(word) <= 3 and word.isupper() for word in words)
    return len(words) >= 15 and (mixed > 0.3 * len(words) or short > 0.6 * len(words))
