"""The parts of `python -m benchmarks.reading`: truth, the sides that read it, errors, memory, tables."""
