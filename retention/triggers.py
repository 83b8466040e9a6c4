"""What the database itself refuses, beside the code: statements that are executed once a table was made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import DDL, Table, event

Triggers = Mapping[str, tuple[str, ...]]
"""The statements of each dialect, in their order."""


def refusing_deletion(tables: Sequence[str], what: str, remedy: str) -> Triggers:
    """Those by which no row of these tables is ever deleted; `what` names the function of PostgreSQL, `remedy` is told."""
    return {
        "sqlite": tuple(
            f"CREATE TRIGGER {name}_refuses_delete BEFORE DELETE ON {name} "
            f"BEGIN SELECT RAISE(ABORT, '{name}: {remedy}'); END"
            for name in tables
        ),
        "postgresql": (
            f"""CREATE OR REPLACE FUNCTION {what}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ': {remedy}';
        END $$""",
            *(
                f"CREATE TRIGGER {name}_refuses_delete BEFORE DELETE OR TRUNCATE ON {name} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {what}_refuse()"
                for name in tables
            ),
        ),
    }


def execute_with(triggers: Triggers, first: Table, *others: Table) -> None:
    """Have each statement executed when the table that it is about is made: with `first` what is about none, such as a function
    that the others call."""
    for dialect, statements in triggers.items():
        for statement in statements:
            about = next((one for one in others if f" ON {one.name} " in statement), first)
            made = DDL(statement)  # type: ignore[no-untyped-call]  # SQLAlchemy leaves this one untyped
            event.listen(about, "after_create", made.execute_if(dialect=dialect))
