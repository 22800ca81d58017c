"""The gate that every request passes: a link, a redirect, a retry or robots.txt."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from crawler.guard import check_url

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

    from crawler.spiders.news import NewsSpider
    from crawler.visit import Visit


def visit_of(crawler: Crawler) -> Visit:
    """The visit that a crawler makes; set before the first request."""
    spider = cast("NewsSpider", crawler.spider)
    return spider.visit


class Gate:
    """Lets a request pass that is safe, ours and within the budget."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Gate:
        """Scrapy's way to make a part."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Check and count one request.

        Raises:
            Refused: it must not be made, or not in this run.
        """
        visit = visit_of(self._crawler)
        check_url(request.url, visit.hosts, visit.job.loopback)
        visit.spend(is_recheck=request.meta.get("recheck", False))
