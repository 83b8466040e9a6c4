"""Parts 分件: one file that holds several documents, divided into them by its pages.

`divide(transcript, taxonomy)` says on which pages the documents of a file begin, with its reasons;
`principal` says which of the labelled parts the file was made for, `as_one` how the file is labelled that
stays in one piece. Nothing here touches a file.
"""

from __future__ import annotations

from classifiers.parts.dividing import divide
from classifiers.parts.part import Division, Part, Range, pages_of
from classifiers.parts.principal import as_one, principal

__all__ = ["Division", "Part", "Range", "as_one", "divide", "pages_of", "principal"]
