"""The versions of our database's schema, by Alembic."""
