"""`python -m plugins` is `dossier`."""

from __future__ import annotations

from plugins.cli import main

if __name__ == "__main__":
    main()
