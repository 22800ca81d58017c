"""A column's list, its further pages, and the articles: for any site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.choice import choose, goes_on, list_fault
from crawler.faults import Fault
from crawler.spiders.news import Ask, NewsSpider
from page_reading import read_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrapy import Request
    from scrapy.http import Response

    from newsroom.article import ListPage, Page


class SectionSpider(NewsSpider):
    """Reads the lists that a source names."""

    name = "section"

    def read_list_page(self, ask: Ask, response: Response) -> Iterator[Request]:
        """Keep a list, choose its rows, turn to its next page."""
        page = self.receive(ask, response)
        if page is None:
            return
        listing = self.read_list(page)
        fault = self._list_fault(ask, page, listing)
        if fault:
            self.lose(ask, page, response, fault)
            return
        self.keep(ask, page, response)
        yield from self.follow(ask, listing)

    def read_list(self, page: Page) -> ListPage:
        """The rows of a list page, by the first layout that finds any."""
        layouts = [layout for layout in self.layouts if layout.valid_until is None]
        for layout in layouts:
            listing = read_list(page, layout)
            if listing.entries:
                return listing
        return read_list(page)

    def follow(self, ask: Ask, listing: ListPage) -> Iterator[Request]:
        """The requests for the wanted rows, then for the next page of the list."""
        visit = self.visit
        visit.listed += len(listing.entries)
        choice = choose(
            listing.entries,
            visit.job,
            hosts=visit.hosts,
            seen=visit.seen,
            known=visit.known,
            room=visit.job.max_new - visit.taken,
        )
        visit.filtered.update(choice.filtered)
        yield from self.article_requests(choice.wanted)
        following = listing.next_page
        if (
            following
            and following not in visit.seen
            and ask.turn < visit.job.max_pages
            and goes_on(listing.entries, visit.job, fresh=len(choice.wanted))
            and self._may_ask(following)
        ):
            yield self.list_request(Ask(ask.role, following, turn=ask.turn + 1))

    def _list_fault(self, ask: Ask, page: Page, listing: ListPage) -> Fault | None:
        usual = self.visit.job.usual_listed
        links = page.body.lower().count(b"<a ")
        found = list_fault(listing.entries, links=links, usual=usual)
        # an empty second page is the end of a list, no fault
        return Fault(*found) if found and ask.turn == 1 else None
