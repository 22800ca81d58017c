"""From a front page to its columns, where a source names none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from page_reading.document import open_document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsroom.article import ListEntry, Page

MOST_COLUMNS = 30
_FRONT = re.compile(r"/?(?:(?:index|default|main|home)\.\w{2,5})?", re.IGNORECASE)
# Lists of the Chinese content systems end in a folder, index, list, channel or column.
_COLUMN = re.compile(
    r"(?:/|/index(?:[_-]?\d+)?\.\w{3,5}|/[\w-]*(?:list|col|channel|node|category)"
    r"[\w-]*(?:/[\w-]*)?(?:\.\w{3,5})?)\Z",
    re.IGNORECASE,
)


def is_front_page(url: str) -> bool:
    """Whether an address is that of a whole site."""
    return bool(_FRONT.fullmatch(urlsplit(url).path))


def find_columns(page: Page) -> tuple[str, ...]:
    """The addresses on a front page that look like columns, in its order.

    Raises:
        PageUnreadable: it is no page to read.
    """
    document = open_document(page)
    host = urlsplit(page.url).netloc
    found = (document.resolve(a.get("href") or "") for a in document.body.iter("a"))
    columns = [
        url for url in found if url and urlsplit(url).netloc == host and is_column(url)
    ]
    return tuple(dict.fromkeys(columns))[:MOST_COLUMNS]


def is_column(url: str) -> bool:
    """Whether an address has the shape of a column's list."""
    path = urlsplit(url).path
    return bool(_COLUMN.search(path)) and not is_front_page(url)


def is_news_list(entries: Sequence[ListEntry]) -> bool:
    """Whether the rows of a column that nobody named are news: most bear a date."""
    dated = sum(entry.published is not None for entry in entries)
    return dated * 2 > len(entries)
