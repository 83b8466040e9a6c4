from __future__ import annotations

import pytest

from consumers.text_layer_verdict import Layer, verdict

TEXT = "出卖人与买受人在平等自愿的基础上，就买卖商品房事项订立本合同。" * 3
RARE = "龘靐齉爩鱻麤灪籲虋讟" * 4

NOT_TO_BE_USED = [
    (Layer("", 0.0), "no text"),
    (Layer(" \n\f\u3000", 0.0), "no text"),
    (Layer("\ufffd" * 3 + TEXT[:60], 0.0), "broken characters"),
    (Layer("\ue000\ue001" + TEXT[:60], 0.0), "broken characters"),
    (Layer("\x01\x02\x03" + TEXT[:60], 0.0), "broken characters"),
    (Layer("ገጓጔጕ" * 10 + TEXT[:60], 0.0), "characters of a script that nobody writes here"),
    (Layer(RARE, 0.0), "Han characters that make no text"),
    (Layer("档案号 2019-0317", 0.98), "a scan with a few words over it"),
    (Layer(TEXT[:79], 0.61), "a scan with a few words over it"),
    (Layer("收讫", 0.2), "a picture with a few words beside it"),
    (Layer("", 0.0, unseen=40), "only text that nobody sees"),
    (Layer(TEXT, 0.0, unmapped=3), "broken characters"),
    (Layer("\uf020\uf0ab" * 8 + TEXT[:60], 0.0), "broken characters"),
    (Layer("³öÂôÈËÓëÂòÊÜÈË" * 4, 0.0), "characters of another encoding"),
    (Layer("HRAASAEATRARMSWHBREAAA" * 2, 0.0, wide_latin=40), "Latin letters where Han characters stand"),
    (Layer("$%&#~!" * 12 + "hqwrt", 0.0), "Latin letters that make no text"),
    (Layer(TEXT[:40], 0.9, unseen=300), "the layer of another OCR engine"),
    (Layer(TEXT, 0.3, stray=12), "text beside the layer"),
]

TO_BE_USED = [
    pytest.param(Layer(TEXT, 0.0), id="plain text"),
    pytest.param(Layer(TEXT[:80], 1.0), id="text over a picture that fills the page"),
    pytest.param(Layer("收据", 1.0, ours=True), id="a scan with a layer of our own"),
    pytest.param(Layer(TEXT, 0.0, unseen=400), id="text with as much again that nobody sees"),
    pytest.param(Layer(TEXT, 0.1, stray=11), id="a signature or two"),
    pytest.param(Layer("• 一、\uf0b7" + TEXT, 0.0), id="bullets of a symbol font"),
    pytest.param(Layer("合同编号 HT-2021-0317", 0.0, wide_latin=8), id="a few wide letters"),
    pytest.param(Layer("收据", 0.0), id="two characters and no picture"),
    pytest.param(Layer("江州锦澜置业有限公司 客户服务中心（2020）", 0.2), id="a letterhead with its logo"),
    pytest.param(Layer("Agreement № 12 — §4: 100 m² à 5 €", 0.0), id="Latin text with signs"),
    pytest.param(Layer(TEXT + RARE, 0.0), id="a name with rare characters"),
    pytest.param(Layer(RARE[:29], 0.0), id="too few Han characters to judge"),
    pytest.param(Layer("\ufffd" + TEXT[:60], 0.0), id="one broken character in sixty"),
]


@pytest.mark.parametrize(("layer", "reason"), NOT_TO_BE_USED)
def test_a_layer_that_is_not_to_be_trusted_is_refused_with_its_reason(layer: Layer, reason: str) -> None:
    assert verdict(layer) == reason


@pytest.mark.parametrize("layer", TO_BE_USED)
def test_a_layer_that_people_could_read_is_used(layer: Layer) -> None:
    assert verdict(layer) is None
