"""The loans in our database: lent, renewed, returned, never deleted; each step is in the register."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Connection, insert, select, update

from retention import person, register
from retention.acts import stamp
from retention.custody import lent
from retention.custody.custody_tables import loan
from retention.custody.loan import Borrowing, Lendable, Loan
from retention.errors import BadLoan


def lend(
    connection: Connection,
    what: Lendable,
    wanted: Borrowing,
    *,
    needs_approval: bool,
    who: str,
    at: datetime,
    today: date,
) -> Loan:
    """Lend it, with its register entry, and give the loan back. Raises BadLoan.

    There is one paper: what is out, by itself, with its dossier or with the batch that it was scanned in, is not lent twice.
    """
    for said, zh, en in (
        (wanted.borrower, "借阅人（--borrower）", "who borrows it (--borrower)"),
        (wanted.department, "部门（--department）", "his department (--department)"),
        (wanted.purpose, "用途（--purpose）", "what for (--purpose)"),
        (who, "经办人（--by）", "who lends it (--by)"),
    ):
        if not said.strip():
            raise BadLoan(f"未写明{zh}。Say {en}")
    approver = wanted.approved_by.strip()
    if needs_approval and (not approver or person.same(approver, wanted.borrower)):
        raise BadLoan(
            f"密级 {what.level} 的借阅须由借阅人以外的人批准（--approved-by）。The level {what.level} is lent only with "
            "the approval of somebody else than the borrower (--approved-by)"
        )
    if wanted.due_on < today:
        raise BadLoan(
            f"归还日 {wanted.due_on} 已过（--until）。{wanted.due_on} is past: name a later day (--until)"
        )
    register.lock(connection)
    standing = lent.standing_on(connection, what)
    if standing:
        one = standing[0]
        raise BadLoan(
            f"已借出：第{one.id}号，{one.borrower}（{one.department}），应于 {one.due_on} 归还。It is out: loan {one.id}, "
            f"{one.borrower}, due back on {one.due_on}"
        )
    row = {**vars(what), "borrower": wanted.borrower.strip(), "department": wanted.department.strip()}
    row |= {"purpose": wanted.purpose.strip(), "approved_by": approver, "lent_by": who.strip()}
    row |= {"lent_at": stamp(at), "lent_on": today, "due_on": wanted.due_on, "renewals": 0}
    empty = {"returned_on": None, "returned_at": "", "returned_by": "", "condition": ""}
    number = connection.execute(insert(loan).values(**row, **empty).returning(loan.c.id)).scalar_one()
    told = {name: row[name] for name in ("borrower", "department", "purpose", "approved_by", "level")}
    told |= {"scope": what.scope, "key": what.key, "sha256": what.sha256, "due_on": wanted.due_on.isoformat()}
    _register(connection, at, who, "lent", number, told)
    return _there(connection, number)


def renew(
    connection: Connection,
    number: int,
    *,
    until: date,
    most: int,
    who: str,
    at: datetime,
    today: date,
    reason: str,
) -> Loan:
    """Let it be out until that day, inclusive; at most `most` times, and not once it is overdue. Raises BadLoan."""
    register.lock(connection)
    one = _out(connection, number)
    if not (who.strip() and reason.strip()):
        raise BadLoan("续借须写明经办人和理由（--by、--reason）。Say who renews it, and why (--by, --reason)")
    if one.days_late(today):
        raise BadLoan(
            f"已逾期 {one.days_late(today)} 天：先归还，再借。It is {one.days_late(today)} days late: let it be returned first"
        )
    if one.renewals >= most:
        raise BadLoan(
            f"已续借 {one.renewals} 次，至多 {most} 次：先归还。It was renewed {one.renewals} times, {most} are allowed: "
            "let it be returned first"
        )
    if until <= one.due_on:
        raise BadLoan(f"续借须至 {one.due_on} 之后（--until）。Name a day after {one.due_on} (--until)")
    row = {"due_on": until, "renewals": one.renewals + 1}
    connection.execute(update(loan).where(loan.c.id == number).values(**row))
    told = {"was": one.due_on.isoformat(), "due_on": until.isoformat(), "reason": reason.strip()}
    _register(connection, at, who, "loan-renewed", number, told)
    return _there(connection, number)


def give_back(
    connection: Connection, number: int, *, condition: str, who: str, at: datetime, today: date
) -> Loan:
    """It is back, in that condition. Raises BadLoan where it was not out, or nobody says how it looks."""
    register.lock(connection)
    one = _out(connection, number)
    if not (who.strip() and condition.strip()):
        raise BadLoan(
            "归还须写明经办人和状况，如“完好”（--by、--condition）。Say who takes it back, and in what condition (--by, --condition)"
        )
    row = {"returned_on": today, "returned_at": stamp(at), "returned_by": who.strip()}
    row |= {"condition": condition.strip()}
    connection.execute(update(loan).where(loan.c.id == number).values(**row))
    told = {"scope": one.scope, "key": one.key, "condition": condition.strip(), "late": one.days_late(today)}
    _register(connection, at, who, "loan-returned", number, told)
    return _there(connection, number)


def get(connection: Connection, number: int) -> Loan | None:
    """The loan with that number, out or not; None: there is none."""
    row = connection.execute(select(loan).where(loan.c.id == number)).one_or_none()
    return Loan(*row) if row else None


def every(connection: Connection, *, returned: bool = False) -> tuple[Loan, ...]:
    """The loans that are out, the oldest first; with `returned` also those that came back."""
    asked = select(loan).order_by(loan.c.id)
    asked = asked if returned else asked.where(loan.c.returned_at == "")
    return tuple(Loan(*row) for row in connection.execute(asked))


def overdue(connection: Connection, today: date) -> tuple[Loan, ...]:
    """The loans that should have come back before `today`, the latest first."""
    asked = select(loan).where(loan.c.returned_at == "", loan.c.due_on < today)
    return tuple(Loan(*row) for row in connection.execute(asked.order_by(loan.c.due_on, loan.c.id)))


def _there(connection: Connection, number: int) -> Loan:
    one = get(connection, number)
    if one is None:
        raise BadLoan(f"没有借阅 {number}：见 dossier loans list。There is no loan {number}; see the list")
    return one


def _out(connection: Connection, number: int) -> Loan:
    one = _there(connection, number)
    if not one.out:
        raise BadLoan(
            f"借阅 {number} 已于 {one.returned_on} 归还。Loan {number} came back on {one.returned_on}"
        )
    return one


def _register(
    connection: Connection, at: datetime, who: str, action: str, number: int, told: Mapping[str, object]
) -> None:
    subject = f"loan/{number}"
    register.append(connection, at=at, actor=who.strip(), action=action, subject=subject, payload=told)
