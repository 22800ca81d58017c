"""The name resolver that every connection goes through: the guard at the dial.

Twisted asks it for names and for numeric addresses alike, for each new connection; so
neither a redirect nor a name that changes its address between two requests gets past.
IPv4 only: a site that has no IPv4 address counts as not resolved.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.resolver import CachingThreadedResolver
from twisted.internet.error import DNSLookupError

from crawler.guard import dial_fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrapy.crawler import Crawler
    from twisted.internet.base import ReactorBase
    from twisted.internet.defer import Deferred

    from crawler.job import LoopbackPermit


class GuardedResolver(CachingThreadedResolver):
    """Resolves names, and refuses addresses that must not be dialled.

    Attributes:
        permit: the job's leave to reach loopback, None for a real crawl.
        refused: name to reason, for the names refused so far (Twisted hides the reason
            from whoever asked).
    """

    permit: LoopbackPermit | None = None
    refused: dict[str, str]

    def __init__(self, reactor: ReactorBase, cache_size: int, timeout: float) -> None:
        super().__init__(reactor, cache_size, timeout)
        self.refused = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> GuardedResolver:
        """Scrapy's way to make a part."""
        resolver = super().from_crawler(crawler, reactor)
        resolver.permit = crawler.settings["GONGHUI_PERMIT"]
        return resolver

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802 - Twisted's name
        """The address of a name; fails when it must not be dialled."""
        answer: Deferred[str] = super().getHostByName(name, timeout)
        return answer.addCallback(self._check, name)

    def _check(self, address: str, name: str) -> str:
        fault = dial_fault(address, self.permit)
        if fault:
            self.refused[name] = f"{name} 指向 {address}，{fault}"
            raise DNSLookupError(self.refused[name])
        return address
