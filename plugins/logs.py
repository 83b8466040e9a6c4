"""Logs: one line an event on stderr; JSON where nobody watches, colours where somebody does. No personal data."""

from __future__ import annotations

import logging
import sys
from typing import Any

import structlog
from structlog.typing import EventDict, FilteringBoundLogger, Processor, WrappedLogger

from plugins.lookout import withheld

_FOREIGN = "dossier"
"""The name of the handler that writes down what libraries log."""


def set_up(form: str = "auto", *, verbose: bool = False) -> None:
    """Send structlog to stderr, and what libraries log with it. `form` is the setting DOSSIER_LOG_FORMAT."""
    watched = sys.stderr.isatty() if form == "auto" else form == "console"
    begins: list[Processor] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    ends: list[Processor] = [
        _withhold,
        structlog.dev.ConsoleRenderer() if watched else structlog.processors.JSONRenderer(ensure_ascii=False),
    ]
    structlog.configure(
        processors=[*begins, *ends],
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG if verbose else logging.INFO),
        # Whatever stderr is at the time: a stream that was closed meanwhile must not end the watcher.
        logger_factory=lambda *_words: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
    _take_foreign(begins, ends)


def log() -> FilteringBoundLogger:
    """The logger."""
    logger: FilteringBoundLogger = structlog.get_logger()
    return logger


def _withhold(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    if event.get("exc_info") is True:
        event["exc_info"] = sys.exc_info()[1]
    return withheld.event_of(dict(event))


class _Stderr(logging.StreamHandler[Any]):
    """Writes to whatever stderr is at the time."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)
        self.set_name(_FOREIGN)

    @property
    def stream(self) -> Any:
        """The stream of this moment."""
        return sys.stderr


def _take_foreign(begins: list[Processor], ends: list[Processor]) -> None:
    """What libraries log through `logging`, from warnings on, goes the same way: one object a line."""
    root = logging.getLogger()
    for before in [one for one in root.handlers if one.get_name() == _FOREIGN]:
        root.removeHandler(before)
    handler = _Stderr()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*begins, structlog.stdlib.add_logger_name],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _of_a_library,
                *ends,
            ],
        )
    )
    root.addHandler(handler)


def _of_a_library(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """What a library says is text, not a sentence of ours: it may hold anything."""
    return {**event, "event": "a library says", "says": str(event.get("event", ""))}
