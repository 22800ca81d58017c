"""Reprints are found, and two towns with one campaign stay two."""

import random
from datetime import date, datetime, timedelta

import pytest

from newsroom.article import CHINA
from newsroom.reprints import (
    NewsText,
    Sameness,
    materially_new,
    news_text,
    same_news,
    sentence_hashes,
)

TOWNS = ["青石镇", "白鹤镇", "红花镇", "金桥镇", "双塘镇", "新河镇", "黄龙镇", "古井镇"]
COUNTIES = ["远山县", "临江市", "平湖县", "东岭区", "西港市", "南坪县"]
COMPANIES = ["江枝春食品", "康禾敷料", "楚畔化工", "金湖塑业", "长陵机械", "三友建材"]
PEOPLE = ["何秀兰", "杨长贵", "程磊", "田小芹", "鲁建军", "龚小娟", "向书平", "曾立新"]
CAMPAIGNS = (
    (
        "{d}，{t}总工会组织{a}个慰问小组，走进{c}公司等{b}家企业，为一线职工送去清凉包{n}份。",
        "慰问组一行深入车间、工地，向坚守岗位的职工致以问候，叮嘱大家注意防暑降温。",
        "慰问小组把清凉包送到工位，同车间主任一起核对轮班休息表，查看降温设备运行情况。",
        "“绿豆汤管够，风扇也多了。”在这里干了{y}年的包装工{p}说。",
        "与往年不同，今年送清凉多了一张问题清单，共发现休息点不足等问题{q}个。",
        "{t}总工会主席{l}介绍，活动将持续到8月底，计划再送出清凉包{m}份。",
    ),
    (
        "{d}，{t}工资集体协商会议召开，{a}名职工方代表与企业方代表面对面协商。",
        "会议围绕最低工资标准、计件工价和加班工资三项议题展开，气氛热烈而坦诚。",
        "协商签订工资专项集体合同，覆盖企业{b}家、职工{n}人，平均工资涨幅{q}%。",
        "谈之前先把账算清，工会用一个月时间走访企业，收集职工意见{m}条。",
        "“工价写在墙上，心里踏实。”{c}公司职工代表{p}说。",
        "下一步，{t}总工会将建立季度回访制度，主席{l}表示，让合同真正落地。",
    ),
    (
        "{d}，{t}总工会举行金秋助学座谈会，为{a}名考入大学的职工子女发放助学金{q}万元。",
        "座谈会上，工会干部详细了解新生的学习和生活情况，鼓励他们自立自强、学有所成。",
        "据了解，金秋助学活动开展以来，累计资助困难职工子女{n}人次，发放助学金{m}万元。",
        "“工会帮我们算好了学费账。”{c}公司职工{p}说，全家人都松了一口气。",
        "{t}总工会主席{l}介绍，今年还邀请{b}名返乡大学生分享求学经历。",
        "工会将继续完善帮扶档案，做到精准识别、动态管理，不让一名职工子女因困失学。",
    ),
    (
        "{d}，{t}职工技能大比武决赛举行，来自{b}家企业的{n}名选手同台竞技。",
        "比赛设焊工、电工、叉车等{a}个项目，采取理论考试与实际操作相结合的方式进行。",
        "比赛现场，选手们沉着冷静、操作娴熟，充分展示了新时代产业工人的风采。",
        "经过激烈角逐，{c}公司选手{p}以{q}分的成绩获得第一名。",
        "比武期间征集职工合理化建议{m}条，获奖选手将按规定晋升技能等级。",
        "{t}总工会主席{l}表示，将成立流动师傅团，把好做法带回生产一线。",
    ),
)
FILLER = (
    "的一在了和是有工会职工们中大为上个这地出到你说生用于成我时以要就作里动方多经么"
)


def _slots(rng, town, day):
    return {
        "d": f"{day.month}月{day.day}日",
        "t": town,
        "c": rng.choice(COMPANIES),
        "p": rng.choice(PEOPLE),
        "l": rng.choice(PEOPLE),
        "a": rng.randint(2, 12),
        "b": rng.randint(5, 46),
        "n": rng.randint(80, 3000),
        "m": rng.randint(20, 900),
        "q": round(rng.uniform(2, 9), 1) if rng.random() < 0.5 else rng.randint(3, 60),
        "y": rng.randint(2, 20),
    }


def _news(rng, campaign, town, day):
    lines = [
        line.format(**_slots_once)
        for _slots_once in [_slots(rng, town, day)]
        for line in CAMPAIGNS[campaign]
    ]
    shown = datetime(2026, day.month, day.day, 18, tzinfo=CHINA)
    return NewsText(f"{town}开展工会活动", "".join(lines), shown)


def _edited(rng, news, share):
    """A reprint: other title, source line or dateline, cut lead, some words changed."""
    lines = news.text.split("。")
    if rng.random() < 0.3:
        lines = lines[1:]
    text = "。".join(lines)
    changed, edits = list(text), int(len(text) * share)
    while edits > 0:
        size = min(edits, rng.randint(1, 4))
        at = rng.randrange(max(1, len(changed) - size))
        new = rng.choices(FILLER, k=rng.choice((0, size, size + 1)))
        changed[at : at + size] = new
        edits -= size
    text = "".join(changed)
    if rng.random() < 0.5:
        text = rng.choice(("本报讯（记者 张三 通讯员 李四）", "来源：某某网\n")) + text
    later = news.published + timedelta(hours=rng.randint(1, 60))
    return NewsText(rng.choice(("工会送服务到一线", news.headline)), text, later)


def _pairs(seed, count):
    """(first, second, whether they are the same news), half of each."""
    rng = random.Random(seed)
    pairs = []
    for n in range(count):
        campaign = rng.randrange(len(CAMPAIGNS))
        day = date(2026, 7, rng.randint(1, 28))
        one, two = rng.sample(TOWNS, 2)
        if rng.random() < 0.3:
            one, two = rng.sample(COUNTIES, 2)
        news = _news(rng, campaign, one, day)
        share = rng.choice((0.0, 0.05, 0.1, 0.15, 0.2))
        pairs.append((news, _edited(rng, news, share), True))
        near = day if n % 2 else day + timedelta(days=rng.randint(1, 3))
        pairs.append((news, _news(rng, campaign, two, near), False))
    return pairs


def test_reprints_are_told_from_campaigns():
    """Recall is at least .98 at a precision of at least .99 on hard pairs."""
    pairs = _pairs(20261122, 1000)

    judged = [(same_news(a, b).is_same, is_same) for a, b, is_same in pairs]

    hits = sum(says and is_same for says, is_same in judged)
    claimed = sum(says for says, _ in judged)
    recall, precision = hits / 1000, hits / max(1, claimed)
    assert (recall >= 0.98, precision >= 0.99) == (True, True), (recall, precision)


def test_reprints_are_found_by_their_hashes():
    """At least 98 of 100 reprints share three numbers with their original."""
    pairs = [(a, b) for a, b, is_same in _pairs(7, 500) if is_same]

    found = sum(
        len(sentence_hashes(a.text) & sentence_hashes(b.text)) >= 3 for a, b in pairs
    )

    assert found / len(pairs) >= 0.98, found / len(pairs)


LONG = "".join(line for campaign in CAMPAIGNS[:2] for line in campaign)
DAY = datetime(2026, 7, 18, 18, tzinfo=CHINA)


def _filled(town, **changed):
    slots = _slots(random.Random(1), town, DAY) | changed
    return NewsText(f"{town}送清凉", LONG.format(**slots), DAY)


def test_a_campaign_copied_with_another_town_is_another_story():
    """A long text with only town, chair and figures changed is never merged."""
    one = _filled("青石镇")
    two = _filled("白鹤镇", n=77, m=66, a=5, b=44, l="刘某某", p="黄某某")

    verdict = same_news(one, two)

    assert (False, True) == (verdict.is_same, verdict.share > 0.8)


def test_two_events_of_one_town():
    """A fortnight later, with other figures, a town's campaign is news of its own."""
    one = _filled("青石镇")
    later = DAY + timedelta(days=14)
    slots = _slots(random.Random(1), "青石镇", later)
    slots |= {"n": 77, "m": 66, "a": 5, "b": 44, "q": 3, "y": 31, "p": "田小芹"}
    two = NewsText("青石镇再送清凉", LONG.format(**slots), later)

    assert not same_news(one, two).is_same


def test_units_decide_first():
    """Texts credited to two units of ours are two stories, whatever the words."""
    one = NewsText("甲", "同样的一段文字，说的是送清凉活动。", DAY, ("afs",))
    two = NewsText("甲", "同样的一段文字，说的是送清凉活动。", DAY, ("ds",))

    assert same_news(one, two) == Sameness(
        False, 1.0, "文字100%相同，但说的是不同的单位"
    )


def test_headlines_of_two_towns():
    """The same words under the names of two towns are two stories."""
    words = "同样的一段文字，说的是送清凉活动。"

    verdict = same_news(
        NewsText("青石镇送清凉", words), NewsText("白鹤镇送清凉", words)
    )

    assert "文字100%相同，但标题写的是不同的镇街" == verdict.reason
    assert same_news(
        NewsText("远山县青石镇送清凉", words), NewsText("青石镇送清凉", words)
    ).is_same


def test_units_in_another_order():
    """Two pages that name the same units in another order may be one story."""
    words = "同样的一段文字，说的是送清凉活动。"
    one = NewsText("甲", words, DAY, ("afsyq", "afs"))
    two = NewsText("甲", words, DAY, ("afs",))

    assert same_news(one, two).is_same


def test_the_same_words_months_apart():
    """Half a text that returns months later is another year's news."""
    one = _filled("青石镇")
    later = DAY + timedelta(days=90)
    two = NewsText("送清凉", one.text[:250] + "".join(CAMPAIGNS[3]), later)
    whole = NewsText(one.headline, one.text, later)

    verdicts = (same_news(one, two), same_news(one, whole))

    assert [False, True] == [v.is_same for v in verdicts]
    assert "发布相隔90天" in verdicts[0].reason


def test_other_news_shares_no_words():
    """Different texts say how little they share."""
    verdict = same_news(
        NewsText("甲", "职工夜校开课，七十名学员报名学电工。"),
        NewsText("乙", "长江防汛堤上，志愿者送来绿豆汤和药品。"),
    )

    assert (False, "文字只有0%相同") == (verdict.is_same, verdict.reason)


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), ("。！", 0), ("短", 1), ("长" * 99, 1)]
)
def test_short_texts_have_hashes(text, count):
    """A text of a few characters is found too, an empty one never."""
    assert len(sentence_hashes(text)) == count


def test_hashes_are_stable():
    """The numbers fit the store and never change from run to run."""
    hashes = sentence_hashes("本报讯（记者 张三）安福寺镇总工会送清凉。")

    assert hashes == sentence_hashes("安福寺镇 总工会送清凉！")
    assert all(0 <= number < 2**63 for number in hashes)
    assert 40 == len(sentence_hashes(LONG))


def test_materially_new():
    """New figures in new sentences make news again; a mended word does not."""
    before = "7月18日，安福寺镇总工会送清凉。慰问9家企业。"
    after = (
        before
        + "截至7月30日，活动已覆盖27家企业，送出清凉包2400份，"
        + "并在园区东门建成户外劳动者服务站1座，日均服务320人次。"
    )

    assert materially_new(before, before.replace("送清凉", "夏送清凉")) is None
    assert materially_new(before, after).startswith("新增内容：")


def test_a_story_is_compared_by_its_sure_units(story_of):
    """What is compared is headline, words, shown time and the units."""
    story = story_of(1, headline="安福寺镇送清凉", text="正文。", unit="afs")

    expected = NewsText("安福寺镇送清凉", "正文。", story.published, ("afs",))

    assert expected == news_text(story)
