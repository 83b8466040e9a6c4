"""A report as one HTML page that needs nothing from outside; the page from which the PDF is made as well."""

from __future__ import annotations

from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined

from retention.reports.report import Chart, Note, Report, Table
from retention.reports.writers.drawing import picture_of
from retention.reports.writers.printed import printed, shown


@dataclass(frozen=True)
class Fonts:
    """The families of body 宋体 and headings 黑体, as CSS names them."""

    body: str
    heading: str


ON_SCREEN = Fonts(
    '"SimSun", "宋体", "Songti SC", "Noto Serif CJK SC", "Source Han Serif SC", serif',
    '"SimHei", "黑体", "Heiti SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif',
)
"""What offices' computers have; for what is printed from a browser."""


def written(report: Report, fonts: Fonts = ON_SCREEN, *, paged: bool = False) -> str:
    """The page. `paged` is for a program that lays out pages with running heads and feet, as browsers do not."""
    return (
        _environment()
        .get_template("report.html.j2")
        .render(report=report, frame=report.frame, head=report.frame.register_head, fonts=fonts, paged=paged)
    )


def _environment() -> Environment:
    """Escaping is always on: what stands on a scan, or in a file's name, is nobody's HTML."""
    environment = Environment(
        loader=PackageLoader("retention.reports", "writers"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(shown=shown, printed=printed, picture=picture_of)
    environment.tests.update(
        table=lambda part: isinstance(part, Table),
        chart=lambda part: isinstance(part, Chart),
        note=lambda part: isinstance(part, Note),
        filled=lambda part: isinstance(part, Note) or (isinstance(part, Chart) or len(part.rows) > 0),
    )
    return environment
