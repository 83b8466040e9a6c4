"""Places: towns as they are, estates, streets, buildings and units invented, in the many ways they are written."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

CITIES = (
    ("440300", "粤", "深圳市", ("罗湖区", "福田区", "南山区", "宝安区", "龙岗区")),
    ("440100", "粤", "广州市", ("天河区", "番禺区", "白云区", "增城区")),
    ("441900", "粤", "东莞市", ("南城街道", "松山湖", "虎门镇")),
    ("440400", "粤", "珠海市", ("香洲区", "斗门区")),
    ("310100", "沪", "上海市", ("浦东新区", "闵行区", "宝山区", "松江区")),
    ("110100", "京", "北京市", ("朝阳区", "海淀区", "丰台区", "通州区")),
    ("320100", "苏", "南京市", ("江宁区", "鼓楼区", "浦口区")),
    ("320500", "苏", "苏州市", ("吴中区", "姑苏区", "昆山市")),
    ("320400", "苏", "常州市", ("武进区", "新北区")),
    ("330100", "浙", "杭州市", ("余杭区", "拱墅区", "萧山区")),
    ("330200", "浙", "宁波市", ("鄞州区", "海曙区", "北仑区")),
    ("340100", "皖", "合肥市", ("蜀山区", "包河区", "肥西县")),
    ("350200", "闽", "厦门市", ("思明区", "集美区")),
    ("360100", "赣", "南昌市", ("红谷滩区", "青山湖区")),
    ("370200", "鲁", "青岛市", ("市南区", "黄岛区", "城阳区")),
    ("370100", "鲁", "济南市", ("历下区", "槐荫区")),
    ("410100", "豫", "郑州市", ("金水区", "管城回族区", "中牟县")),
    ("420100", "鄂", "武汉市", ("洪山区", "江汉区", "东湖新技术开发区")),
    ("430100", "湘", "长沙市", ("岳麓区", "雨花区", "长沙县")),
    ("450100", "桂", "南宁市", ("青秀区", "良庆区")),
    ("460100", "琼", "海口市", ("美兰区", "秀英区")),
    ("500100", "渝", "重庆市", ("渝北区", "南岸区", "九龙坡区")),
    ("510100", "川", "成都市", ("武侯区", "双流区", "龙泉驿区")),
    ("520100", "黔", "贵阳市", ("观山湖区", "云岩区")),
    ("530100", "云", "昆明市", ("呈贡区", "五华区")),
    ("610100", "陕", "西安市", ("雁塔区", "灞桥区", "长安区")),
    ("620100", "甘", "兰州市", ("城关区", "安宁区")),
    ("210100", "辽", "沈阳市", ("浑南区", "铁西区")),
    ("210200", "辽", "大连市", ("甘井子区", "沙河口区")),
    ("130100", "冀", "石家庄市", ("裕华区", "桥西区")),
    ("140100", "晋", "太原市", ("小店区", "万柏林区")),
    ("230100", "黑", "哈尔滨市", ("南岗区", "松北区")),
    ("220100", "吉", "长春市", ("朝阳区", "净月区")),
    ("650100", "新", "乌鲁木齐市", ("天山区", "水磨沟区")),
)
"""Region code, province in one character, city, districts."""

_ESTATE_FIRST = "锦江金翠碧云湖华御天星滨凤紫景阳海盛泰丹玉晴枫澜悦和蓝橡麓半溪"
_ESTATE_SECOND = "绣桂湾岸庭湖府城山苑庄亭港岭泽璟辰韵栖"
_ESTATE_ENDS = (
    "花园",
    "家园",
    "公馆",
    "名邸",
    "雅苑",
    "城",
    "华府",
    "国际",
    "新城",
    "小区",
    "壹号",
    "花苑",
    "天境",
    "尚品",
    "广场",
    "府",
    "一期",
    "东区",
    "",
)
_STREETS = "人民 解放 建设 中山 长江 文化 和平 迎宾 新华 滨河 学府 工业 朝阳 青年 黄河 科技 振兴 柳荫 石榴 南湖 北环 开元 光明 前进"
_CHINESE = "零一二三四五六七八九"


@dataclass(frozen=True)
class Home:
    """Where a text plays: city, district, street, estate, and one unit in it."""

    region: str
    province: str
    city: str
    district: str
    street: str
    estate: str
    building: int
    entrance: int
    storey: int
    door: int

    @property
    def room(self) -> str:
        """Storey and door as one number."""
        return f"{self.storey}{self.door:02d}"


def home(rng: Random) -> Home:
    """An invented one."""
    region, province, city, districts = rng.choice(CITIES)
    name = rng.choice(_ESTATE_FIRST) + rng.choice(_ESTATE_SECOND)
    return Home(
        region,
        province,
        city,
        rng.choice(districts),
        rng.choice(_STREETS.split()) + rng.choice(("路", "街", "大道", "东路", "西路", "二路", "巷", "南街")),
        name + rng.choice(_ESTATE_ENDS),
        rng.randint(1, 38),
        rng.randint(1, 4),
        rng.randint(1, 32),
        rng.randint(1, 8),
    )


def building(where: Home, rng: Random) -> str:
    """The building alone: 3栋, 三号楼, B3座."""
    number = where.building
    ways = [f"{number}栋", f"{number}幢", f"{number}号楼", f"{number}#楼", f"第{number}幢", f"{number}#"]
    if number < 10:
        ways += [
            f"{_CHINESE[number]}号楼",
            f"{_CHINESE[number]}栋",
            f"{'ABCDEFGHJ'[number - 1]}座",
            f"B{number}栋",
        ]
    return rng.choice(ways)


def room(where: Home, rng: Random) -> str:
    """The room alone: 1201室, 1201房, 1201."""
    return where.room + rng.choice(("室", "室", "房", "号", "", "户"))


def unit(where: Home, rng: Random) -> str:
    """Estate, building, entrance and room, in one of many ways."""
    entrance = rng.choice(
        (f"{where.entrance}单元", f"{where.entrance}单元", "", f"{_CHINESE[where.entrance]}单元")
    )
    short = f"{where.building}-{where.entrance}-{where.room}"
    gap = rng.choice(("", "", "", " "))
    way = rng.choice((building(where, rng) + gap + entrance + gap + room(where, rng), short))
    if rng.random() < 0.7:
        way = building(where, rng) + gap + entrance + gap + room(where, rng)
    return f"{rng.choice((where.estate, where.estate, '“' + where.estate + '”', where.estate + '项目'))}{gap}{way}"


def address(where: Home, rng: Random) -> str:
    """Where somebody lives: city, street and number, or an estate."""
    number = f"{rng.randint(1, 480)}号"
    tail = rng.choice(
        (
            "",
            "",
            f"{rng.randint(1, 30)}栋{rng.randint(1, 28)}{rng.randint(0, 9):02d}",
            f"{rng.randint(101, 2806)}室",
            "附2号",
        )
    )
    lead = rng.choice(
        (where.city + where.district, where.city + where.district, where.district, "某省" + where.city)
    )
    return f"{lead.replace('某省', '')}{where.street}{number}{tail}"
