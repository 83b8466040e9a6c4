"""Our plugin inside a real paperless-ngx: run where PAPERLESS_NATIVE=1 says that it is installed there. See README.md here."""

from __future__ import annotations

import hashlib
import io
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import requests
from PIL import Image

from plugins.paperless_native.metadata import of_our_layer
from tests.live import server

pytestmark = pytest.mark.skipif(
    os.environ.get("PAPERLESS_NATIVE") != "1",
    reason="say by PAPERLESS_NATIVE=1 that the server has our plugin; see tests/live/README.md",
)

SAMPLES = Path(__file__).parents[2] / "samples"
SCANS = SAMPLES / "scans"
BORN = SCANS / "YL20200530-0063.pdf"
AGREEMENT = SCANS / "SCAN_20211221_0001.pdf"
TURNED = SCANS / "SCAN_20201120_0007.jpg"
_PATIENCE = 300.0


@dataclass(frozen=True)
class Person:
    """Somebody who uploads in the web interface."""

    token: str

    def get(self, path: str, **asked: str) -> requests.Response:
        headers = {"Authorization": f"Token {self.token}", "Accept": "application/json; version=10"}
        answer = requests.get(f"{server.url()}/api/{path}", asked, headers=headers, timeout=60)
        answer.raise_for_status()
        return answer

    def upload(self, name: str, content: bytes) -> dict[str, Any]:
        """The task, once it has come to its end."""
        answer = requests.post(
            f"{server.url()}/api/documents/post_document/",
            headers={"Authorization": f"Token {self.token}"},
            files={"document": (name, content)},
            timeout=60,
        )
        answer.raise_for_status()
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            (task,) = self.get("tasks/", task_id=answer.json()).json()["results"]
            if task["status"] in ("success", "failure"):
                ended: dict[str, Any] = task
                return ended
            time.sleep(0.2)
        raise AssertionError(f"{name} has not come to its end in {_PATIENCE} seconds")

    def document(self, name: str, content: bytes) -> dict[str, Any]:
        """What the server made of a file."""
        task = self.upload(name, content)
        assert task["status"] == "success", task["result_data"]
        found: dict[str, Any] = self.get(f"documents/{task['result_data']['document_id']}/").json()
        return found

    def archive(self, number: int, folder: Path) -> Path:
        """Its archive version, in a file."""
        file = folder / "archive.pdf"
        file.write_bytes(self.get(f"documents/{number}/download/").content)
        return file


@pytest.fixture
def person(token: str) -> Person:
    return Person(token)


def test_a_scan_is_read_by_us_and_kept_as_it_came(person: Person, tmp_path: Path) -> None:
    before = AGREEMENT.read_bytes()
    document = person.document(AGREEMENT.name, before)
    number = document["id"]
    assert "乙方（买受人）：周敏慧" in document["content"]
    assert (document["created"], document["page_count"]) == ("2021-12-20", 1)
    original = person.get(f"documents/{number}/download/", original="true").content
    assert hashlib.sha256(original).digest() == hashlib.sha256(before).digest()
    assert of_our_layer(person.archive(number, tmp_path))[0]["value"] == "1"
    told = person.get(f"documents/{number}/metadata/").json()
    assert "RecognisedPages" in [row["key"] for row in told["archive_metadata"]]
    with Image.open(io.BytesIO(person.get(f"documents/{number}/thumb/").content)) as thumbnail:
        assert (thumbnail.format, thumbnail.width) == ("WEBP", 500)


def test_a_picture_that_lies_on_its_side_stands_upright_in_the_archive(
    person: Person, tmp_path: Path
) -> None:
    document = person.document(TURNED.name, TURNED.read_bytes())
    assert "锦绣花园3栋2单元1201室" in document["content"]
    assert (document["created"], document["page_count"], document["mime_type"]) == (
        "2020-11-19",
        1,
        "image/jpeg",
    )
    with pikepdf.open(person.archive(document["id"], tmp_path)) as pdf:
        assert pdf.pages[0].obj.Rotate == 270
    with Image.open(io.BytesIO(person.get(f"documents/{document['id']}/thumb/").content)) as thumbnail:
        assert thumbnail.width > thumbnail.height


def test_the_scanned_page_of_a_mixed_pdf_is_read_too(person: Person, tmp_path: Path) -> None:
    with pikepdf.open(BORN) as born, pikepdf.open(AGREEMENT) as scan:
        born.pages.extend(scan.pages)
        born.save(tmp_path / "mixed.pdf")
    document = person.document("mixed.pdf", (tmp_path / "mixed.pdf").read_bytes())
    first, second = document["content"].split("\f")
    assert "开盘选房（认购）确认单" in first
    assert "补充协议" in second
    assert document["archived_file_name"]
    assert of_our_layer(person.archive(document["id"], tmp_path))[0]["value"] == "1"


def test_the_pages_of_a_tiff_are_counted(person: Person, tmp_path: Path) -> None:
    with Image.open(SCANS / "FAX_120721_1105.tif") as one, Image.open(SCANS / "20221128-01.tif") as other:
        one.save(tmp_path / "two.tif", save_all=True, append_images=[other], compression="group4")
    document = person.document("two.tif", (tmp_path / "two.tif").read_bytes())
    assert document["page_count"] == 2
    assert all(page.strip() for page in document["content"].split("\f"))


def test_an_encrypted_file_ends_as_it_does_without_us(person: Person) -> None:
    (locked,) = SAMPLES.glob("bad/*加密*.pdf")
    document = person.document(locked.name, locked.read_bytes())
    assert (document["content"], document["page_count"]) == ("", None)


def test_a_damaged_file_fails_as_it_does_without_us(person: Person) -> None:
    task = person.upload("cut.pdf", AGREEMENT.read_bytes()[:4000])
    assert task["status"] == "failure"
    assert "Error occurred while consuming document cut.pdf" in task["result_data"]["error_message"]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("签订日期：2023年8月15日", "2023-08-15"),
        ("二〇二三年八月十五日", "2023-08-15"),
        ("日期：2024.03.05", "2024-03-05"),
        ("Signed on 15.08.2023", "2023-08-15"),
    ],
)
def test_the_day_is_found_in_whatever_another_parser_reads(person: Person, words: str, day: str) -> None:
    document = person.document("a.txt", f"某公司与某人的协议\n{words}\n".encode())
    assert document["created"] == day
    assert day in person.get(f"documents/{document['id']}/suggestions/").json()["dates"]
