"""Finding a person: by his number across all dossiers, and nothing of anybody else."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from plugins.errors import BadWord
from plugins.requests import finding, handling
from plugins.teaching.correcting import Wanted
from plugins.wiring import Archive
from retention.errors import BadRequest
from retention.record import FactValue
from retention.requests import people
from retention.requests.request import RequestItem
from retention.requests.request_tables import person_paper, request, unindexed
from tests.contract.deposits import deposit
from tests.plugins.due_papers import file_due
from tests.plugins.requests.people import (
    HERS,
    HIM,
    HIS,
    asked,
    found,
    her_paper,
    his_paper,
    named,
    their_paper,
)


def items(one: tuple[RequestItem, ...]) -> dict[str, tuple[str, int, str]]:
    return {item.dms_id: (item.how, item.others, item.state) for item in one}


def test_he_is_found_by_his_number_on_either_database_and_how_many_others_are_there(
    on_each_database: Archive, tmp_path: Path
) -> None:
    archive = on_each_database
    his, theirs = his_paper(archive, tmp_path), their_paper(archive, tmp_path)
    her_paper(archive, tmp_path)
    assert items(found(archive).items) == {
        his: ("number", 0, "confirmed"),
        theirs: ("number", 1, "confirmed"),
    }


def test_his_old_number_of_15_places_is_his(archive: Archive, tmp_path: Path) -> None:
    old = HIS[:6] + HIS[8:17]
    number = his_paper(archive, tmp_path, facts=(FactValue("id_number", old, 1, old, "buyer"),))
    assert items(found(archive).items) == {number: ("number", 0, "confirmed")}


def test_the_same_name_and_a_number_in_the_text_are_hints_that_a_person_confirms(
    archive: Archive, tmp_path: Path
) -> None:
    named_so = his_paper(archive, tmp_path, b"1", facts=(FactValue("person_name", HIM, 1, HIM, "buyer"),))
    one = found(archive)
    assert items(one.items) == {named_so: ("name", 0, "hint")}
    assert one.confirmed == ()
    handling.judge(archive, one.id, (named_so,), "rejected", by="李静")
    again = finding.find(archive, one.id, HIS, by="李静").request
    assert items(again.items) == {named_so: ("name", 0, "rejected")}
    assert handling.judge(archive, one.id, (named_so,), "confirmed", by="李静").confirmed


def test_others_are_counted_by_numbers_in_the_text_too_and_who_worked_on_it_is_not(
    archive: Archive, tmp_path: Path
) -> None:
    staff = (FactValue("person_name", "经办人甲", 1, "经办：经办人甲", "staff"),)
    alone = his_paper(archive, tmp_path, b"1", facts=(*named(HIM, HIS), *staff))
    record = archive.dms.record(alone)
    asker = asked(archive).asker
    assert finding.others_on(archive, record, asker) == 0
    text = f"共有人身份证号码 {HERS[:6]} {HERS[6:]}，认购人 {HIS}"

    number = archive.dms.file(deposit(tmp_path, b"2", (text,), facts=named(HIM, HIS)))
    assert finding.others_on(archive, archive.dms.record(number), asker) == 1


def test_what_was_filed_before_people_were_noted_is_found_once_it_is(
    archive: Archive, tmp_path: Path
) -> None:
    number = his_paper(archive, tmp_path)
    with archive.engine.begin() as connection:
        connection.execute(person_paper.delete())
        connection.execute(unindexed.insert().values(since="2026"))
    assert items(found(archive).items) == {number: ("number", 0, "confirmed")}
    with archive.engine.begin() as connection:
        assert people.all_noted(connection)


def test_a_number_of_somebody_else_or_with_a_wrong_digit_is_refused(archive: Archive) -> None:
    one = asked(archive)
    handling.check(archive, one.id, how="身份证", by="李静")
    with pytest.raises(BadRequest, match="not the ID number"):
        finding.find(archive, one.id, HERS, by="李静")
    with pytest.raises(BadRequest, match="check digit"):
        handling.receive(archive, "access", HIM, HIS[:17] + "0", channel="来函", by="李静")


def test_nobody_is_looked_for_before_the_identity_was_checked(archive: Archive, tmp_path: Path) -> None:
    his_paper(archive, tmp_path)
    with pytest.raises(BadRequest):
        finding.find(archive, asked(archive).id, HIS, by="李静")


def test_no_number_is_kept_in_our_database(archive: Archive, tmp_path: Path) -> None:
    his_paper(archive, tmp_path)
    found(archive)
    with archive.engine.begin() as connection:
        for table in (person_paper, request, "personal_request_item", "register"):
            asked_for = sa.select(table) if isinstance(table, sa.Table) else sa.text(f"SELECT * FROM {table}")
            rows = "".join(map(str, connection.execute(asked_for)))
            assert rows
            assert HIS not in rows


def test_a_correction_goes_the_way_of_all_corrections_and_names_the_request(
    archive: Archive, tmp_path: Path
) -> None:

    number = his_paper(archive, tmp_path)
    one = found(archive, "correction")
    done = handling.correct_record(
        archive, one.id, number, Wanted(level="普通商密"), by="李静", reason="密级有误"
    )
    assert done.card.confidentiality == archive.dms.record(number).card.confidentiality == "普通商密"
    assert f"第{one.id}号" in done.corrections[0].reason
    with pytest.raises(BadRequest):
        handling.correct_record(
            archive, found(archive).id, number, Wanted(level="内部"), by="李静", reason="x"
        )
    with pytest.raises(BadWord):
        handling.correct_record(archive, one.id, number, Wanted(level="内部"), by="李静", reason=" ")


def test_a_paper_that_bears_another_number_by_now_is_not_his_any_more(
    archive: Archive, tmp_path: Path
) -> None:
    number = file_due(archive, tmp_path / "papers", b"1", facts=named("别人", HERS))
    digest = asked(archive).digest
    with archive.engine.begin() as connection:
        connection.execute(person_paper.insert().values(digest=digest, dms_id=number))
    assert items(found(archive).items) == {}
