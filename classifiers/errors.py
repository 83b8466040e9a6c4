"""What can be wrong with the tables that labelling rests on."""

from __future__ import annotations


class ClassifierError(Exception):
    """Base of everything that `classifiers` raises."""


class BadTaxonomy(ClassifierError):
    """A row of the taxonomy is wrong; the message names the file, the row, and what to write instead."""


class BadCorpus(ClassifierError):
    """A text of the corpus is wrong; the message names the file, the row, and what to write instead."""


class BadModel(ClassifierError):
    """A model's file can not be used; the message says why, and how to make another."""
