from __future__ import annotations

import json

from retention import register
from retention.register_lines import lines
from tests.retention.our_database import NOW, our_database


def test_each_entry_is_one_line_with_all_its_columns_as_they_are_stored() -> None:
    engine = our_database()
    with engine.begin() as connection:
        for number in range(2):
            payload = {"题名": f"甲\n乙 {number}"}
            register.append(
                connection, at=NOW, actor="李静", action="filed", subject="record/1", payload=payload
            )
        found = [json.loads(line) for line in lines(connection)]
        assert found == [vars(entry) for entry in register.entries(connection)]
        assert all(line.count("\n") == 1 for line in lines(connection))
