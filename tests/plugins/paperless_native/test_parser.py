"""The parser in the hands of paperless' registry and consumer."""

from __future__ import annotations

import inspect
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pikepdf import Pdf
from PIL import Image

from plugins.paperless_native import parser as module
from plugins.paperless_native.brought_along import Brought, put
from plugins.paperless_native.calling import Order, Reading, ReadingFailed
from plugins.paperless_native.parser import DossierParser
from tests.consumers.searchable.made import line, page, paper, write
from tests.plugins.paperless_native.server_double import BuiltIn, ParseError, Server

PDF = "application/pdf"
PROTOCOL = {
    "supported_mime_types": [],
    "score": ["mime_type", "filename", "path"],
    "configure": ["context"],
    "parse": ["document_path", "mime_type", "produce_archive"],
    "get_text": [],
    "get_date": [],
    "get_archive_path": [],
    "get_thumbnail": ["document_path", "mime_type"],
    "get_page_count": ["document_path", "mime_type"],
    "extract_metadata": ["document_path", "mime_type"],
    "__enter__": [],
    "__exit__": None,
}
"""What v3.0.5 calls on a parser, and with which names; None: by position only."""
HEAVY = (
    "numpy",
    "cv2",
    "PIL",
    "pikepdf",
    "pypdfium2",
    "rapidocr",
    "openvino",
    "pdfplumber",
    "pebble",
    "pydantic",
)

Reads = Callable[..., list[Order]]


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch, server: Server) -> Reads:
    """Let the reading give back that text, or fail with that reason; the list fills with what was ordered."""

    def set_up(text: str = "", *, fails: Exception | None = None, thumbnail: bool = True) -> list[Order]:
        ordered: list[Order] = []

        def read(order: Order) -> Reading:
            ordered.append(order)
            if fails is not None:
                raise fails
            archive = None if order.archive == "no" else order.folder / "archive.pdf"
            drawn = order.folder / "thumbnail.webp" if thumbnail else None
            return Reading(text, text.count("\f") + 1, "rapid", 1.0, archive, drawn, ("page 1: unsure",), ())

        def draw(order: Order) -> Path:
            if fails is not None:
                raise fails
            return order.folder / "thumbnail.webp"

        monkeypatch.setattr(module, "read", read)
        monkeypatch.setattr(module, "thumbnail", draw)
        return ordered

    return set_up


@pytest.mark.parametrize("name", PROTOCOL)
def test_the_parser_has_what_the_server_calls(name: str) -> None:
    words = PROTOCOL[name]
    called = getattr(DossierParser, name)
    told = [word for word in inspect.signature(called).parameters if word != "self"]
    assert words is None or told == words


def test_the_registry_finds_who_we_are_on_the_class_itself() -> None:
    told = [getattr(DossierParser, name) for name in ("name", "version", "author", "url")]
    assert all(isinstance(word, str) and word for word in told)


def test_loading_the_parser_loads_nothing_heavy_and_nothing_of_the_server() -> None:
    names = (*HEAVY, "django", "documents", "paperless")
    check = f"import sys, plugins.paperless_native.parser; print([n for n in {names!r} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_parser_wants_what_it_reads_more_than_paperless_own_parsers_do() -> None:
    scores = {mime: DossierParser.score(mime, "", None) for mime in DossierParser.supported_mime_types()}
    assert set(scores.values()) == {30}
    assert DossierParser.score("image/gif", "a.gif", None) is None


def test_the_endings_are_those_that_paperless_gives_its_files() -> None:
    assert DossierParser.supported_mime_types() == {
        "application/pdf": ".pdf",
        "image/bmp": ".bmp",
        "image/jpeg": ".jpg",
        "image/png": ".png",
        "image/tiff": ".tif",
        "image/webp": ".webp",
    }


def test_where_nothing_can_be_read_nobody_asks_the_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOSSIER_NATIVE_PYTHON", "/nowhere/python")
    assert DossierParser.score(PDF, "a.pdf", None) is None


def test_what_was_read_is_given_to_the_server(reads: Reads) -> None:
    reads("第一页\f第二页")
    with DossierParser() as parser:
        parser.configure("context")
        parser.parse(Path("a.pdf"), PDF, produce_archive=True)
        thumbnail, archive = parser.get_thumbnail(Path("a.pdf"), PDF), parser.get_archive_path()
        assert archive is not None
        assert (thumbnail.name, archive.name) == ("thumbnail.webp", "archive.pdf")
        assert (parser.get_text(), parser.get_page_count(Path("a.pdf"), PDF)) == ("第一页\f第二页", 2)
        # None: the date parser asks the text, and the file's name where that is wanted.
        assert parser.get_date() is None
    assert BuiltIn.asked == []


def test_the_scratch_folder_goes_with_the_parser(reads: Reads, server: Server) -> None:
    reads("text")
    with DossierParser() as parser:
        parser.parse(Path("a.pdf"), PDF)
        assert len(list(server.settings.SCRATCH_DIR.iterdir())) == 1
    assert list(server.settings.SCRATCH_DIR.iterdir()) == []


@pytest.mark.parametrize("failure", [ReadingFailed("encrypted: no"), RuntimeError("unforeseen")])
def test_what_we_can_not_read_paperless_reads_as_if_we_were_not_there(
    reads: Reads, failure: Exception
) -> None:
    reads(fails=failure)
    with DossierParser() as parser:
        parser.configure("context")
        parser.parse(Path("a.pdf"), PDF, produce_archive=True)
        assert parser.get_text() == "paperless' own text"
        assert parser.get_archive_path() == Path("theirs.pdf")
        assert parser.get_thumbnail(Path("a.pdf"), PDF) == Path("theirs.webp")
        assert parser.get_page_count(Path("a.pdf"), PDF) == 77
    assert BuiltIn.asked == ["enter", "configure context", "parse a.pdf application/pdf archive=True", "exit"]


def test_a_document_fails_only_where_paperless_own_parser_fails_too(
    reads: Reads, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads(fails=ReadingFailed("damaged: no"))
    monkeypatch.setattr(BuiltIn, "fails", True)
    with pytest.raises(ParseError, match="InputFileError"), DossierParser() as parser:
        parser.parse(Path("a.pdf"), PDF)
    assert BuiltIn.asked[-1] == "exit"


def test_the_parser_that_takes_over_is_the_one_that_would_have_had_the_file(
    reads: Reads, server: Server
) -> None:
    reads(fails=ReadingFailed("no"))

    class Remote(BuiltIn):
        rank = 20

        def get_text(self) -> str:
            return "read elsewhere"

    server.registry.parsers = [DossierParser, BuiltIn, Remote]
    with DossierParser() as parser:
        parser.parse(Path("a.pdf"), PDF)
        assert parser.get_text() == "read elsewhere"


def test_where_nobody_else_takes_the_file_the_server_is_told(reads: Reads, server: Server) -> None:
    reads(fails=ReadingFailed("no"))
    server.registry.parsers = [DossierParser]
    with pytest.raises(ParseError, match="no other parser takes application/pdf"), DossierParser() as parser:
        parser.parse(Path("a.pdf"), PDF)


def test_with_ocr_switched_off_in_the_server_nothing_is_read(reads: Reads, server: Server) -> None:
    ordered = reads("text")
    server.config.mode = "off"
    with DossierParser() as parser:
        parser.parse(Path("a.pdf"), PDF, produce_archive=False)
        assert parser.get_text() == "paperless' own text"
    assert (ordered, BuiltIn.asked[1]) == ([], "parse a.pdf application/pdf archive=False")


@pytest.mark.parametrize(
    ("produce", "generation", "ordered"),
    [
        (True, "auto", "yes"),
        (True, "always", "yes"),
        # Born digital to paperless; if a page of it is a picture, we know better.
        (False, "auto", "recognised"),
        (False, "never", "no"),
    ],
)
def test_an_archive_is_made_when_the_server_asks_or_a_page_was_recognised(
    reads: Reads, server: Server, produce: bool, generation: str, ordered: str
) -> None:
    orders = reads("text")
    server.config.archive_file_generation = generation
    with DossierParser() as parser:
        parser.parse(Path("a.pdf"), PDF, produce_archive=produce)
    assert orders[0].archive == ordered


def test_the_order_follows_what_the_administrator_set(reads: Reads, server: Server) -> None:
    orders = reads("text")
    server.config.mode, server.config.output_type = "force", "pdf"
    server.settings.THREADS_PER_WORKER, server.settings.CELERY_TASK_TIME_LIMIT = "3", 1000
    with DossierParser() as parser:
        parser.parse(Path("a.pdf"), PDF)
    (order,) = orders
    assert (order.recognise, order.archival, order.workers, order.seconds) == (True, False, 3, 500.0)


def test_a_missing_thumbnail_is_paperless_own_and_the_text_stays_ours(reads: Reads) -> None:
    reads("unser Text", thumbnail=False)
    with DossierParser() as parser:
        parser.parse(Path("a.pdf"), PDF)
        assert parser.get_thumbnail(Path("a.pdf"), PDF) == Path("theirs.webp")
        assert parser.get_text() == "unser Text"
        assert parser.get_page_count(Path("a.pdf"), PDF) == 1


def test_a_thumbnail_can_be_asked_for_without_reading(reads: Reads) -> None:
    reads("text")
    with DossierParser() as parser:
        assert parser.get_thumbnail(Path("a.pdf"), PDF).name == "thumbnail.webp"
    assert BuiltIn.asked == []


def test_pages_of_a_pdf_are_counted_without_reading(reads: Reads) -> None:
    reads("text")
    with DossierParser() as parser:
        assert parser.get_page_count(Path("a.pdf"), PDF) == 5
        assert parser.get_page_count(Path("a.png"), "image/png") is None


def test_metadata_of_a_pdf_are_those_that_paperless_shows(server: Server, tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-")
    with DossierParser() as parser:
        assert [row["key"] for row in parser.extract_metadata(tmp_path / "broken.pdf", PDF)] == ["title"]
        assert parser.extract_metadata(tmp_path / "broken.pdf", "image/png") == []


@pytest.fixture
def upload(tmp_path: Path) -> Path:
    """A PDF as `dossier` uploads it."""
    archive, _ = write(paper(tmp_path), page(line("商品房买卖合同", 0.2)))
    with Pdf.open(archive) as pdf:
        put(pdf, Brought(("商品房\x00买卖合同",), date(2024, 3, 1)))
        pdf.save(tmp_path / "upload.pdf")
    return tmp_path / "upload.pdf"


def test_of_an_upload_of_ours_nothing_is_read_nor_drawn_again(reads: Reads, upload: Path) -> None:
    ordered = reads("read again")
    with DossierParser() as parser:
        parser.parse(upload, PDF, produce_archive=False)
        assert (parser.get_text(), parser.get_page_count(upload, PDF)) == ("商品房买卖合同", 1)
        day = parser.get_date()
        assert day is not None
        assert day.date() == date(2024, 3, 1)
        assert parser.get_archive_path() is None
        with Image.open(parser.get_thumbnail(upload, PDF)) as thumbnail:
            assert (thumbnail.format, thumbnail.size) == ("WEBP", (500, 707))
    assert (ordered, BuiltIn.asked) == ([], [])


def test_it_is_read_where_an_archive_is_wanted_or_the_picture_alone_counts(
    reads: Reads, server: Server, upload: Path
) -> None:
    ordered = reads("read again")
    for mode, produce in (("auto", True), ("force", False)):
        server.config.mode = mode
        with DossierParser() as parser:
            parser.parse(upload, PDF, produce_archive=produce)
            assert parser.get_text() == "read again"
            assert parser.get_date() is None
    assert len(ordered) == 2


def test_what_somebody_has_changed_since_is_read(reads: Reads, upload: Path, tmp_path: Path) -> None:
    reads("read again")
    with Pdf.open(upload) as pdf:
        pdf.add_blank_page()
        pdf.save(tmp_path / "changed.pdf")
    with DossierParser() as parser:
        parser.parse(tmp_path / "changed.pdf", PDF, produce_archive=False)
        assert parser.get_text() == "read again"


def test_its_thumbnail_is_made_anew_without_reading(reads: Reads, upload: Path) -> None:
    reads(fails=ReadingFailed("no"))
    with DossierParser() as parser:
        assert parser.get_thumbnail(upload, PDF).is_file()
    assert BuiltIn.asked == []


def test_where_nothing_can_be_read_uploads_of_ours_are_still_taken(
    monkeypatch: pytest.MonkeyPatch, upload: Path, tmp_path: Path
) -> None:
    monkeypatch.setenv("DOSSIER_NATIVE_PYTHON", "/nowhere/python")
    assert DossierParser.score(PDF, upload.name, upload) == 30
    (tmp_path / "other.pdf").write_bytes(b"%PDF-1.7")
    assert DossierParser.score(PDF, "other.pdf", tmp_path / "other.pdf") is None
    assert DossierParser.score("image/png", upload.name, upload) is None
