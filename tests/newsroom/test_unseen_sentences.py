"""The proof-reader over sentences as offices write them, by families of rules.

A sentence that must be marked stands with the rule and the words; one that must not
stands alone. No sentence is the one from which its rule was made.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from newsroom.checks import check_text
from newsroom.leaders import find_leader_slips
from newsroom.personal_data import find_personal_data
from newsroom.rules import Leader
from newsroom.story import FindingLevel

BLOCK, WARN, HINT = FindingLevel.BLOCK, FindingLevel.WARN, FindingLevel.HINT
PHONES = frozenset({"12351", "0717-4210000"})


def _marked(text, rules, prefix):
    return [
        (f.text, f.level.value)
        for f in check_text(text, replace(rules.checks, public_phones=PHONES))
        if f.rule.startswith(prefix)
    ]


def _grave(text, rules):
    return [
        (f.rule, f.text)
        for f in check_text(text, replace(rules.checks, public_phones=PHONES))
        if f.level is not HINT
    ]


WRONG = [
    ("，截止6月底，全镇建会42家。", "截止"),
    ("截止2026年8月，问安镇已发放补贴。", "截止"),
    ("据统计，截止今年9月，已走访120户。", "截止"),
    ("会议布署了下半年工作", "布署"),
    ("镇工会付主席到场", "付主席"),
    ("为职工提供法律援肋", "援肋"),
    ("合同尚末签订", "尚末"),
    ("职工末参保的有3人", "末"),
    ("对困难职工进行补尝", "补尝"),
    ("大家等侯在车间门口", "等侯"),
    ("经过选拨，6人进入决赛", "选拨"),
    ("技能竟赛如火如茶", "竟赛"),
    ("技能比武如火如茶", "如火如茶"),
    ("以经签了43份合同", "以经"),
    ("大部份职工参加", "大部份"[1:]),
    ("受予先进集体称号", "受予"),
    ("职工合法权力得到保障", "合法权力"),
    ("送上消费卷", "消费卷"),
    ("以多种多样的形势开展宣传", "形势"),
    ("宣传形势多样", "形势多样"),
    ("中国特色主义工会发展道路", "特色主义"),
    ("港澳台等国家的客人", "港澳台等国家"),
    ("镇委书计到会", "委书计"),
    ("全省政俯采购", "政俯"),
    ("中国全国总工会", "中国全国总工会"),
    ("欢渡中秋", "欢渡"),
    ("在坐的各位职工", "在坐的"),
    ("马家殿街道", "马家殿"),
    ("发布招聘启示", "招聘启示"),
    ("开展防讯值守", "防讯"),
    ("全力以付保供电", "全力以付"),
    ("大家汗流夹背", "汗流夹背"),
    ("问券调查", "问券"),
    ("有序发放避署用品", "避署"),
]
RIGHT_WORDS = [
    "报名截止9月30日。",
    "报名时间：即日起至9月30日截止，逾期不候。",
    "艰苦奋斗、坚苦卓绝",
    "公布署名文章",
    "会议由宣传部署名发布",
    "他在江口村长大，今年52岁。",
    "村长年有人值守",
    "乡亲自发组织捐款",
    "甘做为民服务的孺子牛",
    "健全总工会议事规则",
    "枝江市工会第五次代表大会召开",
    "以经济建设为中心",
    "可以经常联系",
    "支付主席台布置费用",
    "究竟赛果如何",
    "吸引职工的社会注意力",
    "周末参保宣传",
    "年末发放补贴",
    "岁末完成考核",
    "部署期间",
    "这是扶贫的目的的体现",
    "思维全面",
    "选拔付出很多",
    "提拔款项审核",
    "所以经过讨论",
    "建立既有制度",
    "接受予以表彰",
    "思想解放前提下",
    "近年来有800余人受益",
    "化学反应问题",
    "从末端抓起",
    "各支部份额不同",
    "接到帐篷120顶",
    "在新的形势下开展工作",
    "以当前严峻的形势分析",
    "香港、澳门、台湾等地区",
]
CLAIMS = [
    ("建成全市工会系统首个职工心理驿站", True),
    ("全省县级工会第一家直播间", True),
    ("我市首座户外劳动者驿站", True),
    ("填补了行业空白", True),
    ("技术达到国内领先水平", True),
    ("全国首创的做法", True),
    ("这是唯一的一家", True),
    ("最先进的设备", True),
    ("达到国家级标准", True),
    ("宜昌市规模最大的技能大赛", True),
    ("在全市职工技能大赛中获第一名", False),
    ("市委第一书记到会", False),
    ("第一时间赶到", False),
    ("全国第一批试点", False),
    ("发扬首创精神", False),
    ("最好在早上服用", False),
    ("获评国家级高新区", False),
    ("代表队获最佳组织奖", False),
    ("全市第一季度新建会12家", False),
    ("今年首场送清凉", False),
    ("分歧最大的一条", False),
    ("首批200份清凉包", False),
    ("唯一标识码", False),
]
HOLES = [
    ("XX社区工会成立", "XX"),
    ("于×月×日召开", "×"),
    ("20××年9月", "××"),
    ("202X年度总结", "X"),
    ("参加职工XX名", "XX"),
    ("某某镇总工会", "某某"),
    ("某年某月某日", "某"),
    ("时间待定。", "待定"),
    ("金额待补充", "待补充"),
    ("【照片】", "【照片】"),
    ("此处插入图片", "此处插入"),
    ("慰问职工（）名", "（）"),
    ("慰问职工(  )名", "(  )"),
    ("共发放____元", "____"),
    ("负责人？？", "？？"),
    ("××公司工会", "××"),
]
WHOLE = [
    "此处风景很好，职工在此处休息",
    "大家期待定点帮扶早日落地",
    "等待定制的工装",
    "对待定期体检很认真",
    "等待补偿款到账",
    "职工李××表示感谢",
    "5×8小时工作制",
    "工装XXL码",
    "职工李某某说",
    "某公司拖欠工资",
    "3×2米展板",
    "优待定额发放",
    "X光检查",
    "6000N牵引力",
    "职工王某、张某",
    "网址zjgh__news和__init__",
]
MARKS = [
    ("half_width", "职工,会员都来了", ","),
    ("half_width", "时间:2026年9月", ":"),
    ("half_width", "圆满完成!", "!"),
    ("half_width", "各镇(街道)工会", "("),
    ("half_width", "工作结束.", "."),
    ("half_width", '开展"送清凉"活动', '"'),
    ("half_width", "发放毛巾200条,藿香水300支", ","),
    ("unbalanced", "营造“工会气场。", "“"),
    ("unbalanced", "《工会法宣传活动启动", "《"),
    ("unbalanced", "（一加强学习", "（"),
    ("unbalanced", "工会气场”", "”"),
    ("unbalanced", "「工匠课堂开课", "「"),
    ("doubled", "职工，，都来了", "，，"),
    ("doubled", "结束了，。", "，"),
    ("doubled", "合同签了。，大家", "，"),
    ("doubled", "毛巾、，水杯", "、，"),
    ("quote_in_title", "《关于做好“夏送清凉工作的通知”》", None),
    ("comma", "同志、均已到岗", "同志、"),
    ("comma", "各位主席、都要到会", "、"),
]
PLAIN_MARKS = [
    "上午8:30开始，www.hbzgh.org.cn可查。",
    "气温达39.5℃，发放1,200份。",
    "1.加强学习",
    "1）加强学习",
    "（1）加强学习",
    "“第一段的话。\n“第二段的话。”",
    "It’s OK",
    "ISO9001:2015认证",
    "毛巾、水杯、药品等。",
    "他说：“好！”",
    "《工会法》《劳动法》",
    "邮箱ghxc@zhijiang.gov.cn",
    "也许、有时",
    "A.B两组",
    "（详见《通知》（枝工发〔2026〕3号））",
    "——职工之家",
    "每天研究研究、讨论讨论",
]
NUMBERS = [
    ("身份证420583 19900101 0013", ["id18"]),
    ("身份证号：11010519491231002x", ["id18"]),
    ("证件110105 19491231 002X", ["id18"]),
    ("证件号110105-19491231-002X", ["id18"]),
    ("身份证号420583197803121", []),
    ("身份证号420583780312105", ["id15"]),
    ("手机8613800138000", ["mobile"]),
    ("手机(86)13800138000", ["mobile"]),
    ("手机0086-13800138000", ["mobile"]),
    ("手机+86-138-0013-8000", ["mobile"]),
    ("手机138.0013.8000", ["mobile"]),
    ("手机138 001 38000", ["mobile"]),
    ("手机1380 0138 000", ["mobile"]),
    ("手机13800 138000", ["mobile"]),
    ("手机１９９－００１３－８０００", ["mobile"]),
    ("手机138\u200b00138000", ["mobile"]),
    ("联系：17612345678（微信同号）", ["mobile"]),
    ("打一三八零零一三八零零零", ["mobile_han"]),
    ("座机（0717）4211234", ["landline"]),
    ("座机0717-4211234", ["landline"]),
    ("座机027-87654321", ["landline"]),
    ("电话：4211234", ["landline"]),
    ("卡号6222 0200 0000 0000 000", ["bank"]),
    ("尾号不详，4111111111111111", ["bank"]),
    ("账号4111-1111-1111-1111", ["bank"]),
    ("QQ：123456789", ["wechat"]),
    ("微信zhang_2026", ["wechat"]),
    ("车牌鄂E·A1234", ["plate"]),
    ("湘A12345的货车", ["plate"]),
    ("渝D·F12345新能源车", ["plate"]),
    ("邮箱abc123@qq.com", ["email"]),
    ("护照号E12345678", ["passport"]),
    ("家住马家店街道民主大道12号", ["address"]),
    ("住在滨江小区5号楼", ["address"]),
    ("5号楼302室", ["address"]),
    ("二单元401", ["address"]),
    ("3组12号", ["address"]),
]
NO_NUMBERS = [
    "拨打12351，或0717-4210000",
    "投资13800138000万元",
    "产值13912345678.50元",
    "合同编号ZJ20260918001",
    "文号枝工发〔2026〕13号",
    "2026-09-18 08:30",
    "2015—2026年",
    "统一社会信用代码91420583MA49ABCD1X",
    "发放补贴13800138000元整",
    "累计15012345678余元",
    "新建3栋宿舍、2个食堂",
    "在12楼会议室召开",
    "3室1厅样板间",
    "一单元整治完成",
    "四组参赛队员",
    "总长138米、宽0.8米",
    "见https://m.example.org/13800138000/a.html",
    "卡号6222020000000000001",
    "第1380期、第1013期",
    "鄂E的车友",
    "微信公众号上线",
    "QQ群里通知",
    "地址：枝江市马家店街道团结路8号市总工会",
    "温度38.5℃至39.2℃",
    "138个班组、0013号驿站",
]
PEOPLE = [
    ("五年级学生刘小雨获奖", "minor"),
    ("刘小雨同学今年11岁", "minor"),
    ("12岁的赵小雨说", "minor"),
    ("小学生赵小雨说", "minor"),
    ("留守儿童赵小雨，今年9岁", "minor"),
    ("儿子赵小雨上初二", "minor"),
    ("女儿陈小朵（8岁）", "minor"),
    ("孙女王朵朵上幼儿园", "minor"),
    ("小朋友王朵朵说", "minor"),
    ("七年级学生王朵朵", "minor"),
    ("困难职工王桂香家中", "aid"),
    ("低保户张大海", "aid"),
    ("特困职工欧阳小华说", "aid"),
    ("受助学生周明，今年考上大学", "aid"),
    ("王桂香患尿毒症", "medical"),
    ("工友张大海确诊白血病", "medical"),
    ("职工张大海查出肺癌", "medical"),
    ("退役军人、职工张大海患抑郁症", "medical"),
]
NOBODY = [
    "困难职工家庭送去慰问金",
    "困难职工王某家中",
    "困难职工帮扶中心",
    "受助学生代表发言",
    "35岁的职工张大海说",
    "大学生刘小雨到工会实习，22岁",
    "学生家长王某说",
    "孩子们高兴极了",
    "儿童节慰问",
    "小学教师张大海说",
    "初中文化的职工张大海，45岁",
    "开展癌症筛查，职工张大海参加",
    "抗癌协会",
    "学生张某某",
    "中学工会主席周大江介绍",
    "女儿王某考上大学",
    "为180名困难职工子女发放助学金",
]


@pytest.mark.parametrize(("text", "word"), WRONG)
def test_a_wrong_word_is_marked_in_its_sentence(rules, text, word):
    """Each slip is marked once, at its own words."""
    marked = [w for w, _ in _marked(text, rules, "wrong_word")]

    assert [word] == [w for w in marked if w == word or word in w]


@pytest.mark.parametrize("text", RIGHT_WORDS)
def test_right_words_that_hold_a_wrong_one_stay_quiet(rules, text):
    """Longer words, names and idioms around the same characters are right."""
    assert [] == _grave(text, rules)


@pytest.mark.parametrize(("text", "fires"), CLAIMS)
def test_claims_need_proof(rules, text, fires):
    """A superlative with its scope is marked, a rank or an official name is not."""
    assert fires == bool(_marked(text, rules, "claim"))


@pytest.mark.parametrize(("text", "hole"), HOLES)
def test_what_was_not_filled_in_blocks(rules, text, hole):
    """Gaps, crosses, 某某 and notes to oneself stop the story."""
    found = _marked(text, rules, "placeholder")

    assert (hole, "block") == found[0]


@pytest.mark.parametrize("text", WHOLE)
def test_masked_names_sizes_and_plain_words_are_no_gaps(rules, text):
    """A rule that nobody may override must not fire on right Chinese."""
    assert [] == _marked(text, rules, "placeholder")


@pytest.mark.parametrize(("rule", "text", "mark"), MARKS)
def test_marks_that_are_wrong(rules, rule, text, mark):
    """Half-width, unpaired, doubled and misplaced marks, each at its place."""
    found = [w for w, _ in _marked(text, rules, rule)]

    assert found
    assert mark in {None, found[0]}


@pytest.mark.parametrize("text", PLAIN_MARKS)
def test_marks_that_are_right(rules, text):
    """Times, figures, addresses of pages, numbered lines and long quotations."""
    assert [] == _grave(text, rules)


@pytest.mark.parametrize(("text", "sorts"), NUMBERS)
def test_numbers_that_point_at_a_person(rules, text, sorts):
    """However they are grouped, widened or hidden."""
    found = find_personal_data(text, replace(rules.checks, public_phones=PHONES))

    assert sorts == [f.rule.removeprefix("pii.") for f in found]


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_numbers_that_do_not(rules, text):
    """Amounts, dates, public phones, codes, rooms for meetings."""
    found = find_personal_data(text, replace(rules.checks, public_phones=PHONES))

    assert [] == [(f.rule, f.text) for f in found]


@pytest.mark.parametrize(("text", "sort"), PEOPLE)
def test_whole_names_of_those_to_be_shielded(rules, text, sort):
    """Children, the ill and those who are given aid: the whole name blocks."""
    found = find_personal_data(text, rules.checks)

    assert (f"pii.{sort}", BLOCK) in [(f.rule, f.level) for f in found]


@pytest.mark.parametrize("text", NOBODY)
def test_masked_and_grown_people_pass(rules, text):
    """姓＋某, grown people at work, groups and offices."""
    found = find_personal_data(text, rules.checks)

    assert [] == [(f.rule, f.text) for f in found if f.level is BLOCK]


PEAK = Leader("高峰", "副市长", date(2025, 1, 1), None, 3)


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("江守一主席出席", ("L1", BLOCK)),
        ("市总工会主席姜守义讲话", ("L1", BLOCK)),
        ("江守毅主席出席", ("L1", WARN)),
        ("何一鸣主席讲话", ("L2", BLOCK)),
        ("江守义书记讲话", ("L2", BLOCK)),
        ("市委书记江守义", ("L2", BLOCK)),
        ("市总工会副主席江守义", ("L2", BLOCK)),
        ("市人大常委会副主任、市总工会主席江守义", ("L2", WARN)),
        ("江同志到会", ("L5", WARN)),
        ("守义同志到会", ("L5", WARN)),
        ("江　守义到会", ("L6", HINT)),
        ("江守义莅临指导", ("L7", WARN)),
        ("江守义作了重要讲话", ("L7", WARN)),
        ("何一鸣和江守义到会", ("L4", WARN)),
        ("副市长高峰到会", ("L9", WARN)),
    ],
)
def test_leaders_as_offices_write_them(leaders, text, fires):
    """The title before or after the name, the order, the manner."""
    found = find_leader_slips(text, (*leaders, PEAK), on=date(2026, 7, 18))

    assert fires in {(f.rule, f.level) for f in found}


@pytest.mark.parametrize(
    ("text", "quiet"),
    [
        ("江守义主席到会", {"L1", "L2", "L3"}),
        ("何一鸣常务副主席到会", {"L1", "L2", "L3"}),
        ("江守义在主席台就座", {"L2"}),
        ("原市总工会常务副主席何一鸣", {"L2", "L3"}),
        ("江守义传达学习习近平总书记重要讲话精神", {"L7"}),
        ("江守义带队学习重要讲话精神", {"L7"}),
        ("职工登上高峰，技艺达到高峰", {"L4", "L7", "L8", "L9"}),
        ("用电高峰，江守义检查安全", {"L4"}),
        ("市委常委、市总工会主席江守义到会", {"L1", "L2", "L3", "L5"}),
        ("长江同志社", {"L5"}),
        ("职工江守文说", {"L1"}),
        ("江守义、何一鸣到会", {"L4"}),
    ],
)
def test_leaders_right_as_they_stand(leaders, text, quiet):
    """What is right, or speaks of something else, is not marked."""
    found = find_leader_slips(text, (*leaders, PEAK), on=date(2026, 9, 18))

    assert quiet & {f.rule for f in found} == set()
