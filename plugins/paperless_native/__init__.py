"""What paperless-ngx (v3) loads into its own processes by entry points: a parser, and a parser of dates.

`parser` and `date_parser` are loaded at every start of the server, so they import nothing heavy: a file is read by
`program` in a process of its own, with the Python that `DOSSIER_NATIVE_PYTHON` names. Paperless' own packages are imported
by `server` and `date_parser` alone, and only when the server asks for something.
"""
