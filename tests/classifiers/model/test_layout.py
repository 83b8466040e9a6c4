from __future__ import annotations

import numpy as np
import pytest

from classifiers.model.layout import SIZE, layout
from tests.classifiers.pages import transcript

FORM = "报修单\n姓名　王某　电话　1\n房号：　　时间：\n□漏水 □电路"
PROSE = "昨天，记者来到现场。居民们说，“这件事终于有了结果！”谁来负责？"


def test_every_paper_has_all_numbers() -> None:
    for text in (FORM, PROSE, ""):
        found = layout(transcript(text))
        assert found.shape == (SIZE,)
        assert np.isfinite(found).all()


@pytest.mark.parametrize("texts", [(FORM, PROSE), (PROSE, FORM)])
def test_a_form_is_laid_out_otherwise_than_prose(texts: tuple[str, str]) -> None:
    one, other = (layout(transcript(text)) for text in texts)
    assert np.abs(one - other).max() > 1


def test_length_counts_on_a_scale_on_which_twice_as_much_is_little() -> None:
    one, twice = (layout(transcript("\n".join([PROSE] * times))) for times in (10, 20))
    assert np.abs(one - twice).max() < 1
