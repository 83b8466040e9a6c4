from __future__ import annotations

from typing import Any

import pytest

from plugins.paperless import custom_fields as field
from plugins.paperless.existing.existing import Existing
from plugins.paperless.existing.names import FAILED, PROPOSED, TRIGGER
from plugins.paperless.existing.seen import Seen
from plugins.sweeping import asked
from plugins.sweeping.asked import MOST_ROUNDS
from plugins.wiring import Archive
from retention.errors import DmsUnavailable
from tests.plugins.conftest import SUBSCRIPTION
from tests.plugins.paperless.lying import FakeInUse
from tests.plugins.sweeping.conftest import Sweeping, existing_of, sweep_of


def ask(archive: Archive, number: int, by: asked.By = "webhook") -> None:
    with archive.engine.begin() as connection:
        asked.ask(connection, [str(number)], by, archive.clock())


def test_an_empty_document_gets_its_labels_its_card_and_its_dossier(
    archive: Archive, fake: FakeInUse, sweep: Sweeping
) -> None:
    number = fake.lay(SUBSCRIPTION)
    (one,) = sweep()
    assert (one.how, fake.kind_of(number)) == ("labelled", "认购书")
    assert {"类别/销售资料", "密级/普通商密", "已归档"} <= fake.names_on(number)
    assert fake.value_of(number, field.DOSSIER) == "锦绣花园/6-1-803"
    record = archive.dms.record(str(number))
    assert (record.card.title, record.card.filed_on.isoformat()) == ("扫描", "2026-03-02")
    assert fake.documents[number]["title"] == "扫描"


def test_what_a_person_has_set_stays_and_decides_what_follows_from_it(
    archive: Archive, fake: FakeInUse, sweep: Sweeping
) -> None:
    number = fake.lay(
        SUBSCRIPTION,
        document_type=fake.id_of("document_types", "商品房买卖合同"),
        values={fake.id_of("custom_fields", field.CUSTOMER): "某某"},
    )
    (one,) = sweep()
    assert one.kept[f"field:{field.CUSTOMER}"] == ("某某", "周文海")
    assert (fake.kind_of(number), fake.value_of(number, field.CUSTOMER)) == ("商品房买卖合同", "某某")
    card = archive.dms.record(str(number)).card
    assert (card.kind, card.category) == ("商品房买卖合同", "contract")


def test_a_lower_level_that_a_person_has_set_stays_and_is_put_to_review(
    archive: Archive, fake: FakeInUse, sweep: Sweeping
) -> None:
    number = fake.lay(SUBSCRIPTION, tags=[fake.id_of("tags", "密级/内部")])
    sweep()
    assert {name for name in fake.names_on(number) if name.startswith("密级/")} == {"密级/内部"}
    assert "待核" in fake.names_on(number)
    assert archive.dms.record(str(number)).card.confidentiality == "内部"


def test_a_dry_run_writes_nothing_at_all(archive: Archive, fake: FakeInUse) -> None:
    number = fake.lay(SUBSCRIPTION)
    one = sweep_of(archive, dry_run=True).look(number)
    assert (one.how, one.sets["kind"]) == ("labelled", "认购书")
    assert fake.writes == []


def test_a_document_without_text_is_read_from_its_file(
    archive: Archive, fake: FakeInUse, sweep: Sweeping
) -> None:
    number = fake.lay(SUBSCRIPTION, content="")
    sweep()
    assert fake.kind_of(number) == "认购书"


def test_a_change_of_our_own_that_comes_back_through_the_door_is_answered_without_writing(
    archive: Archive, fake: FakeInUse, sweep: Sweeping
) -> None:
    number = fake.lay(SUBSCRIPTION)
    sweep()
    fake.writes.clear()
    ask(archive, number)
    assert [one.how for one in sweep()] == ["unchanged"]
    assert fake.writes == []


def test_a_proposal_that_comes_back_through_the_door_writes_nothing_either(
    archive: Archive, fake: FakeInUse, sweep: Sweeping
) -> None:
    number = fake.lay(SUBSCRIPTION)
    assert [one.how for one in sweep(mode="suggest")] == ["proposed"]
    assert (fake.kind_of(number), fake.names_on(number)) == ("", {PROPOSED})
    fake.writes.clear()
    ask(archive, number)
    sweep(mode="suggest")
    assert (fake.writes, len(fake.notes[number])) == ([], 1)


def test_what_a_person_sets_in_the_moment_of_writing_is_given_back(
    archive: Archive, fake: FakeInUse, sweep: Sweeping, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = fake.lay(SUBSCRIPTION)
    theirs = fake.id_of("document_types", "人定的")
    mark = Existing.mark

    def late(self: Existing, seen: Seen, *rest: Any) -> Any:
        fake.edit(number, document_type=theirs, **{field.CUSTOMER: "人定的客户"})
        return mark(self, seen, *rest)

    monkeypatch.setattr(Existing, "mark", late)
    (one,) = sweep()
    assert set(one.given_back) == {"kind", f"field:{field.CUSTOMER}"}
    assert (fake.kind_of(number), fake.value_of(number, field.CUSTOMER)) == ("人定的", "人定的客户")


def test_what_a_person_sets_while_it_is_judged_is_judged_again(
    archive: Archive, fake: FakeInUse, sweep: Sweeping, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = fake.lay(SUBSCRIPTION)
    look, looks = Existing.look, []

    def second(self: Existing, at: int, *, history: bool = False) -> Seen:
        looks.append(at)
        if len(looks) == 2:
            fake.edit(number, document_type=fake.id_of("document_types", "商品房买卖合同"))
        return look(self, at, history=history)

    monkeypatch.setattr(Existing, "look", second)
    (one,) = sweep()
    assert (fake.kind_of(number), "kind" in one.sets, one.given_back) == ("商品房买卖合同", False, ())
    assert archive.dms.record(str(number)).card.category == "contract"


def test_a_label_of_ours_that_a_person_has_emptied_stays_empty(
    archive: Archive, fake: FakeInUse, sweep: Sweeping
) -> None:
    number = fake.lay(SUBSCRIPTION)
    sweep()
    fake.edit(number, **{field.UNIT: ""})
    fake.documents[number]["tags"].append(fake.id_of("tags", TRIGGER))
    (one,) = sweep()
    assert one.how == "labelled"
    assert not fake.value_of(number, field.UNIT)


def test_only_what_still_shows_what_we_have_set_is_renewed(
    archive: Archive, fake: FakeInUse, sweep: Sweeping
) -> None:
    number = fake.lay(SUBSCRIPTION)
    sweep()
    fake.edit(number, **{field.CUSTOMER: "人改的"})
    fake.documents[number]["content"] = SUBSCRIPTION.replace("周文海", "李明辉").replace("803", "804")
    ask(archive, number)
    sweep(mode="overwrite-ours")
    assert fake.value_of(number, field.CUSTOMER) == "人改的"
    assert fake.value_of(number, field.UNIT) == "6-1-804"


def test_a_state_secret_is_refused_shown_and_told(archive: Archive, fake: FakeInUse, sweep: Sweeping) -> None:
    number = fake.lay("机密★10年\n" + SUBSCRIPTION, tags=[fake.id_of("tags", TRIGGER)])
    (one,) = sweep()
    assert one.how == "refused"
    assert fake.names_on(number) == {FAILED}
    assert fake.kind_of(number) == ""
    assert sweep() == []


def test_after_three_tries_a_document_is_given_up_and_shown(
    archive: Archive, fake: FakeInUse, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = fake.lay(SUBSCRIPTION, tags=[fake.id_of("tags", TRIGGER)])

    def broken(*_: object, **__: object) -> None:
        raise DmsUnavailable("the server has a bad moment with this one")

    monkeypatch.setattr(Existing, "mark", broken)
    one = sweep_of(archive)
    hows = [one.one(asked.Asked(str(number), "tag", tries, 0)).how for tries in (1, 2, 3)]
    assert hows == ["waiting", "waiting", "failed"]
    assert fake.names_on(number) == {FAILED}


def test_a_server_that_is_away_is_no_fault_of_the_document(
    archive: Archive, fake: FakeInUse, sweep: Sweeping
) -> None:
    number = fake.lay(SUBSCRIPTION)
    ask(archive, number)
    with archive.engine.begin() as connection:
        taken = asked.take(connection, "one", archive.clock())
    assert taken is not None
    fake.down_after = 0
    existing_of(archive)._connection._sleep = lambda _: None
    with pytest.raises(DmsUnavailable):
        sweep_of(archive).one(taken)
    fake.down_after = None
    with archive.engine.begin() as connection:
        again = asked.take(connection, "two", archive.clock())
    assert again is not None
    assert again.tries == 1


def test_a_tag_that_is_put_on_again_and_again_is_a_loop_and_answered_no_more(
    archive: Archive, fake: FakeInUse, sweep: Sweeping
) -> None:
    number, trigger = fake.lay(SUBSCRIPTION), fake.id_of("tags", TRIGGER)
    hows = []
    for _ in range(MOST_ROUNDS + 2):
        fake.documents[number]["tags"] = [*{*fake.documents[number]["tags"], trigger}]
        fake.writes.clear()
        hows += [one.how for one in sweep()]
    assert hows == [*["labelled"] * MOST_ROUNDS, "failed"]
    assert fake.writes == []


def test_a_document_that_may_not_be_changed_is_left_alone(
    archive: Archive, fake: FakeInUse, sweep: Sweeping
) -> None:
    fake.lay(SUBSCRIPTION, user_can_change=False)
    (one,) = sweep()
    assert (one.how, fake.writes) == ("failed", [])


def test_a_document_that_is_just_being_filed_is_left_to_who_files_it(
    archive: Archive, fake: FakeInUse, sweep: Sweeping
) -> None:
    number = fake.lay(SUBSCRIPTION, values={fake.id_of("custom_fields", field.SHA256): "a" * 64})
    assert sweep() == []
    ask(archive, number)
    assert [one.how for one in sweep()] == ["waiting"]
    assert fake.writes == []


def test_a_dossier_that_a_person_has_written_and_nobody_opened_is_kept_and_doubted(
    archive: Archive, fake: FakeInUse, sweep: Sweeping
) -> None:
    number = fake.lay(SUBSCRIPTION, values={fake.id_of("custom_fields", field.DOSSIER): "旧档-12"})
    sweep()
    assert (fake.value_of(number, field.DOSSIER), fake.value_of(number, field.UNIT)) == ("旧档-12", "6-1-803")
    assert "待归户" in fake.names_on(number)
    assert archive.dms.record(str(number)).card.dossier == ""


def test_a_sweep_that_was_cut_off_after_writing_finishes_what_it_began(
    archive: Archive, fake: FakeInUse, sweep: Sweeping, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = fake.lay(SUBSCRIPTION)
    with monkeypatch.context() as cut:
        cut.setattr("plugins.sweeping.sweep.retain", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            sweep()
    with archive.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE swept SET until = ''")
    assert [one.how for one in sweep(owner="two")] == ["labelled"]
    ask(archive, number)
    assert [one.how for one in sweep()] == ["unchanged"]
