"""What stands in the way of disposing of a record: holds, open cases, and the rest."""
