"""Measurements: programs that print figures, never tests that pass or fail by time."""
