"""Files that were spoilt at random, and those that once brought a fault to light."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from consumers.media import media_type_of
from tests.consumers import bombs
from tests.consumers.fuzzing import ReadingChild, outcome, soak
from tests.consumers.spoiling import good_files, spoilt

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "600"))


@pytest.mark.parametrize(("name", "content"), good_files(), ids=[name for name, _ in good_files()])
def test_what_is_spoilt_here_is_read_or_refused_as_it_is(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / "good"
    path.write_bytes(content)
    assert media_type_of(path)
    assert outcome(path) in {"read", "damaged"}


def test_a_good_file_of_each_kind_is_read(tmp_path: Path) -> None:
    path, read = tmp_path / "good", []
    for name, content in good_files():
        path.write_bytes(content)
        if outcome(path) == "read":
            read.append(name)
    assert len(read) > 0.9 * len(good_files())


@pytest.fixture(scope="module")
def child() -> Iterator[ReadingChild]:
    """A child process under its limits: among spoilt PDFs there are some of a kB that would take all memory."""
    with ReadingChild() as child:
        yield child


@pytest.mark.process
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=True,
    # A file that ends in a fault is small enough as it is; making it smaller takes minutes.
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(content=spoilt())
def test_a_spoilt_file_is_read_or_refused_or_costs_a_child_and_nothing_else_happens(
    child: ReadingChild, tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "spoilt"
    path.write_bytes(content)
    assert not child.end_of(path).startswith("FAULT")


FOUND: list[tuple[str, bytes]] = [
    (
        "a page whose box holds a name instead of a number",
        bombs.ruled(12).replace(b"/MediaBox[0 0 200 100]", b"/MediaBox[0 0 200/x 100]"),
    ),
]
"""What the long run (`./run soak`) brought to light: each raised something else than a refusal once."""


@pytest.mark.parametrize(("name", "content"), FOUND, ids=[name for name, _ in FOUND])
def test_what_once_raised_a_fault_is_read_or_refused(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / "found"
    path.write_bytes(content)
    assert outcome(path)


@pytest.mark.process
def test_the_long_run_counts_how_files_end(tmp_path: Path) -> None:
    counts = soak(3.0, 1, tmp_path)
    assert counts["damaged"] > 0
    assert [what for what in counts if what.startswith("FAULT")] == []
