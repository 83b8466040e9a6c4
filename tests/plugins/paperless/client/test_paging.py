"""Tests of reading a list that changes meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from plugins.paperless.client.paging import Params, every
from retention.errors import NoSuchRecord

SIZE = 3


class Shelf:
    """A list in pages of three, from which `meanwhile` takes and adds after each page."""

    def __init__(self, ids: list[int], meanwhile: Callable[[list[int], int], None]) -> None:
        self.ids = ids
        self.asked = 0
        self._meanwhile = meanwhile

    def page(self, params: Params) -> Any:
        number = int(dict(params).get("page", "1"))
        rows = self.ids[(number - 1) * SIZE : number * SIZE]
        if number > 1 and not rows:
            raise NoSuchRecord("Invalid page.")
        more = len(self.ids) > number * SIZE
        answer = {
            "next": f"http://elsewhere/api/?page={number + 1}" if more else None,
            "results": [{"id": row} for row in rows],
        }
        self.asked += 1
        self._meanwhile(self.ids, self.asked)
        return answer


def ids(shelf: Shelf) -> set[int]:
    return {row["id"] for row in every(shelf.page, [])}


def test_a_list_of_one_page_is_asked_for_once() -> None:
    shelf = Shelf([1, 2, 3], lambda *_: None)
    assert ids(shelf) == {1, 2, 3}
    assert shelf.asked == 1


def test_a_row_that_goes_hides_no_other_one() -> None:
    def take_the_first(rows: list[int], asked: int) -> None:
        if asked == 2:
            rows.pop(0)

    assert ids(Shelf(list(range(1, 10)), take_the_first)) >= set(range(2, 10))


def test_a_row_that_comes_in_front_is_not_read_twice_and_hides_no_other_one() -> None:
    def put_in_front(rows: list[int], asked: int) -> None:
        if asked == 2:
            rows.insert(0, 99)

    shelf = Shelf(list(range(1, 10)), put_in_front)
    rows = [row["id"] for row in every(shelf.page, [])]
    assert sorted(rows) == sorted(set(rows))
    assert set(rows) >= set(range(1, 10))


def test_one_that_goes_while_another_comes_hides_no_other_one() -> None:
    def swap(rows: list[int], asked: int) -> None:
        if asked == 2:
            rows.pop(0)
            rows.append(99)

    assert ids(Shelf(list(range(1, 10)), swap)) >= set(range(2, 10))


def test_a_list_that_has_become_shorter_than_the_next_page_is_read_again() -> None:
    def cut(rows: list[int], asked: int) -> None:
        if asked == 2:
            del rows[3:]

    assert ids(Shelf(list(range(1, 8)), cut)) >= {1, 2, 3}


def test_a_list_that_never_rests_has_an_end() -> None:
    def always(rows: list[int], asked: int) -> None:
        rows.insert(0, 1000 + asked)

    shelf = Shelf(list(range(1, 10)), always)
    assert ids(shelf) >= set(range(1, 10))


def test_a_server_that_gives_one_page_for_ever_is_left() -> None:
    def page(_: Params) -> Any:
        return {"next": "http://elsewhere/api/?page=2", "results": [{"id": 1}]}

    assert every(page, []) == [{"id": 1}]
