"""The baseline of the crawl: Scrapy as it comes, lxml for title, date and text.

``python benchmarks/bare_scrapy.py BASE SITES`` reads all lists and their articles and
prints how many articles it read. Nothing is stored. Only what the same work needs is
set: no robots.txt, no pause, no log; the rest is as ``scrapy startproject`` leaves it.
With ``--lean`` the parts that idle are off, as ours are.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import html
from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response

sys.path.insert(0, str(Path(__file__).resolve().parent))

from news_server import list_paths

SETTINGS: dict[str, Any] = {
    "ROBOTSTXT_OBEY": False,
    "LOG_ENABLED": False,
    "DOWNLOAD_DELAY": 0,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
}
LEAN = {
    "CONCURRENT_ITEMS": 1,
    "SPIDER_MIDDLEWARES_BASE": {},
    "DOWNLOADER_MIDDLEWARES_BASE": {},
    "EXTENSIONS_BASE": {},
}


class Bare(Spider):
    """Lists, then their articles, each read by three XPaths."""

    name = "bare"
    urls: list[str]
    read: int = 0

    async def start(self) -> Any:  # noqa: ANN401 - Scrapy's own type
        """Ask for the lists."""
        for url in self.urls:
            yield Request(url, callback=self.parse_list)

    def parse_list(self, response: Response) -> Iterator[Request]:
        """Ask for every row."""
        tree = html.fromstring(response.body)
        for href in tree.xpath('//div[@class="list"]//a/@href'):
            yield response.follow(href, callback=self.parse_article)

    def parse_article(self, response: Response) -> Iterator[dict[str, str]]:
        """Title, date and text."""
        tree = html.fromstring(response.body)
        Bare.read += 1
        yield {
            "title": tree.xpath("string(//h1)"),
            "date": tree.xpath('string(//div[@class="info"]/span[1])'),
            "text": "\n".join(tree.xpath('//div[@class="content"]//p//text()')),
        }


def main(arguments: list[str]) -> None:
    """Crawl, and print how many articles were read."""
    base, sites = arguments[0], int(arguments[1])
    process = CrawlerProcess(SETTINGS | (LEAN if "--lean" in arguments else {}))
    process.crawl(Bare, urls=[base + path for path in list_paths(sites)])
    process.start()
    print(Bare.read)


if __name__ == "__main__":
    main(sys.argv[1:])
