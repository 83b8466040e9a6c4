from __future__ import annotations

from collections.abc import Callable

import pytest

from consumers.bounds import Bounds, reader_died, too_much_memory
from consumers.errors import Refused

SMALL = Bounds(bytes=1_000, pages=3, pixels=10_000, seconds=5, file_seconds=20, characters=500)


def _raise(refusal: Refused) -> None:
    raise refusal


def _time(spent: float) -> None:
    SMALL.time_for_page(spent)


WITHIN: list[Callable[[], None]] = [
    lambda: SMALL.check_bytes(1_000),
    lambda: SMALL.check_pages(3),
    lambda: SMALL.check_pages(1),
    lambda: SMALL.check_pixels(100, 100),
    lambda: SMALL.check_characters(500),
]

BEYOND: list[tuple[Callable[[], None], str, str]] = [
    (lambda: SMALL.check_bytes(1_001), "too-large", "DOSSIER_MAX_BYTES"),
    (lambda: SMALL.check_pages(4), "too-many-pages", "DOSSIER_MAX_PAGES"),
    (lambda: SMALL.check_pixels(101, 100), "too-many-pixels", "DOSSIER_MAX_PIXELS"),
    (lambda: SMALL.check_characters(501), "too-much-text", "DOSSIER_MAX_CHARACTERS"),
    (lambda: _raise(SMALL.too_slow_a_page(7)), "too-slow", "DOSSIER_MAX_SECONDS"),
    (lambda: _time(20), "file-too-slow", "DOSSIER_MAX_FILE_SECONDS"),
    (lambda: _raise(too_much_memory()), "too-much-memory", "DOSSIER_MAX_MEMORY_MB"),
    (lambda: _raise(reader_died(7)), "reader-died", "DOSSIER_MAX_MEMORY_MB"),
]


@pytest.mark.parametrize("check", WITHIN)
def test_what_just_reaches_a_bound_is_taken(check: Callable[[], None]) -> None:
    check()


@pytest.mark.parametrize(("check", "code", "setting"), BEYOND, ids=[row[1] for row in BEYOND])
def test_what_is_beyond_a_bound_is_refused_with_its_code(
    check: Callable[[], None], code: str, setting: str
) -> None:
    with pytest.raises(Refused) as refusal:
        check()
    assert refusal.value.code == code


@pytest.mark.parametrize(("check", "code", "setting"), BEYOND, ids=[row[1] for row in BEYOND])
def test_a_refusal_for_a_bound_names_the_setting_in_both_languages(
    check: Callable[[], None], code: str, setting: str
) -> None:
    with pytest.raises(Refused) as refusal:
        check()
    assert setting in refusal.value.zh
    assert setting in refusal.value.en


@pytest.mark.parametrize(("spent", "left"), [(0.0, 5), (14.0, 5), (16.0, 4.0), (19.5, 0.5)])
def test_a_page_may_take_its_own_time_or_what_is_left_of_the_files(spent: float, left: float) -> None:
    assert SMALL.time_for_page(spent) == left


def test_a_file_without_a_page_is_refused_as_empty() -> None:
    with pytest.raises(Refused) as refusal:
        SMALL.check_pages(0)
    assert refusal.value.code == "empty"


def test_the_bounds_unless_told_otherwise_take_an_a0_drawing_at_200_dpi() -> None:
    Bounds().check_pixels(6_623, 9_362)
