"""Lending: what may be lent to whom with whose approval, and how long; renewing, returning."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from plugins.errors import BadWord
from plugins.keeping.appraising import today_of
from plugins.masking import mask_id_numbers
from plugins.wiring import Archive, Rules
from retention.custody import loans
from retention.custody.loan import Borrowing, Lendable, Loan
from retention.errors import NoSuchRecord
from retention.households.dossiers import dossier_of, resolved


def lend(
    archive: Archive,
    wanted: Borrowing,
    *,
    by: str,
    record: str = "",
    dossier: str = "",
) -> Loan:
    """Lend one record's paper, or a whole dossier. Raises BadLoan, and BadWord for what is not in the archive, or not in sight:
    what is restricted or in quarantine is lent to nobody."""
    what = _lendable(archive, record, dossier)
    said = replace(
        wanted, purpose=mask_id_numbers(wanted.purpose), department=mask_id_numbers(wanted.department)
    )
    with archive.engine.begin() as connection:
        return loans.lend(
            connection,
            what,
            said,
            needs_approval=needs_approval(archive.rules, archive.settings.loan_free_level, what.level),
            who=by,
            at=archive.clock(),
            today=today_of(archive),
        )


def needs_approval(rules: Rules, free_level: str, level: str) -> bool:
    """Whether somebody else must approve that a paper of this level is lent. Where the ladder does not know one of the two
    levels, he must."""
    try:
        return rules.ladder.rank(level) > rules.ladder.rank(free_level)
    except KeyError:
        return True


def due_day(archive: Archive, until: date | None) -> date:
    """The last day of a loan: as told, else by the setting."""
    return until or today_of(archive) + timedelta(days=archive.settings.loan_days)


def renew(archive: Archive, number: int, until: date | None, *, by: str, reason: str) -> Loan:
    """Let it be out longer: until that day, else by the setting from its last day on. Raises BadLoan."""
    settings = archive.settings
    with archive.engine.begin() as connection:
        one = loans.get(connection, number)
        longer = until or (one.due_on + timedelta(days=settings.loan_days) if one else date.min)
        return loans.renew(
            connection,
            number,
            until=longer,
            most=settings.loan_renewals,
            who=by,
            at=archive.clock(),
            today=today_of(archive),
            reason=mask_id_numbers(reason),
        )


def give_back(archive: Archive, number: int, *, by: str, condition: str) -> Loan:
    """It is back. Raises BadLoan."""
    with archive.engine.begin() as connection:
        return loans.give_back(
            connection,
            number,
            condition=mask_id_numbers(condition),
            who=by,
            at=archive.clock(),
            today=today_of(archive),
        )


def _lendable(archive: Archive, record: str, dossier: str) -> Lendable:
    if bool(record.strip()) == bool(dossier.strip()):
        raise BadWord(
            "请写 --record 或 --dossier 之一。Name one record (--record) or one dossier (--dossier), not both"
        )
    if record:
        try:
            card = archive.dms.record(record).card
        except NoSuchRecord as error:
            raise BadWord(f"没有可借的文件 {record}。There is no record {record} that may be lent") from error
        title = mask_id_numbers(card.title)
        return Lendable("record", record, card.sha256, title, card.category, card.confidentiality)
    with archive.engine.begin() as connection:
        home = resolved(connection, dossier)
        found = dossier_of(connection, home.key) if home else None
    if found is None:
        raise BadWord(f"没有客户档案 {dossier}：见 dossier dossiers list。No dossier {dossier}; see the list")
    return Lendable("dossier", found.key, "", mask_id_numbers(found.title), "", found.level)
