"""A column's list, its further pages, and the articles: for any site."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crawler.choice import address_day, choose, goes_on, list_fault
from crawler.columns import columns_beside, find_columns, is_front_page, is_news_list
from crawler.faults import GONE, Fault, sentence
from crawler.spiders.carried import CarriedText, keep_changed, keep_new
from crawler.spiders.news import Ask, NewsSpider
from newsroom.article import ListPage
from newsroom.errors import PageUnreadable
from newsroom.source import FaultClass
from page_reading.charset import decode
from page_reading.list_links import address_shape, links_like
from page_reading.lists import read_list

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scrapy import Request
    from scrapy.http import Response

    from crawler.visit import Visit
    from newsroom.article import Page

_HALF = 2
# What read_list says of a page that is whole but shows no list: judged here, by name.
_NO_ROWS = frozenset({"没有找到文章列表", "网页是空的"})


class SectionSpider(NewsSpider):
    """Reads the lists that a source names."""

    name = "section"

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self.shapes: set[str] = set()
        self.followed: set[str] = set()

    def read_list_page(self, ask: Ask, response: Response) -> Iterator[Request]:
        """Keep a list, choose its rows, turn to its next page."""
        if ask.is_found and response.status in GONE:
            self.visit.filtered["columns"] += 1
            return
        page = self.receive(ask, response)
        if page is None:
            return
        if not self._is_marked(page):
            self.lose(ask, page, response, self._foreign())
            return
        listing = self.read_list(page)
        is_news = is_news_list(listing.entries)
        columns = self._columns(ask, page, is_news=is_news)
        if ask.turn == 1 and (ask.is_found or columns):
            listing = self._with_boxes(page, listing, is_news=is_news)
        if (ask.is_found or columns) and not is_news:
            self.visit.filtered["columns"] += ask.is_found
            if not listing.entries or ask.turn > 1:
                yield from columns
                return
        fault = self._list_fault(ask, page, listing, "partial" in response.flags)
        if fault:
            self.lose(ask, page, response, fault)
            return
        self.keep(ask, page, response, rows=len(listing.entries))
        yield from self._follow(ask, listing, self.carried_texts(page))
        yield from columns

    def read_list(self, page: Page) -> ListPage:
        """The rows of a list page, by the first layout that finds any."""
        today = self.visit.now.date()
        layouts = [
            layout
            for layout in self.layouts
            if layout.valid_until is None or layout.valid_until >= today
        ]
        for layout in (*layouts, None):
            try:
                return read_list(page, layout)
            except PageUnreadable as error:
                if error.reason not in _NO_ROWS:
                    raise
        return ListPage(page.url, ())

    def _columns(self, ask: Ask, page: Page, *, is_news: bool) -> list[Request]:
        """The requests for the columns that a front page, or a found column, leads to.

        A found column is followed within its own section of the site only
        (``/xwdt/`` to ``/xwdt/tpxw/``), and only where it showed news itself.
        """
        if ask.role != "list" or ask.turn != 1:
            return []
        if ask.is_found:
            first = is_news and ask.url not in self.followed
            urls = columns_beside(page) if first else ()
            self.followed.update(urls)
        else:
            urls = find_columns(page) if is_front_page(page.url) else ()
        return [
            self.list_request(Ask("list", url, is_found=True, is_beside=ask.is_found))
            for url in urls
            if url not in self.visit.seen and self.may_ask(url)
        ]

    def _with_boxes(self, page: Page, listing: ListPage, *, is_news: bool) -> ListPage:
        """The rows with what the page's other boxes show at addresses like theirs.

        Rows that are no news count only where their addresses are known as articles'.
        """
        if not is_news:
            return replace(listing, entries=tuple(links_like(page, self.shapes, ())))
        dated = (e for e in listing.entries if e.published or address_day(e.url))
        self.shapes.update(address_shape(entry.url) for entry in dated)
        known = {entry.url for entry in listing.entries}
        more = links_like(page, self.shapes, known)
        return replace(listing, entries=(*listing.entries, *more))

    def carried_texts(self, page: Page) -> Mapping[str, CarriedText]:
        """The rows that bring their own text, by address; a web page has none."""
        del page
        return {}

    def _follow(
        self, ask: Ask, listing: ListPage, texts: Mapping[str, CarriedText]
    ) -> Iterator[Request]:
        """Take the wanted rows, then ask for the next page of the list."""
        visit = self.visit
        visit.listed += len(listing.entries)
        choice = choose(listing.entries, visit.bounds)
        visit.filtered.update(choice.filtered)
        wanted = [entry for entry in choice.wanted if entry.url not in texts]
        chosen = {entry.url for entry in choice.wanted}
        keep_new(visit, ask.url, (t for url, t in texts.items() if url in chosen))
        keep_changed(
            visit, ask.url, (t for url, t in texts.items() if url not in chosen)
        )
        yield from self.article_requests(wanted)
        if goes_on(listing.entries, visit.job, fresh=len(chosen)):
            yield from self._next_list(ask, listing.next_page)

    def _next_list(self, ask: Ask, url: str | None) -> Iterator[Request]:
        visit = self.visit
        if (
            url
            and url not in visit.seen
            and ask.turn < visit.job.max_pages
            and self.may_ask(url)
        ):
            following = replace(ask, url=url, turn=ask.turn + 1)
            yield self.list_request(following)

    def _list_fault(
        self, ask: Ask, page: Page, listing: ListPage, is_partial: bool
    ) -> Fault | None:
        rows, usual = listing.entries, self.visit.job.usual_listed
        if ask.turn > 1:  # an empty further page is the end of a list, no fault
            return None
        if is_partial and len(rows) * _HALF < usual:
            return Fault(FaultClass.BROKEN, sentence(FaultClass.BROKEN, ask.url))
        found = list_fault(rows, links=page.body.lower().count(b"<a "), usual=usual)
        return Fault(*found) if found else None

    def _foreign(self) -> Fault:
        """The fault of a page that is none of the site: a portal, another owner."""
        return Fault(
            FaultClass.NOT_OUR_SITE,
            f"打开的不像是{self.visit.job.source.name}（缺少约定的字样），没有采用。"
            "请用浏览器核对网址，或检查是否需要上网认证。",
            stops=True,
        )

    def _is_marked(self, page: Page) -> bool:
        """Whether the page bears the words that the settings say it must."""
        marks = self.visit.job.source.markers
        text = decode(page.body, page.content_type).text if marks else ""
        return all(mark in text for mark in marks)
