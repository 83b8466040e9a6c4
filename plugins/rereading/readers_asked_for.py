"""What the settings ask of reading: which readers, in which order, and within which bounds.

Apart from `wiring`, because reading needs neither the archive's tables nor its database.
"""

from __future__ import annotations

from consumers.bounds import Bounds
from consumers.errors import ReaderUnavailable
from consumers.reading import check_readers, default_readers
from plugins.errors import BadSetting, BadWord
from plugins.settings import Settings, variable_of


def readers_of(settings: Settings, name: str = "") -> tuple[str, ...]:
    """The readers to use, in order; raises BadSetting, or BadWord for a `name` that is told.

    The setting chooses the OCR and leaves text layers to their own reader; a `name` told on the
    command line is the one reader that reads, whatever the page brings along.
    """
    wanted = name or settings.reader
    try:
        if wanted == "auto":
            return default_readers()
        check_readers((wanted,))
    except ReaderUnavailable as error:
        if name:
            raise BadWord(f"--reader: {error}") from error
        raise BadSetting(f"{variable_of('reader')}: {error}") from error
    return ("text-layer", wanted) if wanted in ("rapid", "tesseract") and not name else (wanted,)


def bounds_of(settings: Settings) -> Bounds:
    """The limits for files, from the settings."""
    return Bounds(
        bytes=settings.max_bytes,
        pages=settings.max_pages,
        pixels=settings.max_pixels,
        seconds=settings.max_seconds,
        file_seconds=settings.max_file_seconds,
        memory_mb=settings.max_memory_mb,
        characters=settings.max_characters,
    )
