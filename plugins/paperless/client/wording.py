"""Text as paperless-ngx takes it: no control signs, no half surrogates, no longer than its columns."""

from __future__ import annotations

import re

LONGEST_NAME = 128
# An upload's title is silently cut to 127 characters, a changed one of 129 is refused.
LONGEST_TITLE = 127

_UNSTORABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


def storable(text: str, longest: int = LONGEST_NAME) -> str:
    """`text` as a name or a short value; what can't be stored becomes �. May be empty."""
    return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text.strip()).strip()[:longest].strip()
