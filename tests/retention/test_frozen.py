"""What is made all at once is what the class itself would have made, and is as frozen."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from retention.frozen import frozen
from retention.record import FactValue


def test_it_equals_and_hashes_as_one_that_the_class_made_and_can_not_be_changed() -> None:
    plain = FactValue("unit", "1栋", 2, "房号：1栋", "property")
    made = frozen(FactValue, dict(vars(plain)))
    assert (made, hash(made), repr(made)) == (plain, hash(plain), repr(plain))
    with pytest.raises(FrozenInstanceError):
        made.page = 3  # type: ignore[misc]  # that it can not be set is what is asked
