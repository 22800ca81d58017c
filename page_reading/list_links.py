"""Links of a page that lead to articles, by the shape of addresses already known.

The front page of a site, or of one of its departments, shows many boxes of stories.
One of them is read as the list; the others are known by their addresses: those whose
numbers alone differ from an article's (``/html/917/2021-01-05/content-4343.html``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newsroom.article import ListEntry
from page_reading.document import open_document
from page_reading.flow import read_flow
from page_reading.row_titles import is_button, row_title, words_of_links

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from newsroom.article import Page

_SHORTEST = 2
_NUMBER = re.compile(r"\d+")


def address_shape(url: str) -> str:
    """Host, path and query with every number left open."""
    split = urlsplit(url)
    query = f"?{split.query}" if split.query else ""
    return _NUMBER.sub("#", f"{split.netloc}{split.path}{query}")


def links_like(
    page: Page, shapes: Collection[str], known: Collection[str]
) -> Iterator[ListEntry]:
    """The links whose address has one of these shapes, each once, without dates.

    Args:
        page: a web page.
        shapes: shapes that articles have; one without a number names a single page
            and is passed over.
        known: addresses that are no news.

    Raises:
        PageUnreadable: it is no page to read.
    """
    document = open_document(page)
    told = {shape for shape in shapes if "#" in shape.partition("/")[2]}
    seen = {document.url, *known}
    titles: dict[str, str] = {}
    for link, words in words_of_links(read_flow(document.body)).items():
        address = document.resolve(link.get("href") or "")
        if not address or address in seen or address_shape(address) not in told:
            continue
        title = row_title(link, words)
        if len(title) >= _SHORTEST and not is_button(title):
            titles[address] = max(titles.get(address, ""), title, key=len)
    return (ListEntry(address, title) for address, title in titles.items())
