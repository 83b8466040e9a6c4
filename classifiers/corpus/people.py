"""Invented people and organisations, as they stand on papers: no real person, no real company."""

from __future__ import annotations

from random import Random

_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付傅方邹熊白孟秦邱侯江尹薛雷"
_COMPOUND = ("欧阳", "上官", "司马", "诸葛", "皇甫", "慕容")
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂兰英华建国文斌玉梅红波辉鹏飞志远晓雪婷慧佳欣怡然子轩浩宇梓涵雨泽思琪嘉诚家豪俊凯振东海燕春生立新永康少峰冬青瑞祥淑珍学林德胜凤云素琴彩虹若曦亦凡"
_FIRST = "恒瑞锦泰宏盛嘉和润丰华景安信远达金鼎昌隆中天荣庆博厚明德顺祥凯悦万合鑫源众诚君御"
_SECOND = "基业宇通城嘉源投泽兴邦海岳达景隆域置福联创世纪阳光厦筑"
_COMPANIES = (
    "置业有限公司", "房地产开发有限公司", "置业有限责任公司", "地产有限公司", "房地产开发集团有限公司",
    "城市建设开发有限公司", "实业有限公司", "置业股份有限公司", "投资发展有限公司", "房地产有限责任公司",
)  # fmt: skip
_KEEPERS = (
    "物业服务有限公司",
    "物业管理有限公司",
    "物业服务有限公司{district}分公司",
    "物业服务中心",
    "生活服务有限公司",
    "物业管理处",
)
_AGENCIES = (
    "房地产经纪有限公司",
    "房产中介服务有限公司",
    "不动产经纪事务所",
    "房地产顾问有限公司",
    "房屋置换有限公司",
)
_BUILDERS = (
    "建筑工程有限公司",
    "建设集团有限公司",
    "防水工程有限公司",
    "装饰工程有限公司",
    "建筑安装有限责任公司",
    "门窗幕墙有限公司",
)
_TRADERS = (
    "商贸有限公司",
    "建材有限公司",
    "电梯有限公司",
    "广告传媒有限公司",
    "科技有限公司",
    "办公用品有限公司",
)
_BANKS = ("农村商业银行", "城市银行", "商业银行股份有限公司", "银行股份有限公司", "村镇银行")


def person(rng: Random) -> str:
    """A name of two or three characters, rarely four."""
    surname = rng.choice(_COMPOUND) if rng.random() < 0.02 else rng.choice(_SURNAMES)
    given = "".join(rng.choice(_GIVEN) for _ in range(1 if rng.random() < 0.25 else 2))
    return surname + given


def organisation(rng: Random, slot: str, city: str, district: str) -> str:
    """The name of what the slot asks for, of that city and district."""
    mark = rng.choice(_FIRST) + rng.choice(_SECOND)
    short = city.removesuffix("市")
    where = rng.choice((city, short, f"{short}{district.rstrip('区县市')}", "", short))
    if slot in _ENDINGS:
        return f"{where}{mark}{rng.choice(_ENDINGS[slot])}".replace("{district}", district)
    if slot == "bank":
        branch = rng.choice(
            (f"{district}支行", f"{short}分行", f"{city}{district}支行", "营业部", f"{mark}支行")
        )
        return f"{short}{rng.choice(_BANKS)}{branch}"
    if slot == "lawfirm":
        return f"{rng.choice(('', short, _province(rng)))}{mark}{rng.choice(('', f'（{short}）'))}律师事务所"
    return rng.choice(_OFFICES[slot]).format(city=city, short=short, district=district)


def _province(rng: Random) -> str:
    return rng.choice(("广东", "江苏", "浙江", "湖北", "四川", "北京", "山东", "河南", "陕西", "辽宁"))


_ENDINGS = {
    "company": _COMPANIES,
    "property_company": _KEEPERS,
    "agency": _AGENCIES,
    "contractor": _BUILDERS,
    "supplier": _TRADERS,
}
_OFFICES = {
    "court": (
        "{city}{district}人民法院", "{city}{district}人民法院", "{district}人民法院", "{city}中级人民法院",
        "{city}{district}人民法院",
    ),
    "registry": (
        "{city}不动产登记中心", "{city}自然资源和规划局", "{city}不动产登记事务中心", "{city}自然资源和规划局{district}分局",
        "{district}不动产登记中心", "{city}国土资源局", "{city}规划和自然资源局", "{city}{district}不动产登记所",
    ),
    "police": (
        "{city}公安局{district}分局", "{city}公安局", "{district}公安局", "{city}公安局{district}分局城关派出所",
        "{city}公安局{district}分局",
    ),
    "notary": ("{city}{district}公证处", "{city}公证处", "{short}市{district}公证处", "{city}第二公证处", "{city}诚信公证处"),
    "tax_office": (
        "国家税务总局{city}税务局", "国家税务总局{city}{district}税务局", "国家税务总局{city}{district}税务局第二税务所",
        "{city}{district}地方税务局", "国家税务总局{city}税务局契税征收分局",
    ),
    "housing_bureau": (
        "{city}住房和城乡建设局", "{city}住房保障和房产管理局", "{city}房地产管理局", "{city}住房和城乡建设委员会",
        "{city}{district}住房和建设局", "{city}房产交易管理中心", "{city}住房保障和房屋管理局",
    ),
}  # fmt: skip
ORGANISATIONS = frozenset((*_ENDINGS, *_OFFICES, "bank", "lawfirm"))
"""The slots that `organisation` fills."""
