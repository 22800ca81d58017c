"""Thirty working days with nine towns: nobody is forgotten, nobody takes it all."""

from datetime import datetime, time, timedelta
from itertools import pairwise

import pytest

from newsroom.article import CHINA
from newsroom.calendars import next_working_day
from newsroom.choosing import choose
from newsroom.edition import Column
from newsroom.scoring import ScoreContext, recent_story

TOWNS = ["mjd", "afs", "by", "gjd", "ds", "xn", "wa", "qxt", "blz"]
OTHERS = [town for town in TOWNS if town != "afs"]
TOPICS = ["zujian", "xieshang", "xinye", "anquan", "jingsai", "yizhan", "nvzhi"]


@pytest.fixture
def a_month(rules, sources, story_of):
    """Thirty editions; ``sent(n)`` names the units that report on the n-th day."""

    def run(sent):
        day = datetime(2026, 7, 1, tzinfo=CHINA).date()
        pool, shown, last, editions, number = [], {}, {}, [], 0
        issued = None
        for n in range(30):
            for unit in sent(n):
                number += 1
                pool.append(_report(story_of, number, unit, day))
            choice = choose(
                pool,
                day=day,
                covers_from=day,
                last_issued=issued,
                shown=shown,
                unit_last_shown=last,
                sources=sources,
                rules=rules,
                context=ScoreContext(day, recent=tuple(map(recent_story, pool))),
            )
            entries = choice.entries(Column.HIGHLIGHTS)
            shown |= {e.story_id: day for e in entries}
            last |= {e.unit_id: day for e in entries}
            editions.append((day, [e.unit_id for e in entries]))
            pool = [s for s in pool if s.id not in shown and _is_young(s, day)]
            issued = datetime.combine(day, time(8), CHINA)
            day = next_working_day(day, rules.calendar)
        return editions

    return run


def _report(story_of, number, unit, day):
    text = (
        f"{day.month}月{day.day}日，镇总工会走进{number % 7 + 3}家企业，服务职工120名，"
        "解决问题6个。“车间凉快多了。”包装工何秀兰说。下一步将新建服务站1座。"
    )
    return story_of(
        number,
        tier=None,
        unit=unit,
        topic=TOPICS[number % len(TOPICS)],
        text=text,
        first_seen=(day.year, day.month, day.day, 6),
        event_day=day,
        pictures=2,
    )


def _is_young(story, day):
    return story.first_seen.date() > day - timedelta(days=15)


@pytest.mark.slow
def test_every_town_within_fourteen_days(a_month):
    """Nine towns with equally good reports: each is shown in any 14 days."""
    editions = a_month(lambda n: TOWNS if n % 3 == 0 else TOWNS[n % 9 :][:2])

    first = editions[0][0]
    for town in TOWNS:
        days = [day for day, units in editions if town in units]
        marks = [first, *days, editions[-1][0]]
        gaps = [(b - a).days for a, b in pairwise(marks)]
        assert max(gaps) <= 14, (town, gaps)


@pytest.mark.slow
def test_a_town_that_sends_most_takes_one_place_a_day(a_month):
    """With 80 % of the reports a town still has at most one place a day."""
    editions = a_month(lambda n: ["afs"] * 4 + [OTHERS[n % 8]])

    places = [units.count("afs") for _, units in editions]
    others = {unit for _, units in editions for unit in units} - {"afs"}
    assert 1 == max(places)
    assert set(OTHERS) == others
