"""One short file a site, and generic spiders for sites that need none."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.spiders.news import NewsSpider


def spider_for(kind: str) -> type[NewsSpider]:
    """The spider for a kind of source, loaded only now."""
    if kind == "feed":
        from crawler.spiders.feed import FeedSpider

        return FeedSpider
    if kind == "list_api":
        from crawler.spiders.list_api import ListApiSpider

        return ListApiSpider
    from crawler.spiders.section import SectionSpider

    return SectionSpider
