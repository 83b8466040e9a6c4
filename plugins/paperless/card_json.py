"""The Card, and the search keys with it, as the canonical JSON in the custom field 卷宗卡片, and back."""

from __future__ import annotations

import json
import re
from dataclasses import MISSING, asdict, fields
from datetime import date

from retention.errors import DmsUnavailable
from retention.record import Card, FactValue

FORMAT = 1

_DATES = ("document_date", "filed_on", "retain_until")
_HALF = re.compile(r"[\ud800-\udfff]")


def written(card: Card, keys: tuple[str, ...]) -> str:
    """Canonical JSON: names in order, no blanks, Chinese readable, half surrogates escaped."""
    body = {"format": FORMAT, "card": asdict(card), "keys": keys}
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=date.isoformat)
    return _HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", text)


def read(text: str, number: int) -> tuple[Card, tuple[str, ...]]:
    """The Card and the keys; raises DmsUnavailable where a person has damaged the field of document `number`."""
    try:
        body = json.loads(text)
        if body["format"] != FORMAT:
            raise DmsUnavailable(
                f"the field 卷宗卡片 of document {number} has the format {body['format']}, this program knows {FORMAT}: "
                "upgrade it"
            )
        held = body["card"]
        # What a card has not from the beginning may be missing on one that an earlier release has written.
        values = {
            field.name: held[field.name]
            for field in fields(Card)
            if field.default is MISSING or field.name in held
        }
        values |= {name: date.fromisoformat(values[name]) for name in _DATES if values[name]}
        values["review_reasons"] = tuple(values["review_reasons"])
        values["dossier_evidence"] = tuple(values.get("dossier_evidence", ()))
        values["facts"] = tuple(FactValue(**fact) for fact in held["facts"])
        return Card(**values), tuple(body["keys"])
    except (ValueError, TypeError, KeyError) as error:
        raise DmsUnavailable(
            f"the field 卷宗卡片 of document {number} is damaged ({type(error).__name__}): restore its value from the "
            "document's history in paperless-ngx"
        ) from error
