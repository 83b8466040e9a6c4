"""Labelling what lies in the DMS already: which documents are asked for, what may be written on each, how it ended.

Principle that must never break: what a person has set is never overwritten, and what our own writing sets off at the
server is never answered by writing again.
"""
