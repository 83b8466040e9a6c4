from __future__ import annotations

import pytest

from benchmarks.measure.values import plain

ALIKE = [
    ("unit", "晴岭一期3号楼二单元12层1201户", "3-2-1201"),
    ("unit", "“晴岭华府”36-3-1304", "36-3-1304"),
    ("unit", "D座四单元2608户", "D-4-2608"),
    ("unit", "9幢甲单元304室", "9-甲-304"),
    ("amount", "￥1,357,200", "1357200"),
    ("amount", "135.72万元", "1357200"),
    ("amount", "壹佰贰拾万元整", "1200000"),
    ("document_date", "二〇二四年四月八日", "2024-04-08"),
    ("document_date", "2024.4.8", "2024-04-08"),
    ("area", "118.50㎡", "118.5"),
    ("phone", "+86 138-0013-8000", "13800138000"),
    ("case_no", "〔2023〕粤0305 民初1号", "（2023）粤0305民初1号"),
]


@pytest.mark.parametrize(("name", "written", "value"), ALIKE)
def test_what_a_truth_writes_is_comparable_with_what_a_finder_gives(
    name: str, written: str, value: str
) -> None:
    assert plain(name, written) == plain(name, value)
