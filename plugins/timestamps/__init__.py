"""Time stamps (RFC 3161) on the register's published heads: an authority outside the house says when a head was there."""
