"""Pages drawn by scripts: fetched by an installed Chromium on a short lead.

Only for a source with ``render = "browser"``, and only its lists and articles. The
browser has a fresh profile, our own name as user agent, no downloads, no pictures and
no fonts, 20 seconds a page, and no way out but crawler/browser_proxy.py. A page may
navigate once: a challenge that sets a cookie and loads itself again stays the challenge
it is, and is named by page_reading/block_pages.py.
"""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from playwright.async_api import Error as BrowserError
from playwright.async_api import TimeoutError as BrowserTimeout
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler
from scrapy_playwright.page import PageMethod

from crawler.browser_proxy import BrowserProxy
from crawler.chromium import find_chromium
from crawler.faults import sentence
from crawler.gate import visit_of
from crawler.guard import Refused, check_url, host_of
from crawler.settings import LARGEST_PAGE
from newsroom.source import FaultClass

if TYPE_CHECKING:
    from playwright.async_api import Page, Route
    from playwright.async_api import Request as PageRequest
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

PAGE_SECONDS = 20
_QUIET_MS = 8000
_CLOSING_SECONDS = 5
_LEFT_OUT = frozenset({"image", "font", "media"})
_NOT_KEPT = (b"ETag", b"Last-Modified", b"Content-Length", b"Transfer-Encoding")
_ARGUMENTS = (
    "--disable-quic",
    "--disable-gpu",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--dns-prefetch-disable",
    "--no-first-run",
    "--no-pings",
    # no name is looked up and no packet sent past the proxy
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--js-flags=--max-old-space-size=256",
)


class BrowserHandler(ScrapyPlaywrightDownloadHandler):  # type: ignore[misc] # comes without types
    """Scrapy's handler; requests with ``rendered`` in their meta go to the browser."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._gated = crawler
        self._start_lock = asyncio.Lock()
        self._proxy: BrowserProxy | None = None

    async def download_request(self, request: Request) -> Response:
        """The answer to a request, drawn by the browser where that is asked for.

        Raises:
            Refused: the source was given up meanwhile, or the page could not be drawn.
        """
        visit = visit_of(self._gated)
        visit.check_not_stopped()
        if not request.meta.get("rendered"):
            plain: Response = await super().download_request(request)
            return plain
        proxy = await self._started()
        self._prepare(request)
        response = await self._draw(request, proxy)
        check_url(response.url, visit.hosts, visit.job.loopback)
        if len(response.body) > LARGEST_PAGE:
            raise _refused(FaultClass.TOO_LARGE, request.url)
        for name in _NOT_KEPT:  # they speak of the page before its scripts ran
            response.headers.pop(name, None)
        return response

    async def close(self) -> None:
        """End the browser and its proxy."""
        with suppress(BrowserError, TimeoutError):
            async with asyncio.timeout(_CLOSING_SECONDS):
                await super().close()
        if self._proxy:
            await self._proxy.stop()

    async def _maybe_launch_in_thread(self) -> None:
        """Nothing when the engine starts: the first page to be drawn does it."""

    async def _started(self) -> BrowserProxy:
        async with self._start_lock:
            if self._proxy is None:
                proxy = BrowserProxy(visit_of(self._gated).job.loopback)
                self.config.launch_options = _launch_options(await proxy.start())
                await self._maybe_future_from_coro(self._launch())
                self._proxy = proxy
            return self._proxy

    def _prepare(self, request: Request) -> None:
        """Say in the request what scrapy-playwright is to do with it."""
        job = visit_of(self._gated).job
        request.meta["playwright"] = True
        request.meta["playwright_page_init_callback"] = _keep_short
        request.meta["playwright_page_methods"] = [PageMethod(_settle)]
        request.meta["playwright_context_kwargs"] = {
            "accept_downloads": False,
            "service_workers": "block",
            "user_agent": job.crawl.user_agent,
            "ignore_https_errors": bool(job.source.insecure_reason),
            "locale": "zh-CN",
            "timezone_id": "Asia/Shanghai",
        }

    async def _draw(self, request: Request, proxy: BrowserProxy) -> Response:
        seconds = visit_of(self._gated).job.crawl.timeout
        try:
            async with asyncio.timeout(min(PAGE_SECONDS, seconds)):
                drawn: Response = await super().download_request(request)
        except (TimeoutError, BrowserTimeout) as error:
            await self._drop_context()
            raise _refused(FaultClass.TIMEOUT, request.url) from error
        except BrowserError as error:
            raise self._why(error, request.url, proxy) from error
        except RuntimeError as error:  # a download, which is never accepted
            raise _refused(FaultClass.PROTOCOL, request.url) from error
        return drawn

    def _why(self, error: BrowserError, url: str, proxy: BrowserProxy) -> Refused:
        host = host_of(url)
        if host in proxy.refused:
            words = f"网址不安全，没有访问：{proxy.refused[host]}"
            return Refused(FaultClass.BLOCKED_ADDRESS, words)
        if "ERR_CERT" in error.message:
            return _refused(FaultClass.CERTIFICATE, url)
        if host in proxy.faults:
            return _refused(proxy.faults[host], url)
        if "net::" in error.message:
            return _refused(FaultClass.BROKEN, url)
        first = error.message.strip().splitlines()[0][:120]
        words = f"浏览器启动不了或中途退出（{first}）。请在本机打开一次浏览器看看。"
        return Refused(FaultClass.NEEDS_BROWSER, words, stops=True)

    async def _drop_context(self) -> None:
        """Throw a browser window away that does not answer any more."""
        for wrapper in list(self.context_wrappers.values()):
            with suppress(BrowserError, TimeoutError):
                async with asyncio.timeout(_CLOSING_SECONDS):
                    await wrapper.context.close()
        self.context_wrappers.clear()


def _launch_options(proxy: str) -> dict[str, Any]:
    return {
        "executable_path": find_chromium(),
        "headless": True,
        "args": list(_ARGUMENTS),
        "proxy": {"server": proxy, "bypass": "<-loopback>"},
        # the sandbox does not start for root, as whom only containers run us
        "chromium_sandbox": sys.platform == "win32" or os.geteuid() != 0,
        "handle_sigint": False,
        "handle_sigterm": False,
        "handle_sighup": False,
    }


async def _keep_short(page: Page, request: Request) -> None:
    """Let the page navigate once, and load neither pictures nor fonts."""
    del request
    navigated: list[str] = []

    async def look(route: Route, asked: PageRequest) -> None:
        is_again = asked.is_navigation_request() and bool(navigated)
        if asked.is_navigation_request():
            navigated.append(asked.url)
        if is_again or asked.resource_type in _LEFT_OUT:
            await route.abort("aborted")
        else:
            await route.fallback()

    await page.route("**", look)


async def _settle(page: Page) -> None:
    """Wait until the page asks for nothing more; one that never rests is read as is."""
    with suppress(BrowserTimeout):
        await page.wait_for_load_state("networkidle", timeout=_QUIET_MS)


def _refused(kind: FaultClass, url: str) -> Refused:
    return Refused(kind, sentence(kind, url))
