"""Stage four of the street: the doors. DMS backends, the command line, the watcher, settings and wiring."""
