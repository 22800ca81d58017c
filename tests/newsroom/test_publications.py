"""Who had a story first."""

from __future__ import annotations

from datetime import datetime
from itertools import permutations

from newsroom.article import CHINA
from newsroom.publications import in_order
from newsroom.story import Appearance
from newsroom.taxonomy import Level

SEEN = datetime(2026, 9, 22, 6, tzinfo=CHINA)


def printed(source, name, *, at=None, source_line=None):
    return Appearance(
        source_id=source,
        source_name=name,
        level=Level.COUNTY,
        url=f"http://{source}.example.cn/1.html",
        headline=source,
        first_seen=SEEN,
        published=at,
        source_line=source_line,
    )


def at(day, hour=0):
    return datetime(2026, 9, day, hour, tzinfo=CHINA)


def order(*appearances):
    return [a.source_id for a in in_order(appearances)]


def test_the_site_that_others_name_is_first_on_its_day():
    """A page without an hour is the first when a timed one names it as 来源."""
    own = printed("zj", "枝江市总工会网", at=at(21), source_line="枝江市总工会")
    reprint = printed(
        "yc", "宜昌工会维权网", at=at(21, 15), source_line="枝江市总工会网"
    )

    assert ["zj", "yc"] == order(reprint, own)


def test_an_earlier_day_beats_a_named_source():
    """Who printed it the day before had it first, whatever a later page says."""
    early = printed("yc", "宜昌工会维权网", at=at(20, 9))
    named = printed("zj", "枝江市总工会网", at=at(21))
    later = printed("hb", "湖北工会网", at=at(22), source_line="枝江市总工会网")

    assert ["yc", "zj", "hb"] == order(later, named, early)


def test_a_link_of_the_chain_is_not_its_beginning():
    """A page that names its own source is not the first, though others name it."""
    first = printed("zj", "枝江市总工会网", at=at(21))
    second = printed("yc", "宜昌工会网", at=at(21, 9), source_line="枝江市总工会")
    third = printed("hb", "湖北工会网", at=at(21, 10), source_line="宜昌工会网")

    for some in permutations((first, second, third)):
        assert ["zj", "yc", "hb"] == order(*some)


def test_a_shown_hour_comes_before_none():
    """Without a hint the page with an hour counts; an undated one is last."""
    timed = printed("a", "甲网", at=at(21, 8))
    daily = printed("b", "乙网", at=at(21))
    undated = printed("c", "丙网")

    assert ["a", "b", "c"] == order(undated, daily, timed)


def test_exactly_one_publication_is_flagged():
    """The flag stands on the first and nowhere else."""
    ordered = in_order([printed("a", "甲网", at=at(21)), printed("b", "乙网")])

    assert [True, False] == [a.is_first for a in ordered]
