"""Making frozen dataclasses by the million: a frozen class sets each of its fields by itself, which takes ten times as long as
taking all of them over at once."""

from __future__ import annotations

from typing import Any, TypeVar

_Frozen = TypeVar("_Frozen")


def frozen(cls: type[_Frozen], values: dict[str, Any]) -> _Frozen:
    """`cls(**values)` of a frozen dataclass without slots and without `__post_init__`.

    `values` name all of its fields in their order, and nothing else, and are nobody else's from then on: that is for the caller
    to know, nobody looks.
    """
    one = object.__new__(cls)
    object.__setattr__(one, "__dict__", values)
    return one
