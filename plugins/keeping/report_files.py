"""Writing a report to files, one for each format that was asked for."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from pathlib import Path

from plugins.errors import BadWord
from plugins.wiring import Archive
from retention.errors import NoPdf
from retention.reports.report import Report
from retention.reports.writers import WRITERS

DEFAULT = ("html",)
"""What is written where nothing else is said."""


def formats_of(told: str, output: Path | None) -> tuple[str, ...]:
    """The formats that `told` lists, as in `html,pdf`; where it is empty that of the output's ending, of which none is HTML's.
    Raises BadWord."""
    wanted = tuple(dict.fromkeys(one.strip().lower() for one in told.split(",") if one.strip()))
    unknown = [one for one in wanted if one not in WRITERS]
    if unknown:
        raise BadWord(
            f"--format: 没有这种格式 there is no format {unknown[0]!r}; choose from {', '.join(WRITERS)}, as html,pdf"
        )
    ending = output.suffix.lower().lstrip(".") if output else ""
    if not wanted and ending and ending not in WRITERS:
        raise BadWord(
            f"--output: 不能写成 .{ending}：文件名须以 {'、'.join('.' + one for one in WRITERS)} 结尾，或用 --format 写明格式。No report is "
            f"written as .{ending}: choose a name that ends in {', '.join(WRITERS)}, or say the --format"
        )
    return wanted or ((ending,) if ending else DEFAULT)


def write(archive: Archive, report: Report, formats: Sequence[str], output: Path | None) -> tuple[Path, ...]:
    """Write the report; gives back where. Without `output` to the archive's reports; of several formats each gets its own
    ending. Raises BadWord where it can not be written, and NoPdf once the other formats are written."""
    place = output or archive.settings.home / "reports" / f"{report.name}.html"
    written, no_pdf = [], None
    for one in formats:
        path = place if output and len(formats) == 1 else place.with_suffix(f".{one}")
        try:
            content = WRITERS[one](report)
        except NoPdf as error:
            no_pdf = error
            continue
        _put(path, content)
        written.append(path)
    if no_pdf is not None:
        told = "、".join(str(path) for path in written)
        raise NoPdf(f"{no_pdf}。已写入 written: {told}" if told else str(no_pdf)) from no_pdf
    return tuple(written)


def _put(path: Path, content: bytes) -> None:
    """All of it or nothing: a report that was cut off looks like a report."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink()
        raise BadWord(
            f"--output: {path} 不能写入 can not be written: {error.strerror}; name another file"
        ) from error
