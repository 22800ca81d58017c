"""F40-F46 and F69: what of a list is fetched."""

from datetime import date, timedelta

import pytest

from crawler.job import KnownPage
from tests.crawler import hostile
from tests.crawler.conftest import NOW, article, listing, small_site, title


def row(number, day="2026-09-20", href=None):
    href = href or f"/news/{number}.html"
    return f'<li><a href="{href}">{title(number)}</a><span>{day}</span></li>'


def rows(*numbers, **rest):
    return "".join(row(number, **rest) for number in numbers)


def known(server, *numbers):
    return tuple(
        KnownPage(f"{server.base}/news/{n}.html", None, None, None, NOW)
        for n in numbers
    )


TRAPS = {
    "hidden": '<a href="/trap.html" style="display:none">{words}</a>',
    "in a hidden part": '<div style="display:none"><a href="/trap.html">{words}</a>'
    "</div>",
    "nofollow": '<a href="/trap.html" rel="nofollow">{words}</a>',
    "one pixel": '<a href="/trap.html"><img src="/1.gif" width="1" height="1"></a>',
    "a hidden row": '<ul><li style="display:none"><a href="/trap.html">{words}</a>'
    "<span>2026-09-20</span></li></ul>",
}


@pytest.mark.parametrize("trap", TRAPS.values(), ids=TRAPS)
def test_f40_hidden_links_are_not_asked_for(visit, trap):
    """A link that no reader sees is no row; the rows beside it are read."""
    tail = trap.format(words="白洋镇总工会开展第九次送清凉慰问活动")
    pages = small_site() | {"/list.html": listing(rows(1, 2, 3), tail)}
    with hostile.serving(pages) as server:
        crawled = visit(server)

    assert 3 == len(crawled.pages())
    assert "/trap.html" not in server.paths


@pytest.mark.parametrize("body", [listing(""), b"<html><body></body></html>"])
def test_f41_an_empty_list_is_named(visit, body):
    """A list without rows is a loss of its own class; nothing else is asked."""
    with hostile.serving(small_site() | {"/list.html": body}) as server:
        crawled = visit(server)

    assert crawled.faults == ["empty_list"]
    assert crawled.pages("list") == []


def test_f42_a_list_whose_titles_are_all_equal_has_changed(visit):
    """Ten rows with one title are no list; the page is kept for the maintainer."""
    same = "".join(
        f'<li><a href="/news/{n}.html">点击这里查看文章</a><span>2026-09-20</span></li>'
        for n in range(10)
    )
    with hostile.serving(small_site() | {"/list.html": listing(same)}) as server:
        crawled = visit(server)

    assert crawled.faults == ["layout_changed"]
    assert crawled.pages() == []
    assert len(crawled.pages("sample")) == 1


def test_f42_far_more_rows_than_usual_are_a_changed_layout(visit):
    """More than ten times the usual rows: nothing is taken."""
    body = listing(rows(*range(1, 24)))
    with hostile.serving(small_site() | {"/list.html": body}) as server:
        crawled = visit(server, usual_listed=2)

    assert crawled.faults == ["layout_changed"]
    assert crawled.pages() == []


def test_f42_links_without_a_list_are_a_changed_layout(visit):
    """A page full of links in which no list is found has changed."""
    links = "".join(f'<a href="/c/{n}/">栏目{n}</a> ' for n in range(30))
    body = f"<html><body><nav>{links}</nav></body></html>".encode()
    with hostile.serving(small_site() | {"/list.html": body}) as server:
        crawled = visit(server)

    assert crawled.faults == ["layout_changed"]


def test_f45_the_first_run_takes_thirty_days_and_fifty_articles(visit):
    """Of a long list the recent month comes in, fifty at most."""
    old = (NOW - timedelta(days=31)).date().isoformat()
    body = listing(rows(*range(1, 8)) + rows(8, 9, day=old))
    with hostile.serving(small_site(9) | {"/list.html": body}) as server:
        crawled = visit(server, first_run=True, limits={"max_new": 5})

    assert [p.requested_url[-6:] for p in crawled.pages()] == [
        f"{n}.html" for n in range(1, 6)
    ]
    assert dict(crawled.end.filtered) == {"max_new": 2, "too_old": 2}
    assert not crawled.end.is_complete


def test_since_lifts_the_limits(visit):
    """Read back to a day, everything since comes in, whatever the counts."""
    old = "2026-03-01"
    body = listing(rows(*range(1, 8)) + rows(8, 9, day=old) + row(10, "2025-12-31"))
    with hostile.serving(small_site(10) | {"/list.html": body}) as server:
        crawled = visit(
            server, since=date(2026, 1, 1), limits={"max_new": 3, "max_requests": 4}
        )

    assert len(crawled.pages()) == 9
    assert crawled.end.filtered["too_old"] == 1


def pager(number):
    return f'<div class="pages"><a href="/list_{number}.html">下一页</a></div>'


def endless_lists(each=3):
    """A list whose every page has a next one."""
    pages = {}
    for page in range(1, 40):
        numbers = range(page * each, page * each + each)
        body = listing(rows(*numbers), pager(page + 1))
        pages["/list.html" if page == 1 else f"/list_{page}.html"] = body
        pages |= {f"/news/{n}.html": article(title(n)) for n in numbers}
    return pages


def test_f46_endless_pages_are_turned_twice(visit):
    """A list that never ends is read two pages deep."""
    with hostile.serving(endless_lists()) as server:
        crawled = visit(server)

    assert [path for path in server.paths if "list" in path] == [
        "/list.html",
        "/list_2.html",
    ]
    assert len(crawled.pages()) == 6


def test_f46_requests_have_a_limit(visit):
    """The budget of requests is never passed; what is left is counted."""
    with hostile.serving(endless_lists()) as server:
        crawled = visit(server, limits={"max_requests": 6}, source={"max_pages": 9})

    assert len(server.requests) == crawled.end.requests == 6
    assert crawled.end.filtered["max_requests"] > 0
    assert not crawled.end.is_complete


def test_a_page_without_new_rows_ends_the_list(visit):
    """Where everything is known, the next page is not turned."""
    with hostile.serving(endless_lists()) as server:
        crawled = visit(server, known=known(server, 3, 4, 5))

    assert server.paths == ["/robots.txt", "/list.html"]
    assert crawled.end.filtered["known"] == 3


def test_f69_documents_are_linked_not_fetched(visit):
    """Rows that are PDF, Word or zip files are counted, not asked for."""
    files = (
        rows(1, 2, 3)
        + row(4, href="/f/a.pdf")
        + row(5, href="/f/b.docx")
        + row(6, href="/f/c.zip")
    )
    with hostile.serving(small_site() | {"/list.html": listing(files)}) as server:
        crawled = visit(server)

    assert (3, 6) == (crawled.end.filtered["file"], crawled.end.listed)
    assert 3 == len(crawled.pages())
    assert not any(path.startswith("/f/") for path in server.paths)


def test_further_pages_of_an_article_come_in_with_their_parent(visit):
    """An article in three pages is three pages in the spool, tied to the first."""

    def part(number, following):
        tail = (
            f'<div class="page"><a href="/news/1_{following}.html">下一页</a></div>'
            if following
            else ""
        )
        return article(f"{title(1)}", tail=tail)

    pages = {
        "/news/1.html": part(1, 2),
        "/news/1_2.html": part(2, 3),
        "/news/1_3.html": part(3, 0),
    }
    with hostile.serving(small_site() | pages) as server:
        crawled = visit(server)

    parts = [p for p in crawled.pages() if p.parent]
    assert [p.requested_url for p in parts] == [
        f"{server.base}/news/1_{n}.html" for n in (2, 3)
    ]
    assert {p.parent for p in parts} == {f"{server.base}/news/1.html"}


def test_an_endless_article_ends_after_ten_parts(visit):
    """A 下一页 that never ends is turned nine times."""
    pages = {}
    for n in range(1, 30):
        address = "/news/1.html" if n == 1 else f"/news/1_{n}.html"
        tail = f'<div class="page"><a href="/news/1_{n + 1}.html">下一页</a></div>'
        pages[address] = article(title(1), tail=tail)
    with hostile.serving(small_site() | pages) as server:
        crawled = visit(server)

    assert len([p for p in crawled.pages() if p.parent]) == 9
