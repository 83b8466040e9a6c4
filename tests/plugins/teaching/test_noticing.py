"""What people change in the DMS comes back; nothing of it is written over."""

from __future__ import annotations

from dataclasses import replace

from plugins.paperless import custom_fields as field
from plugins.teaching import corrections
from plugins.teaching.correcting import Wanted, correct
from plugins.teaching.noticing import Noticed, notice, notice_all
from plugins.wiring import Archive
from tests.plugins.conftest import SUBSCRIPTION
from tests.plugins.paperless.lying import FakeInUse
from tests.plugins.sweeping.conftest import Sweeping, archive, existing_of, fake, sweep

__all__ = ["archive", "fake", "sweep"]


def seen_by(archive: Archive) -> dict[str, Noticed]:
    return {one.what: one for one in notice_all(archive, existing_of(archive), everything=True)}


def kept(archive: Archive, number: int) -> set[tuple[str, str, str, str]]:
    record = archive.dms.record(str(number))
    with archive.engine.begin() as connection:
        rows = corrections.of_record(connection, record.dms_id, record.card.sha256)
    return {(one.what, one.was, one.became, one.who) for one in rows}


def test_a_kind_that_somebody_changes_is_kept_with_who_and_taken_into_the_card(
    archive: Archive, fake: FakeInUse, sweep: Sweeping
) -> None:
    number = fake.lay(SUBSCRIPTION)
    sweep()
    fake.edit(number, document_type=fake.id_of("document_types", "商品房买卖合同"))
    found = seen_by(archive)
    assert (found["kind"].who, found["kind"].taken) == ("colleague", True)
    assert ("kind", "认购书", "商品房买卖合同", "colleague") in kept(archive, number)
    card = archive.dms.record(str(number)).card
    assert (card.kind, card.category) == ("商品房买卖合同", "contract")
    assert fake.kind_of(number) == "商品房买卖合同"
    assert seen_by(archive) == {}


def test_a_kind_that_our_tables_do_not_have_is_kept_once_and_never_reverted(
    archive: Archive, fake: FakeInUse, sweep: Sweeping
) -> None:
    number = fake.lay(SUBSCRIPTION)
    sweep()
    fake.edit(number, document_type=fake.id_of("document_types", "会议纪要"))
    assert not seen_by(archive)["kind"].taken
    assert ("kind", "认购书", "会议纪要", "colleague") in kept(archive, number)
    assert seen_by(archive) == {}
    record = archive.dms.record(str(number))
    archive.dms.relabel(record, replace(record.card, retention_rule="contract-sale"))
    correct(archive, str(number), Wanted(level="内部"), "李静", "已公开")
    assert fake.kind_of(number) == "会议纪要"


def test_a_dossier_and_a_raised_level_are_taken_too(
    archive: Archive, fake: FakeInUse, sweep: Sweeping
) -> None:
    number = fake.lay(SUBSCRIPTION)
    sweep()
    highest = archive.rules.ladder.names[-1]
    fake.edit(number, **{field.DOSSIER: "锦绣花园/6-1-901", field.LEVEL: highest})
    assert {name: one.taken for name, one in seen_by(archive).items()} == {"dossier": True, "level": True}
    card = archive.dms.record(str(number)).card
    assert (card.dossier, card.confidentiality) == ("锦绣花园/6-1-901", highest)


def test_a_level_goes_down_only_where_tag_and_field_say_so_and_the_server_tells_who(
    archive: Archive, fake: FakeInUse, sweep: Sweeping
) -> None:
    number = fake.lay(SUBSCRIPTION)
    sweep()
    before = archive.dms.record(str(number)).card.confidentiality
    fake.edit(number, **{field.LEVEL: "内部"})
    assert seen_by(archive) == {}  # the tag still says more
    tags = [tag for tag in fake.documents[number]["tags"] if tag != fake.id_of("tags", f"密级/{before}")]
    fake.documents[number]["tags"] = tags
    fake.history_shown = False
    assert not seen_by(archive)["level"].taken
    assert archive.dms.record(str(number)).card.confidentiality == before
    other = fake.lay(SUBSCRIPTION + "\n另一份")
    fake.history_shown = True
    sweep()
    tags = [tag for tag in fake.documents[other]["tags"] if tag != fake.id_of("tags", f"密级/{before}")]
    fake.documents[other]["tags"] = tags
    fake.edit(other, **{field.LEVEL: "内部"})
    assert seen_by(archive)["level"].taken
    assert archive.dms.record(str(other)).card.confidentiality == "内部"


def test_a_category_that_somebody_changes_is_found_by_and_asks_for_the_kind(
    archive: Archive, fake: FakeInUse, sweep: Sweeping
) -> None:
    number = fake.lay(SUBSCRIPTION)
    sweep()
    old, new = fake.id_of("tags", "类别/销售资料"), fake.id_of("tags", "类别/其他资料")
    fake.documents[number]["tags"] = [new, *(tag for tag in fake.documents[number]["tags"] if tag != old)]
    assert seen_by(archive)["category"].became == "其他资料"
    card = archive.dms.record(str(number)).card
    assert (card.category, card.needs_review) == ("other", True)
    assert fake.names_on(number) >= {"类别/其他资料", "待核"}
    assert "类别/销售资料" not in fake.names_on(number)


def test_taking_the_review_tag_off_confirms_the_kind(
    archive: Archive, fake: FakeInUse, sweep: Sweeping
) -> None:
    number = fake.lay(SUBSCRIPTION, tags=[fake.id_of("tags", "密级/内部")])
    sweep()
    assert archive.dms.record(str(number)).card.needs_review
    check = fake.id_of("tags", "待核")
    fake.documents[number]["tags"] = [tag for tag in fake.documents[number]["tags"] if tag != check]
    assert seen_by(archive)["review"].taken
    assert not archive.dms.record(str(number)).card.needs_review
    assert ("kind", "认购书", "认购书", "paperless-ngx") in kept(archive, number)


def test_what_our_own_commands_change_is_nobodys_correction_in_the_dms(
    archive: Archive, fake: FakeInUse, sweep: Sweeping
) -> None:
    number = fake.lay(SUBSCRIPTION)
    sweep()
    correct(archive, str(number), Wanted(kind="商品房买卖合同"), "李静", "")
    assert notice(archive, existing_of(archive), number, lambda _: None) == ()
