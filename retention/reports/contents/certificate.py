"""The certificate of destruction 档案销毁证明: made from logged outcomes alone, on one sheet.

Principle that must never break: it says destroyed of nothing that has no tombstone saying so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from retention.disposing.disposal import Disposal
from retention.disposing.tombstones import Tombstone
from retention.dms import Caution
from retention.reports.contents.destruction import RESULT_NAMES
from retention.reports.contents.wording import cautions
from retention.reports.eyes import Eyes
from retention.reports.report import (
    Column,
    Fact,
    Frame,
    Note,
    Report,
    Row,
    Section,
    Signature,
    Table,
    Words,
)
from retention.reports.words import CATEGORY_NAMES, CategoryNames, category_name
from retention.reviewed import category_place

_GONE = Note(
    Words(
        "电子档案的原件、归档版本、历史版本、缩略图、文字与检索项、回收站条目及本系统的派生数据均已删除，"
        "并逐件核验确已无存；台账与销毁记录永久保留。",
        "Originals, archive versions, versions, thumbnails, text, index and trash entries and data derived from "
        "them were removed, and each was looked for afterwards; register and tombstones stay.",
    )
)


def certificate_report(
    one: Disposal,
    stones: Sequence[Tombstone],
    frame: Frame,
    eyes: Eyes,
    names: CategoryNames = CATEGORY_NAMES,
    remains: Sequence[Caution] = (),
    rules: Mapping[str, str] = MappingProxyType({}),
) -> Report:
    """The certificate of what this disposal has destroyed; `stones` are the tombstones of its records, `remains` what the
    DMS keeps of them where only a person reaches, `rules` the names of rules by their ids. It names no title, so that it can be shown outside."""
    ours = [stone for stone in stones if stone.disposal_id == one.id]
    gone = [stone for stone in ours if stone.outcome == "destroyed"]
    missing = [stone for stone in ours if stone.outcome != "destroyed"]
    first = gone[0] if gone else None
    return Report(
        name=f"certificate-{one.id}",
        title=Words("档案销毁证明", f"Certificate of destruction no. {one.id}"),
        frame=frame,
        level=eyes.marking(()),
        paper="portrait",
        facts=(
            Fact(Words("处置号", "Disposal"), one.id),
            Fact(Words("鉴定批次", "Appraisal"), one.appraisal_id),
            Fact(Words("结果", "Result"), Words(*RESULT_NAMES[one.result])),
            Fact(Words("编制日期", "Made on"), frame.made_on),
            Fact(Words("提出人", "Proposed by"), first.proposed_by if first else ""),
            Fact(Words("批准人", "Approved by"), first.approved_by if first else ""),
            Fact(Words("监销人", "Witnesses"), first.witnesses if first else ""),
            Fact(Words("执行人", "Executed by"), frame.act(one.begun_by, one.begun_at)),
            Fact(Words("完毕", "Done"), frame.minute(one.done_at)),
            Fact(Words("清册校验", "SHA-256 of the list"), one.manifest_sha256),
        ),
        cautions=(*_unfinished(one), *cautions(eyes)),
        sections=(
            Section(
                Words("一、证明事项", "1. What is certified"),
                (
                    Note(_statement(gone, frame), "strong"),
                    *_left(one, len(gone), len(missing)),
                ),
            ),
            Section(
                Words("二、已销毁档案分类", "2. What was destroyed, by category"),
                (Table("destroyed", _COLUMNS, _rows(gone, names, rules), totals=_totals(gone)),),
                Words("没有销毁任何档案。", "Nothing was destroyed."),
            ),
            Section(
                Words("三、销毁方式与范围", "3. How, and what with it"),
                (
                    _GONE,
                    *_remaining(remains),
                    Note(
                        Words(
                            "备份、导出及已印发的报表不在本系统控制之内，保存至：　　　　年　　月　　日。纸质原件的销毁方式：　　　　　　　　　　。",
                            "Until when backups and exports are kept, and how the paper was destroyed, is written in by hand.",
                        )
                    ),
                ),
            ),
        ),
        closing=(
            Words(
                "本证明据销毁结果的台账记录编制，逐件名称见同号《档案销毁清册》。",
                "Made from outcomes in the register; the names are in the destruction register of the same number.",
            ),
        ),
        signatures=(
            *_witnesses(first),
            Signature(Words("执行人", "Executed by"), one.begun_by),
            Signature(Words("单位（盖章）", "Organisation (seal)")),
        ),
    )


_COLUMNS = (
    Column("category", Words("类别", "Category"), width=44),
    Column("rule", Words("规则", "Rule")),
    Column("records", Words("件数", "Records"), "whole", 22),
    Column("pages", Words("页数", "Pages"), "whole", 22),
    Column("first", Words("到期日自", "Last days from"), "day", 26),
    Column("last", Words("至", "to"), "day", 26),
)


def _statement(gone: Sequence[Tombstone], frame: Frame) -> Words:
    if not gone:
        return Words("本次处置没有销毁任何档案。", "This disposal has destroyed nothing.")
    records, pages = len(gone), sum(one.pages for one in gone)
    days = sorted(one.at for one in gone)
    span = frame.day(days[0]), frame.day(days[-1])
    zh = f"于 {span[0]} " if span[0] == span[1] else f"于 {span[0]} 至 {span[1]} "
    return Words(
        f"兹证明：下列档案共 {records} 件、{pages} 页，保管期满，经鉴定并批准，由两名监销人监督，{zh}销毁完毕。",
        f"This certifies that {records} records of {pages} pages, their periods being over, appraised and approved, were "
        f"destroyed before two witnesses, {span[0]} to {span[1]}.",
    )


def _left(one: Disposal, gone: int, missing: int) -> tuple[Note, ...]:
    found = []
    if missing:
        zh = f"另有 {missing} 件在销毁之前已不在文档系统，不属本次销毁。"
        found.append(
            Note(Words(zh, f"Removed before by somebody else, no destruction is claimed: {missing}."))
        )
    rest = len(one.items) - gone - missing
    if rest:
        zh = f"其余 {rest} 件未销毁，原因见清册。"
        found.append(Note(Words(zh, f"Not destroyed: {rest}; the register says why."), "alarm"))
    return tuple(found)


def _rows(gone: Sequence[Tombstone], names: CategoryNames, rules: Mapping[str, str]) -> tuple[Row, ...]:
    records: Counter[tuple[str, str]] = Counter((one.category, one.rule) for one in gone)
    return tuple(
        (
            Words(*category_name(category, names)),
            Words(rules[rule], rule) if rules.get(rule) else rule,
            number,
            sum(one.pages for one in _of(gone, category, rule)),
            *_span(_of(gone, category, rule)),
        )
        for (category, rule), number in sorted(
            records.items(), key=lambda one: (category_place(one[0][0]), one[0][1])
        )
    )


def _of(gone: Sequence[Tombstone], category: str, rule: str) -> list[Tombstone]:
    return [one for one in gone if (one.category, one.rule) == (category, rule)]


def _span(those: Sequence[Tombstone]) -> tuple[date, date]:
    days = [one.retain_until for one in those]
    return min(days), max(days)


def _totals(gone: Sequence[Tombstone]) -> Row:
    return Words("合计", "Total"), "", len(gone), sum(one.pages for one in gone), None, None


def _witnesses(first: Tombstone | None) -> tuple[Signature, ...]:
    names = first.witnesses.split("、") if first and first.witnesses else ["", ""]
    return tuple(
        Signature(Words(f"监销人 {place}", f"Witness {place}"), name)
        for place, name in enumerate(names, start=1)
    )


def _unfinished(one: Disposal) -> tuple[Words, ...]:
    if one.done_at:
        return ()
    return (Words("销毁未完，本件不是证明。", "NOT COMPLETE: this certifies nothing."),)


def _remaining(remains: Sequence[Caution]) -> tuple[Note, ...]:
    """What a person has to see to before nothing is left, in the words of the DMS (Chinese and English in one)."""
    if not remains:
        return ()
    first = Note(
        Words(
            "以下各项本系统无法触及，须由管理员另行处理，处理完毕前不得视为无存：",
            "Out of this program's reach, and not gone before an administrator has seen to them:",
        ),
        "strong",
    )
    return (first, *(Note(Words(f"{one.detail} {one.remedy}", "")) for one in remains))
