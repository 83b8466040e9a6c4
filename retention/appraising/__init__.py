"""A batch of due records in which people decide."""
