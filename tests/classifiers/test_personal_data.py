from __future__ import annotations

from pathlib import Path

import pytest

from classifiers import facts as finders
from classifiers.errors import BadTaxonomy
from classifiers.fact import Fact
from classifiers.personal_data import SHIPPED, flag, found, load, shipped
from tests.classifiers.pages import transcript

SOMEBODY = (Fact("person_name", "周文海", 1, "姓名：周文海", 0.9),)
ARTICLE_28 = "个人信息保护法第二十八条"

SHOWN = [
    ("bank-flows", "交易日期\u3000摘要\u3000收入金额\u3000账户余额\u3000对方户名"),
    ("bank-flows", "江州银行个人账户交易明细\n2024-03-01 转账 账户余额 12,000.00"),
    ("financial-account", "退款至本人银行卡：6217 0000 1234 5678 907"),
    ("financial-account", "卡号6222021234567890128 开户行江州支行"),
    ("health", "出院诊断证明书\n患者因腰椎压缩性骨折住院治疗"),
    ("health", "伤残等级：十级"),
    ("health", "住 院 号：00123"),
    ("biometrics", "门禁人脸信息采集表"),
    ("biometrics", "业主指纹录入登记"),
    ("religion", "宗教信仰：伊斯兰教"),
    ("particular-status", "残疾人证号见附件"),
    ("particular-status", "家庭享受最低生活保障"),
    ("whereabouts", "3栋2单元门禁出入记录"),
    ("minor", "出生医学证明"),
    ("minor", "产权人周小满未满十四周岁，由监护人代为签署"),
]
NOT_SHOWN = [
    "甲方收款账户：江州置业有限公司 32050161864200000123 监管专用",
    "户名：江州锦澜置业有限公司\n账号：6222021234567890128",
    "买受人签字（按指纹）",
    "宗教信仰：无",
    "公民有宗教信仰自由",
    "房屋交接单\n电表读数 102 水表读数 33",
    "账户余额不足时应当及时补足",
    "合同编号：6217000012345678",
    "手机号 13900001111",
]


def _sorts(text: str, facts: tuple[Fact, ...] = SOMEBODY) -> set[str]:
    return {one.row.id for one in found(transcript(text), facts)}


@pytest.mark.parametrize(("sort", "text"), SHOWN)
def test_sensitive_data_is_seen(sort: str, text: str) -> None:
    assert sort in _sorts(text)


@pytest.mark.parametrize("text", NOT_SHOWN)
def test_what_only_sounds_like_it_is_not(text: str) -> None:
    assert _sorts(text) == set()


@pytest.mark.parametrize("text", [text for _, text in SHOWN])
def test_a_paper_that_names_nobody_holds_nobodys_data(text: str) -> None:
    assert _sorts(text, ()) == set()


def test_an_id_number_alone_is_personal_and_not_sensitive() -> None:
    read = transcript("姓名：周文海\n公民身份号码 420198198803054519")
    facts = finders.find(read)
    seen = found(read, facts)
    assert [one.row.id for one in seen] == ["id-number"]
    assert flag("none", facts, seen) == "personal"


CHILD = Fact("id_number", "420198201503054513", 1, "身份证号420198201503054513", 0.99)


def _signed(day: str) -> Fact:
    return Fact("document_date", day, 1, day, 0.9, "signed")


@pytest.mark.parametrize(
    ("day", "young"),
    [
        ("2024-05-06", True),
        ("2029-03-04", True),
        ("2029-03-05", False),
        ("2035-01-01", False),
        ("2010-01-01", False),
    ],
)
def test_the_age_of_a_child_is_that_on_the_day_of_the_paper(day: str, young: bool) -> None:
    assert ("minor" in _sorts("买受人", (CHILD, _signed(day)))) is young


def test_the_day_of_birth_on_an_id_card_is_not_the_day_of_the_paper() -> None:
    assert "minor" not in _sorts(
        "居民身份证", (CHILD, Fact("document_date", "2015-03-05", 1, "2015年3月5日", 0.9))
    )


def test_without_a_day_nobody_is_taken_for_a_child() -> None:
    assert "minor" not in _sorts("买受人", (CHILD,))


@pytest.mark.parametrize(
    ("of_kind", "text", "expected"),
    [
        ("none", "通知", "personal"),
        ("personal", "病历 门诊号 3", "sensitive"),
        ("sensitive", "通知", "sensitive"),
    ],
)
def test_the_flag_only_rises(of_kind: str, text: str, expected: str) -> None:
    seen = found(transcript(text), SOMEBODY)
    assert flag(of_kind, SOMEBODY, seen) == expected  # type: ignore[arg-type]  # a word of the table above


def test_a_paper_without_people_keeps_the_flag_of_its_kind() -> None:
    assert flag("none", (), ()) == "none"


def test_every_reason_quotes_what_stands_there_with_its_page() -> None:
    (one,) = found(transcript("第一页", "患者姓名：周文海"), SOMEBODY)
    assert (one.reasons[0].page, one.reasons[0].rule) == (2, "personal:health")
    assert "患者姓名" in one.reasons[0].quote


@pytest.mark.parametrize("row", [row for row in shipped() if row.flag == "sensitive"], ids=lambda row: row.id)
def test_every_sensitive_row_quotes_the_article(row: object) -> None:
    assert getattr(row, "authority").startswith(ARTICLE_28)  # noqa: B009  parametrised


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('flag = "personal"', 'flag = "secret"', "flag"),
        ("least = 2", "least = 0", "least"),
        ('patterns = ["人脸', 'patterns = ["(人脸', "no regular expression"),
        ('id = "health"', 'id = "minor"', "same id"),
        ("under_age = 14", "age = 14", "age"),
    ],
)
def test_a_bad_table_is_refused_with_file_and_fault(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = tmp_path / "people.toml"
    path.write_text(SHIPPED.read_text("utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadTaxonomy, match=rf"(?s)people\.toml.*{said}"):
        load(path)
