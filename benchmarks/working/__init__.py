"""What taking in, queueing and filing cost beside the reading itself."""
