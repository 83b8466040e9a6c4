"""How a whole archive is looked through."""
