"""Tests of the parts of `benchmarks.reading`."""
