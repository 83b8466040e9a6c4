"""The parts of `python -m benchmarks.labels`: labelled sets, the sides that judge them, figures, the picture, tables."""
