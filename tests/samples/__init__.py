"""Tests of the samples: that they are what truth.csv says."""
