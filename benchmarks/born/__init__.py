"""Born-digital papers with a known text, for benchmarks.born_digital."""
