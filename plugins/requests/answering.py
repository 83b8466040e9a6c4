"""Answering: the sheet for who asks, and that it was answered."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from plugins.errors import BadWord
from plugins.keeping.appraising import today_of
from plugins.masking import mask_id_numbers
from plugins.requests.holdings import WHERE_NAMES, Holding, holdings
from plugins.wiring import Archive
from retention.errors import BadRequest
from retention.register import head
from retention.reports.contents.request_answer import AnswerRow, request_answer
from retention.reports.report import Frame, Report
from retention.reports.writers import WRITERS
from retention.requests import requests
from retention.requests.request import Request


def sheet(archive: Archive, one: Request, *, made_by: str, words: str) -> Report:
    """The answer as a report: what is held, what for, on what authority, until when, from where. It names nobody but who asks."""
    names = archive.rules.taxonomy.categories
    with archive.engine.begin() as connection:
        register_head = head(connection)
    sure = [each for each in holdings(archive, one) if each.state == "confirmed"]
    rows = [_row(each, names.get(each.category, each.category)) for each in sure]
    frame = Frame(archive.settings.organisation, today_of(archive), made_by, register_head)
    return request_answer(one, rows, words or one.answer, frame, archive.rules.ladder.customers)


def answer(
    archive: Archive, number: int, *, by: str, words: str, output: Path, despite_hints: str = ""
) -> Request:
    """Write the sheet, in the format that its name ends with (html, pdf, xlsx), and that it was answered; done again after a crash in between, the sheet is written anew.

    Hints that nobody has looked at may be his: without a reason in `despite_hints`, which goes into the register with them,
    nothing is answered. Raises BadRequest, and BadWord where it can not be written.
    """
    with archive.engine.begin() as connection:
        one = requests.there(connection, number)
    hints = [item.dms_id for item in one.items if item.state == "hint"]
    if hints and one.state == "found" and not despite_hints.strip():
        raise BadRequest(_undecided(number, hints))
    said = mask_id_numbers(words)
    form = output.suffix.removeprefix(".")
    if form not in WRITERS:
        raise BadWord(
            f"--output: {output.name}: 文件名须以后列之一结尾。choose a name that ends in {', '.join(WRITERS)}"
        )
    made = WRITERS[form](sheet(archive, one, made_by=by, words=said))
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_bytes(made)
    except OSError as error:
        raise BadWord(
            f"--output: {output} 不能写入。{output} can not be written: {error.strerror}; name another file"
        ) from error
    told: dict[str, object] = {"records": [item.dms_id for item in one.confirmed]}
    told |= {"others": [item.dms_id for item in one.confirmed if item.others]}
    told |= {"sheet": sha256(made).hexdigest()}
    if hints:
        told |= {"hints": hints, "despite_hints": mask_id_numbers(despite_hints.strip())}
    with archive.engine.begin() as connection:
        today = today_of(archive)
        return requests.answer(
            connection, number, words=said, told=told, who=by, at=archive.clock(), today=today
        )


def _undecided(number: int, hints: list[str]) -> str:
    few = "、".join(hints[:5])
    return (
        f"尚有 {len(hints)} 件线索未核实（{few}）：看过原件后用 requests confirm {number} --record 号，非本人加 --not-his；确须先答复的，"
        f"写 --despite-hints 理由。{len(hints)} hints are undecided ({few}): look at them, then requests confirm {number} --record N, "
        "with --not-his where they are another's; to answer all the same, say why by --despite-hints"
    )


def _row(one: Holding, category: str) -> AnswerRow:
    return AnswerRow(
        dms_id=one.dms_id,
        category=category,
        kind=one.kind,
        dated=one.dated,
        pages=one.pages,
        data="、".join(one.sorts),
        purpose=one.rule,
        authority=one.authority,
        period=one.period,
        until=one.until_zh,
        filed_on=one.filed_on,
        where=WHERE_NAMES[one.where],
        others=one.others,
    )
