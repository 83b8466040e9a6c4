"""Cutting 拆分: some pages of a Scan as a PDF of their own.

What a page shows goes over as it is packed in the file; nothing is drawn or compressed anew but what `consumers.searchable`
would. Same file and same pages, same bytes: whoever has the whole can cut again and compare, and a crash between two cuts
leaves no second version.
"""

from __future__ import annotations

from consumers.cutting.cut import Cut, Uncuttable, cut

__all__ = ["Cut", "Uncuttable", "cut"]
