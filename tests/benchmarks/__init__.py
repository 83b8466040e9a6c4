"""Tests of the benchmarks: that they count what they say."""
