"""Truth: labelled scans with the text that they bear and the values that must be found in it."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples" / "texts.jsonl"
DEVSET = ROOT.parent / "shared" / "devset" / "documents.jsonl"
NUMBERS = ("id_no", "contract_no", "case_no", "cert_no")
"""The fields whose values are numbers under which people look for a paper."""

_TURN = re.compile(r"(?:rot|turned )(90|180|270)")
_TRAIT = re.compile(r"[a-z]+")
_WITHOUT_PICTURE = ("pdf-text", "born", "mixed")


@dataclass(frozen=True)
class Case:
    """A scan: its true text, the values in it by field, and what it went through.

    `look` is the kind of scan (clean, office, copy, fax ...), `traits` whatever else befell it, without figures;
    `turn` is how many degrees clockwise the file shows its pages turned.
    """

    path: Path
    text: str
    fields: dict[str, tuple[str, ...]]
    look: str
    traits: tuple[str, ...]
    turn: int
    pages: int


def load(truth: Path) -> list[Case]:
    """The cases of documents.jsonl (with labels.csv beside it) or of samples/texts.jsonl (with truth.csv).

    Born-digital files are left out: the engine has nothing to do there.
    """
    if truth.name == SAMPLES.name:
        return list(_of_samples(truth))
    return list(_of_labels(truth))


def known() -> list[Path]:
    """The truths that lie here: the samples', and the development set's where there is one."""
    return [truth for truth in (SAMPLES, DEVSET) if truth.exists()]


def _of_labels(truth: Path) -> Iterator[Case]:
    documents = {row["id"]: row for row in _lines(truth)}
    for row in _rows(truth.parent / "labels.csv"):
        if row["format"] not in _WITHOUT_PICTURE:
            path = truth.parent / "scans" / row["file"]
            yield _case(path, documents[row["id"]], row["degradation"], "+", int(row["pages"]))


def _of_samples(truth: Path) -> Iterator[Case]:
    looks = {row["file"]: row["look"] for row in _rows(truth.parent / "truth.csv")}
    for document in _lines(truth):
        look = looks[document["file"]]
        if look.split(",")[0] not in _WITHOUT_PICTURE:
            yield _case(
                truth.parent / document["file"], document, look, ",", document["text"].count("\f") + 1
            )


def _case(path: Path, document: dict[str, Any], said: str, mark: str, pages: int) -> Case:
    look, *rest = (part.strip() for part in said.split(mark))
    turn = _TURN.search(said)
    words = (_TRAIT.match(part) for part in rest)
    traits = dict.fromkeys(
        word[0] for word in words if word and word[0] not in ("skew", "q", "rot", "turned", look)
    )
    fields = {name: _values(value) for name, value in document["fields"].items()}
    return Case(path, document["text"], fields, look, tuple(traits), int(turn[1]) if turn else 0, pages)


def _values(value: Any) -> tuple[str, ...]:
    """A field holds one value or several."""
    return (value,) if isinstance(value, str) else tuple(value)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    return map(json.loads, path.read_text("utf-8").splitlines())


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
