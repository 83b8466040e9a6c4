from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from classifiers import taxonomy
from classifiers.corpus.writing import check_kinds, fingerprint, load, read
from classifiers.errors import BadCorpus

ROW = (
    "[[text]]\nkind = 'receipt'\nmaker = 'a'\nhard = false\nlines = '''\n收据\n今收到{buyer}{amount}元\n'''\n"
)


def _file(folder: Path, text: str) -> Path:
    path = folder / "sales.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_text_is_its_lines_with_slots(tmp_path: Path) -> None:
    (text,) = read(_file(tmp_path, ROW))
    assert (text.kind, text.maker, text.hard, text.source) == ("receipt", "a", False, "sales:1")
    assert text.lines == ("收据", "今收到{buyer}{amount}元")


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (ROW.replace("{buyer}", "{byer}"), "there is no slot {byer}"),
        (ROW.replace("hard = false", "hard = false\ncolour = 'red'"), "text.1.colour"),
        (ROW.replace("maker = 'a'\n", ""), "text.1.maker"),
        (ROW.replace("收据\n今收到{buyer}{amount}元\n", "\n"), "the text is empty"),
        ("[[text", "can not be read"),
    ],
)
def test_a_wrong_row_is_told_with_its_file_and_fault(tmp_path: Path, fault: str, said: str) -> None:
    with pytest.raises(BadCorpus, match=r"sales\.toml") as error:
        read(_file(tmp_path, fault))
    assert said in str(error.value)


def test_a_folder_without_texts_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadCorpus, match=r"no \.toml file"):
        load(tmp_path)


def test_a_text_of_a_kind_that_there_is_not_is_told(tmp_path: Path) -> None:
    texts = read(_file(tmp_path, ROW.replace("'receipt'", "'reciept'")))
    with pytest.raises(BadCorpus, match=r"sales:1.*'reciept'"):
        check_kinds(texts, taxonomy.load())


def test_the_fingerprint_tells_one_corpus_from_another(tmp_path: Path) -> None:
    one = read(_file(tmp_path, ROW))
    other = read(_file(tmp_path, ROW.replace("今收到", "兹收到")))
    assert fingerprint(one) == fingerprint(read(_file(tmp_path, ROW)))
    assert fingerprint(one) != fingerprint(other)


def test_every_kind_of_the_shipped_taxonomy_has_texts_of_several_makers() -> None:
    makers: dict[str, set[str]] = defaultdict(set)
    texts = load()
    check_kinds(texts, taxonomy.load())
    for text in texts:
        makers[text.kind].add(f"{text.source.split(':')[0]}/{text.maker}")
    assert [kind.id for kind in taxonomy.load().kind if len(makers[kind.id]) < 5] == []
