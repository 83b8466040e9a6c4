"""Stands in for the packages of a paperless-ngx v3.0.5: as much of them as our plugin asks, answering as they were seen to.

What its registry and its consumer do with a parser stands here in a few lines of our own, in the order in which they do it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, ClassVar

import pytest


class ParseError(Exception):
    """documents.parsers.ParseError: fails the document."""


@dataclass
class BuiltIn:
    """A parser of paperless' own: says what it was asked."""

    asked: ClassVar[list[str]] = []
    fails: ClassVar[bool] = False
    rank: ClassVar[int] = 10
    can_produce_archive = True
    requires_pdf_rendition = False
    folder: Path = Path()

    @classmethod
    def supported_mime_types(cls) -> dict[str, str]:
        return {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/gif": ".gif"}

    @classmethod
    def score(cls, mime_type: str, filename: str, path: Path | None = None) -> int | None:
        return cls.rank

    def __enter__(self) -> BuiltIn:
        self.asked.append("enter")
        return self

    def __exit__(self, *error: object) -> None:
        self.asked.append("exit")

    def configure(self, context: object) -> None:
        self.asked.append(f"configure {context}")

    def parse(self, path: Path, mime_type: str, *, produce_archive: bool) -> None:
        self.asked.append(f"parse {path.name} {mime_type} archive={produce_archive}")
        if self.fails:
            raise ParseError("InputFileError")

    def get_text(self) -> str:
        return "paperless' own text"

    def get_date(self) -> None:
        return None

    def get_archive_path(self) -> Path:
        return Path("theirs.pdf")

    def get_thumbnail(self, path: Path, mime_type: str) -> Path:
        return Path("theirs.webp")

    def get_page_count(self, path: Path, mime_type: str) -> int:
        return 77


@dataclass
class Registry:
    """paperless.parsers.registry.ParserRegistry."""

    parsers: list[Any] = field(default_factory=list)

    def all_parsers(self) -> list[Any]:
        return self.parsers


@dataclass(frozen=True)
class DateParserConfig:
    """documents.plugins.date_parsing.base.DateParserConfig, its fields in their order."""

    languages: list[str]
    timezone_str: str
    ignore_dates: set[date]
    reference_time: datetime
    filename_date_order: str | None
    content_date_order: str


class DateParserPluginBase:
    """The same module's base class: the constructor and the filter."""

    def __init__(self, config: DateParserConfig) -> None:
        self.config = config

    def _filter_date(self, found: datetime | None) -> datetime | None:
        fits = (
            found is not None
            and found.year > 1900
            and found <= self.config.reference_time
            and found.date() not in self.config.ignore_dates
        )
        return found if fits else None


class RegexDateParserPlugin(DateParserPluginBase):
    """The built-in parser: of its ways to write a date only one, day.month.year, the day in front."""

    def parse(self, filename: str, content: str) -> Iterator[datetime]:
        for text in (filename, content):
            for word in text.replace("_", " ").split():
                parts = word.strip(",;。").split(".")
                if len(parts) == 3 and all(part.isdecimal() for part in parts):
                    yield datetime(int(parts[2]), int(parts[1]), int(parts[0]), tzinfo=UTC)


@dataclass
class Server:
    """The server, and what a test wants to change of it."""

    config: SimpleNamespace
    settings: SimpleNamespace
    registry: Registry


def install(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Server:
    """Put its packages where imports look for them, for the time of a test."""
    settings = SimpleNamespace(
        SCRATCH_DIR=folder, THREADS_PER_WORKER="1", CELERY_TASK_TIME_LIMIT=1800, TIME_ZONE="Asia/Shanghai"
    )
    server = Server(
        SimpleNamespace(mode="auto", archive_file_generation="auto", output_type="pdfa"), settings, Registry()
    )
    pdf_metadata = [
        {"namespace": "http://purl.org/dc/elements/1.1/", "prefix": "dc", "key": "title", "value": "t"}
    ]
    modules: dict[str, dict[str, object]] = {
        "django": {},
        "django.conf": {"settings": settings},
        "documents": {},
        "documents.parsers": {"ParseError": ParseError},
        "documents.plugins": {},
        "documents.plugins.date_parsing": {},
        "documents.plugins.date_parsing.base": {"DateParserPluginBase": DateParserPluginBase},
        "documents.plugins.date_parsing.regex_parser": {"RegexDateParserPlugin": RegexDateParserPlugin},
        "paperless": {},
        "paperless.config": {"OcrConfig": lambda: server.config},
        "paperless.parsers": {},
        "paperless.parsers.registry": {"get_parser_registry": lambda: server.registry},
        "paperless.parsers.utils": {
            "get_page_count_for_pdf": lambda path, log: 5,
            "extract_pdf_metadata": lambda path, log: list(pdf_metadata),
        },
    }
    for name, content in modules.items():
        module = ModuleType(name)
        module.__dict__.update(content)
        monkeypatch.setitem(sys.modules, name, module)
    # Its base class is bound when the module is loaded: no test may find the one of another.
    monkeypatch.delitem(sys.modules, "plugins.paperless_native.date_parser", raising=False)
    return server
