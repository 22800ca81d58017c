"""The proof-reader's golden sentences."""

from dataclasses import replace
from datetime import date

import pytest

from newsroom.checks import (
    check_foreign_text,
    check_text,
    holds_excerpt,
    is_held_back,
)
from newsroom.story import FindingLevel, StoryKind
from newsroom.submission_checks import right_word

BLOCK, WARN, HINT = FindingLevel.BLOCK, FindingLevel.WARN, FindingLevel.HINT
WORD, CHAIR = "wrong_word", "chair_decides"


def _found(text, rules, **where):
    return {(f.rule, f.level, f.text) for f in check_text(text, rules.checks, **where)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "截止目前，全镇己签定集体合同15份。",
            {(WORD, WARN, "截止目前"), (WORD, WARN, "签定"), ("ji_yi", HINT, "己")},
        ),
        ("为23名聋子职工送去助听器。", {(WORD, BLOCK, "聋子")}),
        (
            "XX镇开展防署降温活动",
            {("placeholder", BLOCK, "XX"), (WORD, WARN, "防署")},
        ),
        (
            "全国首个职工驿站在百里州建成！",
            {
                ("claim", WARN, "全国首个"),
                (WORD, WARN, "百里州"),
                ("exclamation", HINT, "！"),
            },
        ),
        ("联系人张某13800138000", {("pii.mobile", BLOCK, "13800138000")}),
        (
            "本文为内部参阅，不得外传",
            {
                ("chair_decides", BLOCK, "内部参阅"),
                ("chair_decides", BLOCK, "不得外传"),
            },
        ),
        ("中共枝江市市委书记", {(WORD, WARN, "中共枝江市市委")}),
        ("常常常常加班", {("repeat", HINT, "常常常常")}),
        ("等等...结束。。", {("dots", HINT, "..."), ("dots", HINT, "。。")}),
        ("职工,你好", {("half_width", WARN, ",")}),
        ("同志、都说好", {("comma", WARN, "同志、")}),
        ("“只有一半\n另一段", {("unbalanced", WARN, "“")}),
        ("只有一半》", {("unbalanced", WARN, "》")}),
        ("荣获首创，首创精神可嘉", {("claim", WARN, "首创")}),
    ],
)
def test_golden_sentences(rules, text, expected):
    """Each bad sentence gives exactly its findings."""
    assert _found(text, rules) == expected


def test_a_quotation_mark_misplaced_in_a_title(rules):
    """《关于…“…的通知”》 has its closing quotation mark too late."""
    text = "印发《关于开展“送清凉活动的通知”》"

    assert "quote_in_title" in {rule for rule, *_ in _found(text, rules)}


@pytest.mark.parametrize(
    "text",
    [
        "村长远规划",
        "集中署名",
        "一支江豚",
        "报名截止7月",
        "研究研究",
        "一家一家谈",
        "首创精神",
        "母亲自豪",
        "自己有信心",
        "“好啊！”他说",
        "（一）（二）《“工会”》",
        "",
    ],
)
def test_no_false_alarm(rules, text):
    """Longer, right words cover the wrong ones inside them."""
    assert _found(text, rules) == set()


def test_the_stories_of_the_towns_pass(rules, short_stories, full_stories):
    """38 stories raise no block and no warning."""
    for entry in [*short_stories, *full_stories]:
        text = f"{entry['title']}\n{entry.get('body') or entry['lead']}"
        kind = StoryKind(entry.get("kind", "动态"))

        found = check_text(text, rules.checks, on=entry["date"], kind=kind)

        assert [] == [f for f in found if f.level is not HINT], entry["title"]


def test_stock_phrases_are_one_hint(rules):
    """W2: a text of stock phrases gets one hint with the count."""
    text = (
        "为进一步加强工会组织建设，切实维护职工合法权益，我镇高度重视，扎实推进，"
        "取得实效，职工纷纷表示满意。"
    )

    (finding,) = check_text(text, rules.checks)

    assert ("cliche", HINT) == (finding.rule, finding.level)
    assert "6处套话" in finding.why


def test_w3_child_and_phone(rules):
    """W3: a child's name and a phone number are blocked."""
    text = (
        "8月20日，镇总工会为困难职工李某的女儿李小某（实验小学五年级学生，患病）"
        "送去助学金5000元，联系电话13800138000。"
    )

    expected = {
        ("pii.minor", BLOCK, "李小某"),
        ("pii.mobile", BLOCK, "13800138000"),
    }
    assert expected == _found(text, rules)


def test_w4_names_and_places(rules, leaders):
    """W4: the union's name, the leader's name, 亲自 and the town's name."""
    checks = replace(rules.checks, leaders=leaders)
    text = "枝江市总公会主席江守一亲自到百里州镇调研"

    found = {(f.rule, f.level, f.text) for f in check_text(text, checks)}

    assert {
        (WORD, BLOCK, "总公会"),
        ("L1", BLOCK, "江守一"),
        (WORD, HINT, "亲自"),
        (WORD, WARN, "百里州"),
    } == found


def test_w5_the_chair_decides(rules):
    """W5: a dispute in progress marked 内部参阅 goes to the chair."""
    text = "我镇某厂欠薪，30多名职工来镇总工会求助，正在调解，内部参阅。"

    found = check_text(text, rules.checks)

    assert ["chair_decides"] == [f.rule for f in found]
    assert is_held_back(found) == found[0]


def test_w1_and_plain_text_hold_nothing_back(rules):
    """W1: a thin draft is returned by people, not blocked by the machine."""
    found = check_text("昨天我们镇搞了送清凉，领导很重视，效果很好。", rules.checks)

    assert is_held_back(found) is None


def test_exclamation_marks_elsewhere_than_news(rules):
    """A portrait may exclaim."""
    assert _found("多好啊！", rules, kind=StoryKind.PROFILE) == set()
    assert _found("多好啊！", rules, kind=StoryKind.NEWS) != set()


def test_the_longest_claim_at_a_place(rules):
    """全省首个 is one claim, not two."""
    checks = replace(rules.checks, claims=("首个", "全省首个"))

    assert ["全省首个"] == [f.text for f in check_text("全省首个驿站", checks)]


def test_without_a_repeat_rule(rules):
    """The office may leave the doubled-word hint out."""
    checks = replace(rules.checks, repeat=None)

    assert check_text("常常常常", checks) == ()


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("电话13800138000", "pii.mobile"),
        ("20**年×月", "placeholder"),
        ("编号420583190001010014", "pii.id18"),
        ("职工李桂香身患乳腺癌", "pii.medical"),
        ("鄂E12345", "pii.plate"),
    ],
)
def test_what_forbids_an_excerpt(rules, text, rule):
    """Personal data or a placeholder: the headline stands, the characters go."""
    assert rule == holds_excerpt(check_foreign_text(text, rules.checks)).rule


@pytest.mark.parametrize(
    "text", ["总公会的秸杆", "乳腺癌防治讲座", "电话0717-4210001", "新建3栋宿舍"]
)
def test_what_does_not_forbid_an_excerpt(rules, text):
    """Others' wording is theirs, an illness alone names nobody."""
    found = check_foreign_text(text, rules.checks)

    assert holds_excerpt(found) is None
    assert holds_excerpt(check_text(text, rules.checks, on=date(2026, 7, 1))) is None


SLIPS = (
    "刚才听取了各镇(街道)工会主席的汇报。20**年，是起步之年。\n"
    "刚才王锋同志、红琴同志、都已经分别做了安排部署。\n"
    "比如目前化很大气力抓的“两个普遍”。\n"
    "每天上班第一件是就是开机浏览，营造“工会气场。\n"
    "解决“影子工会”问题同时，我们要深化新机制。\n"
    "下发了《关于深入开展“技能大比武、服务新跨越劳动竞赛的通知”》，"
    "大力开展各种形势的劳动竞赛。\n"
    "在职工权益受损伤时，要站出来。\n"
    "以优异的成绩通过考核!谢谢大家!"
)


def test_the_slips_of_a_real_speech(rules):
    """The first golden text: its slips and nothing else, in reading order."""
    found = check_text(SLIPS, rules.checks)

    assert [(f.rule, f.text) for f in found] == [
        ("half_width", "("),
        ("half_width", ")"),
        ("placeholder", "20**"),
        ("comma", "同志、"),
        (WORD, "化很大气力"),
        (WORD, "第一件是就是"),
        ("unbalanced", "“"),
        (WORD, "问题同时，"),
        (
            "quote_in_title",
            "《关于深入开展“技能大比武、服务新跨越劳动竞赛的通知”》",
        ),
        (WORD, "各种形势的"),
        (WORD, "受损伤时"),
        ("half_width", "!"),
        ("half_width", "!"),
    ]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("职工,你好", "，"),
        ('开展"送清凉', "“"),
        ('开展"送清凉"', "“"),
        ("等等...", "……"),
        ("完了。。", "。"),
        ("己签合同", "已"),
        ("会议布署工作", "部署"),
        ("五年级学生王小宝", "王某"),
        ("困难职工欧阳小华说", "欧阳某"),
        ("电话13800138000", None),
        ("时间待定。", None),
        ("“只有一半", None),
    ],
)
def test_what_one_click_mends(rules, text, right):
    """Words of the list, marks and masked names are put in place; the rest is asked."""
    finding = check_text(text, rules.checks)[0]

    assert right == right_word(finding, rules.checks)
