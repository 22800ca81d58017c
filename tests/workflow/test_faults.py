"""Faults as a whole morning meets them: what is kept, what is said, what is shown."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from newsroom.source import FaultClass
from newsroom.story import StoryState
from tests.crawler import hostile
from tests.crawler.conftest import article
from tests.workflow.many_sites import NOW, headline, news, site
from workflow.alarming import NO_SOURCE, check_office
from workflow.quarantining import trust
from workflow.site_memory import load_memory

SPAM = "注册送彩金，百家乐、老虎机、真人娱乐天天有。" * 8


def source(result, id_):
    return next(s for s in result.report.sources if s.source_id == id_)


def faults(result, id_):
    return [loss.fault for loss in source(result, id_).losses]


def test_f17_a_certificate_exception_stands_in_every_report(many):
    """Whose certificate is not looked at is told each morning, with the reason."""
    office = many(
        site("aa") | site("bb", range(4, 7)),
        "aa",
        "bb",
        aa='insecure_reason = "对方证书过期，已电话核实"',
    )

    notes = [office.morning(day).report.notes for day in (0, 1)]

    for told in notes:
        (line,) = (note for note in told if "证书" in note)
        assert "样板aa工会网" in line
        assert "对方证书过期，已电话核实" in line


def test_f27_rules_of_robots_txt_pass_from_morning_to_morning(many):
    """What yesterday's robots.txt allowed is read today though it fails today."""
    office = many(site("aa"), "aa")
    office.morning()
    office.server.pages["/robots.txt"] = hostile.status(500)
    office.server.pages |= site("aa", range(1, 5))

    second = office.morning(1)

    assert (1, ()) == (source(second, "aa").new, source(second, "aa").losses)
    assert len(load_memory(office.office, "aa").robots) == 1


def test_f30_a_retry_after_holds_for_the_next_run(many):
    """Asked for two days of peace, the next morning sends nothing; the third does."""
    pages = site("aa") | {
        "/aa/list.html": hostile.status(429, ("Retry-After", "90000"))
    }
    office = many(pages, "aa")
    office.morning()
    office.server.pages |= site("aa")
    asked = len(office.server.requests)

    second = office.morning(1)
    asked_second = len(office.server.requests)
    third = office.morning(2)

    assert asked == asked_second
    assert [FaultClass.RATE_LIMITED] == faults(second, "aa")
    assert source(third, "aa").new == 3


def test_f37_a_lapsed_domain_is_held_until_a_person_trusts_it(many):
    """Gambling on a known site: nothing of it is shown, nor next day, until trusted."""
    office = many(site("aa"), "aa")
    pages = site("aa", range(4, 10))
    for number in (8, 9):
        page = article(headline("aa", number)).decode()
        pages[f"/aa/news/{number}.html"] = page.replace("一线职工", SPAM).encode()
    office.server.pages |= pages
    first = office.morning()
    office.server.pages |= site("aa", range(4, 11))
    second = office.morning(1)
    states = {s.state for s in office.stories()}
    with office.office.store() as store:
        freed = trust(office.office, store, "aa")

    assert states == {StoryState.HELD}
    assert () == first.edition.all_entries == second.edition.all_entries
    assert first.report.exit_code == second.report.exit_code == 10
    assert "gonghui sources trust aa" in second.report.losses[0].sentence
    assert freed == 5
    assert 2 == sum(s.state is StoryState.HELD for s in office.stories())


def test_f38_a_soft_404_is_no_article(many):
    """A page that says 页面不存在 with status 200 is a loss, never a story."""
    gone = "<html><title>404 - 页面不存在</title><body>您访问的页面不存在</body></html>"
    office = many(site("aa") | {"/aa/news/2.html": gone.encode()}, "aa")

    result = office.morning()

    assert [FaultClass.UNREADABLE] == faults(result, "aa")
    assert {headline("aa", 1), headline("aa", 3)} == {
        s.headline for s in office.stories()
    }


def test_f39_hidden_spam_is_dropped_and_shown_spam_is_held(many):
    """display:none never reaches the text; a page full of spam waits for a person."""
    hidden = article(headline("aa", 1), tail=f'<p style="display:none">{SPAM}</p>')
    shown = article(headline("aa", 2)).decode().replace("一线职工", SPAM).encode()
    office = many(
        site("aa") | {"/aa/news/1.html": hidden, "/aa/news/2.html": shown}, "aa"
    )

    result = office.morning()

    stories = {s.headline: s for s in office.stories()}
    assert "彩金" not in stories[headline("aa", 1)].body.text
    assert StoryState.HELD is stories[headline("aa", 2)].state
    assert "天天有" not in office.front
    assert [headline("aa", 2)] == [hold.headline for hold in result.report.holds]


def test_f42_ten_times_the_usual_rows_are_told_by_the_sources_own_past(many):
    """After three mornings a list of far more rows counts as a changed layout."""
    office = many(site("aa", range(1, 3)), "aa")
    for day in range(3):
        office.morning(day)
    office.server.pages |= site("aa", range(1, 30), "2026-09-23")

    result = office.morning(3)

    assert [FaultClass.LAYOUT_CHANGED] == faults(result, "aa")
    assert "平常约 2 条，今天 29 条" in source(result, "aa").losses[0].sentence
    assert len(office.stories()) == 2


def test_f43_a_reading_of_few_words_shows_no_excerpt(many):
    """A text under 80 characters: title and link stand, the morning says why."""
    page = article(headline("aa", 1)).decode()
    start, end = page.index("<p>"), page.rindex("</p>")
    short = (
        page[:start]
        + "<p>枝江市总工会来到施工现场，为一线职工送去防暑药品和饮用水。"
        + page[end:]
    )
    office = many(site("aa", [1]) | {"/aa/news/1.html": short.encode()}, "aa")

    result = office.morning()

    (story,) = office.stories()
    assert story.excerpt == ""
    assert "不足80字" in result.report.holds[0].reason


def test_f44_the_same_text_on_most_pages_is_no_news(many):
    """Six pages in ten with one text: those are losses, the others are stories."""
    pages = site("aa", range(1, 6))
    same = article("x").decode()
    for number in (1, 2, 3):
        body = same.replace("<h1>x", f"<h1>{headline('a', number)}")
        pages[f"/aa/news/{number}.html"] = body.encode()
    office = many(pages, "aa")

    result = office.morning()

    assert [FaultClass.UNREADABLE] * 3 == faults(result, "aa")
    assert "像是导航" in source(result, "aa").losses[0].sentence
    assert len(office.stories()) == 2


def test_f49_a_withdrawn_article_is_proposed_after_two_days_and_stays(many):
    """404 at its own address on two days: a sentence for the editor, nothing more."""
    office = many(site("aa", day="2026-09-21"), "aa")
    office.morning()
    rest = site("aa", [1, 3], "2026-09-21")
    office.server.pages["/aa/list.html"] = rest["/aa/list.html"]
    off_the_list = office.morning(1)
    office.server.pages["/aa/news/2.html"] = hostile.status(410)
    once, twice = office.morning(2), office.morning(3)

    assert () == off_the_list.report.notes == once.report.notes
    (note,) = twice.report.notes
    assert headline("aa", 2) in note
    assert "由编辑决定" in note
    assert len(office.stories()) == 3
    assert StoryState.WITHDRAWN not in {s.state for s in office.stories()}


@pytest.mark.parametrize("day", ["2027-09-20", "1970-01-01", "0000-00-00"])
def test_f57_f58_a_date_that_cannot_be_is_none(many, day):
    """A day far ahead or none at all: first seen now, flagged, and not in the news."""
    office = many(site("aa", [1], day), "aa")

    result = office.morning()

    (story,) = office.stories()
    assert (None, NOW) == (story.published, story.first_seen)
    assert any("没有发布日期" in note for note in story.notes)
    assert result.edition.all_entries == ()


def test_f60_a_machine_in_another_zone_shifts_nothing(many, monkeypatch):
    """With the machine's clock in New York a page's 08:00 stays 08:00 in China."""
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        page = news("aa", 1, "2026-09-20 08:00")
        office = many(site("aa", [1]) | {"/aa/news/1.html": page}, "aa")
        office.morning()
        (story,) = office.stories()
    finally:
        monkeypatch.undo()
        time.tzset()

    assert story.published.isoformat() == "2026-09-20T08:00:00+08:00"
    assert story.first_seen.utcoffset() == timedelta(hours=8)


def test_f65_a_feed_of_ten_thousand_entries_is_bounded(many):
    """Of 10,000 entries and one of 5 MB fifty are taken, each asked for once."""
    entry = (
        "<item><title>第{n}次送清凉</title><link>/aa/news/{n}.html</link>"
        "<pubDate>Sun, 20 Sep 2026 08:00:00 +0800</pubDate>"
        "<description>{text}</description></item>"
    )
    rows = "".join(entry.format(n=n, text="摘要") for n in range(10_000))
    huge = entry.format(n=10_000, text="工" * 1_600_000)
    feed = (
        f'<?xml version="1.0"?><rss version="2.0"><channel>{huge}{rows}</channel></rss>'
    )
    pages = {
        "/aa/list.html": hostile.page(feed.encode(), kind="text/xml; charset=utf-8")
    }
    patient = {"timeout": 60.0, "max_seconds": 300}  # seven MB on a busy machine
    office = many(pages, "aa", limits=patient, aa='kind = "feed"')

    result = office.morning()

    found = source(result, "aa")
    assert (1, 49) == (found.new, found.failed)  # the others have no page here
    assert found.requests == 1 + 1 + 49


def test_f69_f70_a_page_of_a_picture_and_a_document_is_a_story(many):
    """Nothing but a picture and a PDF: headline and links, marked as without text."""
    page = article(headline("aa", 1)).decode()
    start, end = page.index("<p>"), page.rindex("</p>")
    only = (
        '<p><img src="/aa/1.jpg" width="600" height="400"></p>'
        '<p><a href="/aa/notice.pdf">关于开展劳动竞赛的通知.pdf</a>'
    )
    pages = site("aa", [1]) | {
        "/aa/news/1.html": (page[:start] + only + page[end:]).encode()
    }
    office = many(pages, "aa")

    office.morning()

    (story,) = office.stories()
    assert ["关于开展劳动竞赛的通知.pdf"] == [a.name for a in story.attachments]
    assert any("没有文字" in note for note in story.notes)
    assert "/aa/notice.pdf" not in office.server.paths


def test_f75_without_any_source_the_page_says_so_and_keeps_its_news(many):
    """No network: exit 10, an alarm, the last news, 今日未能更新 with the time."""
    office = many(site("aa") | site("bb", range(4, 7)), "aa", "bb")
    office.morning()
    before = {path.name for path in stories_of(office)}
    office.server.pages.clear()
    office.server.pages |= dict.fromkeys(
        ["/robots.txt", "/aa/list.html", "/bb/list.html"], hostile.raw(reset=True)
    )

    result = office.morning(1)

    after = replace(office.office, now=NOW + timedelta(days=1, hours=1))
    assert result.report.exit_code == 10
    assert [NO_SOURCE] == [one.cause for one in check_office(after)]
    assert "今日未能更新" in office.front
    assert f"{NOW + timedelta(days=1):%H:%M}" in office.front
    assert any(headline("aa", n) in office.front for n in (1, 2, 3))
    assert before <= {path.name for path in stories_of(office)}


def stories_of(office):
    tree = office.office.output / "internal"
    return [p for p in tree.rglob("*.html") if "stor" in os.fspath(p.parent)]
