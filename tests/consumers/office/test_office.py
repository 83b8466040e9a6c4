from __future__ import annotations

import random
from pathlib import Path

import pytest

from consumers.errors import Refused
from consumers.media import OFFICE
from consumers.office import OPENERS
from tests.consumers.office.documents import (
    MSG_CLASS,
    attached,
    compound,
    docx,
    forwarded,
    mail,
    message,
    ofd,
    ofd_text,
    picture,
    read,
    xlsx,
)

MADE = {
    "docx": docx(["合同", "甲方"], [picture()]),
    "xlsx": xlsx([["姓名", 1.5], ["=A1", None]]),
    "eml": mail("信", ("合同.docx", docx(["甲"])), ("图.png", picture())).as_bytes(),
    "msg": compound(
        message(
            "s",
            "信",
            [attached("合同.docx", docx(["甲"])), forwarded("f", message("里", "内", enclosed=True))],
        ),
        MSG_CLASS,
    ),
    "ofd": ofd([ofd_text("发票", 10, 10)]),
}
CODES = {
    "damaged",
    "wrong-type",
    "old-format",
    "encrypted",
    "empty",
    "too-large",
    "too-many-pages",
    "too-many-pixels",
}


def test_every_type_that_counts_as_office_has_its_opener() -> None:
    assert set(OPENERS) == OFFICE


@pytest.mark.parametrize("kind", MADE)
def test_a_mangled_file_is_read_or_refused_and_raises_nothing_else(tmp_path: Path, kind: str) -> None:
    chance = random.Random(kind)
    for _ in range(60):
        mangled = bytearray(MADE[kind])
        for _ in range(chance.choice((1, 5, 50))):
            mangled[chance.randrange(len(mangled))] = chance.randrange(256)
        try:
            read(tmp_path, bytes(mangled))
        except Refused as refusal:
            assert refusal.code in CODES  # noqa: PT017 - either outcome is right, anything else is not
