"""Dossiers as people use them: listed, assigned, merged."""
