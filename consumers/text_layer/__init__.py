"""The text that a PDF page brings along: what of it can be seen, whether it is text, and how a person reads it."""
