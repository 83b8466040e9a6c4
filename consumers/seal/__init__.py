"""Finding red seals on a page, and taking them out where they lie over text: 公章, 专用章, 名章.

Red print must survive: letterheads, red forms, red handwriting. So a seal is told by its form (a ring or a
square frame with characters inside), never by its colour alone, and nothing outside it is touched.
"""

from consumers.seal.bleaching import without_seals
from consumers.seal.finding import find_seals
from consumers.seal.pressed import Seal

__all__ = ["Seal", "find_seals", "without_seals"]
