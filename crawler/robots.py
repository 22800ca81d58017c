"""robots.txt: read before anything else of a host, and obeyed (RFC 9309).

Unreachable or failing means: nothing is read in this run, unless it could be had in
the last day; then those rules hold. Missing means: everything may be read. Junk (a web
page in its place) holds no rules.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from protego import Protego
from scrapy import Request, signals
from scrapy.exceptions import StopDownload
from scrapy.http.request import NO_CALLBACK

from crawler.faults import of_error, of_status
from crawler.gate import visit_of
from crawler.guard import Refused, host_of, read_origin
from crawler.job import KnownRobots
from newsroom.source import FaultClass

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from crawler.faults import Fault

LONGEST_DELAY = 30.0
LARGEST = 500 * 1024
REMEMBERED = timedelta(hours=24)
_HARMLESS = frozenset({FaultClass.MOVED, FaultClass.REDIRECT_LOOP})
# What the last day's rules may stand in for: no answer, or a server's error.
_UNREACHABLE = frozenset(
    {FaultClass.DOWN, FaultClass.DNS, FaultClass.TIMEOUT, FaultClass.BROKEN}
)


class Robots:
    """Keeps a request from a page that the site does not want read by programs."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._agent: str = crawler.settings["USER_AGENT"]
        self._rules: dict[str, asyncio.Task[Protego]] = {}
        self._received: dict[Request, int] = {}
        crawler.signals.connect(self._count_bytes, signal=signals.bytes_received)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Robots:
        """Scrapy's way to make a part."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let a request pass that the site's rules allow.

        Raises:
            Refused: the rules forbid it, or could not be had.
        """
        if request.meta.get("robots"):
            return
        rules = await self._rules_of(request.url)
        if not rules.can_fetch(request.url, self._agent):
            raise Refused(
                FaultClass.ROBOTS,
                f"网站的 robots.txt 不允许程序读取，没有访问：{request.url[:150]}",
            )

    async def _rules_of(self, url: str) -> Protego:
        site = read_site(url)
        if site not in self._rules:
            self._rules[site] = asyncio.ensure_future(self._fetch(site))
        return await asyncio.shield(self._rules[site])

    async def _fetch(self, site: str) -> Protego:
        request = Request(
            f"{site}/robots.txt",
            callback=NO_CALLBACK,
            meta={"robots": True, "download_maxsize": 0},
            priority=1000,
            dont_filter=True,
        )
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception as error:  # noqa: BLE001 - the border of one page; told below
            return self._without_answer(error, request.url)
        finally:
            self._received.pop(request, None)
        rules = Protego.parse(self._read(site, response))
        self._slow_down(site, rules)
        return rules

    def _read(self, site: str, response: Response) -> str:
        """The rules of an answer, remembered for a day when it could not be had."""
        visit = visit_of(self._crawler)
        fault = of_status(response, visit.now)
        if fault and fault.kind in _UNREACHABLE:
            known = self._remembered(site)
            if known is not None:
                return known
        text = _text_of(response, fault)
        visit.keep_rules(KnownRobots(site, text, visit.now))
        return text

    def _remembered(self, site: str) -> str | None:
        """The rules that the site gave within the last day, None when it gave none."""
        visit = visit_of(self._crawler)
        oldest = visit.job.now - REMEMBERED
        known = (
            r.text
            for r in visit.job.robots
            if r.site == site and r.fetched_at >= oldest
        )
        text = next(known, None)
        visit.filtered["robots_remembered"] += text is not None
        return text

    def _without_answer(self, error: Exception, url: str) -> Protego:
        """No rules where robots.txt merely leads away; else the failure stands."""
        fault = of_error(error, url, visit_of(self._crawler).refused_names)
        if fault.kind in _HARMLESS:
            return Protego.parse("")
        if fault.kind in _UNREACHABLE:
            known = self._remembered(read_site(url))
            if known is not None:
                return Protego.parse(known)
        raise Refused(fault.kind, fault.sentence) from error

    def _slow_down(self, site: str, rules: Protego) -> None:
        wish = rules.crawl_delay(self._agent)
        if not wish:
            return
        downloader = self._crawler.engine.downloader
        delay = max(visit_of(self._crawler).job.delay, min(wish, LONGEST_DELAY))
        host = host_of(site)
        downloader.per_slot_settings[host] = {"delay": delay}
        if host in downloader.slots:
            downloader.slots[host].delay = delay

    def _count_bytes(self, data: bytes, request: Request) -> None:
        """Stop after the first 500 KB of a robots.txt, and read those."""
        if not request.meta.get("robots"):
            return
        self._received[request] = self._received.get(request, 0) + len(data)
        if self._received[request] > LARGEST:
            raise StopDownload(fail=False)


def read_site(url: str) -> str:
    """Scheme, host and port: what a robots.txt holds for."""
    origin = read_origin(url)
    return f"{origin.scheme}://{origin.key}"


def _text_of(response: Response, fault: Fault | None) -> str:
    """The rules of an answer, and what its status means.

    Raises:
        Refused: a server error or a refusal, which forbids everything for this run.
    """
    if fault and fault.stops:
        raise Refused(
            fault.kind, fault.sentence, stops=True, retry_after=fault.retry_after
        )
    if fault and fault.kind is not FaultClass.NOT_FOUND:
        raise Refused(
            FaultClass.ROBOTS,
            f"{host_of(response.url)} 的 robots.txt 打不开（{response.status}），"
            "按规矩这次不读这个网站，下次再试。",
        )
    text: str = "" if fault else response.body[:LARGEST].decode("utf-8", "replace")
    return "" if text.lstrip().startswith("<") else text
