"""The last look before a request goes out, after it has waited its turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler

from crawler.gate import visit_of

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


class LastLook(HTTP11DownloadHandler):
    """Scrapy's handler, which sends nothing to a source given up in the meantime.

    A request passes the gate while the answer before it is still being read; two
    seconds later, when its turn comes, that answer may have said to stop.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._gated = crawler

    async def download_request(self, request: Request) -> Response:
        """The answer to a request.

        Raises:
            Refused: the source was given up while the request waited.
        """
        visit = visit_of(self._gated)
        visit.check_not_stopped()
        response = await super().download_request(request)
        visit.hear(response)
        return response
