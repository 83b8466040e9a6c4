"""Logs: one line an event on stderr; JSON where nobody watches, colours where somebody does."""

from __future__ import annotations

import logging
import sys

import structlog
from structlog.typing import EventDict, FilteringBoundLogger, WrappedLogger

from plugins.masking import mask_id_numbers


def _mask(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Names of files and messages may hold ID numbers; a log is read by more people than a dossier."""
    return {key: mask_id_numbers(value) if isinstance(value, str) else value for key, value in event.items()}


def set_up(*, verbose: bool = False) -> None:
    """Send structlog to stderr."""
    watched = sys.stderr.isatty()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _mask,
            structlog.dev.ConsoleRenderer()
            if watched
            else structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG if verbose else logging.INFO),
        # Whatever stderr is at the time: a stream that was closed meanwhile must not end the watcher.
        logger_factory=lambda *_words: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )


def log() -> FilteringBoundLogger:
    """The logger."""
    logger: FilteringBoundLogger = structlog.get_logger()
    return logger
