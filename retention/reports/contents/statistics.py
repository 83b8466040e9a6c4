"""The yearly statistics 档案工作年度统计, as of 31 December, with the year before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from retention.appraising.appraisal import DECISION_NAMES
from retention.blocking.hold import SORT_NAMES
from retention.reports.contents.paired import beside, paired
from retention.reports.eyes import Eyes
from retention.reports.report import (
    Chart,
    Column,
    Fact,
    Figure,
    Frame,
    Part,
    Report,
    Section,
    Series,
    Signature,
    Table,
    Words,
)
from retention.reports.words import CATEGORY_NAMES, CategoryNames, category_name
from retention.reports.yearly import YearFigures
from retention.requests.request import KIND_NAMES
from retention.reviewed import category_place

Years = Mapping[int, YearFigures]
Counted = Callable[[YearFigures], Mapping[str, int]]

WHOLE_DOSSIERS = ("整户档案", "whole dossiers")


def _records(year: YearFigures, sort: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in year.handed_over:
        if one.sort == sort:
            found[one.category] = found.get(one.category, 0) + one.records
    return found


def _appraised(year: YearFigures) -> dict[str, int]:
    return _summed((category, number) for (_, category), number in year.appraised.items())


def _lent(year: YearFigures) -> dict[str, int]:
    return _summed((one.category, one.lent) for one in year.loans)


def _summed(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for key, number in pairs:
        found[key] = found.get(key, 0) + number
    return found


MEASURES: tuple[tuple[str, Words, Counted], ...] = (
    ("received", Words("收集", "received"), lambda one: one.received),
    ("handed_in", Words("移交进馆", "handed in"), lambda one: _records(one, "department")),
    ("appraised", Words("鉴定", "appraised"), _appraised),
    ("destroyed", Words("销毁", "destroyed"), lambda one: one.destroyed),
    ("handed_out", Words("移出", "handed out"), lambda one: _records(one, "transfer")),
    ("lent", Words("借阅（次）", "lent"), _lent),
    ("in_stock", Words("年末馆藏", "in stock"), lambda one: one.in_stock),
)
"""What is counted by category, in records, loans in times; each with its name."""


def statistics_report(
    this: YearFigures,
    before: YearFigures,
    held: Mapping[str, int],
    frame: Frame,
    eyes: Eyes,
    names: CategoryNames = CATEGORY_NAMES,
) -> Report:
    """The statistics of `this` year beside the year `before`. `held` are the records that are on hold on the day of
    making, by category: of an earlier day nobody knows it. Figures alone: nothing here is above anybody's level."""
    years = {before.year: before, this.year: this}
    totals = {key: sum(of(this).values()) for key, _, of in MEASURES}
    return Report(
        name=f"statistics-{this.year}",
        title=Words(f"{this.year}年度档案工作统计表", f"Statistics of {this.year}"),
        frame=frame,
        level=eyes.marking(()),
        facts=(
            Fact(Words("统计年度", "Year"), f"{this.year}年1月1日至12月31日"),
            Fact(Words("上年", "Year before"), before.year),
            Fact(Words("编制日期", "Made on"), frame.made_on),
        ),
        figures=(
            *(
                Figure(key, name, totals[key], "strong" if key == "in_stock" else "")
                for key, name, _ in MEASURES
            ),
            Figure("held", Words("冻结", "held"), sum(held.values()), "alarm"),
        ),
        cautions=_unfinished(this, frame),
        sections=(
            Section(
                Words("一、总量对比", "1. Against the year before"),
                (_comparison(years),),
            ),
            Section(Words("二、分类别", "2. By category"), _by_category(years, held, names)),
            Section(
                Words("三、分部门", "3. By department"),
                _by_department(years),
                Words("两年内没有移交和借阅。", "Nothing was handed over or lent in either year."),
            ),
            Section(
                Words("四、鉴定决定", "4. What appraisals decided"),
                (_decisions(years),),
                Words("两年内没有鉴定。", "Nothing was appraised in either year."),
            ),
            Section(Words("五、冻结", "5. Holds"), (_holds(years),)),
            Section(
                Words("六、个人信息请求", "6. Personal-data requests"),
                (_requests(years),),
                Words("两年内没有请求。", "Nobody asked in either year."),
            ),
        ),
        closing=(
            Words(
                "收集、销毁和馆藏据台账统计，截至当年12月31日；台账不因档案销毁而改变。冻结件数为编制日数。",
                "Received, destroyed and in stock are counted from the register as of 31 December; records on hold as of the day "
                "of making.",
            ),
        ),
        signatures=(
            Signature(Words("编制人", "Made by"), frame.made_by, frame.made_on),
            Signature(Words("审核人", "Reviewed by")),
            Signature(Words("单位负责人", "Head of the organisation")),
        ),
    )


def _comparison(years: Years) -> Chart:
    flows = [(key, name.zh) for key, name, _ in MEASURES if key != "in_stock"]
    of = {key: counted for key, _, counted in MEASURES}
    title = Words("年度对比（件、次）", "This year and the year before")
    return beside(
        "years", title, flows, _numbers(years), lambda year, key: sum(of[key](years[year]).values())
    )


def _by_category(years: Years, held: Mapping[str, int], names: CategoryNames) -> tuple[Part, ...]:
    of = {key: counted for key, _, counted in MEASURES}
    found = {key for counted in of.values() for year in years.values() for key in counted(year)} | set(held)
    categories = sorted(found | set(names), key=lambda one: (not one, category_place(one)))
    now = Column("held", Words("编制日", "now"), "whole", over=Words("冻结", "held"))
    table = paired(
        Column("category", Words("类别", "Category"), width=36),
        [(one, _name(one, names)) for one in categories],
        [(key, name) for key, name, _ in MEASURES],
        _numbers(years),
        lambda year, category, key: of[key](years[year]).get(category, 0),
        more=((now, lambda category: held.get(category, 0)),),
    )
    chart = beside(
        "in_stock",
        Words("年末馆藏（件）", "In stock on 31 December"),
        [(one, _name(one, names).zh) for one in categories if one],
        _numbers(years),
        lambda year, category: years[year].in_stock.get(category, 0),
    )
    return table, chart


def _by_department(years: Years) -> tuple[Part, ...]:
    found = {year: _of_departments(one) for year, one in years.items()}
    departments = sorted({name for by_name in found.values() for name in by_name})

    def count(year: int, name: str, key: str) -> int:
        return found[year][name][key] if name in found[year] else 0

    rows = [(name, name) for name in departments]
    first = Column("department", Words("部门", "Department"), width=50)
    table = paired(first, rows, _OF_DEPARTMENTS, _numbers(years), count)
    if not departments:
        return (table,)
    chart = Chart(
        "departments",
        Words(f"{max(years)}年分部门", "By department"),
        tuple(departments),
        tuple(
            Series(name, tuple(count(max(years), one, key) for one in departments))
            for key, name in _OF_DEPARTMENTS[:2]
        ),
    )
    return table, chart


_OF_DEPARTMENTS = (
    ("handed_over", Words("移交（件）", "handed over")),
    ("lent", Words("借出（次）", "lent")),
    ("returned", Words("归还（次）", "returned")),
    ("out_at_end", Words("年末未还", "out at the end")),
    ("overdue_at_end", Words("其中逾期", "overdue")),
)
_OF_HOLDS = (
    ("placed", Words("新增", "placed")),
    ("released", Words("解除", "released")),
    ("standing", Words("年末现行", "standing")),
)
_OF_REQUESTS = (
    ("received", Words("收到", "received")),
    ("answered", Words("答复", "answered")),
    ("refused", Words("拒绝", "refused")),
    ("late", Words("逾期", "late")),
    ("open_at_end", Words("年末未办结", "open at the end")),
)


def _of_departments(year: YearFigures) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for given in year.handed_over:
        if given.sort == "department":
            found.setdefault(given.department, Counter())["handed_over"] += given.records
    for one in year.loans:
        mine = found.setdefault(one.department, Counter())
        mine += Counter(
            lent=one.lent, returned=one.returned, out_at_end=one.out_at_end, overdue_at_end=one.overdue_at_end
        )
    return found


def _decisions(years: Years) -> Table:
    def count(year: int, decision: str, _key: str) -> int:
        return sum(number for (one, _), number in years[year].appraised.items() if one == decision)

    any_at_all = any(one.appraised for one in years.values())
    rows = [(key, Words(*name)) for key, name in DECISION_NAMES.items() if any_at_all]
    first = Column("decision", Words("决定", "Decision"), width=70)
    return paired(first, rows, (("items", Words("件数", "items")),), _numbers(years), count)


def _holds(years: Years) -> Table:
    known = {(year, one.sort): one for year, figures in years.items() for one in figures.holds}

    def count(year: int, sort: str, key: str) -> int:
        return next((getattr(one, key) for place, one in known.items() if place == (year, sort)), 0)

    rows = [(sort, Words(*name)) for sort, name in SORT_NAMES.items()]
    return paired(Column("hold", Words("种类", "Sort"), width=60), rows, _OF_HOLDS, _numbers(years), count)


def _requests(years: Years) -> Table:
    known = {(year, one.kind): one for year, figures in years.items() for one in figures.requests}

    def count(year: int, kind: str, key: str) -> int:
        return next((getattr(one, key) for place, one in known.items() if place == (year, kind)), 0)

    rows = [(kind, Words(*name[:2])) for kind, name in KIND_NAMES.items() if known]
    return paired(
        Column("request", Words("种类", "Kind"), width=50), rows, _OF_REQUESTS, _numbers(years), count
    )


def _numbers(years: Years) -> tuple[int, int]:
    return min(years), max(years)


def _name(category: str, names: CategoryNames) -> Words:
    return Words(*(category_name(category, names) if category else WHOLE_DOSSIERS))


def _unfinished(this: YearFigures, frame: Frame) -> tuple[Words, ...]:
    if frame.made_on.year > this.year:
        return ()
    return (
        Words(
            f"{this.year}年尚未结束：本表为截至编制日的数字。",
            f"{this.year} is not over: figures as of the day of making.",
        ),
    )
