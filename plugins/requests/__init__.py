"""Requests of the people whom the papers speak of: found by number, answered in time, restricted or proposed for deletion."""
