from __future__ import annotations

import pickle

from consumers.errors import Refused


def test_a_refusal_keeps_code_and_both_sentences_across_a_process_border() -> None:
    told = Refused("damaged", "文件已损坏。", "The file is damaged.")
    came: Refused = pickle.loads(pickle.dumps(told))
    assert (came.code, came.zh, came.en) == ("damaged", "文件已损坏。", "The file is damaged.")


def test_a_refusal_prints_its_code_and_the_english_sentence() -> None:
    assert str(Refused("damaged", "文件已损坏。", "The file is damaged.")) == "damaged: The file is damaged."
