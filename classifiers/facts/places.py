"""Provinces as numbers and certificates name them: by one character, or by two digits (GB/T 2260)."""

from __future__ import annotations

from classifiers.facts.finding import words

PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云黔滇藏陕甘青宁新兵军"
"""One character each, with the two courts outside the provinces (兵团, 军事)."""

REGIONS = frozenset(
    words(
        "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 "
        "71 81 82 83"
    )
)
"""Two digits each; 81 to 83 are the residence cards for Hong Kong, Macao and Taiwan."""
