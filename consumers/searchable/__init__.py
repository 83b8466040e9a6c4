"""Searchable PDF: a Scan as a PDF that shows the very same pages, with its Transcript as invisible text in place.

The pages' pictures are not touched: what a PDF can hold goes in byte by byte, all else without a loss. Same Scan,
Transcript and options, same bytes.
"""

from __future__ import annotations

from consumers.searchable.unseen_font import is_layered
from consumers.searchable.writing import Searchable, write_searchable

__all__ = ["Searchable", "is_layered", "write_searchable"]
