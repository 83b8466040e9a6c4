"""The samples are complete, open as their rows say, carry valid numbers and are drawn alike each time."""

from __future__ import annotations

import csv
import hashlib
import re
import zipfile
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pdfplumber
import pytest
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException
from PIL import Image, ImageSequence

from samples import draw, faces
from samples.markup import Grid, Line, Run
from samples.papers import CATEGORIES, Paper, Person, papers, people

SAMPLES = Path(draw.__file__).parent
TEXTS = sorted((SAMPLES / "texts").glob("*.toml"))


def _truth() -> list[dict[str, str]]:
    with (SAMPLES / "truth.csv").open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


ROWS = _truth()
GOOD = [row for row in ROWS if row["expect"] == "opens"]
BAD = {row["expect"]: SAMPLES / row["file"] for row in ROWS if row["expect"] != "opens"}
BORN = [row["file"] for row in GOOD if row["look"].startswith(("born", "mixed"))]


def _pages(path: Path) -> int:
    """How many pages could be decoded to pixels."""
    if path.suffix == ".pdf":
        with pdfplumber.open(path) as document:
            return len([page.to_image(resolution=36) for page in document.pages])
    with Image.open(path) as picture:
        return len([frame.convert("L") for frame in ImageSequence.Iterator(picture)])


def _check_digit(number: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], weights, strict=True))
    return "10X98765432"[total % 11]


def _runs(paper: Paper) -> list[Run]:
    found: list[Run] = []
    for block in (block for page in paper.pages for block in page):
        if isinstance(block, Line):
            found.extend(block.runs)
        elif isinstance(block, Grid):
            found.extend(run for row in block.rows for cell in row for run in cell)
    return found


def test_every_file_of_the_truth_is_there_and_no_other() -> None:
    there = {
        str(path.relative_to(SAMPLES)) for folder in ("scans", "bad") for path in (SAMPLES / folder).iterdir()
    }
    assert there == {row["file"] for row in ROWS}


def test_the_truth_is_what_the_plan_would_write() -> None:
    assert [draw.truth(shot) for shot in draw.plan().values()] == ROWS


def test_every_paper_is_drawn() -> None:
    assert papers().keys() == {shot.paper for shot in draw.plan().values() if shot.paper}


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_category_has_enough_samples_of_different_kinds(category: str) -> None:
    kinds = [row["kind"] for row in GOOD if row["category"] == category]
    assert len(kinds) >= (4 if category == "other" else 6)
    assert len(set(kinds)) >= len(kinds) - 2


def test_at_least_six_homes_have_papers_of_several_categories() -> None:
    homes = defaultdict(set)
    for row in GOOD:
        if row["project_unit"]:
            homes[row["project_unit"]].add(row["category"])
    assert len([home for home, categories in homes.items() if len(categories) >= 2]) >= 6


def test_the_papers_are_spread_from_2009_to_2026() -> None:
    years = sorted({int(row["date"][:4]) for row in GOOD})
    assert (years[0], years[-1]) == (2009, 2026)
    assert all(later - earlier <= 2 for earlier, later in pairwise(years))


def test_the_samples_stay_small() -> None:
    sizes = {row["file"]: (SAMPLES / row["file"]).stat().st_size for row in ROWS}
    assert [file for file, size in sizes.items() if size > 600_000] == []
    assert sum(sizes.values()) < 12_000_000


@pytest.mark.parametrize("row", GOOD, ids=lambda row: row["file"])
def test_a_good_file_opens_with_all_its_pages(row: dict[str, str]) -> None:
    paper = papers()[draw.plan()[row["file"]].paper]
    assert _pages(SAMPLES / row["file"]) == len(paper.pages)


@pytest.mark.parametrize("file", BORN)
def test_a_born_digital_page_carries_its_text(file: str) -> None:
    paper = papers()[draw.plan()[file].paper]
    with pdfplumber.open(SAMPLES / file) as document:
        text = re.sub(r"\s", "", "".join(page.extract_text() for page in document.pages))
    assert [key for key in paper.keys if key not in text] == []


def test_the_mixed_pdf_has_text_on_its_first_page_only() -> None:
    (mixed,) = (row["file"] for row in GOOD if row["look"].startswith("mixed"))
    with pdfplumber.open(SAMPLES / mixed) as document:
        assert [bool(page.extract_text().strip()) for page in document.pages] == [True, False]


def test_the_empty_file_has_no_byte() -> None:
    assert BAD["empty"].read_bytes() == b""


def test_the_truncated_picture_breaks_off() -> None:
    with Image.open(BAD["truncated"]) as picture, pytest.raises(OSError, match="truncated"):
        picture.load()


def test_the_encrypted_pdf_opens_with_its_password_only() -> None:
    with pytest.raises(PdfminerException) as refusal:
        pdfplumber.open(BAD["encrypted"])
    assert isinstance(refusal.value.args[0], PDFPasswordIncorrect)
    with pdfplumber.open(BAD["encrypted"], password="dossier-2026") as document:
        assert len(document.pages) == 1


def test_the_pdf_that_is_none_is_a_zip() -> None:
    assert zipfile.is_zipfile(BAD["not-a-pdf"])
    with pytest.raises(PdfminerException):
        pdfplumber.open(BAD["not-a-pdf"])


def test_the_duplicate_has_the_bytes_of_one_of_the_scans() -> None:
    wanted = hashlib.sha256(BAD["duplicate"].read_bytes()).digest()
    same = [row for row in GOOD if hashlib.sha256((SAMPLES / row["file"]).read_bytes()).digest() == wanted]
    assert len(same) == 1


def test_the_secret_page_opens_and_bears_its_mark() -> None:
    assert _pages(BAD["state-secret"]) == 1
    assert any("绝密★10年" in run.text for run in _runs(papers()["secret"]))


@pytest.mark.parametrize("person", people().values(), ids=lambda person: person.name)
def test_an_id_number_has_a_valid_check_digit(person: Person) -> None:
    assert person.id[17] == _check_digit(person.id)


def test_every_valid_id_number_in_a_text_is_one_of_our_people() -> None:
    texts = "".join(path.read_text("utf-8") for path in TEXTS)
    shaped = set(re.findall(r"(?<!\d)\d{6}(?:19|20)\d{9}[\dX](?!\d)", texts))
    # The filing number of a contract has the shape of an ID number too, on purpose: its check digit is wrong.
    assert {number for number in shaped if number[17] == _check_digit(number)} == {
        person.id for person in people().values()
    }


@pytest.mark.parametrize("paper", papers().values(), ids=lambda paper: paper.id)
def test_every_character_has_a_glyph_in_its_face(paper: Paper) -> None:
    missing = set()
    for run in _runs(paper):
        font = faces.font("hand" if run.look == "hand" else paper.layout.face, 24)
        blank = bytes(font.getmask("\uffff"))
        missing |= {
            char for char in run.text if char not in "☑ \u3000" and bytes(font.getmask(char)) == blank
        }
    assert missing == set()


@pytest.mark.parametrize("file", ["scans/20190628.bmp", "scans/FAX_120721_1105.tif", "scans/IMG_2041.jpg"])
def test_drawing_one_sample_twice_gives_the_same_pixels(file: str) -> None:
    shot = draw.plan()[file]
    first, second = draw.pictures(shot), draw.pictures(shot)
    assert [page.tobytes() for page in first] == [page.tobytes() for page in second]


@pytest.mark.parametrize("file", ["scans/FAX_120721_1105.tif", *BORN[:1], *BORN[-1:]])
def test_making_one_sample_twice_gives_the_same_bytes(file: str, tmp_path: Path) -> None:
    draw.make(draw.plan()[file], tmp_path / "first")
    draw.make(draw.plan()[file], tmp_path / "second")
    assert (tmp_path / "first" / file).read_bytes() == (tmp_path / "second" / file).read_bytes()
