"""Contracts: dense text in numbered articles, one to two pages."""

from __future__ import annotations

from benchmarks.drawn import words
from benchmarks.drawn.draft import Draft
from benchmarks.drawn.invented import Invention

_SALE = (
    "买受人已实地查看样板间，知悉样板间的家具、电器、饰品和灯光仅供展示，不作为交付标准；交付标准以附件所列材料和做法为准。",
    "出卖人承诺该房屋未设定抵押，未被查封，不存在一房数卖。承诺不实的，买受人有权退房，并要求按已付款百分之二十赔偿。",
    "交付时双方应同到现场查验，逐项填写验房记录。一般质量瑕疵由出卖人在三十日内修好，修理期间不影响交付的效力。",
    "遇台风、洪水、地震以及政府征收等双方不能预见、不能避免的情形，履行期限相应顺延，遭遇一方应于十日内书面告知并附证明。",
    "公共部位的绿地、道路、会所及地面车位的归属，按建设工程规划许可证所附总平面图确定，图中未标明归属的，由全体业主共有。",
    "买受人逾期付款在六十日以内的，自应付次日起按逾期款额日万分之二点五支付违约金；超过六十日的，出卖人可以解除本合同。",
    "水、电于交付日正式开通，燃气管道敷设到户，通气由买受人凭交付凭证自行向燃气公司申请。有线电视和宽带预留端口。",
    "房屋的外墙面、屋面使用权归全体业主，任何一方不得擅自设置广告牌，但依法经业主大会同意的除外。",
    "本合同附图、附件、补充协议均为组成部分。手写与打印不一致的，以经双方按捺指印的手写文字为准。",
    "前期物业服务由出卖人依法选聘的物业服务企业承担，收费标准为每平方米每月{fee}元，自交付之日次月起按季收取。",
    "因出卖人原因未能在约定期限内办妥初始登记的，买受人可以选择继续履行，由出卖人按已付房价款每日万分之零点五承担违约金。",
)
_LEASE = (
    "承租人保证房屋只作居住，不储存易燃、易爆、剧毒物品，不饲养影响邻里的动物，同住不超过四人。",
    "租期内房屋主体及原有管线自然损坏，由出租人负责修缮；因承租人使用不当造成的，由承租人修复或者照价赔偿。",
    "水、电、燃气、网络、电视和物业费用由承租人按实缴纳，单据由承租人自行保管，退租时交出租人核对。",
    "未经出租人书面同意，承租人不得转租、分租，不得改变墙体和管道走向。装饰装修部分退租时不作价、不拆除。",
    "一方提前解除合同的，应当提前三十日告知对方，并支付相当于一个月租金的补偿。",
    "押金于退租验房、结清费用后三日内原额无息退还，家具清单所列物品短少或者毁损的，从押金中扣抵。",
    "出租人出售该房屋，应在合理期限内通知承租人；承租人在同等条件下有优先购买的权利，十五日内未作答复的视为放弃。",
)
_NUMERALS = "一二三四五六七八九十"


def sale(made: Invention) -> Draft:
    """A sale contract over two pages."""
    seller, buyer, second = made.company(), made.soul(), made.soul()
    total, in_words = made.amount(600_000, 6_800_000)
    first, _ = made.amount(100_000, 500_000)
    area, inner = made.number(6200, 16800) / 100, made.number(5000, 6100) / 100
    articles = [
        f"买受人所购商品房坐落于{made.city[0]}{made.city[1]}{made.pick(words.STREETS)}{made.number(2, 400)}号"
        f"“{made.project()}”{made.unit()}，建筑面积{area:.2f}平方米，套内建筑面积{inner:.2f}平方米。",
        f"该商品房按套计价，总价款为人民币{total}元（大写：{in_words}）。",
        f"买受人于本合同签订之日支付首期款{first}元，余款申请商业银行按揭贷款，应于{made.date()}前备齐全部贷款资料。",
        f"出卖人应当在{made.date()}前，将竣工验收合格并取得备案表的商品房交付买受人。",
        *(
            text.format(fee=f"{made.number(120, 480) / 100:.2f}")
            for text in made.some(_SALE, made.number(9, 11))
        ),
        f"争议由房屋所在地人民法院管辖。本合同共{made.number(9, 40)}页，一式{made.pick('四五六')}份，自双方签章之日起生效。",
    ]
    body = [f"**第{_numeral(number)}条**　{text}" for number, text in enumerate(articles, 1)]
    half = len(body) * 3 // 5
    text = "\n".join(
        [
            f"# {made.pick(('商品房买卖合同（现售）', '商品房买卖合同', '住宅预售合同书'))}",
            f"> 合同编号：{made.contract_number()}",
            f". 出卖人：{seller}",
            f". 买受人：{{{buyer.name}}}　证件号码：{{{buyer.id}}}",
            f". 共同买受人：{{{second.name}}}　证件号码：{{{second.id}}}",
            f". 联系电话：{{{buyer.phone}}}　通讯地址：{{{buyer.address}}}",
            "根据《中华人民共和国民法典》及其他有关规定，出卖人和买受人在平等、自愿、公平、诚实信用的基础上，"
            "就商品房买卖事宜达成一致，订立本合同。",
            *body[:half],
            "@foot — 1 —",
            "===",
            *body[half:],
            "@gap 1",
            f". 出卖人（盖章）：{seller}　　　　买受人（签字）：{buyer.name}　{second.name}",
            ". 委托代理人：　　　　　　　　　　　委托代理人：",
            f"> 签订日期：{made.date()}",
            "@foot — 2 —",
        ]
    )
    settings = made.pick(
        (
            "points=10.5 leading=1.45 face=song-office",
            "points=11 leading=1.5 face=song",
            "points=10.5 face=zenhei leading=1.5",
        )
    )
    return Draft("商品房买卖合同", "contract", text, settings, seller, "合同专用章")


def lease(made: Invention) -> Draft:
    """A lease on one page."""
    owner, guest = made.soul(), made.soul()
    rent, rent_words = made.amount(1200, 9800)
    articles = [
        f"出租人将位于{made.address()}的房屋出租给承租人，建筑面积{made.number(38, 140)}平方米，附家具清单一份。",
        f"租期自{made.date()}起至{made.date()}止。期满承租人需要续租的，应提前一个月提出。",
        f"月租金{rent}元（{rent_words}），按季支付，先付后用，每季首月五日前转入出租人账户。",
        *made.some(_LEASE, made.number(5, 7)),
    ]
    text = "\n".join(
        [
            "# 房 屋 租 赁 合 同",
            f". 出租人（甲方）：{owner.name}　身份证号：{owner.id}",
            f". 承租人（乙方）：{guest.name}　身份证号：{guest.id}",
            f". 乙方电话：{guest.phone}",
            "@gap 0.4",
            *(f"{_numeral(number)}、{text}" for number, text in enumerate(articles, 1)),
            "@gap 0.8",
            f". 甲方签字：{{{{{owner.name}}}}}　　　　　　乙方签字：{{{{{guest.name}}}}}",
            f"> {made.date()}",
        ]
    )
    return Draft(
        "房屋租赁合同",
        "other",
        text,
        made.pick(("face=song points=12", "face=micro points=11", "face=ming points=12")),
    )


def loan(made: Invention) -> Draft:
    """A loan contract set small and tight, as banks do."""
    bank, person, maker = made.keep("companies", made.pick(words.BANKS)), made.soul(), made.company()
    total, in_words = made.amount(200_000, 3_000_000)
    articles = (
        f"**借款金额**　贷款人同意向借款人发放个人住房贷款人民币{total}元，大写{in_words}。",
        f"**借款用途**　用于购买{made.project()}{made.unit()}，购房合同编号为{made.contract_number()}，借款人不得挪作他用。",
        f"**借款期限**　共{made.number(60, 360)}个月，自{made.date()}起算，实际放款日与前述日期不一致的，以借款借据记载为准。",
        f"**利率**　以签订日前一日五年期以上贷款市场报价利率加{made.number(5, 90)}个基点确定，每年一月一日重新定价。",
        "**还款**　采用等额本息还款法，借款人应在每月二十日营业终了前将足额资金存入还款账户，由贷款人主动扣收。",
        "**提前还款**　借款人可以在还款满十二个月后申请提前归还全部或者部分本金，部分归还的金额不低于一万元。",
        "**担保**　借款人以所购房屋抵押，在办妥抵押权预告登记前，由开发企业提供阶段性连带责任保证。",
        "**违约**　连续三期或者累计六期未足额还款的，贷款人可以宣布借款全部到期，并处分抵押物优先受偿。",
        "**罚息**　逾期借款的罚息利率按执行利率上浮百分之五十，未按约定用途使用的上浮百分之百，未付利息计收复利。",
        "**通知**　双方预留的地址、电话为有效送达方式，变更时应当书面告知，否则原地址视为仍然有效。",
        "**公证与费用**　因订立和履行本合同发生的登记、评估、公证等费用，法律有规定的从其规定，没有规定的由贷款人承担。",
        "**争议解决**　协商不成的，向贷款人所在地人民法院起诉，诉讼期间不涉及争议的条款仍须履行。",
    )
    text = "\n".join(
        [
            "# 个人住房借款合同",
            f"^ 编号：{made.number(10**9, 10**10 - 1)}",
            f". 贷款人：{bank}　　　保证人：{maker}",
            f". 借款人：{person.name}　身份证件号码：{person.id}　联系电话：{person.phone}",
            *(f"第{_numeral(number)}条　{text}" for number, text in enumerate(articles, 1)),
            f". 贷款人（公章）　　　　　　借款人：{person.name}　　　　　　保证人（公章）",
            f"> 签约日：{made.short_date()}",
        ]
    )
    return Draft(
        "个人住房借款合同",
        "contract",
        text,
        "points=9 leading=1.5 face=song margin=18,18,18",
        bank,
        "业务专用章",
    )


def supplement(made: Invention) -> Draft:
    """A short supplementary agreement."""
    seller, buyer = made.company(), made.soul()
    money, in_words = made.amount(3000, 90_000)
    text = "\n".join(
        [
            "# 补 充 协 议 书",
            f". 甲方：{seller}",
            f". 乙方：{buyer.name}（公民身份号码{buyer.id}）",
            f"甲乙双方于{made.date()}就{made.project()}{made.unit()}签订买卖合同（编号{made.contract_number()}），"
            "现就未尽事宜补充如下：",
            f"1、交付时间调整为{made.date()}，调整期间甲方不承担逾期责任，乙方亦不再支付同期物业服务费。",
            f"2、甲方一次性补贴乙方人民币{money}元（{in_words}），自乙方最后一期购房款中抵减。",
            "3、地下室、车位另行签约，本协议不涉及。赠送的入户花园不计面积、不计价、不单独登记。",
            "4、乙方变更通讯地址的，须在七日内以书面方式告知甲方，甲方按原地址寄出的函件满五日视为送达。",
            "5、本协议与原合同冲突之处，以本协议为准；其余内容仍按原合同执行。协议一式贰份，签章后生效。",
            "@gap 1",
            f". 甲方：{seller}　　　　乙方：{buyer.name}",
            f". 日期：{made.date()}",
        ]
    )
    return Draft(
        "补充协议",
        "contract",
        text,
        made.pick(("face=hei points=12", "face=song-office points=14 leading=1.8", "face=hand points=13")),
        seller,
        "",
    )


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (
        ("十" if tens else "") + (_NUMERALS[ones - 1] if ones else "")
        if number >= 10
        else _NUMERALS[number - 1]
    )
