"""Units and topics by the office's rules, with their evidence."""

from dataclasses import replace

import pytest

from newsroom.tagging import is_local_or_policy, is_union_news, tag_topics, tag_units
from newsroom.taxonomy import Tag, Topic


def _units(rules, headline, text="", *, city="枝江", near=True):
    return tag_units(headline, text, rules.units, source_city=city, near=near)


def _ids(tags):
    return [tag.id for tag in tags if not tag.doubtful]


def _text(entry):
    return (entry.get("body") or entry["lead"]).strip()


def test_stories_of_the_towns_get_their_unit(rules, short_stories, full_stories):
    """All 38 invented stories are credited to the unit that wrote them."""
    stories = [*short_stories, *full_stories]

    wrong = [
        (entry["title"], found)
        for entry in stories
        if (found := _ids(_units(rules, entry["title"], _text(entry))))[:1]
        != [entry["unit"]]
    ]

    assert [] == wrong


def test_stories_of_the_towns_get_their_topic(rules, short_stories, full_stories):
    """At least 37 of 38 invented stories get their topic first, all among three."""
    stories = [*short_stories, *full_stories]

    tags = [tag_topics(e["title"], _text(e), rules.topics) for e in stories]

    first = sum(t[0].id == e["topic"] for t, e in zip(tags, stories, strict=True))
    among = sum(
        e["topic"] in [tag.id for tag in t] for t, e in zip(tags, stories, strict=True)
    )
    assert (first >= 37, among) == (True, 38)


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("安福寺镇总工会送清凉", ["afs"]),
        ("慰问安福寺镇职工", ["afs"]),
        ("问安镇职工夜校开课", ["wa"]),
        ("董市、问安等镇开展普法", ["ds", "wa"]),
        ("董市镇工会与问安镇工会结对", ["ds", "wa"]),
        ("仙女座流星雨今夜上演", []),
        ("董市长调研企业", []),
        ("询问安全生产情况", []),
        ("慰问安置点职工", []),
        ("白洋淀风光好", []),
        ("董市长期坚持送清凉", ["ds"]),
        ("枝江市教育局工会举办运动会", ["jy"]),
        ("宜昌市教育局工会举办运动会", []),
        ("市教育局工会举办运动会", ["jy"]),
        ("全市工会工作会议召开", ["szgh"]),
        ("宜昌市总工会召开会议", []),
        ("市总工会召开会议", ["szgh"]),
        ("安福寺食品工业园签下合同", ["afsyq", "afs"]),
    ],
)
def test_units_of_a_local_source(rules, headline, expected):
    """Longest name first, never inside another word, 市 means the source's city."""
    assert _ids(_units(rules, headline)) == expected


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("市总工会召开全市会议", []),
        ("市教育局工会举办运动会", []),
        ("枝江市教育局工会举办运动会", ["jy"]),
        ("安福寺镇总工会送清凉", ["afs"]),
        ("经开区工会送清凉", []),
        ("金山村职工书屋揭牌", []),
        ("枝江金山村职工书屋揭牌", ["xn"]),
        ("双湖村送清凉", []),
        ("董市镇双湖村送清凉", ["ds"]),
        ("董市送清凉", []),
        ("枝江董市送清凉", ["ds"]),
    ],
)
def test_units_of_the_city_above(rules, headline, expected):
    """A source of Yichang must name Zhijiang or the town itself."""
    assert _ids(_units(rules, headline, city="宜昌")) == expected


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("白洋镇职工送清凉", []),
        ("桂花村职工书屋", []),
        ("供电公司职工比武", []),
        ("湖北枝江白洋镇职工送清凉", ["by"]),
    ],
)
def test_units_of_a_far_source(rules, headline, expected):
    """Elsewhere's villages and companies are never ours."""
    assert _ids(_units(rules, headline, city=None, near=False)) == expected


def test_a_town_far_away_is_doubtful(rules):
    """A whole town's name in a far source is shown with a question mark."""
    tag = _units(rules, "白洋镇职工送清凉", city=None, near=False)[0]

    assert ("by", True, ("白洋镇",)) == (tag.id, tag.doubtful, tag.evidence)


def test_a_village_of_the_city_is_doubtful(rules):
    """A village that Yichang's source names alone may be another district's."""
    tag = _units(rules, "金山村职工书屋揭牌", city="宜昌")[0]

    assert ("xn", True) == (tag.id, tag.doubtful)


def test_a_text_that_lists_towns_is_about_none(rules):
    """Four towns in a row without one in the headline are doubtful all."""
    text = "安福寺镇、董市镇、问安镇、白洋镇等地职工参加。"

    tags = _units(rules, "枝江举办职工运动会", text)

    assert all(tag.doubtful for tag in tags if tag.id != "szgh")
    assert len(tags) >= 4


def test_the_acting_unit_comes_first(rules):
    """The unit of the headline acts, whatever the text names before."""
    text = "在董市镇姚家港化工园，问安镇总工会组织职工参观。"

    tags = _units(rules, "问安镇组织职工参观学习", text)

    assert "wa" == tags[0].id
    assert {"yjg", "ds"} <= {tag.id for tag in tags}


def test_a_disabled_unit_is_not_seen(rules):
    """A unit that the office switched off gets no stories."""
    units = tuple(replace(u, enabled=u.id != "by") for u in rules.units.units)
    without = replace(rules.units, units=units)

    tags = tag_units("白洋镇送清凉", "", without, source_city="枝江", near=True)

    assert "by" not in {tag.id for tag in tags}


TOPICS = (
    Topic("a", "甲", 1.0, ("集体协商",), ("工价", "涨幅")),
    Topic("b", "乙", 1.0, ("送清凉",), ("高温",)),
    Topic("c", "丙", 1.0, ("劳模",), ()),
    Topic("d", "丁", 1.0, ("夜校",), ()),
    Topic("e", "戊", 1.0, ("驿站",), ()),
)


def test_points_of_a_topic():
    """Strong 3, weak 1, headline double, each word once; the words are the proof."""
    tags = tag_topics("集体协商谈工价", "集体协商集体协商，工价，涨幅。", TOPICS)

    assert (Tag("a", 9.0, ("集体协商", "工价", "涨幅")),) == tags


def test_weak_words_alone_are_no_topic():
    """Less than three points is no topic, three weak ones a doubtful one."""
    assert tag_topics("", "工价涨幅", TOPICS) == ()
    assert tag_topics("", "送清凉", TOPICS)[0].doubtful
    assert tag_topics("", "", ()) == ()


def test_secondary_topics():
    """At most two more, with at least 60 % of the first one's points."""
    tags = tag_topics("集体协商", "送清凉、高温、劳模、夜校、驿站", TOPICS)

    assert ["a", "b"] == [tag.id for tag in tags]
    even = tag_topics("", "集体协商、送清凉、劳模、夜校", TOPICS)
    assert (["a", "b", "c"], True) == ([t.id for t in even], even[0].doubtful)


@pytest.mark.parametrize(
    ("headline", "text", "expected"),
    [
        ("枝江市总工会开展送清凉", "", True),
        ("城区道路改造完工", "施工单位加班加点。", False),
        ("我市举办龙舟赛", "村民参加。", False),
        ("环卫工人喝上绿豆汤", "防暑降温送清凉物资。", True),
        ("企业招聘会举行", "岗位多，求职者多。", False),
        ("夏日里的坚守", "为快递员、环卫工人送清凉，发放清凉包防暑降温。", True),
        ("新增一批工匠", "荆楚工匠名单公布，劳模精神代代传。", True),
    ],
)
def test_union_news_of_a_general_site(rules, headline, text, expected):
    """A general news site gives only its union items."""
    assert is_union_news(headline, text, rules.topics) is expected


@pytest.mark.parametrize(
    ("headline", "text", "expected"),
    [
        ("湖北推进集体协商", "正文。", True),
        ("某省举办劳模宣讲", "宜昌代表参加。", True),
        ("全国总工会印发关于推进集体协商的意见", "正文。", True),
        ("某省举办劳模宣讲", "各地代表参加。", False),
        ("某地出台停车新规", "城管部门介绍。", False),
    ],
)
def test_national_news_that_concerns_us(rules, story_of, headline, text, expected):
    """A national source gives our places and policy of union work."""
    story = story_of(1, headline=headline, text=text, tier="guo")

    assert is_local_or_policy(story, rules) is expected
