"""The project's pages, and what they say: commands, headings, links."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

ROOT = Path(__file__).parents[2]
README, README_ZH = ROOT / "README.md", ROOT / "README.zh-CN.md"
READMES = (README, README_ZH)
COMMANDS = (ROOT / "docs" / "commands.md", ROOT / "docs" / "commands.zh-CN.md")
JSON = (ROOT / "docs" / "json.md", ROOT / "docs" / "json.zh-CN.md")
PAGES = (
    *READMES,
    *(ROOT / name for name in ("CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")),
    *sorted((ROOT / "docs").glob("*.md")),
    ROOT / "deploy" / "README.md",
)

_FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
_CALL = re.compile(r"^ *(?:\$ )?(?:[A-Z_]+=\S+ )*(?:\.venv/bin/)?dossier ([^:\n].*)$", re.MULTILINE)
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def text_of(page: Path) -> str:
    """What the page says."""
    return page.read_text(encoding="utf-8")


def prose_of(page: Path) -> str:
    """What the page says outside of its fenced blocks."""
    return _FENCE.sub("", text_of(page))


def calls_in(page: Path) -> list[tuple[str, ...]]:
    """The words behind `dossier` of every command that the page shows, without what the shell takes away."""
    blocks = "\n".join(body for language, body in _FENCE.findall(text_of(page)) if language == "console")
    return [tuple(_without_redirection(shlex.split(line))) for line in _CALL.findall(blocks)]


def headings_of(page: Path) -> list[str]:
    """The marks in front of its headings, `##` and so on, in their order."""
    return re.findall(r"^(#+) ", prose_of(page), re.MULTILINE)


def links_in(page: Path) -> list[str]:
    """Where its links to files of the project lead."""
    return [link for link in _LINK.findall(prose_of(page)) if "://" not in link]


def blocks_of(page: Path, language: str) -> list[str]:
    """Its fenced blocks of one language."""
    return [body for said, body in _FENCE.findall(text_of(page)) if said == language]


def _without_redirection(words: list[str]) -> list[str]:
    return words[: words.index(">")] if ">" in words else words
