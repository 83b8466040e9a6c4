from __future__ import annotations

import json

from retention.reports.veiled_review import veiled
from retention.review_json import review_json
from tests.retention.reports.made_up import OPEN, SECRET, a_review, eyes


def test_nothing_above_the_level_is_in_the_review_s_json_and_every_item_still_is() -> None:
    review = a_review(28)
    seen = veiled(review, eyes("普通商密"))
    text = json.dumps(review_json(seen), ensure_ascii=False)
    assert SECRET in json.dumps(review_json(review), ensure_ascii=False)
    assert SECRET not in text
    assert OPEN in text
    assert (len(seen.due), len(seen.no_cutoff), len(seen.no_rule)) == (28, 7, 3)
    assert [one.record.dms_id for one in seen.due] == [one.record.dms_id for one in review.due]


def test_who_sees_everything_gets_the_review_itself() -> None:
    review = a_review(3)
    assert veiled(review, eyes()) is review
