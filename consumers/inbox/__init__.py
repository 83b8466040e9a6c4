"""The inbox: seeing files that are finished, claiming them into the spool, setting aside the bad."""
