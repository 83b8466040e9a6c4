"""Appraisal batches."""
