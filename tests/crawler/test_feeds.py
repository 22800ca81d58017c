"""Feeds and list APIs."""

import json

import pytest

from crawler.job import KnownPage
from crawler.replay import replay_day
from crawler.spool import digest_of
from tests.crawler import hostile
from tests.crawler.conftest import NOW, article, title

LONG = "<p>" + "工会干部走进车间为职工送去清凉和安全知识。" * 30 + "</p>"


def feed(*entries):
    items = "".join(
        f"<item><title>{title(n)}</title><link>{link}</link>"
        f"<pubDate>Sun, 20 Sep 2026 0{n}:00:00 +0800</pubDate>"
        f"<description><![CDATA[{text}]]></description></item>"
        for n, link, text in entries
    )
    channel = f"<channel><title>工会</title>{items}</channel>"
    return f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>'


def rss(*entries):
    return hostile.page(feed(*entries).encode(), kind="application/rss+xml")


FEED = {"kind": "feed"}


def test_a_feed_s_articles_are_fetched_with_its_dates(visit):
    """An entry with a summary leads to its article; title and date come along."""
    pages = {
        "/rss.xml": rss((1, "/news/1.html", "摘要")),
        "/news/1.html": article(title(1)),
    }
    with hostile.serving(pages) as server:
        crawled = visit(server, "/rss.xml", source=FEED)

    assert crawled.losses == []
    assert [(p.entry.title, p.entry.published.hour) for p in crawled.pages()] == [
        (title(1), 1)
    ]
    assert len(crawled.pages("feed")) == 1


def test_an_entry_with_its_own_text_is_kept_not_fetched(visit):
    """A whole text in the feed is an entry of the spool, and can be replayed."""
    with hostile.serving({"/rss.xml": rss((1, "/news/1.html", LONG))}) as server:
        crawled = visit(server, "/rss.xml", source=FEED)

    entry = crawled.pages("entry")[0]
    assert (entry.fragment, entry.page.body) == (LONG, b"")
    assert entry.parent == f"{server.base}/rss.xml"
    assert "/news/1.html" not in server.paths
    assert [p for p in replay_day(crawled.folder) if p.role == "entry"] == [entry]


@pytest.mark.parametrize(
    ("digest", "kept"), [(digest_of(LONG.encode()), 0), ("old", 1)]
)
def test_a_known_entry_is_kept_only_when_it_changed(visit, digest, kept):
    """An entry's text is compared by its digest."""
    with hostile.serving({"/rss.xml": rss((1, "/news/1.html", LONG))}) as server:
        old = KnownPage(f"{server.base}/news/1.html", None, None, None, NOW, digest)
        crawled = visit(server, "/rss.xml", source=FEED, known=(old,))

    assert len(crawled.pages("entry")) == kept


@pytest.mark.parametrize(
    "body",
    [
        b"<html><body>404</body></html>",
        b"",
        b"<rss",
        b"<?xml version='1.0'?><rss><channel></channel></rss>",
    ],
)
def test_f63_what_is_no_feed_is_named(visit, body):
    """HTML, nothing, a torn feed or an empty one: a loss, no news."""
    with hostile.serving({"/rss.xml": hostile.page(body)}) as server:
        crawled = visit(server, "/rss.xml", source=FEED)

    assert crawled.faults[0] in {"unreadable", "empty_list"}
    assert crawled.pages() == []


def api_pages(rows, jsonp=False, size=2):
    def answer(number):
        part = rows[(number - 1) * size : number * size]
        text = json.dumps({"allnums": str(len(rows)), "data": {"list": part}})
        return hostile.page(
            (f"jQuery12_3({text});" if jsonp else text).encode(),
            kind="application/json",
        )

    return {f"/show/lists?cid=44&page={n}": answer(n) for n in range(1, 9)}


def rows(count):
    return [
        {"title": title(n), "vc_inputtime": "2026-09-20", "n_id": str(n)}
        for n in range(1, count + 1)
    ]


API = {"rows": "data.list", "date": "vc_inputtime", "total": "allnums", "page_size": 2}


@pytest.mark.parametrize("jsonp", [False, True])
def test_a_list_api_is_paged_to_its_total(visit, jsonp):
    """JSON and JSONP lists are turned page by page, rows lead to their articles."""
    articles = {f"/show.html?aid=9&id={n}": article(title(n)) for n in range(1, 4)}
    with hostile.serving(api_pages(rows(3), jsonp) | articles) as server:
        template = f"{server.base}/show.html?aid=9&id={{n_id}}"
        crawled = visit(
            server,
            "/show/lists?cid=44&page=1",
            source={
                "kind": "list_api",
                "max_pages": 5,
                "api": API | {"url_template": template},
            },
        )

    assert crawled.losses == []
    assert len(crawled.pages("api")) == 2
    assert len(crawled.pages()) == crawled.end.listed == 3


def test_rows_with_their_own_text_are_entries(visit):
    """A row whose body field is named and filled is kept without a request."""
    filled = [row | {"content": LONG} for row in rows(1)] + rows(2)[1:]
    articles = {"/show.html?id=2": article(title(2))}
    with hostile.serving(api_pages(filled) | articles) as server:
        api = API | {
            "url_template": f"{server.base}/show.html?id={{n_id}}",
            "body": "content",
        }
        crawled = visit(
            server, "/show/lists?cid=44&page=1", source={"kind": "list_api", "api": api}
        )

    assert [p.fragment for p in crawled.pages("entry")] == [LONG]
    assert [p.requested_url[-1] for p in crawled.pages()] == ["2"]


def test_an_api_that_answers_something_else_is_unreadable(visit):
    """A web page in place of JSON is a loss."""
    pages = {"/show/lists?cid=44&page=1": b"<html>x</html>"}
    with hostile.serving(pages) as server:
        api = API | {"url_template": f"{server.base}/show.html?id={{n_id}}"}
        crawled = visit(
            server, "/show/lists?cid=44&page=1", source={"kind": "list_api", "api": api}
        )

    assert crawled.faults == ["unreadable"]
