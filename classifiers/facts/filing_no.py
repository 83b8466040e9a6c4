"""Filing numbers of registered sale contracts (商品房买卖合同备案, 城市商品房预售管理办法 art. 10)."""

from __future__ import annotations

import re
from dataclasses import replace

from classifiers.fact import Fact
from classifiers.facts.finding import facts
from classifiers.facts.reference import references
from classifiers.glyphs import even
from consumers.transcript import Page

LABEL = re.compile(
    r"(?P<before>[\u4e00-\u9fffA-Z]{0,6}?)(?:网签备案|合同备案|登记备案|备案登记|备案合同|备案|"
    r"网签)(?:登记)?(?:表|证明)?\n?(?:(?:编\n?[号码]|号码?)(?!楼)|(?<=表)(?=\(\d{6}))"
)
OTHER = re.compile(r"ICP|网站|公安|机构|企业|经纪|资质|公司|验收|消防|许可|公积金")
BEFORE = re.compile(r"测绘|成果|现售备案|竣工|图审|租赁")
"""Filings of something else than the contract; the second list stands up to REACH characters before."""

REACH = 20


def find(page: Page) -> tuple[Fact, ...]:
    """All filing numbers of contracts."""
    evened = even(page)
    finds = [
        replace(find, confidence=0.95)
        for label, find in references(LABEL, evened)
        if not OTHER.search(evened.text, max(0, label.start() - 4), label.end())
        and not BEFORE.search(evened.text, max(0, label.start() - REACH), label.start())
    ]
    return facts("filing_no", page, evened, finds)
