"""Files that hold several documents: divided, cut, each filed by itself."""
