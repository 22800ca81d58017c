"""Asking again: twice when a site is down, once when it breaks off, after a pause."""

from __future__ import annotations

import asyncio
import random
from typing import TYPE_CHECKING

from crawler.faults import of_error, of_status
from crawler.gate import visit_of
from crawler.guard import Refused
from newsroom.source import FaultClass

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

_SPREAD = 0.2
_TIMES = {FaultClass.DOWN: 2, FaultClass.BROKEN: 1}


class Retries:
    """Repeats a request when another try may help and time allows."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Retries:
        """Scrapy's way to make a part."""
        return cls(crawler)

    async def process_response(
        self, request: Request, response: Response
    ) -> Request | Response:
        """The answer, or the same request once more for a server error."""
        fault = of_status(response, visit_of(self._crawler).now)
        if fault is None or request.meta.get("robots"):
            return response
        return await self._again(request, fault.kind) or response

    async def process_exception(
        self, request: Request, exception: Exception
    ) -> Request | None:
        """The same request once more, or None to let the failure stand."""
        if isinstance(
            exception, Refused
        ):  # our own word, or robots.txt's after retries
            return None
        refused = visit_of(self._crawler).refused_names
        fault = of_error(exception, request.url, refused)
        return await self._again(request, fault.kind)

    async def _again(self, request: Request, kind: FaultClass) -> Request | None:
        visit = visit_of(self._crawler)
        delays = visit.job.crawl.retry_delays[: _TIMES.get(kind, 0)]
        done = request.meta.get("retries", 0)
        if done >= len(delays) or not request.meta.get("worth_retrying", True):
            return None
        pause = delays[done] * random.uniform(1 - _SPREAD, 1 + _SPREAD)  # noqa: S311 - spreads load, keeps no secret
        if pause >= visit.seconds_left:
            return None
        await asyncio.sleep(pause)
        again: Request = request.replace(dont_filter=True)
        again.meta["retries"] = done + 1
        return again
