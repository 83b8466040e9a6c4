"""From the scanner's folder to the end of a file's way: watcher, workers, leases, what becomes of each file."""
