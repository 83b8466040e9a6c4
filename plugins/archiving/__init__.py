"""A read and labelled file becomes a record: its card, its original and archive version, what stands beside it."""
