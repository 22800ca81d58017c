"""List calls that answer with markup wrapped in JSON.

Family: Hanweb jpaas (``…/front/page/build/unit``: ``{"data": {"html": "<ul>…"}}``), as
ministries and provinces have it, and kin.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from page_reading.charset import decode
from page_reading.document import MAX_BYTES
from page_reading.json_nodes import nodes_of

if TYPE_CHECKING:
    from newsroom.article import Page

_FEWEST = 3
_MOST_NODES = 2_000


def unwrapped(page: Page) -> Page:
    """The page that a JSON answer holds as text; the page itself where it is none."""
    start = page.body[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith(b"{") or len(page.body) > MAX_BYTES:
        return page
    try:
        answer = json.loads(decode(page.body, page.content_type).text)
    except (ValueError, RecursionError):
        return page
    texts = (n for n in nodes_of(answer, _MOST_NODES) if isinstance(n, str))
    markup = max(texts, key=_links, default="")
    if _links(markup) < _FEWEST:
        return page
    html = f"<html><body>{markup}</body></html>"
    return replace(
        page,
        body=html.encode("utf-8", "replace"),
        content_type="text/html; charset=utf-8",
    )


def _links(text: str) -> int:
    return text.count("<a ")
