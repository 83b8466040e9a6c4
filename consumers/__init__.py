"""Stage one of the street: a file from the inbox becomes a Scan, a Scan becomes a Transcript."""
