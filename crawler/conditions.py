"""Asking "only if it changed", and seeing through servers that answer it wrongly.

A list that is to be read whole is asked for under a condition that never holds: a tag
that no server gave, and the first day of the epoch (RFC 9110 13.1). An honest server
sends the list; one that says "not modified" whatever comes is found out at once and
asked again without a condition. So is one whose "not modified" names another version
than the one it was asked about.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response

    from crawler.job import KnownPage

TAG, DATE = "If-None-Match", "If-Modified-Since"
NEVER = {TAG: '"gonghui-never"', DATE: "Thu, 01 Jan 1970 00:00:00 GMT"}
WHOLE = "asked_whole"
NOT_MODIFIED = 304
_FAILED = 412
# Servers that compress add it to the tag: "abc-gzip", "abc--gzip", "abc;br".
_SQUEEZED = re.compile(r"(?:-{1,2}|;)(?:gzip|br|deflate|zstd)$")


def conditions_of(known: KnownPage) -> dict[str, str]:
    """The headers that ask for a page only where it changed since."""
    told = {TAG: known.etag, DATE: known.last_modified}
    return {name: value for name, value in told.items() if value}


def is_conditional(request: Request | None) -> bool:
    """Whether a request named a version that we have."""
    return request is not None and (TAG in request.headers or DATE in request.headers)


def is_false_answer(response: Response) -> bool:
    """Whether an answer contradicts the condition that it was asked under."""
    request = response.request
    if request is None or not is_conditional(request):
        return False
    if response.status != NOT_MODIFIED:
        # Meant for those who write; firewalls send it with a script that challenges.
        return response.status == _FAILED and b"<script" not in response.body.lower()
    asked = {name: request.headers.get(name) for name in (TAG, DATE)}
    if asked == {name: value.encode() for name, value in NEVER.items()}:
        return True
    if asked[TAG] is not None:
        return _differ(asked[TAG], response.headers.get("ETag"))
    return _differ(asked[DATE], response.headers.get("Last-Modified"))


def ask_whole(request: Request) -> Request:
    """The same request without a condition; its answer gives none for later."""
    headers = request.headers.copy()
    for name in (TAG, DATE):
        headers.pop(name, None)
    return request.replace(headers=headers, meta=request.meta | {WHOLE: True})


def may_be_believed(response: Response) -> bool:
    """Whether the tag and date of an answer may serve as a condition."""
    return response.request is None or not response.request.meta.get(WHOLE)


def _differ(asked: bytes | None, told: bytes | None) -> bool:
    """Whether two versions differ by the weak comparison; silence differs from none."""
    return asked is not None and told is not None and _bare(asked) != _bare(told)


def _bare(version: bytes) -> str:
    tag = version.decode("latin-1").strip().removeprefix("W/").strip('"')
    return _SQUEEZED.sub("", tag)
