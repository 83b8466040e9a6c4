from __future__ import annotations

from pathlib import Path

import pytest

from classifiers.confidentiality import SHIPPED, Mark, level_of, load, printed_level, state_secret
from classifiers.errors import BadTaxonomy
from classifiers.labels import Reason
from classifiers.personal_data import Found, shipped
from consumers.transcript import Transcript
from tests.classifiers.pages import transcript

LADDER = load()
PROSE = "\n".join(["双方应当按照本合同的约定全面履行各自的义务，不得擅自变更。"] * 10)

SECRET_AT_THE_HEAD = [
    ("绝密★", "绝密★"),
    ("绝密★10年", "绝密★"),
    ("机密★10年", "机密★"),
    ("秘密 ☆ 长期", "秘密☆"),
    ("秘密*5年", "秘密*"),
    ("机密＊启用前", "机密*"),
    ("绝 密 ★ 1 0 年", "绝密★"),
    ("機密★長期", "机密★"),
    ("000017\u3000机密★20年", "机密★"),
    ("绝密", "绝密"),
    ("绝密 10年", "绝密10年"),
    ("绝密 文件", "绝密文件"),
    ("【绝密】", "绝密"),
    ("密级：绝密", "绝密"),
    ("机密 长期", "机密长期"),
    ("机密 启用前", "机密启用前"),
    ("秘密 六个月", "秘密六个月"),
    ("绝密女10年", "绝密女10年"),
    ("机密大长期", "机密大长期"),
    ("No.000017\u3000绝密 10年", "绝密10年"),
    ("机密★一年", "机密★"),
    ("机密女", "机密女"),
    ("秘密大", "秘密大"),
    ("机密*1年", "机密*"),
    ("机蜜★10年", "机蜜★"),
    ("杌密★长期", "杌密★"),
    ("机密女一年", "机密女一年"),
    ("机密★1O年", "机密★"),
    ("机密★10年 特急", "机密★"),
    ("000017机密★10年", "机密★"),
    ("江州市人民政府办公室 机密★5年", "机密★"),
]
STARRED_ANYWHERE = ["绝密★", "机密★10年", "秘密☆长期", "附件一\u3000机密★5年"]
NO_STATE_SECRET = [
    "本合同的商业秘密",
    "保守国家秘密",
    "中华人民共和国保守国家秘密法",
    "核心商密▲",
    "普通商密▲5年",
    "商业秘密★3年",
    "工作秘密★",
    "是否涉及商业秘密*",
    "秘密",
    "机密",
    "机密资料",
    "绝密户型 限量发售",
    "涉密人员登记表",
    "★★★★★",
    "五星级★酒店",
    "开盘★热销",
    "密级 □绝密 □机密 □秘密 □内部",
    "密级　绝密　机密　秘密　内部",
    "国家秘密分为绝密★机密★秘密★三级",
    "秘密大全",
    "机密文件 公司内部",
]

NARROW_COLUMN = [
    "一份标有机密★的文件",
    "左上角印着“绝密★”",
    "机密★字样的复印件",
    "绝密★文件流向境外",
    "“机密★10年”等标识",
    "盖有秘密★的图纸，",
    "机密★、秘密★两级",
    "把绝密★级材料拍照",
]
"""Lines of a newspaper's column: narrow, and about secrets."""

MARKS = [
    ("核心商密", "核心商密"),
    ("核心商密▲", "核心商密"),
    ("核心商密▲长期", "核心商密"),
    ("（核心商密）", "核心商密"),
    ("密级：A级", "核心商密"),
    ("密级：普通商密", "普通商密"),
    ("普通商密 3年", "普通商密"),
    ("商业秘密", "普通商密"),
    ("编号 2023-7\u3000普通商密", "普通商密"),
    ("内部资料 注意保存", "内部"),
    ("内部资料，请勿外传", "内部"),
    ("【内部公开】", "内部"),
    ("仅供内部使用", "内部"),
    ("内部檔案\u3000內部文件", "内部"),
    ("机密", "核心商密"),
    ("机密▲", "核心商密"),
    ("机密文件", "核心商密"),
    ("秘密", "普通商密"),
    ("密级：秘密", "普通商密"),
    ("密级：□公开 □内部 ☑核心商密", "核心商密"),
    ("密级 □公开 √内部 □普通商密 □核心商密", "内部"),
]
NO_MARK = [
    "本合同的商业秘密",
    "第七条 保守商业秘密",
    "商业秘密保护承诺书",
    "保守客户的商业秘密",
    "企业信用等级AAA级",
    "AAA级信用企业",
    "防火等级：B级",
    "C级防盗门",
    "内部装修图",
    "公司内部文件管理办法",
    "公开",
    "密级：□公开 □内部 □普通商密 □核心商密",
    "公开　内部　普通商密　核心商密",
    "机密性承诺",
    "秘密花园二期",
]


def _at_the_head(line: str) -> Transcript:
    return transcript(f"江州锦澜置业有限公司\n{line}\n{PROSE}")


def _in_the_midst(line: str) -> Transcript:
    return transcript(f"{PROSE}\n{line}\n{PROSE}")


@pytest.mark.parametrize(("line", "name"), SECRET_AT_THE_HEAD)
def test_the_mark_of_a_state_secret_is_found_at_the_head(line: str, name: str) -> None:
    mark = state_secret(_at_the_head(line), LADDER)
    assert mark is not None
    assert (mark.name, mark.quote, mark.page) == (name, line, 1)


@pytest.mark.parametrize("line", STARRED_ANYWHERE)
def test_level_and_star_are_found_anywhere(line: str) -> None:
    assert state_secret(_in_the_midst(line), LADDER) is not None


def test_the_mark_of_a_state_secret_is_found_on_a_later_page() -> None:
    mark = state_secret(transcript(PROSE, f"机密★10年\n{PROSE}"), LADDER)
    assert mark is not None
    assert mark.page == 2


@pytest.mark.parametrize("line", NO_STATE_SECRET)
def test_what_only_speaks_of_secrets_is_no_state_secret(line: str) -> None:
    assert state_secret(_at_the_head(line), LADDER) is None


@pytest.mark.parametrize("line", ["绝密", "机密 长期", "绝密女10年"])
def test_without_a_star_a_mark_in_the_midst_of_a_page_is_none(line: str) -> None:
    assert state_secret(_in_the_midst(line), LADDER) is None


@pytest.mark.parametrize("line", NARROW_COLUMN)
def test_a_newspaper_that_quotes_a_mark_bears_none(line: str) -> None:
    assert state_secret(_in_the_midst(line), LADDER) is None
    assert state_secret(_at_the_head(line), LADDER) is None


def test_level_and_star_in_a_long_sentence_are_talked_about() -> None:
    line = "文件首页左上角标注绝密★10年等字样的，应当立即交保密办公室处理，不得扫描。"
    assert state_secret(_at_the_head(line), LADDER) is None


@pytest.mark.ocr
def test_the_mark_on_the_secret_sample_is_found(secret_transcript: Transcript) -> None:
    assert state_secret(secret_transcript, LADDER) is not None


@pytest.mark.ocr
def test_no_good_sample_is_taken_for_a_state_secret(sample_transcripts: dict[str, Transcript]) -> None:
    assert [file for file, read in sample_transcripts.items() if state_secret(read, LADDER)] == []


@pytest.mark.parametrize(("line", "level"), MARKS)
def test_a_printed_mark_names_its_level(line: str, level: str) -> None:
    mark = printed_level(_at_the_head(line), LADDER)
    assert mark is not None
    assert (mark.name, mark.quote) == (level, line)


@pytest.mark.parametrize("line", NO_MARK)
def test_what_only_contains_the_words_of_a_mark_is_none(line: str) -> None:
    assert printed_level(_at_the_head(line), LADDER) is None


def test_a_mark_at_the_foot_counts() -> None:
    assert printed_level(transcript(f"{PROSE}\n普通商密"), LADDER) is not None


def test_a_mark_in_the_midst_of_a_page_is_none() -> None:
    assert printed_level(_in_the_midst("普通商密"), LADDER) is None


def test_of_two_marks_the_higher_one_counts() -> None:
    mark = printed_level(transcript(f"内部资料\n{PROSE}", f"核心商密▲\n{PROSE}"), LADDER)
    assert mark is not None
    assert (mark.name, mark.page) == ("核心商密", 2)


def test_a_mark_is_a_reason_with_its_place() -> None:
    mark = printed_level(_at_the_head("普通商密 3年"), LADDER)
    assert mark is not None
    assert (mark.reason().rule, mark.reason().quote, mark.reason().page) == (
        "mark:普通商密",
        "普通商密 3年",
        1,
    )


def test_an_empty_transcript_bears_no_mark() -> None:
    assert (state_secret(transcript(), LADDER), printed_level(transcript(), LADDER)) == (None, None)


def test_the_rungs_stand_from_low_to_high() -> None:
    assert LADDER.names == ("公开", "内部", "普通商密", "核心商密")


@pytest.mark.parametrize(
    ("one", "other", "higher"),
    [("公开", "内部", "内部"), ("核心商密", "普通商密", "核心商密"), ("内部", "内部", "内部")],
)
def test_the_higher_of_two_rungs_is_told(one: str, other: str, higher: str) -> None:
    assert (LADDER.higher(one, other), LADDER.higher(other, one)) == (higher, higher)


def test_a_rung_holds_all_below_it() -> None:
    assert LADDER.up_to("普通商密") == {"公开", "内部", "普通商密"}


@pytest.mark.parametrize("name", ["绝密", "", "内"])
def test_what_is_no_rung_is_a_key_error(name: str) -> None:
    with pytest.raises(KeyError):
        LADDER.rank(name)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('name = "内部"', 'name = "内部"\ncolour = "red"', "colour"),
        ('name = "内部"', 'name = "公开"', "give one of them another"),
        ('marks = ["核心商密", ', 'marks = ["", ', "marks"),
        ('customers = "内部"', 'customers = "机要"', "there is no level '机要'"),
        ('by = ["minor", ', 'by = ["children", ', "has no row 'children'"),
        ('levels = ["绝密", "机密", "秘密"]', "levels = []", "levels"),
        ("[state_secret]", "[secrets]", "state_secret"),
        ("[[level]]", "[[level]", "array declaration"),
    ],
)
def test_a_bad_ladder_is_refused_with_file_and_fault(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = tmp_path / "ladder.toml"
    path.write_text(SHIPPED.read_text("utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadTaxonomy, match=rf"(?s)ladder\.toml.*{said}"):
        load(path)


def test_a_ladder_that_is_no_utf8_is_refused_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "gbk.toml").write_bytes(SHIPPED.read_text("utf-8").encode("gb18030", "replace"))
    with pytest.raises(BadTaxonomy, match=r"gbk\.toml"):
        load(tmp_path / "gbk.toml")


def _found(sort: str) -> tuple[Found, ...]:
    row = next(row for row in shipped() if row.id == sort)
    return (Found(row, (Reason(f"personal:{sort}", "在此", 1, 1.0),)),)


def test_what_concerns_a_customer_is_internal_at_least() -> None:
    level, reasons = level_of("公开", concerns_customer=True, mark=None, found=(), ladder=LADDER)
    assert (level, [reason.rule for reason in reasons]) == ("内部", ["level:customers"])


def test_a_paper_about_no_customer_may_be_public() -> None:
    assert level_of("公开", concerns_customer=False, mark=None, found=(), ladder=LADDER) == ("公开", ())


@pytest.mark.parametrize(
    ("sort", "level"),
    [
        ("bank-flows", "核心商密"),
        ("health", "核心商密"),
        ("biometrics", "核心商密"),
        ("minor", "普通商密"),
        ("financial-account", "普通商密"),
        ("religion", "普通商密"),
        ("id-number", "内部"),
    ],
)
def test_what_a_paper_says_of_people_raises_its_level(sort: str, level: str) -> None:
    assert level_of("内部", concerns_customer=True, mark=None, found=_found(sort), ladder=LADDER)[0] == level


@pytest.mark.parametrize("mark", [None, Mark("内部", 1, "内部资料")])
def test_nothing_lowers_the_level_of_a_kind(mark: Mark | None) -> None:
    found = _found("minor")
    assert level_of("核心商密", concerns_customer=True, mark=mark, found=found, ladder=LADDER) == (
        "核心商密",
        (),
    )


def test_every_sensitive_sort_of_personal_data_raises_the_level() -> None:
    raised = {sort for row in LADDER.raises for sort in row.by}
    assert raised == {row.id for row in shipped() if row.flag == "sensitive"}
