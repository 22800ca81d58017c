"""Guesses at a new source: its name, id, tier, city and filter."""

from __future__ import annotations

import pytest

from config import SourceSettings
from workflow.source_guess import (
    guess_city,
    guess_id,
    guess_name,
    guess_tier,
    is_union_site,
)


@pytest.mark.parametrize(
    ("title", "site", "name"),
    [
        ("基层动态-宜昌市总工会", "", "宜昌市总工会"),
        ("枝江要闻 - 三峡枝江网", "", "三峡枝江网"),
        ("湖北工会网_工会要闻", "", "湖北工会网"),
        ("要闻", "荆州市总工会网", "荆州市总工会网"),
        ("某地要闻", "", "某地要闻"),
        ("", "", "新来源"),
    ],
)
def test_a_site_is_named_by_itself(title, site, name):
    """The part of a title that names a site goes before the column's."""
    assert guess_name(title, site, ()) == name


def test_a_taken_name_gets_its_column():
    """A second column of a known site is told apart by its name."""
    assert guess_name("动态-甲工会网", "", {"甲工会网"}, "动态") == "甲工会网·动态"
    assert guess_name("动态-甲工会网", "", {"甲工会网"}) == "甲工会网·动态"


def test_a_guessed_name_is_never_taken():
    """Whoever presses Enter has a name that no other source has."""
    taken = {"甲工会网", "甲工会网2", "甲工会网·动态"}

    assert guess_name("甲工会网", "", taken) == "甲工会网3"
    assert guess_name("动态-甲工会网", "", taken) == "甲工会网·动态2"


@pytest.mark.parametrize(
    ("url", "taken", "expected"),
    [
        ("http://www.yczgh.org.cn/xw/", (), "yczgh"),
        ("http://www.yczgh.org.cn/xw/", ("yczgh", "yczgh2"), "yczgh3"),
        ("http://news.12351.cn/", (), "s12351"),
        ("http://a.cn/", (), "sa"),
    ],
)
def test_an_id_comes_from_the_host(url, taken, expected):
    """The id is the host's telling label, unlike those that are taken."""
    found = guess_id(url, taken)

    assert found == expected
    assert SourceSettings(id=found, name="甲网", tier="zj", urls=(url,)).id == found


@pytest.mark.parametrize(
    ("name", "tier", "city"),
    [
        ("枝江市总工会", "zj", "枝江"),
        ("宜昌市总工会", "yc", "宜昌"),
        ("湖北工会网", "sheng", ""),
        ("中工网", "guo", ""),
        ("荆州市总工会网", "tashan", ""),
    ],
)
def test_a_tier_follows_the_place_in_the_name(office, name, tier, city):
    """The office's places, the province and the nation tell the tier."""
    assert guess_tier(name, office.settings) == tier
    assert guess_city(name, office.settings) == city
    assert is_union_site(name) == ("工会" in name)
