"""The measuring of cuts in mixed files."""

from __future__ import annotations

from benchmarks import parts
from classifiers.corpus import writing
from classifiers.taxonomy import load
from consumers.transcript import Line, Page, Transcript


def test_the_same_seed_joins_the_same_papers() -> None:
    texts = writing.load()
    assert parts.joined(texts, 3) == parts.joined(texts, 3)
    assert parts.joined(texts, 3) != parts.joined(texts, 4)


def test_a_joined_file_knows_where_its_papers_begin_and_numbers_its_pages() -> None:
    case = parts.joined(writing.load(), 3)
    pages = [page.number for page in case.transcript.pages]
    assert pages == list(range(1, len(pages) + 1))
    assert case.starts
    assert case.starts <= set(pages) - {1}


def test_a_single_paper_has_no_right_cut() -> None:
    assert parts.single(writing.load(), 1).starts == frozenset()


def test_a_missed_cut_counts_against_recall_only() -> None:
    pages = tuple(Page(number, (Line("没有题名"),), "ocr", "test") for number in (1, 2))
    case = parts.Case("a", Transcript("0" * 64, pages), frozenset({2}))
    found = parts.measure([case], load())
    assert (found["precision"], found["recall"], found["files_torn"]) == (None, 0.0, 0)
