"""An RSS or Atom feed: entries with a text of their own, or articles to fetch."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.spiders.carried import CarriedText
from crawler.spiders.section import SectionSpider
from newsroom.article import ListEntry, ListPage
from page_reading import read_feed

if TYPE_CHECKING:
    from newsroom.article import Feed, FeedEntry, Page

# A summary is shorter; a whole article is not.
WHOLE_TEXT = 400
_MARKUP = re.compile(r"<[^>]*>|\s+")


class FeedSpider(SectionSpider):
    """Reads the feeds that a source names."""

    name = "feed"
    list_role = "feed"
    _last: tuple[Page, Feed] | None = None

    def read_list(self, page: Page) -> ListPage:
        """The entries of a feed as rows."""
        return ListPage(page.url, tuple(map(_row, self._feed(page).entries)))

    def carried_texts(self, page: Page) -> dict[str, CarriedText]:
        """The entries that hold a whole article."""
        return {
            entry.url: CarriedText(_row(entry), entry.fragment)
            for entry in self._feed(page).entries
            if len(_MARKUP.sub("", entry.fragment)) >= WHOLE_TEXT
        }

    def _feed(self, page: Page) -> Feed:
        """The feed of a page; read once, for a large one takes seconds."""
        if self._last is None or self._last[0] is not page:
            self._last = (page, read_feed(page))
        return self._last[1]


def _row(entry: FeedEntry) -> ListEntry:
    return ListEntry(entry.url, entry.title, entry.published, has_time=True)
