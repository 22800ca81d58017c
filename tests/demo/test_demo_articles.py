from difflib import SequenceMatcher
from itertools import pairwise

import pytest

from demo.articles import SITES, articles, articles_of
from demo.expected import article, expected
from demo.inbox import town_stories
from demo.scenario import (
    ACTS,
    BEFORE_FIRST,
    EXTRA_WORKING_DAYS,
    HOLIDAYS,
    MORNINGS,
    OUTAGES,
)

WINDOWS = tuple(pairwise((BEFORE_FIRST, *MORNINGS)))


def new_in(window, *, union=True):
    since, until = window
    return [
        a
        for a in articles()
        if since < a.at <= until and ("no_union" not in a.traps) is union
    ]


def test_the_mornings_are_all_the_working_days_of_the_stretch():
    """Ten mornings: every working day from 21 September to 10 October, no other."""
    days = [morning.date() for morning in MORNINGS]

    assert len(days) == len(ACTS) == 10
    assert not set(days) & set(HOLIDAYS)
    assert all(d.weekday() < 5 or d in EXTRA_WORKING_DAYS for d in days)


def test_there_are_more_than_sixty_articles_over_the_ten_mornings():
    """At least 60 articles appear between the first morning's eve and the last one."""
    new = [a for window in WINDOWS for a in new_in(window)]

    assert len(new) >= 60
    assert {a.site for a in new} == set(SITES)


@pytest.mark.parametrize("window", WINDOWS, ids=lambda w: f"{w[1]:%m-%d}")
def test_every_morning_has_something_new(window):
    """Each morning brings three to ten new pieces of union news."""
    assert 3 <= len(new_in(window)) <= 10


def test_most_of_the_portal_is_not_union_news():
    """The union filter has work to do: most of the portal's own news is general."""
    new = [a for w in WINDOWS for a in (*new_in(w), *new_in(w, union=False))]
    own = [a for a in new if a.site == "portal" and not a.reprint_of]

    assert sum("no_union" in a.traps for a in own) > len(own) / 2


def test_keys_titles_and_numbers_are_unique():
    """No two articles share a key, and none of a site shares a number."""
    keys = [a.key for a in articles()]
    numbers = [(a.site, a.number) for a in articles()]

    assert len(keys) == len(set(keys))
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize("one", [a for a in articles() if a.reprint_of])
def test_a_reprint_is_edited_but_recognisable(one):
    """A reprint has another title, keeps most of the text and changes some of it."""
    origin = article(one.reprint_of)
    share = SequenceMatcher(None, origin.text, one.text, autojunk=False).ratio()

    assert one.title != origin.title
    assert one.at > origin.at
    assert 0.6 < share < 1


def test_union_articles_have_prose_of_a_natural_length():
    """Union news of the ten mornings has 85 to 560 characters a page."""
    new = [
        a
        for w in WINDOWS
        for a in new_in(w)
        if not a.traps & {"dead", "empty", "error"}
    ]
    odd = {a.key: len(p) for a in new for p in a.pages if not 85 <= len(p) <= 560}

    assert odd == {}


def test_expectations_name_what_is_there():
    """Every key of expected.toml is an article or a town's story."""
    there = {a.key for a in articles()} | {s.key for s in town_stories()}
    named = {
        *(k for keys in (*expected().same, *expected().different) for k in keys),
        *expected().headline_only,
        *expected().not_news,
        *expected().lost,
        *expected().late,
        *expected().readable,
        *expected().refused,
    }

    assert named <= there


def test_every_reprint_is_expected_to_merge():
    """Each reprint and its origin stand in one group of ``same``."""
    groups = [set(keys) for keys in expected().same]
    pairs = [{a.key, a.reprint_of} for a in articles() if a.reprint_of]

    assert all(any(pair <= group for group in groups) for pair in pairs)


def test_every_trap_is_expected():
    """Each article with a trap that costs or hides it is named in expected.toml."""
    told = {
        "dead": expected().lost,
        "empty": expected().late,
        "error": expected().late,
        "cut": expected().late,
        "old": expected().not_news,
        "pinned": expected().not_news,
        "undated": expected().not_news,
        "personal_data": expected().headline_only,
        "placeholder": expected().headline_only,
        "mixed_charset": expected().readable,
        "wrong_header": expected().readable,
        "meta_date": expected().readable,
    }
    missing = [
        (a.key, trap)
        for a in articles()
        for trap in a.traps - {"no_union"}
        if a.key not in told[trap]
    ]

    assert missing == []


def test_the_sentence_of_a_readable_article_stands_in_it():
    """What a reading must contain is really in the article."""
    assert all(s in article(key).text for key, s in expected().readable.items())


def test_articles_appear_with_their_time():
    """A site has an article from its minute on, and not before."""
    first = article("zj_0921a")
    keys = [a.key for a in articles_of("zhijiang", as_of=first.at)]

    assert keys[0] == "zj_0921a"
    assert "zj_0921b" not in keys


def test_three_sites_fail_on_one_morning_each():
    """The scenario has one morning of 503, one of a challenge page, one hang-up."""
    assert len(set(OUTAGES.values())) == 3
    assert {day for _, day in OUTAGES} <= {m.date() for m in MORNINGS}
