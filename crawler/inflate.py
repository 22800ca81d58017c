"""Taking answers out of gzip or deflate, within bounds and to the end.

Scrapy's own part passes a truncated gzip body as good; here a body that does not end
is broken, and what is packed twice or in a way we did not ask for is refused.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from scrapy.http import Response
from scrapy.responsetypes import responsetypes

from crawler.guard import Refused
from newsroom.source import FaultClass

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

ACCEPTED = b"gzip, deflate"
_GZIP = 31


class Inflate:
    """Asks for gzip, and unpacks it up to the largest size of a page."""

    def __init__(self, largest: int) -> None:
        self._largest = largest

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Inflate:
        """Scrapy's way to make a part."""
        return cls(crawler.settings.getint("DOWNLOAD_MAXSIZE"))

    def process_request(self, request: Request) -> None:
        """Say which packing we understand."""
        if not request.meta.get("robots"):  # its first half could not be unpacked
            request.headers[b"Accept-Encoding"] = ACCEPTED

    def process_response(self, request: Request, response: Response) -> Response:
        """The answer with its body unpacked.

        Raises:
            Refused: the body is damaged, too large, or packed in another way.
        """
        codings = [
            part.strip().lower()
            for value in response.headers.getlist(b"Content-Encoding")
            for part in value.split(b",")
            if part.strip().lower() not in {b"", b"identity"}
        ]
        if not codings or not response.body:
            return response
        largest = request.meta.get("download_maxsize") or self._largest
        body = _unpack(response, codings, largest)
        del response.headers[b"Content-Encoding"]
        kind = responsetypes.from_args(
            headers=response.headers, url=response.url, body=body
        )
        unpacked: Response = response.replace(cls=kind, body=body)
        return unpacked


def _unpack(response: Response, codings: list[bytes], largest: int) -> bytes:
    if len(codings) > 1 or codings[0] not in {b"gzip", b"x-gzip", b"deflate"}:
        names = b", ".join(codings).decode("latin-1")[:60]
        raise _bad(response.url, f"压缩方式 {names} 不认识")
    for wbits in (
        (_GZIP,) if b"gzip" in codings[0] else (zlib.MAX_WBITS, -zlib.MAX_WBITS)
    ):
        decoder = zlib.decompressobj(wbits)
        try:
            body = decoder.decompress(response.body, largest + 1)
        except zlib.error:
            continue
        if len(body) > largest:
            raise Refused(
                FaultClass.TOO_LARGE,
                f"网页解压后超过 {largest >> 20} MB，没有读取：{response.url[:150]}",
            )
        if decoder.eof and not decoder.unused_data.startswith(b"\x1f\x8b"):
            return body
    raise _bad(response.url, "解压失败或不完整")


def _bad(url: str, reason: str) -> Refused:
    return Refused(
        FaultClass.BAD_BODY, f"网页内容损坏（{reason}），没有采用：{url[:150]}"
    )
