"""Which papers dossiers lack, on each backend: what is out of sight or was destroyed is not missing, and nothing is hinted at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from plugins import settings
from plugins.errors import BadSetting, BadWord
from plugins.households import completeness
from plugins.households.completeness import Checked, check, check_one, required_papers
from plugins.households.merging import merge
from plugins.keeping.telling import tell
from plugins.paperless.backend import PaperlessDms
from plugins.paperless.upload.filing import Patience
from plugins.wiring import Archive, open_archive
from retention.disposing import tombstones
from retention.disposing.tombstones import Tombstone
from retention.households.completeness import Verdict
from retention.households.dossier import DossierChoice
from retention.households.dossiers import open_dossier
from retention.households.requirements import EXAMPLE
from retention.households.settling import enter
from retention.periods.event import Event, Scope
from retention.tables import dossier
from tests.contract.deposits import deposit
from tests.plugins.conftest import NOON
from tests.plugins.paperless.fake import FakePaperless
from tests.plugins.paperless.wire import wire
from tests.plugins.ready_made import copied
from tests.servers.postgresql import fresh_database
from tests.servers.starting import Server

A, B, BARE = "锦绣花园/3-2-1501", "锦绣花园/5-302", "5-302"
CATEGORIES = {"认购书": "sales", "收据": "sales", "身份证复印件": "title", "民事起诉状": "litigation"}
File = Callable[..., str]


@pytest.fixture(params=["local", "paperless"])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Archive]:
    """An archive at noon of 2 March 2026 on the embedded DMS, and one on a paperless-ngx of a few lines."""
    with copied(tmp_path / "office") as opened:
        if request.param == "local":
            yield opened
            return
        with wire(FakePaperless()) as server:
            dms = PaperlessDms(
                server.url,
                "0" * 40,
                categories=opened.rules.taxonomy.categories,
                levels=opened.rules.ladder.names,
                patience=Patience(reading=60.0, other=5.0),
                sleep=lambda _: None,
            )
            yield replace(opened, dms=dms)


@pytest.fixture
def file(archive: Archive, tmp_path: Path) -> File:
    """Opens the dossier and files a paper of that kind into it; gives back its number."""
    folder = tmp_path / "papers"
    folder.mkdir()
    contents = iter(range(1, 100))

    def filed(kind: str, key: str = A, level: str = "内部", **card: Any) -> str:
        told = {"category": CATEGORIES.get(kind, "contract"), "facts": (), "dossier": key, **card}
        paper = deposit(folder, b"paper %d" % next(contents), kind=kind, confidentiality=level, **told)
        number = archive.dms.file(paper)
        project, _, unit = key.rpartition("/")
        with archive.engine.begin() as connection:
            open_dossier(
                connection, DossierChoice(key, key, unit, project, "测试甲", (), ""), date(2026, 1, 1)
            )
            enter(connection, archive.dms.record(number), archive.rules.ladder.higher)
        return number

    return filed


def one_of(archive: Archive, key: str = A, level: str = "") -> Checked:
    """The dossier, asked for by itself; it must be told alike among all."""
    alone = check_one(archive, key, archive.clearance(level))
    assert alone in tuple(check(archive, archive.clearance(level)))
    return alone


def told(one: Checked, *verdicts: Verdict) -> list[str]:
    """The rows of these verdicts."""
    return [each.requirement.id for each in one.those(*verdicts)]


def test_what_lies_there_is_not_missing_and_the_rest_is(archive: Archive, file: File) -> None:
    file("认购书", document_date=date(2026, 2, 20))
    file("收据")
    file("身份证复印件", B)
    one = one_of(archive)
    assert (one.dossier.key, one.dossier.customer, one.records) == (A, "测试甲", 2)
    assert told(one, "missing") == ["identity"]
    assert told(one, "not-yet") == ["sale-contract-after-subscription"]
    assert one_of(archive, B).findings == ()


def test_what_awaits_a_look_or_a_household_is_perhaps_there(archive: Archive, file: File) -> None:
    file("认购书")
    unsure = file("收据", review_reasons=("请核对",))
    homeless = file("身份证复印件", dossier_doubt="请归户")
    one = one_of(archive)
    assert {each.requirement.id: each.papers for each in one.those("perhaps")} == {
        "identity": (homeless,),
        "payment": (unsure,),
    }


def test_what_is_out_of_sight_is_there_and_its_number_is_not_told(archive: Archive, file: File) -> None:
    file("认购书")
    for kind, reasons in (("收据", ()), ("身份证复印件", ("请核对",))):
        number = file(kind, review_reasons=reasons)
        archive.dms.quarantine(number, archive.dms.record(number).card.sha256)
    one = one_of(archive)
    assert one.records == 3
    assert "payment" not in {each.requirement.id for each in one.findings}
    assert [(each.requirement.id, each.papers) for each in one.those("perhaps")] == [("identity", ())]


def test_what_was_destroyed_or_handed_over_is_told_as_such(archive: Archive, file: File) -> None:
    file("认购书")
    file("身份证复印件", handed_over="2026-01-05 江州市档案馆")
    stone = Tombstone(
        "99", "0" * 64, "收据", A, "sales", "收据", 1, "r", date(2015, 1, 1), date(2025, 1, 1), 1, 1, "李静", "赵敏",
        "孙丽、钱峰", "吴刚", "destroyed", "2025-05-06T04:00:00+00:00",
    )  # fmt: skip
    with archive.engine.begin() as connection:
        tombstones.set_up(connection, stone)
    one = one_of(archive)
    assert told(one, "handed-over") == ["identity"]
    (gone,) = one.those("destroyed")
    assert (gone.requirement.id, gone.gone_on) == ("payment", date(2025, 5, 6))


def test_a_file_of_several_documents_stands_for_each_until_it_is_parted(archive: Archive, file: File) -> None:
    why = "此文件似含 2 份材料，建议分件：第 1-3 页 “认购书”；第 4 页 “收据”。请核对后分别归档"
    number = file("认购书", review_reasons=(why,))
    one = one_of(archive)
    assert told(one, "missing") == []
    assert {each.requirement.id: each.papers for each in one.those("perhaps")} == {
        "identity": (number,),
        "payment": (number,),
        "sale-contract-after-subscription": (number,),
    }


def test_a_batch_whose_parts_are_records_is_no_paper(archive: Archive, file: File) -> None:
    file("认购书", batch=True)
    assert one_of(archive).findings == ()


def test_an_event_of_the_dossier_or_of_a_record_in_it_asks(archive: Archive, file: File) -> None:
    for key, scope in ((A, None), (B, "record")):
        number = file("民事起诉状", key)
        assert one_of(archive, key).findings == ()
        about = Scope("record", number) if scope else Scope("dossier", key)
        tell(archive, [Event("case_closed", date(2026, 1, 5), about, "结案通知")], "李静")
        (found,) = one_of(archive, key).findings
        assert (found.requirement.id, found.verdict) == ("judgment", "missing")
        assert found.because_zh == "结案 2026-01-05"


def test_what_was_merged_into_it_counts_and_is_found_under_its_old_key(archive: Archive, file: File) -> None:
    file("认购书", B)
    file("收据", BARE)
    merge(archive, BARE, B, "李静", "同一户")
    one = one_of(archive, B)
    assert "payment" not in told(one, "missing")
    assert check_one(archive, BARE, archive.clearance()) == one
    assert len(list(check(archive, archive.clearance()))) == 1


def test_a_paper_of_its_unit_whose_estate_is_not_known_is_perhaps_its_own(
    archive: Archive, file: File
) -> None:
    file("认购书", B)
    number = file("收据", BARE)
    file("收据", A)
    one = one_of(archive, B)
    assert [(each.requirement.id, each.papers) for each in one.those("perhaps")] == [("payment", (number,))]
    assert one.records == 1
    with archive.engine.begin() as connection:
        connection.execute(update(dossier).where(dossier.c.key == BARE).values(customer="测试乙"))
    assert "payment" in told(one_of(archive, B), "missing")


def test_who_may_not_see_its_level_is_told_nothing_of_it(archive: Archive, file: File) -> None:
    file("认购书", A, "内部")
    file("收据", A, "核心商密")
    file("认购书", B, "内部")
    low = archive.clearance("普通商密")
    assert [one.dossier.key for one in check(archive, low)] == [B]
    with pytest.raises(BadWord, match="No dossier"):
        check_one(archive, A, low)


def test_a_record_of_a_level_out_of_sight_hides_the_dossier_too(archive: Archive, file: File) -> None:
    file("认购书")
    number = file("收据", A, "核心商密")
    archive.dms.quarantine(number, archive.dms.record(number).card.sha256)
    assert list(check(archive, archive.clearance("普通商密"))) == []


def test_many_dossiers_are_looked_at_some_at_a_time(
    archive: Archive, file: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(completeness, "_AT_ONCE", 2)
    keys = [f"锦绣花园/1-{room}" for room in range(101, 106)]
    for key in keys:
        file("认购书", key, document_date=date(2020, 1, 1))
    found = list(check(archive, archive.clearance()))
    assert [one.dossier.key for one in found] == keys
    assert {len(one.findings) for one in found} == {3}


def test_a_dossier_that_there_is_not_is_a_wrong_word(archive: Archive) -> None:
    with pytest.raises(BadWord, match="No dossier 乱写"):
        check_one(archive, "乱写", archive.clearance())


def test_a_company_may_set_its_own_list(archive: Archive, file: File, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    head = EXAMPLE.read_text("utf-8").partition("\n[[paper]]")[0].replace("example = true", "example = false")
    row = '\n[[paper]]\nid = "{}"\nname_zh = "预告登记"\nname_en = "x"\nany_of = ["{}"]\nwhen_kinds = ["认购书"]\n'
    own.write_text(head + row.format("notice", "预告登记证明") + 'authority = "公司规定"\n', "utf-8")
    mine = replace(archive, settings=archive.settings.model_copy(update={"required_papers": own}))
    file("认购书")
    assert told(check_one(mine, A, mine.clearance()), "missing") == ["notice"]
    assert not required_papers(mine).example
    own.write_text(head + row.format("notice", "预告证明") + 'authority = "公司规定"\n', "utf-8")
    with pytest.raises(
        BadSetting, match=r"DOSSIER_REQUIRED_PAPERS: .*row 1 \(notice\): the taxonomy has no kind '预告证明'"
    ):
        required_papers(mine)
    own.write_text("[[paper]", "utf-8")
    with pytest.raises(BadSetting, match=r"DOSSIER_REQUIRED_PAPERS: .*is not TOML"):
        required_papers(mine)


@pytest.mark.servers
def test_postgresql_tells_the_same(postgresql_server: Server, tmp_path: Path) -> None:
    told_by = {
        "DOSSIER_HOME": str(tmp_path / "home"),
        "DOSSIER_DATABASE_URL": fresh_database(postgresql_server),
    }
    with open_archive(settings.load(told_by, tmp_path), lambda: NOON) as archive:
        paper = deposit(
            tmp_path, b"1", kind="民事起诉状", category="litigation", dossier=A, confidentiality="内部"
        )
        number = archive.dms.file(paper)
        with archive.engine.begin() as connection:
            open_dossier(
                connection, DossierChoice(A, A, "3-2-1501", "锦绣花园", "", (), ""), date(2026, 1, 1)
            )
            enter(connection, archive.dms.record(number), archive.rules.ladder.higher)
        tell(archive, [Event("case_closed", date(2026, 1, 5), Scope("record", number), "结案通知")], "李静")
        assert told(one_of(archive), "missing") == ["judgment"]
