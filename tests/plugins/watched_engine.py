"""An engine that tells before each transaction begins: what is done then, by whomever, is committed before it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, cast

import sqlalchemy as sa


class _Watched:
    def __init__(self, engine: sa.Engine, told: Callable[[], None]) -> None:
        self._engine, self._told = engine, told

    def begin(self) -> AbstractContextManager[sa.Connection]:
        self._told()
        return self._engine.begin()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)


def watched(engine: sa.Engine, told: Callable[[], None]) -> sa.Engine:
    """The engine, whose `begin` calls `told` first. An event of SQLAlchemy comes too late: SQLite has its lock by then."""
    return cast("sa.Engine", _Watched(engine, told))
