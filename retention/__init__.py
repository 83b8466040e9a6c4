"""Stage three of the street: Labels become a Record in a Dossier, looked after until its witnessed end."""
