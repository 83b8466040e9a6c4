"""What can go wrong in keeping records."""

from __future__ import annotations


class RetentionError(Exception):
    """Base of everything that `retention` raises."""


class BadSchedule(RetentionError):
    """A row of the disposition schedule is wrong; the message names the file, the row, and the remedy."""


class BadRequirements(RetentionError):
    """A row of the list of required papers is wrong; the message names the file, the row, and the remedy."""


class RegisterBroken(RetentionError):
    """The register's chain does not hold; the message names the first entry that is wrong."""


class DmsError(RetentionError):
    """Base of everything that a DMS backend raises."""


class DmsUnavailable(DmsError):
    """The DMS can not be reached or can not work just now; trying again later may help."""


class DmsRefused(DmsError):
    """The DMS answered no, and the same call again would be answered no again."""


class NoSuchRecord(DmsError):
    """The DMS holds no record with that id."""


class AlreadyFiled(DmsError):
    """The DMS holds these very bytes already; `dms_id` says where."""

    def __init__(self, dms_id: str, sha256: str) -> None:
        super().__init__(f"these bytes (sha256 {sha256[:12]}…) are filed already as document {dms_id}")
        self.dms_id = dms_id
        self.sha256 = sha256


class BadEntry(RegisterBroken):
    """An entry of the register is wrong, or missing where one must stand; `seq` says which."""

    def __init__(self, seq: int, message: str) -> None:
        super().__init__(message)
        self.seq = seq


class NotRegistrable(RetentionError):
    """An entry can not be written to the register as given; the message says what to give instead."""


class UndecidedDossier(RetentionError):
    """Nobody has chosen the dossier yet, so it can not be opened; the message says what is missing."""


class BadMerge(RetentionError):
    """Two dossiers can not be merged as asked; the message says why, and what to do instead."""


class BadSpan(RetentionError):
    """A span of days ends before it begins; the message says which days."""


class BadEvent(RetentionError):
    """An event can not be entered or withdrawn as told; the message says what to tell instead."""


class BadHold(RetentionError):
    """A hold can not be placed or released as told; the message says what to tell instead."""


class BadAppraisal(RetentionError):
    """An appraisal can not go on as told; the message says why, and what to do first."""


class BadDisposal(RetentionError):
    """A disposal can not go on as told; the message says why, and what to do first. Nothing was destroyed by it."""


class BadCredential(RetentionError):
    """A witness' name and passphrase do not fit, or are not taken; the message says what to do."""


class BadLoan(RetentionError):
    """A paper can not be lent, renewed or returned as told; the message says why, and what to do first."""


class BadHandOver(RetentionError):
    """A hand-over can not go on as told; the message says why, and what to do first."""


class BadRequest(RetentionError):
    """A personal-data request can not go on as told; the message says why, and what to do first."""


class NoPdf(RetentionError):
    """This machine lacks what PDF is made with; the message says what to install. HTML and XLSX can be written all the same."""
