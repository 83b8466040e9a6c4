"""A page's picture made ready to be read: the picture a PDF page consists of, white paper, upright, straight."""
