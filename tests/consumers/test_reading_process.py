from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

from consumers import reading, reading_process
from consumers.bounds import Bounds
from consumers.errors import ReaderFailed, Refused
from consumers.media import PDF
from consumers.transcript import Line, Page
from tests.conftest import SAMPLES
from tests.consumers.made import pdf_of_pages


class Unportable(Exception):
    """As many libraries have: it pickles, and fails when it is unpickled."""

    def __init__(self, code: int, *, words: str) -> None:
        super().__init__(words)
        self.code = code


WANT = [
    MemoryError(),
    OSError(12, "Cannot allocate memory"),
    RuntimeError("bad allocation"),
    RuntimeError("Exception from src/plugin.cpp: std::bad_alloc"),
    cv2.error("OpenCV(4.12.0) alloc.cpp:73: error: (-4:Insufficient memory) Failed to allocate 9 bytes"),
]
PASSED_ON = [FileNotFoundError(2, "No such file"), ValueError("odd"), KeyError("absent")]
CHANGED = [Unportable(7, words="odd"), TimeoutError("the share does not answer")]


def _read(monkeypatch: pytest.MonkeyPatch, error: Exception) -> BaseException:
    """What comes out of the process where reading a page ends in that error."""

    def fails(*told: object) -> None:
        raise error

    monkeypatch.setattr(reading, "read_page", fails)
    with pytest.raises(Exception) as raised:  # noqa: PT011 - which one it is, is what is asked
        reading_process.read(Path("x.pdf"), PDF, 1, ("blank",), Bounds())
    return raised.value


def _under_limits(program: str, *told: str) -> str:
    """What a fresh process says that has put itself under its limits, with 512 MB, and runs the program."""
    begin = "from consumers import reading_process; reading_process.begin(512)\n"
    done = subprocess.run(
        [sys.executable, "-c", begin + program, *told],
        capture_output=True,
        text=True,
        check=True,
        cwd=SAMPLES.parent,
    )
    return done.stdout.strip()


def test_a_page_that_was_read_comes_out_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "one.pdf"
    path.write_bytes(pdf_of_pages(1))
    count, page, _ = reading_process.read(path, PDF, 1, ("blank",), Bounds())
    assert (count, page.number) == (1, 1)


@pytest.mark.parametrize("error", WANT, ids=repr)
def test_want_of_memory_is_a_refusal_that_names_the_setting(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    refusal = _read(monkeypatch, error)
    assert isinstance(refusal, Refused)
    assert refusal.code == "too-much-memory"
    assert "DOSSIER_MAX_MEMORY_MB" in refusal.zh
    assert "DOSSIER_MAX_MEMORY_MB" in refusal.en


@pytest.mark.parametrize("error", PASSED_ON, ids=repr)
def test_an_error_that_can_travel_is_passed_on(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    assert _read(monkeypatch, error) is error


@pytest.mark.parametrize("error", CHANGED, ids=repr)
def test_an_error_that_can_not_travel_or_would_be_taken_for_another_tells_its_name_and_words(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    failed = pickle.loads(pickle.dumps(_read(monkeypatch, error)))
    assert isinstance(failed, ReaderFailed)
    assert str(failed) == f"{type(error).__name__}: {error}"


@pytest.mark.process
@pytest.mark.skipif(sys.platform != "linux", reason="other systems count less than Linux does")
def test_a_process_under_its_limits_can_not_take_more_memory() -> None:
    program = "try: bytearray(600 << 20)\nexcept MemoryError: print('kept')\n"
    assert _under_limits(program) == "kept"


@pytest.mark.process
@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep no such score")
def test_the_system_ends_a_reading_process_before_others_when_memory_runs_out() -> None:
    assert _under_limits("print(open('/proc/self/oom_score_adj').read())") == "500"


@pytest.mark.process
def test_a_process_that_crashes_leaves_no_core_file() -> None:
    assert _under_limits("import resource; print(resource.getrlimit(resource.RLIMIT_CORE))") == "(0, 0)"


@pytest.mark.process
def test_a_picture_that_does_not_fit_into_the_memory_is_refused(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from consumers.bounds import Bounds; from consumers.errors import Refused\n"
        "try: reading_process.count(Path(sys.argv[1]), 'image/png', Bounds())\n"
        "except Refused as refusal: print(refusal.code)\n"
    )
    cv2.imwrite(str(tmp_path / "wide.png"), np.zeros((9_900, 9_900), np.uint8))
    assert _under_limits(program, str(tmp_path / "wide.png")) == "too-much-memory"


def test_a_page_with_more_text_than_a_file_may_have_is_refused_where_it_was_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = Page(1, (Line("字" * 6), Line("字" * 5)), "text-layer", "text-layer")
    monkeypatch.setattr(reading, "read_page", lambda *told: (1, page, 0.0))
    with pytest.raises(Refused, match="too-much-text"):
        reading_process.read(Path("x.pdf"), PDF, 1, ("text-layer",), Bounds(characters=10))
