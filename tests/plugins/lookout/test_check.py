from __future__ import annotations

from plugins.lookout.check import Check


def test_a_check_that_is_well_needs_no_remedy() -> None:
    assert Check("disk", True, "fine") == Check("disk", True, "fine", "", optional=False)
