"""Redirects, whichever way a page asks for one: header, meta refresh or script.

At most five, and only within the site: a site that moved is reported, not followed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from w3lib.html import get_meta_refresh
from w3lib.url import safe_url_string

from crawler.gate import visit_of
from crawler.guard import OffSite, Refused, check_url
from newsroom.source import FaultClass

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

_STATUSES = frozenset({301, 302, 303, 307, 308})
_SAME_METHOD = frozenset({307, 308})  # RFC 9110 15.4: what was posted is posted again
# A page that only sends the reader on is short.
_SIGNPOST = 3000
_LONGEST_WAIT = 30
_SCRIPT = re.compile(
    r"(?:^|[\s;{(.>])location(?:\.href)?\s*(?:=\s*|\.replace\(\s*)[\"']([^\"']+)[\"']"
)
_WORDS = re.compile(r"[\u4e00-\u9fff]")
_FEW_WORDS = 40


class Redirects:
    """Follows redirects within the site."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._most: int = crawler.settings.getint("REDIRECT_MAX_TIMES")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Redirects:
        """Scrapy's way to make a part."""
        return cls(crawler)

    def process_response(
        self, request: Request, response: Response
    ) -> Request | Response:
        """The answer itself, or the request that it asks for.

        Raises:
            Refused: it leads off the site, to a forbidden address, or in circles.
        """
        target = _header_target(response) or _page_target(response)
        if target is None:
            return response
        times = request.meta.get("redirect_times", 0) + 1
        if times > self._most or target == request.url:
            raise Refused(
                FaultClass.REDIRECT_LOOP,
                f"网页一再跳转（超过 {self._most} 次），没有读到：{request.url[:150]}",
            )
        self._check(target)
        following: Request = request.replace(url=target, dont_filter=True)
        if request.method == "POST" and response.status not in _SAME_METHOD:
            following = _by_get(following)
        following.meta["redirect_times"] = times
        return following

    def _check(self, target: str) -> None:
        visit = visit_of(self._crawler)
        try:
            check_url(target, visit.hosts, visit.job.loopback)
        except OffSite as error:
            raise Refused(
                FaultClass.MOVED,
                f"网址已搬到 {error.origin.key}，没有跟去。请核对新网址，"
                "确认后在 config.toml 里改这个来源的地址。",
            ) from error


def _by_get(request: Request) -> Request:
    """What a browser asks for next when an answer to a POST leads elsewhere."""
    headers = request.headers.copy()
    headers.pop("Content-Type", None)
    meta = {name: value for name, value in request.meta.items() if name != "posted"}
    return request.replace(method="GET", body=b"", headers=headers, meta=meta)


def _header_target(response: Response) -> str | None:
    location = response.headers.get(b"Location")
    if response.status not in _STATUSES or not location:
        return None
    return _absolute(response.url, location.decode("utf-8", "replace"))


def _page_target(response: Response) -> str | None:
    """Where a short page without words of its own sends its reader."""
    body = response.body
    if response.status != 200 or not body or len(body) > _SIGNPOST:  # noqa: PLR2004 - OK
        return None
    text = body.decode("utf-8", "replace")
    if len(_WORDS.findall(text)) > _FEW_WORDS or "<" not in text:
        return None
    wait, target = get_meta_refresh(text, response.url, "utf-8", ignore_tags=())
    if target and (wait or 0) <= _LONGEST_WAIT and target != response.url:
        return _absolute(response.url, target)
    script = _SCRIPT.search(text)
    return _absolute(response.url, script[1]) if script else None


def _absolute(base: str, target: str) -> str:
    """The target as an address; what is unsafe in it stays for the guard to see."""
    joined = urljoin(base, target.strip()).partition("#")[0]
    return joined if "\\" in joined else str(safe_url_string(joined))
