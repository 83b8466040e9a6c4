"""A report as PDF, laid out by WeasyPrint from the HTML page: A4, running heads, fonts embedded.

WeasyPrint needs Pango and the fonts of Debian's fonts-noto-cjk; where the machine lacks one of them, this says which.
"""

from __future__ import annotations

import contextlib
import io
from typing import Any, NoReturn

from PIL import ImageFile

from retention.errors import NoPdf
from retention.reports.report import Report
from retention.reports.writers.html import Fonts
from retention.reports.writers.html import written as html_of

FAMILIES = ("Noto Serif CJK SC", "Noto Sans CJK SC")
"""The families of body and headings: their licence (OFL) lets them be embedded, and they look alike on every machine."""
_ON_PAPER = Fonts(*(f'"{name}"' for name in FAMILIES))


def written(report: Report) -> bytes:
    """The PDF. Raises NoPdf with what to install."""
    return _laid_out(html_of(report, _ON_PAPER, paged=True))


def probe() -> None:
    """Lay out one word in each family. Raises NoPdf where this machine can not make a report as PDF."""
    words = "".join(f"<p style='font-family: \"{name}\"'>档案</p>" for name in FAMILIES)
    _laid_out(f"<html lang='zh-CN'><title>档案</title>{words}</html>")


def _laid_out(page: str) -> bytes:
    html = _weasyprint()
    document = html(string=page, url_fetcher=_nothing).render()
    made = bytes(document.write_pdf())
    lacking = set(FAMILIES) - {font.family for font in document.fonts.values()}
    if lacking:
        # Another font was taken silently, or none: nobody could read it, or it may not be embedded.
        raise NoPdf(
            f"不能生成 PDF：缺少字体 {'、'.join(sorted(lacking))}。请管理员运行 apt-get install fonts-noto-cjk；HTML 和 XLSX 不受"
            "影响。No PDF: these fonts are missing; install fonts-noto-cjk. HTML and XLSX can be written all the same"
        )
    return made


def _weasyprint() -> Any:
    cut_off_counts = ImageFile.LOAD_TRUNCATED_IMAGES
    try:
        # Where a library is missing it also tells at length on stdout, which belongs to our own answer.
        with contextlib.redirect_stdout(io.StringIO()):
            from weasyprint import HTML
    except (ImportError, OSError) as error:
        # OSError: the package is there, a library that it calls is not.
        raise NoPdf(
            "不能生成 PDF：缺少 WeasyPrint 或 Pango。请管理员运行 apt-get install libpango-1.0-0 libpangoft2-1.0-0 "
            "libharfbuzz-subset0 fonts-noto-cjk；HTML 和 XLSX 不受影响。No PDF: WeasyPrint or Pango is missing; install "
            f"these packages. HTML and XLSX can be written all the same ({error})"
        ) from error
    finally:
        # Importing WeasyPrint makes Pillow take pictures that break off for whole ones, in all of the process.
        ImageFile.LOAD_TRUNCATED_IMAGES = cut_off_counts
    return HTML


def _nothing(url: str, *_: object, **__: object) -> NoReturn:
    """A report needs nothing from outside, whatever stands on a scan."""
    raise ValueError(f"{url}: a report fetches nothing")
