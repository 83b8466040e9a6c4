"""The labels before a party's name, and which role each gives: 买受人 is the buyer, 出卖人 the seller."""

from __future__ import annotations

import re

from classifiers.facts.finding import words

ROLES: dict[str, str] = {}
for _role, _labels in {
    "buyer": "买受人 原买受人 新增买受人 买受方 按揭人 实际出资人 原认购人 新认购人 购房人 购房者 购房员工 买方 买房人 认购方 认购人 订购方 订购人 "
    "预订人 预购人 客户姓名 客户确认 客户 认购客户 购房客户 受让方 受让人 "
    "乙方代表",
    "seller": "出卖人 出让方 卖方 出卖方 销售方 出售方 出售人 卖房人 转让方 转让人 开发商 开发企业 开发公司 "
    "建设单位 开发单位",
    "applicant": "申请人 共同申请人 申请方 申请执行人 申请单位 报修人 投诉人 来访人 登记人",
    "respondent": "被申请人 被执行人 被投诉人",
    "borrower": "借款人 共同借款人 主借款人 共同还款人 债务人",
    "lender": "贷款人 贷款银行 出借人 债权人 受托银行 经办银行",
    "mortgagor": "抵押人 抵押方",
    "mortgagee": "抵押权人 房屋他项权利人 他项权利人",
    "guarantor": "保证人 担保人",
    "owner": "房屋所有权人 所有权人 权利人 权利人姓名 产权人 土地使用权人 土地使用者 房屋所有人 共有人 业主 "
    "业主姓名 户主 房主 业主方 共有权人",
    "obligor": "义务人 义务人姓名",
    "plaintiff": "原告 被答辩人 反诉人 异议人 原告人 起诉人 具状人 上诉人",
    "defendant": "被告 答辩人 被反诉人 被告人 被上诉人",
    "third_party": "第三人 原审第三人",
    "agent": "代理人 委托代理人 受托人 受托方 被委托人 受委托人 诉讼代理人",
    "principal": "委托人 委托方 授权人",
    "donor": "赠与人",
    "donee": "受赠人",
    "declarant": "声明人 承诺人 保证书人 具结人",
    "holder": "持证人 持卡人 被保险人 投保人 户名 缴存人",
    "payer": "交款人 缴款人 付款人 付款方 交款单位 缴费人 纳税人 今收到 兹收到",
    "payee": "收款人 收款方 收款单位",
    "landlord": "房东 出租方 出租人",
    "tenant": "承租方 承租人",
    "broker": "经纪人 经纪人员 居间方 中介方 居间人 经纪机构 渠道公司",
    "builder": "承包人 承包方 施工单位 承建单位 维修单位",
    "employer": "发包人 发包方",
    "property_manager": "物业公司 物业服务企业 物业管理企业 物业服务人",
    "legal_representative": "法定代表人",
    "spouse": "配偶 配偶姓名",
    "contact": "联系人 紧急联系人",
    "staff": "置业顾问 销售顾问 销售主管 销售经理 案场经理 案场主管 甲方代表 甲方经办 经办 经办人 经办民警 承办 承办人 审批人 审核人 复核人 核对人 财务复核 受理人 接单人 "
    "派单人 维修员 维修人 维修人员 维修师傅 现场负责人 项目负责人 物业验房员 物业客服 地产客服 客服 客服专员 客户经理 调解员 调查员 填发人 送达人 制单人 制表人 填表人 "
    "记录人 主持人 巡查人 测算人 测量员 检查员 检查人 询问人 公证员 出纳 会计 开票人 回访人 跟进人 负责人",
    "court": "审判长 审判员 代理审判员 人民陪审员 书记员 执行员 法官 法官助理 首席仲裁员 仲裁员",
    "addressee": "受送达人 被传唤人 收楼人 领证人 收件人 收信人",
    "bank": "监管银行 开户银行 开户行",
    "": "甲方 乙方 丙方 丁方 男方 女方 立约方 约定人 被拆迁人 拆迁人 使用方 见证 姓名 提交人 本人 我叫 立据人 立约人 当事人 公司名称 单位名称 企业名称 名称 致",
}.items():
    ROLES.update(dict.fromkeys(_labels.split(), _role))
del _role, _labels

NEVER_A_PERSON = frozenset(
    words(
        "监管银行 开户银行 开户行 致 名称 公司名称 单位名称 企业名称 建设单位 施工单位 渠道公司 "
        "物业公司 开发商"
    )
)
WITHOUT_COLON = frozenset(
    words(
        "原告 被告 上诉人 被上诉人 第三人 申请人 被申请人 姓名 业主姓名 客户姓名 我叫 本人 业主 "
        "委托代理人 法定代表人 持证人 声明人 户主 借款人 权利人 受送达人 具状人 受赠人 赠与人 委托人 "
        "受托人 被执行人 申请执行人 配偶 紧急联系人 买受人 出卖人 共有人 客户 原审第三人 权利人姓名 "
        "户名 订购方 认购人"
    )
)
"""Labels after which a name may follow with nothing between."""

NAMES = "|".join(sorted(map(re.escape, ROLES), key=len, reverse=True))
SIGNED = (
    r"(?:本人)?(?:签字|签名|签章|盖章|签署|签收|章|捺印|手印|姓名|名称|全称)"
    r"(?:[或/、及]?(?:签字|签名|签章|盖章|捺印|手印|指印))*"
)
SIGNING = rf"(?:{SIGNED}|\(\n?{SIGNED}\n?\))"
LABEL = re.compile(
    rf"(?P<label>{NAMES})(?P<nth>[一二三四五六1-9])?(?:{SIGNING}|\("
    rf"(?P<aside>[^()\n]{{1,16}})\)){{0,3}}(?P<sep>\n?:?\n?)"
)
"""A label with its number, its brackets and what parts it from the name."""


def role(label: re.Match[str]) -> str:
    """The label's role; of 甲方 (出卖人) and the like that of the words in the brackets."""
    own = ROLES[label["label"]]
    aside = re.sub(r"^(?:原审|一审|二审)", "", label["aside"] or "")
    return own or ROLES.get(aside, "")
