"""What looks like a Chinese person's name, and names out of a credit."""

from __future__ import annotations

import re

# The family names in use (the common ones of 百家姓 and the household register).
_FAMILY = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
    "钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪"
    "严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳"
    "裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简"
    "娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗"
    "应台巫鞠僧桑荆谌银扬明沙薄伏岑习胥保和蔺水云昌凤酆鲜皮卡元平湛禹狄贝臧伊宦惠曲家荀羊於邴松富乌巴弓隗山谷班仰秋"
    "伊宫缪干郗粘麻支昝管卢莫经裘缪干解应宗邓双诸左石崔吉钮逄靖阙郄冶信揣鱼牧栾候仝闫肖户代付覃党桑晁拓邰岑佘宿门银仉由"
)
_DOUBLE = frozenset(
    {
        "欧阳",
        "上官",
        "司马",
        "诸葛",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
        "司徒",
        "夏侯",
        "长孙",
        "端木",
    }
)
_NO_NAME = re.compile(
    r"完|图|略|下|待续|转载|来源|记者|编辑|报道|摄影|节选|全文|附|试行|修订|草案|单位|公司|大学|学院|中心|局|部门|新闻|日报|日常|日前|日期|日子|月份|月度|月报|年度|年级|年会|年报|年前|"
    r"^(?:元|万|时|平|周|连|常|成|全|明|来|历|当|应|终|同)(?:年|月|日)|[〇零一二三四五六七八九十百\d](?:年|月|日)|"
    r"文字|视频|高清|原标题|成立|先后|以上|以下|如图|略有|方式|方法|方案|方面|石油|金额|金融|白酒|江苏|江西|安徽|安全|安排|文件|文化|文艺|"
    r"时间|时候|成功|成绩|平均|平台|国家|全国|全市|全省|全县|应该|应当|都是|^和|党员|党支|党委|华为|向.+(?:说|介绍|表示)|表示|介绍|说$|获悉|了解|从.+"
)
_ORG_START = re.compile(
    r"(?:北京|上海|天津|重庆|中国|中央|中共|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|四川|贵州|云南|"
    r"陕西|甘肃|青海|台湾|内蒙古|西藏|宁夏|新疆|香港|澳门|武汉|宜昌|枝江|南京|清华|复旦|国家|国务院|全国|原|现任|系|为|是|省|市|教授|研究员)"
)
_SPLIT = re.compile(
    r"[、，,;；/|]|\s+|(?:本报|本网|本站|见习|特约|实习|摄影|全媒体|融媒体?|职工|首席|驻地)*(?:通讯员|记者|实习生|摄影|文图|图文|(?<![\u4e00-\u9fff])[文图])(?:\s*[:：/]\s*|\s+|(?=[\u4e00-\u9fff]{2,3}(?:[、\s]|$)))"
)
_OFFICE = re.compile(
    r"(?:工会|党委|支部|局|委|办|办公室|镇|街道|乡|公司|社区|村|中心|部|院|校|队|站|所|会|处|科|集团|厂|报|网|台|社|大学|学校)$"
)


_PLACES = re.compile(
    r"北京|上海|天津|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|四川|贵州|云南|陕西|甘肃|青海|宁夏|新疆|西藏|香港|"
    r"澳门|台湾|武汉|宜昌|枝江|宜都|当阳|远安|兴山|秭归|长阳|五峰|夷陵|荆州|襄阳|黄石|黄冈|孝感|咸宁|随州|恩施|南京|杭州|广州|深圳|成都|西安|长沙|郑州|济南|青岛|合肥|福州|厦门|南昌|昆明|贵阳|兰州|太原|大连|沈阳|长春"
)


def is_person(name: str) -> bool:
    """Whether the word could be a Chinese person's name: family name and length."""
    if not 2 <= len(name) <= 4 or _NO_NAME.search(name):  # noqa: PLR2004 - Chinese names are that long
        return name.count("·") == 1 and 3 <= len(name) <= 14  # noqa: PLR2004 - 买买提·艾力
    if _PLACES.fullmatch(name):
        return False
    if name[:2] in _DOUBLE:
        return len(name) >= 3  # noqa: PLR2004 - family name and one more
    return len(name) <= 3 and name[0] in _FAMILY  # noqa: PLR2004 - see above


# 「熊 武」: two characters with a blank between them are one name
_TWO_APART = re.compile(
    r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])\s+([\u4e00-\u9fff])(?![\u4e00-\u9fff])"
)


def cut_names(text: str) -> list[str]:
    """The names in a credit: parts between separators, an organisation cut off."""
    text = _TWO_APART.sub(r"\1\2", text.strip())
    parts = [part.strip() for part in _SPLIT.split(text) if part and part.strip()]
    names = [without_post(part) for part in parts]
    people = [name for name in names if not _is_office(name)]
    return people or names


def _is_office(name: str) -> bool:
    """「安福寺镇总工会 李红」: the office before the name is not the author."""
    return len(name) > _LONGEST_NAME and bool(_OFFICE.search(name))


_LONGEST_NAME = 3


def without_post(name: str) -> str:
    """「方敏北京大学教授」 is 「方敏」: name and post are often run together."""
    for length in (2, 3):
        if len(name) > length + 1 and _ORG_START.match(name[length:]):
            return name[:length]
    return name
