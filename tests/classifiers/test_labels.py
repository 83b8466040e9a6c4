from __future__ import annotations

import pytest

from classifiers.labels import in_percent


@pytest.mark.parametrize(
    ("confidence", "said"),
    [(0.999, "99%"), (0.8996, "89%"), (0.9, "90%"), (0.57, "57%"), (0.29, "29%"), (0.0, "0%")],
)
def test_a_confidence_is_said_rounded_down(confidence: float, said: str) -> None:
    assert in_percent(confidence) == said
