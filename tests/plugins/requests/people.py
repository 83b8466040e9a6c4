"""People who are made up, papers on which they are, and a request that has come as far as a test needs it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from plugins.requests import finding, handling
from plugins.wiring import Archive
from retention.record import FactValue
from retention.requests.request import Request, RequestKind
from tests.plugins.due_papers import file_due

HIM, HIS = "周文海", "420111198506234525"
HER, HERS = "陆雅", "110101199001010015"
NOT_DUE: dict[str, Any] = {"document_date": date(2024, 5, 6), "filed_on": date(2024, 5, 7)}
"""A paper whose period runs until 2034."""


def named(name: str, number: str, role: str = "buyer") -> tuple[FactValue, ...]:
    """The facts of a person on a paper."""
    return (
        FactValue("person_name", name, 1, f"认购人：{name}", role),
        FactValue("id_number", number, 1, f"身份证号码：{number}", role),
    )


def his_paper(archive: Archive, folder: Path, content: bytes = b"his", **card: Any) -> str:
    """A paper with him alone, due unless told; gives back its number."""
    told = {"title": f"认购书 锦绣花园3-2-1501 {HIM}", "facts": named(HIM, HIS), "customer": HIM}
    return file_due(archive, folder / "papers", content, **{**told, **card})


def their_paper(archive: Archive, folder: Path, content: bytes = b"theirs", **card: Any) -> str:
    """A paper with both."""
    facts = (*named(HIM, HIS), *named(HER, HERS))
    return his_paper(archive, folder, content, facts=facts, title=f"买卖合同 {HIM}、{HER} {HERS}", **card)


def her_paper(archive: Archive, folder: Path, content: bytes = b"hers", **card: Any) -> str:
    """A paper with her alone."""
    return his_paper(archive, folder, content, facts=named(HER, HERS), title=f"认购书 {HER}", **card)


def asked(archive: Archive, kind: RequestKind = "access") -> Request:
    """His request, as it came in."""
    return handling.receive(archive, kind, HIM, HIS, channel="来函", by="李静")


def found(archive: Archive, kind: RequestKind = "access") -> Request:
    """His request, identity checked and looked for."""
    one = asked(archive, kind)
    handling.check(archive, one.id, how="当面核对身份证原件", by="李静")
    return finding.find(archive, one.id, HIS, by="李静").request
