"""Documents to file in the tests of the contract; all names and numbers are made up."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from retention.dms import Deposit
from retention.record import Card, FactValue

ID_NUMBER = "11010119900101001X"

CARD = Card(
    sha256="",
    name="扫描0001.pdf",
    media_type="application/pdf",
    title="商品房买卖合同 3-2-1501 测试甲",
    pages=2,
    category="contract",
    kind="商品房买卖合同",
    confidence=0.875,
    review_reasons=(),
    confidentiality="internal",
    personal_data="sensitive",
    retention_rule="contract-sale",
    dossier="D-3-2-1501",
    customer="测试甲",
    unit="3-2-1501",
    document_date=date(2024, 2, 29),
    filed_on=date(2024, 3, 1),
    retain_until=None,
    facts=(
        FactValue("id_number", ID_NUMBER, 1, f"公民身份号码{ID_NUMBER}", "buyer"),
        FactValue("amount", "1280000.00", 2, "总价款人民币1,280,000.00元"),
    ),
)


def deposit(
    folder: Path, content: bytes, pages: tuple[str, ...] = ("",), keys: tuple[str, ...] = (), **card: Any
) -> Deposit:
    """A Deposit of `content`, written to a file in `folder`; `card` are the fields that differ from CARD."""
    sha256 = hashlib.sha256(content).hexdigest()
    original = folder / f"{sha256[:16]}.pdf"
    original.write_bytes(content)
    return Deposit(original, replace(CARD, **{"sha256": sha256, **card}), pages, keys)
