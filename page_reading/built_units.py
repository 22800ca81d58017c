"""Lists that the family Hanweb jpaas builds on call, and their pages.

A column of ministries, provinces and cities holds no list but a script element that
names the call and what it asks for::

    <script src="…/unitbuild.js" url="/api-gateway/jpaas-publish-server/front/page/build/unit"
            queryData="{'webId':'8d82…','pageId':'ca51…','tagId':'右侧内容'}"></script>

The answer is markup wrapped in JSON (``html_answers``). Its pages are turned by
``paramJson={"pageNo":2,"pageSize":15}``, or by ``pageNo`` and ``pageSize`` themselves.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from newsroom.posted import parameters_of, with_parameter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from page_reading.document import Document

_UNIT = "/page/build/unit"
_PAIR = re.compile(r"[\"']([A-Za-z_]\w{0,40})[\"']\s*:\s*[\"']([^\"']{0,200})[\"']")
_NESTED = "paramJson"
_NUMBER, _SIZE = "pageNo", "pageSize"
_ROWS = 15
_FEW_DIGITS = 6


def unit_calls(document: Document) -> Iterator[str]:
    """The addresses by which a page has its lists built, for their first pages."""
    for element in document.root.iter("script", "div"):
        asked = element.get("querydata") or element.get("queryData") or ""
        address = document.resolve(element.get("url") or "") if asked else None
        fields = dict(_PAIR.findall(asked))
        if address and fields:
            fields.setdefault(_NESTED, _pages(1, _ROWS))
            yield f"{address}?{urlencode(fields)}"


def next_unit(url: str, rows: int) -> str | None:
    """The address of a built list's next page; None behind one that is not full.

    Args:
        url: the address that gave the list.
        rows: how many rows it gave.
    """
    if not is_unit(url):
        return None
    told = parameters_of(url)
    nested = _read(told.get(_NESTED, ""))
    number, size = (
        _whole((nested or told).get(_NUMBER)),
        _whole((nested or told).get(_SIZE)),
    )
    if not number or not size or rows < size:
        return None
    if nested:
        return with_parameter(url, _NESTED, _pages(number + 1, size))
    return with_parameter(url, _NUMBER, str(number + 1))


def is_unit(url: str) -> bool:
    """Whether an address is a call that builds a list."""
    return urlsplit(url).path.endswith(_UNIT)


def _pages(number: int, size: int) -> str:
    return json.dumps({_NUMBER: number, _SIZE: str(size)}, separators=(",", ":"))


def _read(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _whole(value: Any) -> int:  # noqa: ANN401 - foreign JSON
    text = str(value)
    return int(text) if text.isdecimal() and len(text) <= _FEW_DIGITS else 0
