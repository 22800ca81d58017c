"""When a link is looked at, and what a look proves."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from newsroom.link_care import (
    LinkNote,
    LinkState,
    Look,
    OutLink,
    Seen,
    after_look,
    dead_by_story,
    is_due,
    resembles,
)

URL = "http://union.example.cn/1.html"
DAY = date(2026, 9, 21)
LINK = OutLink(URL, 7, "枝江市总工会举办女职工维权讲座", DAY)
NEXT = DAY + timedelta(days=1)


def noted(*looks: tuple[Look, date]) -> LinkNote | None:
    """What is remembered after these looks on these days."""
    note = None
    for look, day in looks:
        note = after_look(note, look, LINK, day)
    return note


def test_one_failed_look_proves_nothing():
    """A 404 of one day is doubted, of two days dead."""
    failed = Look(URL, Seen.FAILED, detail="404")

    once, twice_a_day = noted((failed, DAY)), noted((failed, DAY), (failed, DAY))
    twice = noted((failed, DAY), (failed, NEXT))

    assert once.state is LinkState.DOUBTED
    assert twice_a_day.state is LinkState.DOUBTED
    assert twice.state is LinkState.DEAD
    assert twice.found == "404"


def test_a_good_look_clears_the_failed_ones():
    """What comes back begins anew."""
    failed = Look(URL, Seen.FAILED)
    good = Look(URL, Seen.OPENED, title="枝江市总工会举办女职工维权讲座-工会网")

    note = noted((failed, DAY), (failed, NEXT), (good, NEXT + timedelta(days=1)))

    assert note.state is LinkState.GOOD
    assert note.failed_on == ()


def test_another_title_means_another_page():
    """A lapsed name that sells something else is hijacked after two days."""
    other = Look(URL, Seen.OPENED, title="彩票走势图 天天返利 注册送礼")

    note = noted((other, DAY), (other, NEXT))

    assert note.state is LinkState.HIJACKED
    assert note.is_dead
    assert "彩票" in note.found


def test_leading_to_another_host_means_moved():
    """A redirect to another host is told as such."""
    away = Look(URL, Seen.LED_AWAY, detail="网址已搬到 new.example.cn")

    assert noted((away, DAY), (away, NEXT)).state is LinkState.MOVED


def test_a_refusal_proves_nothing():
    """A firewall or robots.txt leaves what is remembered as it was."""
    refused = Look(URL, Seen.REFUSED)
    failed = Look(URL, Seen.FAILED)

    assert noted((refused, DAY)) is None
    assert noted((failed, DAY), (refused, NEXT)) == noted((failed, DAY))


def test_a_trusted_link_is_never_dead():
    """What an editor found good stays, whatever a look says."""
    note = LinkNote(URL, DAY, trusted=True)
    other = Look(URL, Seen.OPENED, title="完全两样的题目")

    for day in (DAY, NEXT):
        note = after_look(note, other, LINK, day)

    assert not note.is_dead


@pytest.mark.parametrize(
    ("age", "checked", "front", "expected"),
    [
        (3, 1, False, True),
        (3, 0, False, False),
        (40, 1, False, False),
        (40, 1, True, True),
        (40, 30, False, True),
    ],
)
def test_recent_links_daily_older_ones_monthly(age, checked, front, expected):
    """Thirty days daily, then once in thirty days; the front page always daily."""
    link = OutLink(URL, 7, "", DAY - timedelta(days=age))
    note = LinkNote(URL, DAY - timedelta(days=checked))

    assert is_due(link, note, DAY, front=front) == expected
    assert is_due(link, None, DAY, front=front)


@pytest.mark.parametrize(
    ("title", "headline", "expected"),
    [
        ("女职工维权讲座-枝江市总工会", "枝江市总工会举办女职工维权讲座", True),
        ("枝江市总工会举办女职工…_宜昌工会网", "枝江市总工会举办女职工维权讲座", True),
        ("枝江：工会学堂开进“村组车间”", "工会学堂开进村组车间 把课送到田头", True),
        ("首页", "枝江市总工会举办女职工维权讲座", False),
        ("域名出售 Domain for sale", "枝江市总工会举办女职工维权讲座", False),
        ("通知", "通知", True),
    ],
)
def test_titles_are_compared_by_pairs_of_characters(title, headline, expected):
    """Site names and cut titles make no difference; another subject does."""
    assert resembles(title, headline) == expected


def test_each_story_gets_its_own_dead_links():
    """Two stories that link to one dead page both lose the link; others lose none."""
    other = OutLink("http://b.example.cn/", 8, "", DAY)
    shared = OutLink(URL, 8, "", DAY)
    dead = LinkNote(URL, NEXT, LinkState.DEAD, (DAY, NEXT))

    found = dead_by_story([LINK, shared, other], {URL: dead})

    assert found == {7: (URL,), 8: (URL,)}
