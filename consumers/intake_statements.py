"""The statements by which rows of intake change, built once.

To build one anew costs more than to execute it, and on SQLite a writer does so while all others wait.
"""

from __future__ import annotations

import sqlalchemy as sa

from consumers.intake_tables import FINAL, filing_right, intake, intake_event

_S = sa.String
_HOLDER = sa.bindparam("holder", type_=_S)
_OPEN = (
    intake.c.id == sa.bindparam("which"),
    intake.c.state.not_in([sa.literal_column(f"'{state}'") for state in FINAL]),
    sa.or_(_HOLDER == "", intake.c.owner == _HOLDER),
)
_ACTOR = sa.bindparam("actor", type_=_S)
TELL = (
    intake_event.insert()
    .from_select(
        ["intake_id", "at", "actor", "before", "state", "detail"],
        sa.select(
            intake.c.id,
            sa.bindparam("at", type_=_S),
            sa.case((_ACTOR == "", intake.c.owner), else_=_ACTOR),
            intake.c.state,
            sa.bindparam("to", type_=_S),
            sa.bindparam("why", type_=sa.Text),
        )
        .where(*_OPEN)
        .with_for_update(),
    )
    .execution_options(preserve_rowcount=True)
)
"""The event of a change of state; told before it is made, while the row still has the state that is left."""
CHANGE = (
    intake.update()
    .where(*_OPEN)
    .values(
        state=sa.bindparam("to"),
        since=sa.bindparam("at"),
        reason=sa.bindparam("why"),
        next_try=sa.bindparam("next"),
        attempts=intake.c.attempts + sa.bindparam("tried", type_=sa.Integer),
        dms_id=sa.func.coalesce(sa.bindparam("dms", type_=sa.Text), intake.c.dms_id),
    )
)
END = CHANGE.values(turn=None, lease_until="")
ONE = sa.select(intake).where(intake.c.id == sa.bindparam("which"))
RIGHT = sa.select(filing_right.c.intake_id).where(filing_right.c.sha256 == sa.bindparam("sum"))
TAKE_RIGHT = filing_right.insert()
DROP_RIGHT = filing_right.delete().where(
    # By its key: nothing else of this table has an index.
    filing_right.c.sha256.in_(sa.select(intake.c.sha256).where(intake.c.id == sa.bindparam("which"))),
    filing_right.c.intake_id == sa.bindparam("which"),
)
ENTER, NOTE = intake.insert(), intake_event.insert()
