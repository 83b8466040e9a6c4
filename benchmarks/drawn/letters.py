"""Letters: applications, notices, declarations, powers of attorney."""

from __future__ import annotations

from benchmarks.drawn.draft import Draft
from benchmarks.drawn.invented import Invention

_REASONS = (
    "因家庭成员工作调动，一家人即将迁往外地居住，短期内不会返回",
    "因贷款银行认定本人流水不足，要求追加首付，本人无力承担",
    "因所选楼层朝向与沙盘讲解不符，冬季日照不足两小时",
    "因本人母亲腿脚不便，需要调整到有电梯且楼层较低的房源",
)


def application(made: Invention) -> Draft:
    """A customer's application."""
    person, firm = made.soul(), made.company()
    money, in_words = made.amount(10_000, 200_000)
    text = "\n".join(
        [
            f"# {made.pick(('退 房 申 请', '换房申请书', '更 名 申 请 书'))}",
            f". {firm}：",
            f"本人{person.name}，身份证号{person.id}，于{made.date()}在贵司认购{made.project()}{made.unit()}，"
            f"已缴纳款项人民币{money}元（{in_words}）。",
            f"{made.pick(_REASONS)}，经慎重考虑，特向贵司提出申请，望予以批准。",
            "随信附上认购书复印件、收据复印件、身份证复印件各一份。原件在办理手续时一并交还，由此发生的手续费用由本人负担。",
            "此致",
            ". 敬礼",
            "@gap 1",
            f"> 申请人：{{{{{person.name}}}}}　　",
            f"> 联系电话：{person.phone}　　",
            f"> {made.date()}　　",
        ]
    )
    return Draft(
        "申请书",
        "sales",
        text,
        made.pick(
            (
                "face=hand points=15 leading=1.8 pen=black",
                "face=song points=14 leading=1.7",
                "face=hei points=12",
            )
        ),
    )


def notice(made: Invention) -> Draft:
    """A property manager's notice, with a red head."""
    firm = made.company("物业服务有限公司")
    text = "\n".join(
        [
            f"{'!!' if len(firm) <= 11 else '!'} {firm}",
            f"^ {made.city[0][:2]}物字〔{made.number(2012, 2025)}〕{made.number(1, 90)}号",
            "@bar red",
            f"# 关于{made.project()}外墙整修的通知",
            ". 各位业主、住户：",
            f"经查，本小区{made.number(1, 20)}号楼东、北两侧外墙饰面砖存在空鼓，为消除坠落隐患，定于{made.date()}开始整修，工期约{made.number(10, 60)}日。",
            "（一）施工时间为每日上午八时至十二时、下午二时至六时，法定节假日暂停，请关闭门窗，收回阳台晾晒物品。",
            "（二）请勿在警戒线内停放车辆、逗留玩耍，因不听劝阻造成的损失自行承担。",
            "（三）吊篮作业期间，保洁人员将逐日清扫落尘；如发现玻璃、纱窗受损，请于当日联系客服中心登记。",
            f"（四）整修费用从住宅专项维修资金列支，预算{made.amount(50_000, 900_000)[0]}元，分摊明细在公告栏公示七日。",
            f"服务热线：{made.number(400, 499)}-{made.number(1000, 9999)}-{made.number(100, 999)}",
            "@gap 1",
            f"> {firm}",
            f"> {made.date()}",
        ]
    )
    return Draft(
        "整修通知",
        "repair",
        text,
        made.pick(("face=song points=14 leading=1.7", "face=song-office points=13 leading=1.7")),
        firm,
        "",
    )


def power(made: Invention) -> Draft:
    """A power of attorney."""
    giver, taker = made.soul(), made.soul()
    text = "\n".join(
        [
            "# 授 权 委 托 书",
            f". 委托人：{giver.name}，{giver.sex}，身份证号码：{giver.id}",
            f". 受托人：{taker.name}，{taker.sex}，身份证号码：{taker.id}，电话：{taker.phone}",
            f"本人系{made.project()}{made.unit()}（不动产权证书号：{made.certificate_number()}）的所有权人，因出差在外不能到场，"
            "特委托上列受托人为代理人，代为办理下列事项：",
            "1．到不动产登记机构查询档案、申请转移登记、领取证书；",
            "2．代缴契税、印花税、住宅专项维修资金，代领发票及完税凭证；",
            "3．代为签署与上述事项有关的一切文件，受托人没有转委托权。",
            f"委托期限自{made.date()}起至上述事项办理完毕之日止。受托人在权限内所签文件，委托人均予承认。",
            "@gap 1",
            f". 委托人（签名捺印）：{{{{{giver.name}}}}}　　　　受托人：{{{{{taker.name}}}}}",
            f"> {made.date()}",
        ]
    )
    return Draft(
        "授权委托书",
        "title",
        text,
        made.pick(
            (
                "face=song points=14 leading=1.7",
                "face=micro points=12 leading=1.8",
                "face=ming points=13 leading=1.8",
            )
        ),
    )


def flyer(made: Invention) -> Draft:
    """An article in two columns, read down the first and then down the second."""
    sides = (
        (
            "一、看五证。国有土地使用证、建设用地规划许可证、建设工程规划许可证、施工许可证、预售许可证缺一不可，"
            "预售许可证上的楼栋要与所购楼栋一致。",
            "二、看合同。口头承诺要写进补充条款，尤其是学区、车位、绿化和赠送面积，不写进去的一概不作数。",
            "三、看资金。购房款应当存入监管账户，凭缴款通知书到银行办理，不要转给个人。",
            f"四、看工期。约定交付日与施工进度明显不符的，要问清原因，并保存{made.project()}现场照片。",
        ),
        (
            "五、看质量。验房时先看墙面、地面有无空鼓裂缝，再试门窗、试水、试电，问题逐条写在验房单上。",
            "六、看费用。收房时应交的只有物业费和维修资金，捆绑收取装修押金、开通费的可以投诉。",
            "七、看产权。收房之后九十日内，开发企业应当办好首次登记，业主凭发票和契税单申请分户登记。",
            f"咨询电话：{made.phone()}　咨询日：{made.date()}起每周三、周五。",
        ),
    )
    text = "\n".join(
        [
            "# 购房者须知",
            "^ 市消费者权益保护志愿者服务队　编印",
            "@gap 0.6",
            "@column 22 78",
            *(f". {text}" for text in sides[0]),
            "@column 110 78",
            *(f". {text}" for text in sides[1]),
        ]
    )
    return Draft(
        "购房者须知",
        "other",
        text,
        made.pick(("face=song points=12", "face=hei points=12", "face=song-office points=12.5")),
    )
