"""Whatever happens in whatever order, and whoever places a hold meanwhile: what is held is never destroyed."""

from __future__ import annotations

from tests.soak import disposing


def test_what_is_held_is_never_destroyed_whatever_happens_in_whatever_order() -> None:
    """A few runs; `./run soak` asks 10,000."""
    disposing.run(6)
