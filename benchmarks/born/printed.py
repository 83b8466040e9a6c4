"""A paper printed by the programs that offices use, where they are installed."""

from __future__ import annotations

import random
import shutil
import subprocess
from pathlib import Path

from benchmarks.born.paper import Paper, entries, prose

_STYLE = (
    "body{font:10.5pt 'AR PL SungtiL GB','WenQuanYi Zen Hei','Noto Serif CJK SC',serif}"
    "table{border-collapse:collapse;width:100%}td{border:1px solid #000;padding:4px}"
)


def papers(folder: Path) -> list[Paper]:
    """The page as each program prints it; none where no program is installed."""
    html, text = _page()
    source = folder / "printed.html"
    source.write_text(html, encoding="utf-8")
    made = []
    for name, target in (("Chromium", _chromium(source)), ("LibreOffice", _libreoffice(source))):
        if target is not None and target.exists():
            made.append(Paper(f"printed by {name}", target, text))
    return made


def _page() -> tuple[str, str]:
    rng = random.Random(11)  # noqa: S311 - seeded on purpose
    some, text, notes = entries(rng, 12), prose(rng, 300), prose(rng, 200)
    pairs = list(zip(some[::2], some[1::2], strict=True))
    rows = "".join("<tr>" + "".join(f"<td>{a}</td><td>{b}</td>" for a, b in pair) + "</tr>" for pair in pairs)
    body = f"<h2>选房确认单</h2><p>{text}</p><table>{rows}</table><p>{notes}</p>"
    html = f"<html><head><meta charset='utf-8'><style>{_STYLE}</style></head><body>{body}</body></html>"
    return html, "选房确认单" + text + "".join(a + b for a, b in some) + notes


def _chromium(source: Path) -> Path | None:
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        return None
    target = source.with_name("chromium.pdf")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    _run([program, *flags, f"--print-to-pdf={target}", source.as_uri()])
    return target


def _libreoffice(source: Path) -> Path | None:
    program = shutil.which("soffice")
    if program is None:
        return None
    folder = source.with_name("libreoffice")
    _run(
        [
            program,
            "--headless",
            "--convert-to",
            "pdf:writer_web_pdf_Export",
            "--outdir",
            str(folder),
            str(source),
        ]
    )
    return folder / "printed.pdf"


def _run(command: list[str]) -> None:
    subprocess.run(command, check=False, capture_output=True, timeout=120)
