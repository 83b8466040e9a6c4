from __future__ import annotations

from collections.abc import Callable

import pytest

from consumers.bounds import Bounds
from consumers.errors import Refused

SMALL = Bounds(bytes=1_000, pages=3, pixels=10_000, seconds=5)

WITHIN: list[Callable[[], None]] = [
    lambda: SMALL.check_bytes(1_000),
    lambda: SMALL.check_pages(3),
    lambda: SMALL.check_pages(1),
    lambda: SMALL.check_pixels(100, 100),
]

BEYOND: list[tuple[Callable[[], None], str, str]] = [
    (lambda: SMALL.check_bytes(1_001), "too-large", "DOSSIER_MAX_BYTES"),
    (lambda: SMALL.check_pages(4), "too-many-pages", "DOSSIER_MAX_PAGES"),
    (lambda: SMALL.check_pixels(101, 100), "too-many-pixels", "DOSSIER_MAX_PIXELS"),
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


def test_a_file_without_a_page_is_refused_as_empty() -> None:
    with pytest.raises(Refused) as refusal:
        SMALL.check_pages(0)
    assert refusal.value.code == "empty"


def test_the_bounds_unless_told_otherwise_take_an_a0_drawing_at_200_dpi() -> None:
    Bounds().check_pixels(6_623, 9_362)
