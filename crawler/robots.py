"""robots.txt: read before anything else of a host, and obeyed (RFC 9309).

Unreachable or failing means: nothing is read in this run. Missing means: everything
may be read. Junk (a web page in its place) holds no rules.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from protego import Protego
from scrapy import Request, signals
from scrapy.exceptions import StopDownload
from scrapy.http.request import NO_CALLBACK

from crawler.faults import of_error, of_status
from crawler.gate import visit_of
from crawler.guard import Refused, host_of, read_origin
from newsroom.source import FaultClass

if TYPE_CHECKING:
    from datetime import datetime

    from scrapy.crawler import Crawler
    from scrapy.http import Response

LONGEST_DELAY = 30.0
LARGEST = 500 * 1024
_HARMLESS = frozenset({FaultClass.MOVED, FaultClass.REDIRECT_LOOP})


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
        origin = read_origin(url)
        site = f"{origin.scheme}://{origin.key}"
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
        rules = Protego.parse(_text_of(response, visit_of(self._crawler).now))
        self._slow_down(site, rules)
        return rules

    def _without_answer(self, error: Exception, url: str) -> Protego:
        """No rules where robots.txt merely leads away; else the failure stands."""
        fault = of_error(error, url, visit_of(self._crawler).refused_names)
        if fault.kind in _HARMLESS:
            return Protego.parse("")
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


def _text_of(response: Response, now: datetime) -> str:
    """The rules of an answer.

    Raises:
        Refused: a server error or a refusal, which forbids everything for this run.
    """
    fault = of_status(response, now)
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
