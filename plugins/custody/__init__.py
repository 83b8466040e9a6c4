"""Who has the paper: lending and handing over, on any backend."""
