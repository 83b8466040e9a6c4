"""How a text is laid out: a form, a contract in articles, an article of a newspaper; whatever it speaks of."""

from __future__ import annotations

import re
from math import log

import numpy as np
from numpy.typing import NDArray

from consumers.transcript import Transcript

_ARTICLE = re.compile("第[一二三四五六七八九十0-9]{1,3}条")
_SHARES: tuple[tuple[str, float], ...] = (
    ("\u3000", 20),
    ("：:", 20),
    ("。", 20),
    ("，,", 10),
    ("0123456789", 3),
    ("□☑√", 30),
    ('“”"', 15),
    ("《》", 15),
    ("？?", 50),
    ("！!", 50),
)
"""Signs whose share of all characters tells forms, contracts and prose apart, and a factor that brings it near 1."""

SIZE = 7 + len(_SHARES)
"""How many numbers `layout` gives."""


def layout(transcript: Transcript) -> NDArray[np.float32]:
    """Length, lines, pages, articles, Latin letters, and the share of signs: SIZE numbers, each near 1."""
    lines = [line.text for page in transcript.pages for line in page.lines]
    text = "\n".join(lines)
    size = max(1, len(text) - sum(map(str.isspace, text)) + text.count("\u3000"))
    rows = max(1, len(lines))
    letters = sum(glyph.isascii() and glyph.isalpha() for glyph in text)
    found = [
        log(size),
        log(rows),
        float(len(transcript.pages)),
        3 * len(_ARTICLE.findall(text)) / rows,
        5 * letters / size,
        len(text) / rows / 30,
        sum(len(line) <= 12 for line in lines) / rows,
    ]
    found += [factor * sum(map(text.count, signs)) / size for signs, factor in _SHARES]
    return np.array(found, np.float32)
