"""One dossier a household: which it is, how papers come into it, how two become one."""
