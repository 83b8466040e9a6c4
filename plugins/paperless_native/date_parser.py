"""The parser of dates that paperless-ngx loads (`paperless_ngx.date_parsers`): Chinese dates first, then paperless' own.

Only one such plugin works in a server, and it takes the place of the built-in one; so the built-in one is asked
for whatever else there is.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from documents.plugins.date_parsing.base import DateParserPluginBase


class DossierDateParser(DateParserPluginBase):  # type: ignore[misc]  # paperless' class, which is not installed where types are checked
    """Knows 2023年8月15日, 二〇二三年八月十五日, 2024.03.05 and how scans spoil them (`classifiers.facts.document_date`)."""

    def parse(self, filename: str, content: str) -> Iterator[datetime]:
        """Each day once, as the start of that day where the server is; the first one becomes `created`.

        The file's name counts where PAPERLESS_FILENAME_DATE_ORDER is set, and then before the text.
        """
        given: set[date] = set()
        for found in self._found(filename, content):
            if found.date() not in given:
                given.add(found.date())
                yield found

    def _found(self, filename: str, content: str) -> Iterator[datetime]:
        from documents.plugins.date_parsing.regex_parser import RegexDateParserPlugin

        from plugins.paperless_native import dates

        theirs = RegexDateParserPlugin(self.config)
        if self.config.filename_date_order:
            yield from map(self._start, dates.days_of_name(filename, self._allowed))
            yield from theirs.parse(dates.without_ours(filename), "")
        yield from map(self._start, dates.days_of_text(content, self._allowed, self._today()))
        yield from theirs.parse("", dates.without_ours(content))

    def _start(self, day: date) -> datetime:
        return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(self.config.timezone_str))

    def _allowed(self, day: date) -> bool:
        """Whether paperless takes that day: not before 1901, not in the future, not one of PAPERLESS_IGNORE_DATES."""
        return self._filter_date(self._start(day)) is not None

    def _today(self) -> date:
        now: datetime = self.config.reference_time
        return now.astimezone(ZoneInfo(self.config.timezone_str or str(UTC))).date()
