"""Tests of the parts of `benchmarks.labels`."""
