"""Cover sheets 封面页 to print: one says which dossier, or which kind, the papers behind it belong to; or only parts them."""

from __future__ import annotations

from plugins.covers.drawing import drawn
from plugins.covers.face import Face, find_face
from plugins.covers.sheet import CoverSheet, for_dossier, for_kind, separator_sheet

__all__ = ["CoverSheet", "Face", "drawn", "find_face", "for_dossier", "for_kind", "separator_sheet"]
