"""What an edition carries, and why."""

import random
from dataclasses import replace
from datetime import date

import pytest

from newsroom.choosing import UNDATED
from newsroom.edition import Column
from newsroom.rules import OutletRule
from newsroom.scoring import ScoreContext
from newsroom.story import Appearance, StoryKind, StoryState
from newsroom.taxonomy import Level

MONDAY = date(2026, 7, 20)


def _ids(choice, column):
    return [entry.story_id for entry in choice.entries(column)]


def _why(choice, number):
    return next(p.reason for p in choice.passed if p.story_id == number)


# 要闻


def test_news_by_tier_freshness_topic_and_place(pick, story_of):
    """Tier x freshness x topic x place, the county's name 1.3, the city's 1.15."""
    plain = story_of(1, topic="xieshang", text="省里的会。", tier="sheng")
    city = story_of(2, topic="xieshang", text="宜昌的会。", tier="yc")
    county = story_of(3, topic="jingsai", text="枝江的会。", tier="zj")
    older = story_of(
        4, topic="zujian", text="省里的会。", tier="sheng", published=(2026, 7, 16, 9)
    )

    choice = pick([plain, city, county, older])

    weights = [e.reasons[0].split("：")[0] for e in choice.entries(Column.NEWS)]
    assert [3, 2, 1, 4] == _ids(choice, Column.NEWS)
    assert ["权重1.11", "权重0.92", "权重0.90", "权重0.72"] == weights


def test_all_since_the_last_edition_counts_as_today(pick, story_of, uncapped):
    """Friday afternoon, Saturday and Sunday are as fresh as Monday morning."""
    days = [(2026, 7, 17), (2026, 7, 18, 9), (2026, 7, 19, 9), (2026, 7, 20, 6)]
    stories = [
        story_of(n, topic=t, text="会。", published=day)
        for n, (day, t) in enumerate(
            zip(days, ["xieshang", "zujian", "xinye", "xieshang"], strict=True), 1
        )
    ]

    choice = pick(stories, rules=uncapped)

    assert {"权重0.90"} == {
        e.reasons[0].split("：")[0] for e in choice.entries(Column.NEWS)
    }


@pytest.fixture
def uncapped(rules):
    """The rules without caps for source and topic."""
    return replace(rules, news=replace(rules.news, per_source=9, per_topic=9))


def test_news_ages_and_goes(pick, story_of, uncapped):
    """Each working day older weighs less; past the table it is out of date."""
    days = [(2026, 7, 16), (2026, 7, 15), (2026, 7, 14), (2026, 7, 13)]
    stories = [
        story_of(n, topic="xieshang", text="会。", published=day)
        for n, day in enumerate(days, 1)
    ]

    choice = pick(stories, rules=uncapped)

    assert [1, 2, 3] == _ids(choice, Column.NEWS)
    assert "7月13日的稿件，已经过时" == _why(choice, 4)


def test_caps_of_source_and_topic(pick, story_of):
    """At most three of a source and two of a topic, and six in all."""
    same = [story_of(n, topic=f"t{n}", text="会。") for n in range(1, 5)]
    topic = [
        story_of(n, topic="xieshang", text="会。", tier="guo") for n in range(5, 8)
    ]

    choice = pick([*same, *topic])

    assert [5, 6, 1, 2, 3] == sorted(
        _ids(choice, Column.NEWS), key=[5, 6, 7, 1, 2, 3, 4].index
    )
    assert "同一来源最多3条" == _why(choice, 4)
    assert "同一主题最多2条" == _why(choice, 7)


def test_no_more_than_the_column_holds(pick, story_of):
    """The seventh piece of news finds the column full."""
    stories = [
        story_of(n, topic=f"t{n}", text="会。", tier="guo", source_id=f"s{n}")
        for n in range(1, 8)
    ]

    choice = pick(stories, sources={})

    assert 6 == len(choice.entries(Column.NEWS))
    assert "位置已满" in _why(choice, 7)


def test_the_nearest_stands_first_on_a_tie(pick, story_of, rules):
    """Of equal weights the county, then the city, then the later hour comes first."""
    even = replace(rules, news=replace(rules.news, county_factor=1.0, city_factor=1.0))
    texts = ["别处的会。", "宜昌的会。", "枝江的会。"]
    stories = [
        story_of(n, topic=f"t{n}", text=text, source_id=f"s{n}")
        for n, text in enumerate(texts, 1)
    ]
    late = story_of(
        4, topic="t4", text="别处的会。", source_id="s4", published=(2026, 7, 20, 7, 30)
    )

    choice = pick([*stories, late], rules=even, sources={})

    assert [3, 2, 4, 1] == _ids(choice, Column.NEWS)


# What never stands


def test_undated_news_is_not_todays(pick, story_of):
    """An article without a date is passed with its reason."""
    choice = pick([story_of(1, published=None, first_seen=(2026, 7, 20, 6))])

    assert ((), UNDATED) == (choice.all_entries, _why(choice, 1))


def test_a_date_in_the_future_is_not_todays(pick, story_of):
    """News of tomorrow does not lead today's page."""
    choice = pick([story_of(1, published=(2026, 7, 22))])

    assert "还没有到" in _why(choice, 1)


@pytest.mark.parametrize(
    ("state", "word"),
    [
        (StoryState.HELD, "已扣下"),
        (StoryState.SPIKED, "已弃用"),
        (StoryState.WITHDRAWN, "已撤下"),
    ],
)
def test_held_stories_never_stand(pick, good, state, word):
    """Held, spiked and withdrawn stories are passed with their state."""
    held = replace(good(1, state=state), held_reason="有手机号码")

    choice = pick([held, replace(good(2, unit="ds", state=state))])

    assert ((), f"{word}：有手机号码") == (choice.all_entries, _why(choice, 1))
    assert word == _why(choice, 2)


def test_internal_matters_never_stand(pick, good):
    """内部情况 is the chair's to read elsewhere."""
    choice = pick([good(1, kind=StoryKind.INTERNAL)])

    assert "内部情况，不进日报" == _why(choice, 1)


def test_what_was_shown_is_not_news_again(pick, good):
    """A story of an earlier edition returns only with something new, as 续."""
    stories, shown = [good(1), good(2, "ds")], {1: date(2026, 7, 17)}

    choice = pick(stories, shown=shown)
    again = pick(stories, shown=shown, updated={1: "新增内容：又建1座"})

    assert "7月17日已经登过，没有新内容" == _why(choice, 1)
    follow = {e.story_id: e.follow_up for e in again.entries(Column.HIGHLIGHTS)}
    assert {1: True, 2: False} == follow


def test_news_with_something_new_says_so(pick, story_of):
    """The reason of a follow-up names what is new."""
    story = story_of(1, topic="xieshang")

    choice = pick([story], shown={1: date(2026, 7, 17)}, updated={1: "新增内容：9家"})

    assert "续报，新增内容：9家" in choice.entries(Column.NEWS)[0].reasons[0]


def test_the_same_day_may_be_chosen_again(pick, good):
    """A second run of one morning shows the same stories."""
    choice = pick([good(1)], shown={1: MONDAY})

    assert [1] == _ids(choice, Column.HIGHLIGHTS)


def test_old_news_dated_today_is_caught(pick, story_of):
    """Last winter's event under today's date is no news, nor a page seen before."""
    winter = story_of(1, text="1月12日，市总工会召开送温暖座谈会，慰问职工63户。")
    seen = story_of(2, text="会。", first_seen=(2026, 7, 1, 6))

    choice = pick([winter, seen])

    assert _why(choice, 1).startswith("旧闻：文中最晚的日期是2026年1月12日")
    assert _why(choice, 2).startswith("旧闻：同一内容2026年7月1日已经发布过")


def test_the_first_run_takes_only_the_last_working_day(pick, story_of):
    """With an empty store, what came since Friday is news, the month before is not."""
    stories = [
        story_of(1, topic="zujian", published=(2026, 7, 17)),
        story_of(2, topic="xinye", published=(2026, 7, 16)),
    ]

    choice = pick(stories, last_issued=None)

    assert [1] == _ids(choice, Column.NEWS)
    assert "首次运行" in _why(choice, 2)


# 维权服务, 他山之石


def test_rights_and_elsewhere(pick, story_of, good):
    """Rights topics fill 维权服务, neighbours 他山之石, one at most.

    A second rights story only stands there when 要闻 has three without it.
    """
    rights = [
        story_of(n, topic="weiquan", text="调解。", tier=tier)
        for n, tier in ((1, "sheng"), (2, "yc"), (3, "guo"))
    ]
    near = [story_of(n, topic="zujian", text="会。", tier="tashan") for n in (4, 5)]

    plain = [story_of(n, topic=f"t{n}", text="会。", tier="guo") for n in (6, 7, 8)]

    choice = pick([*rights, *near])
    full = pick([*rights, *near, *plain])

    assert [3] == _ids(choice, Column.RIGHTS)
    assert [1, 2] == _ids(choice, Column.NEWS)
    assert [3, 1] == _ids(full, Column.RIGHTS)
    assert [4] == _ids(choice, Column.ELSEWHERE)
    assert "今天的位置已满" in _why(choice, 5)


def test_a_case_that_is_no_highlight_serves_rights(pick, good, rules):
    """A submitted case below the floor still serves the rights column."""
    case = good(1, text="调解。", kind=StoryKind.CASE, topic="huiyi", pictures=0)
    plain = good(2, "ds", text="开会。", topic="weiquan", pictures=0, event_day=None)

    high = replace(rules, highlight=replace(rules.highlight, floor=99))

    choice = pick([case, plain], rules=high)

    assert [1] == _ids(choice, Column.RIGHTS)
    assert [2] == [p.story_id for p in choice.passed]


def test_a_story_that_fits_no_column(pick, story_of, rules):
    """A neighbour's story goes nowhere when that column is closed."""
    closed = replace(rules, news=replace(rules.news, elsewhere_top=0))

    choice = pick([story_of(1, tier="tashan")], rules=closed)

    assert () == choice.columns
    assert [1] == [p.story_id for p in choice.passed]


def test_a_submission_of_no_unit_fits_no_column(pick, story_of):
    """What belongs nowhere is told as such."""
    choice = pick([story_of(1, tier=None, unit="szgh")])

    assert "不属于任何栏目" == _why(choice, 1)


# Same input, same result


def test_the_order_of_the_input_does_not_matter(pick, good, story_of):
    """Ten shuffles, one choice."""
    units = ["afs", "ds", "wa", "xn", "by", "gjd"]
    stories = [good(n, u) for n, u in enumerate(units, 1)]
    stories += [
        story_of(10 + n, topic=t, text="会。", tier=tier)
        for n, (t, tier) in enumerate(
            [("zujian", "yc"), ("zujian", "yc"), ("weiquan", "zj"), ("xinye", "tashan")]
        )
    ]
    expected = pick(stories)
    rng = random.Random(3)

    for _ in range(10):
        rng.shuffle(stories)
        assert pick(stories) == expected


def test_a_candidate_given_twice_is_one(pick, good):
    """The same story twice in the input stands once."""
    assert [1] == _ids(pick([good(1), good(1)]), Column.HIGHLIGHTS)


def test_no_candidates(pick):
    """A morning without news has no columns."""
    choice = pick([])

    assert ((), (), ()) == (choice.columns, choice.passed, choice.entries(Column.NEWS))


def test_a_context_of_ones_own(pick, good, rules, at):
    """Adoption by media of the office's list counts, and bears its label."""
    outlet = OutletRule(Level.PROVINCIAL, "省级", 8, ("湖北日报",))
    line = Appearance("zj", "枝江网", Level.COUNTY, "http://x/", "", at(2026, 7, 19))
    carried = replace(line, source_line="来源：湖北日报")
    story = replace(good(1), appearances=(carried,))
    context = ScoreContext(date(2000, 1, 1), outlets=(outlet,), checks=rules.checks)

    entry = pick([story], context=context).entries(Column.HIGHLIGHTS)[0]

    assert "上级采用：湖北日报（+8）" in entry.reasons[0]
    assert "上级媒体采用" == entry.label
