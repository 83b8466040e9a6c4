from __future__ import annotations

import json

from retention.reports.report_json import report_json
from tests.retention.reports.made_up import NUMBER, SECRET, every_report, eyes


def test_every_report_is_plain_json_with_all_rows_under_their_columns_names() -> None:
    for report in every_report(9, eyes()):
        told = json.loads(json.dumps(report_json(report), ensure_ascii=False))
        for _, table in report.tables():
            rows = told["tables"][table.key]
            assert len(rows) == len(table.rows)
            assert all(list(row) == [column.key for column in table.columns] for row in rows)
        assert told["register_head"]["seq"] == 412
        assert told["figures"] == {one.key: one.value for one in report.figures}


def test_it_holds_nothing_above_the_level_and_no_number() -> None:
    for report in every_report(14, eyes("普通商密")):
        text = json.dumps(report_json(report), ensure_ascii=False)
        assert SECRET not in text
        assert NUMBER not in text
