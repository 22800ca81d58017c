"""The highlight score explains itself."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.article import CHINA
from newsroom.rules import OutletRule
from newsroom.scoring import (
    RecentStory,
    ScoreContext,
    days_to_report,
    grams_of,
    highest_adoption,
    recent_story,
    score_highlight,
)
from newsroom.story import Appearance, Finding, FindingLevel, StoryKind
from newsroom.taxonomy import Level
from newsroom.understanding import understand_submission

# The table of the worked example: unit -> parts in order, total.
TABLE = {
    "ds": ((12, 10, 12, 8, 14, 14, 3, 3, 6, 5), 87),
    "afs": ((12, 9, 12, 8, 14, 12, 0, 0, 6, 5), 78),
    "kfq": ((12, 10, 7, 6, 14, 8, 0, 8, 6, 6), 77),
    "xn": ((5, 5, 12, 8, 14, 14, 5, 0, 6, 3), 72),
    "zj": ((12, 6, 8, 4, 14, 14, 0, 6, 6, 1), 71),
    "cg": ((9, 5, 12, 8, 14, 9, 0, 8, 6, 0), 71),
    "yjg": ((9, 9, 12, 6, 10, 9, 0, 6, 6, 3), 70),
    "wa": ((5, 8, 12, 4, 14, 13, 0, 3, 6, 0), 65),
}
# The invented context: days from event to report, pictures, credited, days silent,
# level that carried it, linked to the year's plan.
CONTEXT = {
    "ds": (1, 2, True, 20, Level.COUNTY, True),
    "afs": (0, 2, True, 5, None, True),
    "kfq": (1, 2, False, 90, None, False),
    "xn": (5, 2, True, 5, Level.CITY, True),
    "zj": (1, 0, True, 45, None, True),
    "cg": (2, 2, True, 90, None, False),
    "yjg": (3, 2, False, 45, None, False),
    "wa": (5, 1, False, 20, None, True),
}


def _story(entry, number, submission_of, body_of, rules):
    waited, pictures, credited, *_ = CONTEXT[entry["unit"]]
    event = date.fromisoformat(str(entry["date"]))
    received = datetime(event.year, event.month, event.day, 12, tzinfo=CHINA)
    sub = submission_of(
        entry["title"],
        entry["body"],
        entry["unit"],
        event_day=event,
        received_at=received + timedelta(days=waited),
        kind=StoryKind(entry["kind"]),
        number=f"报-{number}",
    )
    story = replace(understand_submission(sub, rules), id=number)
    return replace(story, body=body_of(entry["body"], pictures, credited=credited))


def _scored(entry, number, submission_of, body_of, rules):
    story = _story(entry, number, submission_of, body_of, rules)
    *_, silent, level, linked = CONTEXT[entry["unit"]]
    today = story.first_seen.date()
    if level:
        carried = Appearance("x", "某网", level, "http://x/", "", story.first_seen)
        story = replace(story, appearances=(carried,))
    same = tuple(RecentStory(90 + n, "jingsai", today, frozenset()) for n in range(2))
    context = ScoreContext(
        today,
        recent=same,
        unit_last_shown={entry["unit"]: today - timedelta(days=silent)},
        linked_policy={number: "年度要点"} if linked else {},
        checks=rules.checks,
    )
    return score_highlight(story, context, rules.highlight, rules.topics)


def test_the_worked_example(full_stories, submission_of, body_of, rules):
    """Eight stories come out near the table of the worked example, in its order."""
    scores = {
        entry["unit"]: _scored(entry, n, submission_of, body_of, rules)
        for n, entry in enumerate(full_stories, 1)
    }

    table = "\n".join(
        f"{unit}: {[p.points for p in scores[unit].parts]} {scores[unit].total} "
        f"table {TABLE[unit]}"
        for unit in TABLE
    )
    assert all(abs(scores[u].total - TABLE[u][1]) <= 8 for u in TABLE), table
    ranked = sorted(scores, key=lambda unit: -scores[unit].total)
    assert ranked[0] == "ds", table
    assert {"ds", "afs", "kfq"} <= set(ranked[:4]), table


def _points(story, rules, key, **context):
    given = {"today": date(2026, 7, 20), "checks": rules.checks} | context
    score = score_highlight(story, ScoreContext(**given), rules.highlight, rules.topics)
    return next(((p.points, p.reason) for p in score.parts if p.key == key), None)


@pytest.mark.parametrize(
    ("event", "points"),
    [(19, 12), (18, 12), (17, 9), (16, 9), (15, 5), (12, 5), (11, 0)],
)
def test_freshness_of_a_report(story_of, rules, event, points):
    """Days from the event to the report."""
    story = story_of(
        1, tier=None, first_seen=(2026, 7, 19, 9), event_day=date(2026, 7, event)
    )

    assert points == _points(story, rules, "fresh")[0]


def test_freshness_without_a_day(story_of, rules):
    """Without a day of the event, or of publication, there are no points and why."""
    story = story_of(1, tier=None)
    undated = story_of(2, published=None, event_day=date(2026, 7, 19))

    assert (0, "时效：没有写明活动日期（0）") == _points(story, rules, "fresh")
    assert days_to_report(undated) is None


@pytest.mark.parametrize(
    ("count", "points"), [(1, 14), (2, 10), (3, 10), (4, 6), (6, 6), (7, 2)]
)
def test_uniqueness_by_topic(story_of, rules, count, points):
    """The more of one topic in thirty days, the fewer points; itself never counts."""
    story = story_of(1, tier=None, topic="xiasong")
    old = RecentStory(99, "xiasong", date(2026, 6, 1), frozenset())
    recent = [
        RecentStory(n, "xiasong", date(2026, 7, 10), frozenset())
        for n in range(2, 2 + count)
    ]

    given = (recent_story(story), old, *recent)

    assert points == _points(story, rules, "unique", recent=given)[0]


def test_uniqueness_by_words(story_of, rules):
    """A text like one of the last half year loses six points."""
    story = story_of(1, tier=None, topic="xiasong", text="安福寺镇送清凉到车间一线。")
    twin = RecentStory(2, "zujian", date(2026, 3, 1), grams_of(story.body.text))
    older = RecentStory(3, "zujian", date(2025, 3, 1), grams_of(story.body.text))

    near = _points(story, rules, "unique", recent=(twin,))

    assert (8, "独特：近30天同题材0篇，与近期稿件相似（+8）") == near
    assert 14 == _points(story, rules, "unique", recent=(older,))[0]


@pytest.mark.parametrize(
    ("days", "points"), [(14, 0), (15, 3), (30, 3), (31, 6), (60, 6), (61, 8)]
)
def test_silence(story_of, rules, days, points):
    """The longer a unit was silent, the more its story is worth."""
    story = story_of(1, tier=None, unit="afs")
    last = {"afs": date(2026, 7, 20) - timedelta(days=days)}

    assert points == _points(story, rules, "silent", unit_last_shown=last)[0]


def test_silence_without_history(story_of, rules):
    """Never shown is most silent once others were; on the first day nobody is."""
    story = story_of(1, tier=None, unit="afs")
    others = {"ds": date(2026, 7, 17)}

    assert (0, "") == _points(story, rules, "silent")
    assert (8, "久未发声：尚未展示（+8）") == _points(
        story, rules, "silent", unit_last_shown=others
    )
    assert (0, "") == _points(story_of(2), rules, "silent", unit_last_shown=others)


@pytest.mark.parametrize(
    ("pictures", "credited", "points"),
    [(0, True, 0), (1, True, 6), (1, False, 4), (2, True, 8), (3, False, 6)],
)
def test_pictures(story_of, body_of, rules, pictures, credited, points):
    """One picture 4, two 6, with caption and credit 2 more."""
    story = replace(
        story_of(1, tier=None), body=body_of("会。", pictures, credited=credited)
    )

    assert points == _points(story, rules, "photo")[0]


def test_a_case_loses_nothing_for_hiding_names(story_of, rules):
    """A case without names and pictures gets the fixed points and says so."""
    case = story_of(1, tier=None, kind=StoryKind.CASE)
    shown = story_of(2, tier=None, kind=StoryKind.CASE, pictures=2)

    assert (8, "人物：案例隐去姓名，按固定分（+8）") == _points(case, rules, "people")
    assert (4, "图片：案例不登照片，按固定分（+4）") == _points(case, rules, "photo")
    assert 8 == _points(shown, rules, "photo")[0]


@pytest.mark.parametrize(
    ("level", "points"),
    [
        (Level.NATIONAL, 10),
        (Level.PROVINCIAL, 8),
        (Level.CITY, 5),
        (Level.COUNTY, 3),
        (Level.TOWNSHIP, 0),
    ],
)
def test_adoption_by_a_higher_level(story_of, rules, level, points):
    """The highest level that carried it counts."""
    story = story_of(1, tier="zj")
    carried = replace(story.appearances[0], level=level, source_name="某报")

    assert points == _points(replace(story, appearances=(carried,)), rules, "upper")[0]


def test_adoption_by_a_source_line(story_of):
    """A medium of the office's list in 来源 is an adoption of its level."""
    story = story_of(1, tier="zj")
    line = replace(story.appearances[0], source_line="来源：三峡日报")
    outlet = OutletRule(Level.CITY, "宜昌级", 5, ("三峡日报",))

    found = highest_adoption(replace(story, appearances=(line,)), [outlet])

    assert (Level.CITY, "三峡日报") == found


def test_our_own_site_is_no_adoption(story_of):
    """The first publication on a site of our own counts nothing, a reprint does."""
    story = replace(story_of(1, tier="zj"), own=True)
    carried = replace(story.appearances[0], level=Level.CITY, source_name="某报")

    assert highest_adoption(story, []) is None
    twice = replace(story, appearances=(*story.appearances, carried))
    assert (Level.CITY, "某报") == highest_adoption(twice, [])


def test_policy_linked_by_an_editor(story_of, rules):
    """An item of the year's plan adds four points and stands in the reason."""
    story = story_of(1, tier=None, topic="xiasong")

    plain = _points(story, rules, "policy")
    linked = _points(story, rules, "policy", linked_policy={1: "要点第3条"})
    other = _points(story_of(2, tier=None, topic="qita"), rules, "policy")

    assert (8, "契合：“夏送清凉”（+8）") == plain
    assert (12, "契合：要点第3条（+12）") == linked
    assert (0, "") == other


@pytest.mark.parametrize(
    ("changed", "key", "points"),
    [
        ({"event_day": date(2026, 7, 4)}, "stale", -8),
        ({"event_day": date(2026, 7, 4), "kind": StoryKind.EXPERIENCE}, "stale", None),
        ({"event_day": date(2026, 7, 5)}, "stale", None),
        ({"headline": "主席向书平调研", "text": "主席向书平说好。"}, "leaders", -6),
        (
            {"headline": "主席向书平调研", "text": "主席向书平说好。职工何秀兰说好。"},
            "leaders",
            None,
        ),
        ({"text": "高度重视，扎实推进，取得实效，圆满完成，真抓实干。"}, "cliche", -4),
        ({"text": "打造全国首个驿站。"}, "claim", -4),
        ({"text": "弘扬首创精神。"}, "claim", None),
    ],
)
def test_penalties(story_of, rules, changed, key, points):
    """What takes points says how many and why."""
    found = _points(story_of(1, tier=None, **changed), rules, key)

    assert points == (found[0] if found else None)
    assert found is None or f"（{points}）" in found[1]


def test_an_open_block_sinks_a_story(story_of, rules):
    """A story with an open block-level finding cannot be shown."""
    finding = Finding("x", FindingLevel.BLOCK, "", 0, 0, "")
    story = replace(story_of(1, tier=None), findings=(finding,))

    assert (-100, "有未处理的禁止项（-100）") == _points(story, rules, "blocked")


def test_rules_may_lack_parts_and_penalties(story_of, rules):
    """A part or penalty that the office took out counts nothing."""
    bare = replace(rules, highlight=replace(rules.highlight, parts={}, penalties={}))
    story = story_of(1, tier=None, text="打造全国首个驿站。")

    score = score_highlight(
        story, ScoreContext(date(2026, 7, 20)), bare.highlight, rules.topics
    )

    assert 0 == score.total
    assert _points(story, bare, "claim") is None


@given(st.text("安福寺镇7月18日职工1200名说“好。”下一步主席向书平", max_size=200))
def test_parts_add_up(story_of, rules, text):
    """The parts make the total, no part gives more than its most, all say why."""
    story = story_of(1, tier=None, unit="afs", text=text, pictures=1)

    score = score_highlight(
        story,
        ScoreContext(date(2026, 7, 20), checks=rules.checks),
        rules.highlight,
        rules.topics,
    )

    assert score.total == round(sum(part.points for part in score.parts), 1)
    assert all(p.points <= p.most for p in score.parts)
    assert all(p.reason for p in score.parts if p.points)
