"""Tests of the drawn set: that the truth is what stands on the pages."""
