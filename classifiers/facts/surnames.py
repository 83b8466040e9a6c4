"""Chinese surnames, the common ones of one character and of two; and what never is a name."""

from __future__ import annotations

from classifiers.facts.finding import words

SINGLE = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付傅方邹熊白孟秦邱丘"
    "侯江尹薛闫阎雷龙黎史陶贺毛段郝顾龚邵万覃武钱戴严莫孔向常汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟申欧殷詹蓝关兰俞柯左祝梅焦耿宁骆甘管包柴凌霍纪裴"
    "项童卜丛舒涂成阮尚路车柏祁穆辛苗房柳鲍曲冉牟游盛喻娄代褚季鞠屈隋沙尤古原迟应卞邬冼宫靳单仇匡师佟解边佘阳郎栾谷鹿仲满岑苟晏巴臧盖卓"
    "蒙植谌闵初饶池占荆芦桂艾简揭敖桑班全连丰衡慕燕宗晋楚闻党费廉席景巩甄司冷窦封刁华粟麻吉蔺楼敬辜查郁滕冀狄麦商明时计伏谈计支宿宣练练庹官帅奚苑"
    "虞邝邸寇戚麻索诸戈屠薄姬赖洪米贝裘鄢鄂卫花湛强权巫禹屠郜蒲农那哈覃木达海晁逯亓母幸候乐"
)
COMPOUND = frozenset(
    words(
        "欧阳 上官 司马 诸葛 司徒 皇甫 东方 尉迟 公孙 慕容 夏侯 长孙 宇文 令狐 端木 独孤 南宫 轩辕 "
        "淳于 申屠 单于 钟离 闾丘 太史 呼延 公羊 澹台 濮阳 赫连 完颜 第五 东郭 西门 百里 拓跋 纳兰 "
        "叶赫 范姜"
    )
)
RARE = frozenset(
    "水窦章云奚葛花卞乐和萧湛祁狄臧伏茅庞舒屈蓝闵麻贾娄危梅刁骆蔡胡霍万支昝缪干解宗丁宣贲邓单杭诸左崔吉钮嵇邢滑裴荣翁荀羊於惠甄家芮羿储靳汲糜松井段富乌弓"
    "牧隗山谷宓蓬郗班仰秋仲伊仇栾暴甘钭厉戎祖束叶幸司韶黎蓟印宿白怀邰从索咸籍赖屠池阴胥能苍双莘翟贡劳逄姬扶堵冉宰郦雍郤璩濮寿通扈冀郏浦尚温别庄柴瞿阎充慕茹习鱼容"
    "向慎庾终暨居步都耿满弘国文阙殳沃利蔚越夔隆厍勾融訾那空毋乜养须关蒯相后荆红游竺逯益桓公牟佘佴伯赏谯笪年爱阳福占仝亓犹税补磨农拓火稽缑布青依么展檀问雒种来拜苟"
    "蹇母鲜玉粟降保普起线岩邹郜闪撒者银眭仵冶恽折权鄂强禄师覃揣车向蒙苗钱晁官宫"
)
"""Surnames that are known from the Hundred Surnames 百家姓 and the regions, and are other words more often."""

NEVER_GIVEN = frozenset(
    "的是不将在与应未已其该此各及或者所经依按被并但认提诉称判决支费款屋逾违约合司签章址住号码贷借付退购售价额院庭局处厅室栋幢层路街县区镇省您你我他她它们"
    "某这那哪么吗呢吧了着过个每些种件份次项条第元角页张表单据账户卡险保证税票率期限届前后部内外上下左右姓性别职务工资"
)
"""Characters that a name doesn't have after the surname."""

WORDS = frozenset(
    words(
        "郑重 严格 严肃 严重 安静 和谐 温暖 明天 全家 付定 付订 付清 付首 付房 付全 付给 付至 付讫 方式 方法 方案 方面 方便 方向 方可 单位 单价 "
        "单元 单独 单据 高层 高级 高度 金额 金融 应当 应收 应付 应交 时间 时限 时候 项目 万元 向北 "
        "常用 常年 常住 常见 计划 计算 计入 包括 包含 包干 全部 全体 全款 全额 全称 全权 白色 车位 "
        "车库 车辆 房产 房屋 房源 房款 房号 房间 水电 石材 段落 安装 安全 安置 安排 管理 管道 管线 "
        "左侧 温馨 钱款 和解 顾客 顾问 经理 文件 文本 成交 成本 成员 成品 成立 古城 党员 农业 强制 "
        "申请 申报 申诉 申领 江北 江南 连带 连续 官方 简称 简介 支付 支行 支持 时效 明确 明细 司法 "
        "司机 商品 商业 商铺 商定 查询 查封 查看 闻讯 初步 初审 原件 原因 原告 原始 原有 代理 代办 "
        "代表 代收 代码 代为 代缴 解除 解决 解释 关系 关于 关联 房东 季度 边界 毛坯 白天 平安 常务 "
        "路线 路段 文字 文化 沙发 金属 金钟 童车 莫名 任何 任意 任务 任职 平米 丰富 满足 满意 海报 "
        "连接 连线 施工 康复 凌晨 章程 易于 成为 成功 万分 于是 于本 向本 向甲 向乙 向法 何时 何地 "
        "陈述 母亲 父亲 原话 曾用 何种 余款 余额 余下 权利 权属 权益 权证 农行 建行 时应 时可 明示 全程 全面 全国 广告 景观 "
        "景区 华东 华南 华北 达成 达到 乐意 师傅 关闭 关注 关机 安徽 江苏 江西 海南 云南 湖南 河南 "
        "贵州 宁夏 吉林 单身 成年 明文 万达 项下 项内 方签 方盖 方保 方应 方同 方有 方所 方在 方已 "
        "方自 方未 方须 温度 易燃 花园 花费 花岗 花纹 金色 门窗 柏油 别墅 尚未 尚有 尚需 尚品 尚欠 "
        "解约 边上 池塘 索赔 索取 查明 查验 官网 阳台 阳光 时代 时尚 冷水 冷暖 连同 达标 达人 强弱 "
        "强电 谈判 宣布 练习 封闭 封顶 封阳 席位 时起 计息 计价 计税 麻烦 应急 应予 应诉 应由 应按 "
        "应于 应在 应向 应为 盖章 原装 车牌 古典 石家 苏州 马上 武汉 郑州 金华 温州 常州 杨某 张某 "
        "李某 王某 刘某 陈某 赵某 吴某 周某 黄某 何某"
    )
)
"""Words that look like names; no name begins with one of them."""


def is_name(glyphs: str, *, told: bool = False) -> bool:
    """Whether two to four characters are a surname with a given name of one or two characters.

    Where a label or a number has `told` that a name stands there, a rare surname will do.
    """
    surname = glyphs[:2] if glyphs[:2] in COMPOUND and len(glyphs) > 2 else glyphs[:1]
    given = glyphs[len(surname) :]
    known = surname in SINGLE or surname in COMPOUND or (told and surname in RARE)
    if glyphs in COMPOUND or not known:
        return False
    return 1 <= len(given) <= 2 and not NEVER_GIVEN.intersection(given) and glyphs[:2] not in WORDS
