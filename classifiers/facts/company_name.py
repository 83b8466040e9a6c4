"""Names of companies, banks and courts: place, name, trade, form (企业名称登记管理规定 art. 6)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classifiers.fact import Fact
from classifiers.facts import parties
from classifiers.facts.finding import Find, facts
from classifiers.glyphs import Evened, even
from consumers.transcript import Page

HAN = "\u4e00-\u9fff"
BRANCH = rf"(?:\n?[{HAN}()]{{2,14}}?\n?(?:分\n?行|支\n?行|营业部|分公司|分理处|项目部|服务中心))"
FORM = (
    rf"(?:(?:集\n?团)?\n?(?:股\n?份|责\n?任)?\n?有\n?限\n?(?:责\n?任\n?)?公\n?司{BRANCH}?|"
    rf"银\n?行{BRANCH}|集团公司|置业公司|开发公司|物业公司|咨询公司"
    r"|人\n?民\n?法\n?院|仲裁委员会|律师事务所|会计师事务所|公证处|公积金管理中心|不动产登记中心|"
    r"业主委员会|合伙企业\((?:有限|普通)合伙\))"
)
BODY = rf"[{HAN}A-Za-z()·]{{2,26}}?"
LINE = re.compile(
    rf"(?:^|(?<=\n))(?P<body>{BODY})(?P<form>{FORM})(?=[:(,。\n]|$|[\u4e00-\u9fff]{{0,6}}(?:部|中心|管理处|办公室|工会)(?:\n|$))"
)
AFTER_LABEL = re.compile(rf"(?P<body>{BODY})(?P<form>{FORM})")
AFTER_COLON = re.compile(rf"(?P<body>{BODY}(?:\n[{HAN}()]{{1,10}}?)?)(?P<form>{FORM})")
ONE_OF_US = re.compile(
    r"^(?:本|该|贵(?![阳州港溪])|我|某|各|两|总|原|上述|前述|受托|委托|向|在|由|经|与|和|对|为|于|如|按|应|则|即|"
    r"若|同|以|被告|原告|甲方|乙方|丙方|有权|不|关于|因|系|你|人|签|的|是|可|自|依照|根据|请求)"
)
NOBODY = re.compile(
    r"^(?:本|该|贵(?:司|公司|行|院|单位|方)|我(?:司|公司|行|方)|某|被告|原告|[甲乙丙]方|有权|不|关于|以下|上述)"
)
"""Behind a colon stands a name: there only words that can begin none."""

RUNNING_TEXT = re.compile(
    r"[与为经向由][我被原你贵本该]|单位|总包|此致|[的了并或及其]|以下|简称|应当|同意|签订|提供|"
    r"申请|支付|购买|订购|按照|负责|办理|委托|作为|要求|承担|委员会$|" + parties.NAMES
)
SPECIAL = {
    "银行": "bank",
    "人民法院": "court",
    "仲裁委员会": "arbitration",
    "律师事务所": "law_firm",
    "公证处": "notary",
    "登记中心": "registry",
    "公积金": "housing_fund",
}
"""What the name itself says, stronger than the label; but a bank that sues is a plaintiff."""
TRADE_ONLY = re.compile(
    r"(?:房地产|地产|置业|开发|集团|建设|工程|物业|服务|建筑|安装|投资|发展|实业|管理|装饰|防水|经纪|商贸|商业)+"
)
"""A name needs more than its trade and form."""

COURT_PLACE = re.compile(r"[省市县区州旗盟]|最高|高级|中级|铁路|海事|知识产权|互联网|金融")
IN_COURT = frozenset(("plaintiff", "defendant", "third_party", "respondent", "applicant"))


def find(page: Page) -> tuple[Fact, ...]:
    """All companies and offices behind a party's label or alone on their line, with the label's role."""
    evened = even(page)
    return facts("company_name", page, evened, [*_labelled(evened), *_alone(evened)])


def _labelled(evened: Evened) -> Iterator[Find]:
    for label in parties.LABEL.finditer(evened.text):
        pattern = AFTER_COLON if ":" in label["sep"] else AFTER_LABEL
        match = pattern.match(evened.text, label.end())
        if match and not (label["label"] in ("致", "名称") and ":" not in label["sep"]):
            colon = ":" in label["sep"]
            yield from _name(
                match, 0.92 if colon else 0.8, parties.role(label), NOBODY if colon else ONE_OF_US
            )


def _alone(evened: Evened) -> Iterator[Find]:
    for match in LINE.finditer(evened.text):
        yield from _name(match, 0.85, "")


def _name(
    match: re.Match[str], confidence: float, role: str, no_name: re.Pattern[str] = ONE_OF_US
) -> Iterator[Find]:
    body = re.sub(r"\n", "", match["body"])
    name = re.sub(r"\n", "", match["body"] + match["form"]).replace("(", "（").replace(")", "）")
    if (
        no_name.match(body + match["form"])
        or RUNNING_TEXT.search(body)
        or name.count("（") != name.count("）")
        or len(name) < 6
    ):
        return
    if "法院" in match["form"] and not COURT_PLACE.search(body):
        return
    if TRADE_ONLY.fullmatch(body):
        return
    special = next((kind for word, kind in SPECIAL.items() if word in name), "")
    if special == "court" or (special and role not in IN_COURT):
        role = special
    yield Find(name, match.start("body"), match.end("form"), confidence, role)
