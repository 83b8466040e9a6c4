"""What Alembic runs: the migrations, on the connection that `plugins.database` hands over."""

from __future__ import annotations

from alembic import context

from consumers import intake
from plugins.archiving import rescans, serials
from plugins.batches import divisions
from plugins.sweeping import tables as sweeping
from plugins.teaching import corrections
from retention import tables

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=[
        intake.metadata,
        tables.metadata,
        corrections.metadata,
        divisions.metadata,
        serials.metadata,
        rescans.metadata,
        sweeping.metadata,
    ],
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
