from __future__ import annotations

import pytest

from consumers.text_layer.folding import folded


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("⼀⽅⽤⼾⾦", "一方用户金"),
        ("⻓⻔⻋⻢⻅⺠⻬⻰", "长门车马见民齐龙"),
        ("\uf9e8\uf92c", "\u88e1\u90ce"),
        ("ﬁ", "fi"),
        ("\u00a0", " "),
        ("\u200b\ufeff\u00ad", ""),
        ("\x02", "-"),
        ("\uf0fe\uf0a8", "☑□"),
        ("\uf0b7", "•"),
        ("ＡＢ（１）　，。", "ＡＢ（１）　，。"),
        ("合同No.5-7", "合同No.5-7"),
    ],
)
def test_signs_become_the_characters_that_were_meant(written: str, meant: str) -> None:
    assert "".join(map(folded, written)) == meant


def test_every_kangxi_radical_becomes_a_character() -> None:
    assert all("\u4e00" <= folded(chr(code)) <= "\u9fff" for code in range(0x2F00, 0x2FD6))
