"""Tests of measuring both sides."""

from __future__ import annotations

import pytest

from benchmarks.served.through import NotFiled
from benchmarks.served.turns import filed_all


def test_a_scan_that_was_refused_is_not_taken_for_a_fast_one() -> None:
    filed_all({"a.png": {"id": "7"}})
    with pytest.raises(NotFiled, match=r"b\.png"):
        filed_all({"a.png": {"id": "7"}, "b.png": {"error": {"code": "duplicate"}}})
