"""Plain keywords as a side: what anybody would write down in five minutes, one row a category."""

from __future__ import annotations

from benchmarks.verdicts.case import Answer, Case, Judged
from classifiers.evidence import squeeze

WORDS = {
    "sales": "认购 认筹 诚意金 定金 来访 客户登记 优惠 折扣 更名 换房 退房 购房资格 收入证明 营业执照 收据 渠道",
    "contract": "买卖合同 补充协议 借款合同 抵押合同 租赁合同 解除协议 预告登记 公积金 按揭 出卖人 买受人 甲方 乙方 违约责任 网签",
    "title": "不动产权 房产证 所有权证 使用证 登记申请 身份证 户口 结婚 契税 维修资金 测绘 公证 权利人 他项权",
    "repair": "报修 维修 保修 渗漏 漏水 验收 交房 钥匙 投诉 装修 整改 派工 质量问题 施工",
    "litigation": "人民法院 原告 被告 判决 裁定 起诉 传票 律师 仲裁 诉讼 执行 案号 证据 申请人",
    "other": "制度 办法 会议 总结 新闻 记者 宣传 邀请 保险 招聘 物业费 公告 说明书 检查表",
}
_HEAD_LINES, _HEAD_WEIGHT = 3, 3


class Keywords:
    """The category whose words stand there most; a word among the first lines counts more."""

    def answers(self, cases: list[Case]) -> Judged:
        """Every case with its answer."""
        return [(case, self.answer(case.transcript.text)) for case in cases]

    def answer(self, text: str) -> Answer:
        """The answer to one text; `other` where no word stands. Sureness is the winner's share of all."""
        head = squeeze("".join([line for line in text.split("\n") if line.strip()][:_HEAD_LINES]))
        body = squeeze(text)
        said = {
            category: sum((word in body) + _HEAD_WEIGHT * (word in head) for word in words.split())
            for category, words in WORDS.items()
        }
        best = max(said, key=lambda category: said[category])
        if not said[best]:
            return Answer("other", 0.0)
        return Answer(best, said[best] / sum(said.values()))
