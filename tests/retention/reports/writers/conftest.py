"""Every report made once for all tests of the writers, and written when a test asks: laying out pages takes seconds."""

from __future__ import annotations

import logging
import os
from functools import cached_property
from io import BytesIO

import pdfplumber
import pytest

from retention.reports.report import Report
from retention.reports.writers import WRITERS
from tests.retention.reports.made_up import every_report, eyes

REPORTS = (
    *("retention", "appraisal", "destruction", "certificate", "holds"),
    *("loans", "handover", "handovers", "statistics"),
)
SOAK = "SOAK_CASES" in os.environ
ROWS = 24 if SOAK else 8
PRINTED = REPORTS if SOAK else ("appraisal", "certificate", "statistics")
"""Those that are laid out on pages: landscape over several pages, portrait, with charts; `./run soak` takes all."""
PRINTED_MASKED = REPORTS if SOAK else ("retention",)


class Ear(logging.Handler):
    """Hears what the library complains about."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self.heard.append(record.getMessage())


class Written:
    """A report with what the writers make of it."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.grumbles = Ear()

    @cached_property
    def html(self) -> str:
        return WRITERS["html"](self.report).decode("utf-8")

    @cached_property
    def xlsx(self) -> bytes:
        return WRITERS["xlsx"](self.report)

    @cached_property
    def pdf(self) -> bytes:
        logging.getLogger("weasyprint").addHandler(self.grumbles)
        try:
            return WRITERS["pdf"](self.report)
        finally:
            logging.getLogger("weasyprint").removeHandler(self.grumbles)

    @cached_property
    def pages(self) -> tuple[str, ...]:
        """The text of each page of the PDF."""
        with pdfplumber.open(BytesIO(self.pdf)) as opened:
            return tuple(page.extract_text() for page in opened.pages)


@pytest.fixture(scope="session")
def everything() -> dict[str, Written]:
    """Each report of an archive of some size, as who may see all of it gets it."""
    return {one.name.split("-")[0]: Written(one) for one in every_report(ROWS, eyes())}


@pytest.fixture(scope="session")
def masked() -> dict[str, Written]:
    """The same as somebody below the highest level gets it."""
    return {one.name.split("-")[0]: Written(one) for one in every_report(8, eyes("普通商密"))}
