"""Articles: one a thing said, whatever its addresses; nothing lost when it changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from newsroom.body import Body, Picture
from newsroom.errors import NewsroomError, NotFound
from story_store.kept import Arrival, Change


def test_a_new_article_waits_for_its_story(store, make):
    """What is saved first is new and waits for a story."""
    article = make.article()

    saved = make.save(store, article)

    assert Change.NEW is saved.change
    assert saved.story_id is None
    assert [article] == [kept.article for kept in store.unstoried()]


def test_the_same_page_again_changes_nothing(store, make):
    """Saving is idempotent: a spool may be replayed after a crash."""
    first = make.save(store, make.article())

    again = make.save(store, make.article())

    assert (first.id, Change.UNCHANGED) == (again.id, again.change)
    assert len(store.unstoried()) == 1


def test_f47_several_addresses_with_one_canonical_are_one_article(store, make):
    """F47: http, https and a query are one article by the canonical address."""
    plain = make.article(text="图片新闻")
    other = replace(plain, url=f"{plain.url}?from=list")
    first = make.save(store, plain, canonical=plain.url)

    again = make.save(store, other, canonical=plain.url)

    assert (first.id, Change.UNCHANGED) == (again.id, again.change)
    known = store.known_pages("hbzgh", since=date(2026, 11, 1))
    assert [plain.url, other.url] == [page.url for page in known]


def test_f47_the_same_text_under_another_address_is_one_article(store, make):
    """F47: without a common canonical address the text decides."""
    first = make.save(store, make.article())

    again = make.save(store, make.article(url="http://news.example/mobile/1.html"))

    assert (first.id, Change.UNCHANGED) == (again.id, again.change)


def test_another_source_has_its_own_article(store, make):
    """A reprint elsewhere is an article of its own; stories bring them together."""
    first = make.save(store, make.article())

    other = make.save(store, make.article(), source_id="ycgh")

    assert Change.NEW is other.change
    assert first.id != other.id


def test_short_texts_are_not_taken_for_one_another(store, make):
    """Two picture pages without words are two articles, even under one headline."""
    make.save(store, make.article(text="组图"))

    other = make.save(
        store, make.article(text="组图", url="http://news.example/x.html")
    )

    assert Change.NEW is other.change


def test_a_site_that_names_its_front_page_as_canonical_loses_nothing(store, make):
    """A canonical address shared by different articles is not believed."""
    home = "http://news.example/"
    saved = [make.save(store, make.article(n), canonical=home) for n in range(1, 5)]
    again = [make.save(store, make.article(n), canonical=home) for n in range(1, 5)]

    assert [one.change for one in saved] == [Change.NEW] * 4
    assert [one.change for one in again] == [Change.UNCHANGED] * 4
    assert [one.id for one in saved] == [one.id for one in again]


def test_f48_a_changed_text_keeps_the_old_one(store, make):
    """F48: a correction replaces the reading; what stood before is kept."""
    before = make.article()
    after = make.article(text=f"{make.long}更正：慰问一线职工一千三百人。")
    first = make.save(store, before)

    saved = make.save(store, after, seen=make.now + timedelta(hours=1))

    assert (first.id, Change.CHANGED) == (saved.id, saved.change)
    assert after == store.article(saved.id).article
    assert [before] == [version.article for version in store.versions(saved.id)]


def test_two_addresses_that_differ_do_not_take_turns(store, make):
    """An address that says what it always said changes nothing."""
    page = make.article()
    mobile = replace(page, url="http://news.example/m/1.html")
    corrected = replace(mobile, body=make.body(f"{make.long}更正后的说法。"))
    make.save(store, page)
    make.save(store, mobile, canonical=page.url)
    make.save(store, corrected, canonical=page.url)

    again = make.save(store, page)

    assert Change.UNCHANGED is again.change
    assert corrected.body == store.article(again.id).article.body


def test_a_picture_served_elsewhere_is_no_change(store, make):
    """The address of a picture is not news."""
    body = make.article().body
    one, two = (
        make.article(body=Body((*body.blocks, Picture(f"http://{host}/1.jpg"))))
        for host in ("a.example", "b.example")
    )
    make.save(store, one)

    assert Change.UNCHANGED is make.save(store, two).change


def test_pictures_are_gained_never_lost(store, make):
    """A picture added later is a change; one not fetched today is kept."""
    without = make.article()
    body = Body((*without.body.blocks, Picture("http://a.example/1.jpg")))
    pictured = replace(without, body=body)

    changes = [make.save(store, each).change for each in (without, pictured, without)]

    assert changes == [Change.NEW, Change.CHANGED, Change.UNCHANGED]
    assert store.article(1).article == pictured


def test_a_change_after_its_story_was_written_is_not_forgotten(store, make):
    """A run cut short between article and story finds the story to renew."""
    saved = make.save(store, make.article())
    story = store.save_story(make.story(), [saved.id])
    assert store.changed_stories() == ()

    make.save(store, make.article(text=f"{make.long}更正了。"))

    assert (story.id,) == store.changed_stories()
    assert store.unstoried() == ()


def test_known_pages_tell_how_to_ask_again(store, make):
    """A known address carries ETag and Last-Modified; older ones are left out."""
    article = make.article()
    page = make.page(article, etag='"1"', last_modified="Sat, 21 Nov 2026 23:00:00 GMT")
    make.save(store, article, page=page)

    (known,) = store.known_pages("hbzgh", since=date(2026, 11, 22))

    assert ('"1"', article.published) == (known.etag, known.published)
    assert store.known_pages("hbzgh", since=date(2026, 11, 23)) == ()
    assert store.known_pages("ycgh", since=date(2026, 11, 1)) == ()


def test_a_page_that_had_not_changed_is_noted(store, make):
    """After a 304 the address counts as fetched on that day."""
    article = make.article()
    make.save(store, article)
    later = make.page(article, fetched_at=make.now + timedelta(days=1))

    assert store.touch_page("hbzgh", later)
    assert len(store.known_pages("hbzgh", since=date(2026, 11, 23))) == 1
    assert not store.touch_page("hbzgh", replace(later, url="http://news.example/?"))


def test_reprints_share_hashes(store, make):
    """The index tells which articles since a time share how many hashes."""
    one, two = (make.save(store, make.article(n)).id for n in (1, 2))
    store.add_fingerprint(one, frozenset({1, 2, 2**64 - 1}))
    store.add_fingerprint(two, frozenset({2, 3}))
    store.add_fingerprint(two, frozenset({2, 3}))

    shared = store.sharing(frozenset({1, 2, 2**64 - 1}), since=make.now)

    assert {one: 3, two: 1} == shared
    assert store.sharing(frozenset({1}), since=make.now + timedelta(days=1)) == {}


def test_an_unknown_article_is_a_sentence(store):
    """Asking for what is not there says so in Chinese."""
    with pytest.raises(NotFound, match="没有编号为 7 的文章"):
        store.article(7)


def test_a_batch_is_kept_as_one_after_the_other(store, make):
    """Saving several at once finds the same articles as saving each by itself."""
    plain = make.article(text="图片新闻")
    articles = [
        make.article(1),
        make.article(2),
        make.article(url="http://news.example/mobile/1.html"),
        plain,
        replace(plain, url=f"{plain.url}?from=list"),
    ]
    arrivals = [
        Arrival(one, one.url.partition("?")[0], make.page(one)) for one in articles
    ]

    saved = store.save_articles("hbzgh", arrivals, seen=make.now)
    again = store.save_articles("hbzgh", arrivals, seen=make.now)

    assert [one.change.value for one in saved[:3]] == ["new", "new", "unchanged"]
    assert saved[0].id == saved[2].id
    assert saved[3].id == saved[4].id
    assert [one.id for one in again] == [one.id for one in saved]
    assert {one.change for one in again} <= {Change.UNCHANGED, Change.CHANGED}


def test_of_a_batch_with_a_fault_nothing_is_kept(store, make):
    """A batch is one transaction: a time without a zone lets none of it in."""
    good, bad = make.article(1), make.article(2)
    naive = make.page(bad, fetched_at=make.now.replace(tzinfo=None))
    arrivals = [Arrival(good, good.url, make.page(good)), Arrival(bad, bad.url, naive)]

    with pytest.raises(NewsroomError, match="时区"):
        store.save_articles("hbzgh", arrivals, seen=make.now)

    assert store.unstoried() == ()
