"""From a front page to its columns, and from a column to those beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.choice import address_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsroom.article import ListEntry, Page

MOST_COLUMNS = 40
MOST_BESIDE = 10
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
    """The addresses on a front page that look like columns.

    Those whose articles the page itself shows come first.

    Raises:
        PageUnreadable: it is no page to read.
    """
    from page_reading.document import open_document

    document = open_document(page)
    host = urlsplit(page.url).netloc
    resolved = (document.resolve(a.get("href") or "") for a in document.body.iter("a"))
    links = [url for url in resolved if url and urlsplit(url).netloc == host]
    columns = dict.fromkeys(filter(is_column, links))
    articles = [link for link in links if link not in columns]
    ranked = sorted(columns, key=lambda url: -_shown(url, articles))
    return tuple(ranked[:MOST_COLUMNS])


def columns_beside(page: Page) -> tuple[str, ...]:
    """The columns in the same section (``/xwdt/`` and all below), at most ten.

    Raises:
        PageUnreadable: it is no page to read.
    """
    section = _section(page.url)
    if is_front_page(page.url) or not section:
        return ()
    beside = [url for url in find_columns(page) if _section(url) == section]
    return tuple(beside[:MOST_BESIDE])


def _section(url: str) -> str:
    """The first folder of an address, empty at the root of the site."""
    first, _, rest = urlsplit(url).path.lstrip("/").partition("/")
    return first if rest or url.endswith("/") else ""


def is_column(url: str) -> bool:
    """Whether an address has the shape of a column's list."""
    path = urlsplit(url).path
    return bool(_COLUMN.search(path)) and not is_front_page(url)


def is_news_list(entries: Sequence[ListEntry]) -> bool:
    """Whether the rows of a column that nobody named are news: most bear a date."""
    dated = sum(bool(entry.published or address_day(entry.url)) for entry in entries)
    return dated * 2 > len(entries)


def _shown(column: str, articles: Sequence[str]) -> int:
    """How many links of the front page lie in the column's folder."""
    folder = column.rpartition("/")[0] + "/"
    return sum(link.startswith(folder) for link in articles)
