"""Lists asked for by condition: when "not modified" is believed, and when not."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest

from crawler.conditions import NEVER, TAG
from newsroom.source import SourceState
from tests.crawler import hostile
from tests.workflow.many_sites import NOW, site
from workflow.list_memory import KnownList, learn_lists, lists_to_ask, mark_of
from workflow.site_memory import load_memory

LIST = "/aa/list.html"
DAY = timedelta(days=1)


def conditional(body, etag=None):
    """Answers 304 to whoever brings the ETag of what stands there."""
    etag = etag or f'"{hashlib.sha256(body).hexdigest()[:12]}"'

    def answer(exchange):
        held = exchange.headers.get("if-none-match") == etag
        code, content = (304, b"") if held else (200, body)
        exchange.send(hostile.response(content, code, [("ETag", etag)]))

    return answer


def pages(numbers, etag=None):
    return site("aa", numbers) | {LIST: conditional(site("aa", numbers)[LIST], etag)}


def light(office, day):
    """The light run of so many days later; it makes no edition."""
    return told(office.morning(day, issue=False))


def told(morning):
    return next(s for s in morning.report.sources if s.source_id == "aa")


def conditions(office):
    """The ETag of theirs that each request for the list brought, None without one."""
    asked = [r for r in office.server.requests if r.path == LIST]
    tags = [request.headers.get("if-none-match") for request in asked]
    return [None if tag == NEVER[TAG] else tag for tag in tags]


def test_a_list_that_is_as_it_was_is_a_success(many):
    """A list answered 304 shows the rows it had, and its source is well."""
    office = many(pages(range(1, 4)), "aa")
    first = told(office.morning())

    second = light(office, 1)

    assert (SourceState.NORMAL, 3, 0) == (second.state, second.listed, second.new)
    assert (first.listed, NOW + DAY) == (second.listed, second.last_good)
    assert [False, True] == [bool(tag) for tag in conditions(office)]


def test_news_are_read_though_the_list_was_asked_for_by_condition(many):
    """A list that changed is answered whole, and its new article is there."""
    office = many(pages(range(1, 4)), "aa")
    office.morning()
    office.server.pages |= pages(range(1, 5))

    second = light(office, 1)

    assert (1, 4) == (second.new, second.listed)
    assert conditions(office)[1] is not None


def liar(body, tags=('"1"', '"2"')):
    """Answers 304 to any condition; ``tags`` are those of its two answers."""

    def answer(exchange):
        asked = "if-none-match" in exchange.headers
        tag = [("ETag", tags[asked])] if tags else []
        sent = hostile.response(b"" if asked else body, 304 if asked else 200, tag)
        exchange.send(sent)

    return answer


@pytest.mark.parametrize("tags", [('"1"', '"2"'), ('"1"', '"1"')])
def test_a_server_that_always_says_not_modified_hides_nothing(many, tags):
    """It is found out at the first visit, and its list is read whole every morning."""
    lying = {LIST: liar(site("aa", range(1, 4))[LIST], tags)}
    office = many(site("aa", range(1, 4)) | lying, "aa")
    first = told(office.morning())
    office.server.pages |= site("aa", range(1, 5))
    office.server.pages[LIST] = liar(site("aa", range(1, 5))[LIST], tags)

    second = light(office, 1)

    assert (3, 1, 4) == (first.new, second.new, second.listed)
    assert not first.failed
    assert not second.failed


def test_a_not_modified_that_names_another_version_hides_nothing(many):
    """A server that was honest yesterday and says 304 with a new ETag today."""
    office = many(pages(range(1, 4)), "aa")
    office.morning()
    office.server.pages |= site("aa", range(1, 5))
    office.server.pages[LIST] = liar(site("aa", range(1, 5))[LIST])

    second = light(office, 1)

    assert 1 == second.new
    assert 3 == len(conditions(office))


def test_a_tag_that_stays_while_its_list_changes_hides_nothing_of_an_edition(many):
    """What a light run was not shown, the next morning reads."""
    office = many(pages(range(1, 4), '"same"'), "aa")
    office.morning()
    office.server.pages |= pages(range(1, 5), '"same"')

    second, third = light(office, 1), told(office.morning(1))

    assert (0, 1) == (second.new, third.new)
    assert [None, '"same"', None] == conditions(office)


def test_a_list_that_changed_under_one_etag_is_never_believed_again(many):
    """Seen once to change while its ETag stayed, it is always asked for whole."""
    office = many(pages(range(1, 4), '"same"'), "aa")
    office.morning()
    office.server.pages |= pages(range(1, 5), '"same"')
    office.morning(1)

    light(office, 2)

    assert [None, None, None] == conditions(office)
    assert load_memory(office.office, "aa").lists[0].is_false


def test_a_list_whose_article_was_lost_is_asked_for_whole(many):
    """A row that could not be fetched would else be hidden by the next 304."""
    office = many(pages(range(1, 4)), "aa")
    kept = office.server.pages["/aa/news/2.html"]
    office.server.pages["/aa/news/2.html"] = hostile.status(500)
    office.morning()
    office.server.pages["/aa/news/2.html"] = kept

    second = light(office, 1)

    assert 1 == second.new
    assert [None, None] == conditions(office)


def known_list(source, **changes):
    values = {
        "url": source.urls[0],
        "etag": '"1"',
        "last_modified": None,
        "digest": "d",
        "rows": 3,
        "full_at": NOW,
        "mark": mark_of(source.model_dump(mode="json")),
        "is_whole": True,
    }
    return KnownList(**values | changes)


@pytest.mark.parametrize(
    ("changes", "later"),
    [
        ({"is_whole": False}, DAY),
        ({"is_false": True}, DAY),
        ({"etag": None}, DAY),
        ({"mark": "other settings"}, DAY),
        ({"url": "http://elsewhere.example/list.html"}, DAY),
        ({}, 2 * DAY),
        ({}, -DAY),
    ],
)
def test_in_doubt_a_list_is_asked_for_whole(many, changes, later):
    """Lost rows, a false ETag, none, other settings, too long ago, a clock set back."""
    source = many(pages([1]), "aa").office.settings.sources[0]

    assert () == lists_to_ask(source, [known_list(source, **changes)], NOW + later)


def test_one_false_list_puts_all_of_its_source_in_doubt(many):
    """The same server answers for the others."""
    source = many(pages([1]), "aa").office.settings.sources[0]
    false = known_list(source, url="http://elsewhere.example/b.html", is_false=True)

    assert () == lists_to_ask(source, [known_list(source), false], NOW + DAY)


def test_without_doubt_it_is_asked_for_by_condition(many):
    """What was read whole yesterday is asked for with its ETag and its rows."""
    source = many(pages([1]), "aa").office.settings.sources[0]

    (asked,) = lists_to_ask(source, [known_list(source)], NOW + DAY)

    assert (source.urls[0], '"1"', 3) == (asked.url, asked.etag, asked.rows)


def test_a_spool_without_its_job_teaches_nothing(many, tmp_path):
    """An empty spool leaves what is known as it was."""
    source = many(pages([1]), "aa").office.settings.sources[0]
    known = (known_list(source),)

    assert known == learn_lists(known, tmp_path, is_whole=True)


def test_a_source_that_is_overdue_shows_its_lists_whole(many, monkeypatch):
    """Silent beyond its rhythm: "not modified" is not believed."""
    office = many(pages(range(1, 4)), "aa")
    office.morning()
    monkeypatch.setattr("workflow.collecting.find_silence", lambda *_: "三天无新稿")

    light(office, 1)

    assert [None, None] == conditions(office)
