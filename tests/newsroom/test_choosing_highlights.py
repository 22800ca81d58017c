"""Which reports of towns are the day's highlights, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from newsroom.edition import Column
from newsroom.taxonomy import Tag

GOOD = (
    "7月19日，安福寺镇总工会走进9家企业，为1200名职工送去清凉包800份，解决问题6个。"
    "“风扇装上了，车间凉快多了。”包装工何秀兰说。下一步将新建服务站1座。"
)


def _ids(choice, column):
    return [entry.story_id for entry in choice.entries(column)]


def _why(choice, number):
    return next(p.reason for p in choice.passed if p.story_id == number)


def test_highlights_by_score(pick, good):
    """The better story stands first, with its whole score and every reason."""
    weak = good(1, "ds", text="7月19日，董市镇送清凉。职工12人参加。", pictures=0)

    choice = pick([weak, good(2)])

    first = choice.entries(Column.HIGHLIGHTS)[0]
    assert 2 == first.story_id
    assert first.score is not None
    assert first.reasons[0].startswith(f"{first.score.total:g}分：时效：活动后0天报送")


def test_below_the_floor_nothing_is_shown(pick, good):
    """A weak story leaves its place empty."""
    choice = pick([good(1, text="开会。", pictures=0, event_day=None, topic="huiyi")])

    assert () == choice.entries(Column.HIGHLIGHTS)
    assert "低于35分的底线" in _why(choice, 1)


def test_a_tie_goes_to_the_earlier_report(pick, good):
    """Equal scores: the earlier report first, then the lower number."""
    stories = [
        good(3, "ds", "zujian", first_seen=(2026, 7, 19, 8)),
        good(1, "afs", "xieshang", first_seen=(2026, 7, 19, 9)),
        good(2, "wa", "xinye", first_seen=(2026, 7, 19, 9)),
    ]

    choice = pick(stories)

    assert [3, 1, 2] == _ids(choice, Column.HIGHLIGHTS)


def test_caps_of_unit_topic_and_day(pick, good):
    """One a unit, two a topic, five a day."""
    units = ["afs", "afs", "ds", "wa", "xn", "by", "gjd", "qxt"]
    topics = [
        "zujian",
        "xinye",
        "zujian",
        "zujian",
        "anquan",
        "nvzhi",
        "laomo",
        "huzhu",
    ]
    stories = [
        good(n, u, t) for n, (u, t) in enumerate(zip(units, topics, strict=True), 1)
    ]

    choice = pick(stories)

    taken = choice.entries(Column.HIGHLIGHTS)
    assert 5 == len(taken) == len({e.unit_id for e in taken})
    reasons = {p.reason for p in choice.passed}
    assert {"同一单位一天最多1条", "同一主题一天最多2条"} <= reasons
    assert any("位置已满" in reason for reason in reasons)


def test_a_unit_that_waited_takes_the_last_place(pick, good, days):
    """A unit not shown for 14 days takes the last place if it reaches the floor."""
    units = ["afs", "ds", "wa", "xn", "by"]
    topics = ["zujian", "xieshang", "xinye", "anquan", "jingsai"]
    strong = [good(n, u, t) for n, (u, t) in enumerate(zip(units, topics, strict=True))]
    plain = "7月19日，顾家店镇总工会组织职工开展活动，解决问题2个，计划推广。"
    waiting = good(9, "gjd", "wenti", text=plain, pictures=1)
    last = dict.fromkeys(units, date(2026, 7, 17)) | {"gjd": date(2026, 7, 6)}

    choice = pick([*strong, waiting], unit_last_shown=last)
    recent = pick([*strong, waiting], unit_last_shown=last | {"gjd": date(2026, 7, 7)})

    assert 9 == _ids(choice, Column.HIGHLIGHTS)[-1]
    assert (
        "照顾14天以上未展示的单位" in choice.entries(Column.HIGHLIGHTS)[-1].reasons[-1]
    )
    assert 9 not in _ids(recent, Column.HIGHLIGHTS)


def test_of_two_that_waited_the_longer_one(pick, good):
    """Never shown waits longest of all."""
    units = ["afs", "ds", "wa", "xn", "by"]
    topics = ["zujian", "xieshang", "xinye", "anquan", "jingsai"]
    strong = [good(n, u, t) for n, (u, t) in enumerate(zip(units, topics, strict=True))]
    plain = "7月19日，镇总工会组织职工开展活动，解决问题2个，计划推广。"
    two = [
        good(8, "gjd", "wenti", text=plain, pictures=1),
        good(9, "qxt", "jiaoyu", text=plain, pictures=0),
    ]
    last = dict.fromkeys(units, date(2026, 7, 17)) | {"gjd": date(2026, 6, 1)}

    choice = pick([*strong, *two], unit_last_shown=last)

    assert 9 == _ids(choice, Column.HIGHLIGHTS)[-1]


def test_crawled_news_of_a_town_competes(pick, story_of):
    """A crawled story that names a town of ours stands among the highlights."""
    crawled = story_of(
        1, text=GOOD, unit="afs", topic="xiasong", event_day=date(2026, 7, 19)
    )
    doubtful = replace(
        story_of(2, text=GOOD, topic="xiasong"),
        units=(Tag("by", 3.0, ("白洋镇",), doubtful=True),),
    )
    office = story_of(3, text=GOOD, unit="szgh", topic="zujian")
    unknown = story_of(4, text=GOOD, unit="xx", topic="xinye")

    choice = pick([crawled, doubtful, office, unknown])

    assert [1] == _ids(choice, Column.HIGHLIGHTS)
    assert {2, 3, 4} == set(_ids(choice, Column.NEWS))
    line = choice.entries(Column.HIGHLIGHTS)[0].reasons[0]
    assert "时效：活动后1天刊发（+12）" in line


def test_late_reports_do_not_wait_for_ever(pick, good, story_of):
    """A report of three weeks ago, a page of last week: no longer candidates."""
    old = good(1, first_seen=(2026, 7, 1, 9))
    page = story_of(2, unit="ds", text=GOOD, published=(2026, 7, 10))

    choice = pick([old, page])

    assert "收到已有19天，不再候选" == _why(choice, 1)
    assert "7月10日的稿件，已经过时" == _why(choice, 2)


def test_a_story_stands_in_one_column(pick, good, story_of):
    """No story twice on a page, every candidate either stands or is passed."""
    stories = [
        good(1),
        story_of(2, unit="ds", topic="weiquan", text=GOOD),
        story_of(3, topic="weiquan", text="枝江的调解。"),
        story_of(4, topic="weiquan", text="别处的调解。", tier="tashan"),
        story_of(5, topic="zujian", text="会。"),
        good(6, "wa", text="开会。", pictures=0, event_day=None),
    ]

    choice = pick(stories)

    shown = [entry.story_id for entry in choice.all_entries]
    passed = [p.story_id for p in choice.passed]
    assert len(shown) == len(set(shown))
    assert sorted(shown + passed) == [1, 2, 3, 4, 5, 6]
