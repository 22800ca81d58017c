"""List pages: the rows of a column, with address, title in full, and date."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsroom.article import ListEntry, ListPage, Page
from newsroom.dates import DateReading
from newsroom.errors import PageUnreadable
from page_reading.built_units import next_unit
from page_reading.document import Document, open_document, parse_html
from page_reading.html_answers import unwrapped
from page_reading.layout import Layout, select
from page_reading.list_pager import find_next_list
from page_reading.list_rows import (
    Row,
    address_of,
    bears_day,
    best_rows,
    is_column_address,
    is_dead,
    lies_elsewhere,
    lies_in_folder,
    read_row,
)
from page_reading.list_script import rows_in_script
from page_reading.opened_links import open_links

if TYPE_CHECKING:
    from datetime import datetime

_WRAPPED = re.compile(r"<!--(.*?)-->|<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_LINK = re.compile(r"<a\s", re.IGNORECASE)
_FEWEST = 3
_MENU_WORD = 9


def read_list(page: Page, layout: Layout | None = None) -> ListPage:
    """The rows of a list page, one an address, and the next page's address.

    A page whose rows all lead nowhere gives no entries, their number, and the next
    page; so paging goes on behind it.

    Raises:
        PageUnreadable: it is a barrier, no HTML, or holds no list.
    """
    document = open_document(unwrapped(page))
    open_links(document.body)
    now = page.fetched_at
    rows = _laid_out(document, layout, now) or _found(document, layout, now)
    next_page = find_next_list(document, layout) or next_unit(page.url, len(rows))
    if not rows and next_page is None:
        raise PageUnreadable(page.url, "没有找到文章列表")
    alive = [row for row in rows if not is_dead(row.address)]
    entries = tuple(map(_entry, alive))
    return ListPage(page.url, entries, next_page, len(rows) - len(alive))


def _laid_out(document: Document, layout: Layout | None, now: datetime) -> list[Row]:
    """The rows that the site's own file points to."""
    if layout is None or not layout.list_rows:
        return []
    rows: dict[str, Row] = {}
    for element in select(document.root, layout.list_rows):
        pointed = select(element, layout.list_link)
        links = pointed or (
            [element] if element.tag == "a" else list(element.iter("a"))
        )
        known = [(link, address_of(document, link, layout)) for link in links]
        alive = [(link, address) for link, address in known if address]
        if alive:
            dated = select(element, layout.list_date)
            row = read_row(element, alive, now, dated[0] if dated else None)
            rows.setdefault(row.address, row)
    return list(rows.values())


def _found(document: Document, layout: Layout | None, now: datetime) -> list[Row]:
    """The visible list; where none looks like news, the one a script would draw."""
    rows = best_rows(document, document.body, layout, now)
    if _looks_like_news(rows) and not lies_elsewhere(document.url, rows):
        return rows
    hidden = max(
        (_written(document, now), _unwrapped(document, layout, now)), key=_dated
    )
    if _looks_like_news(rows):  # a box of another column beside the hidden list
        ours = len(hidden) > len(rows) and lies_in_folder(document.url, hidden)
        return hidden if ours and _looks_like_news(hidden) else rows
    if _dated(hidden) > _dated(rows) or (not _dated(rows) and len(hidden) > len(rows)):
        return hidden
    return rows if _has_titles(rows) else []


def _written(document: Document, now: datetime) -> list[Row]:
    """Rows that stand as JSON inside a script."""
    rows = []
    for entry in rows_in_script(document, now):
        at = entry.published
        date = DateReading(at, entry.has_time, "full") if at else None
        rows.append(Row(document.body, entry.url, entry.title, date))
    return rows


def _unwrapped(document: Document, layout: Layout | None, now: datetime) -> list[Row]:
    """Rows that a script unwraps.

    From a comment (Gansu family), or record by record from a data island (Hanweb jcms:
    a script of type text/xml with CDATA).
    """
    parts = (m[1] or m[2] or "" for m in _WRAPPED.finditer(document.decoded.text))
    rows = [part for part in parts if _LINK.search(part)]
    if sum(len(_LINK.findall(row)) for row in rows) < _FEWEST:
        return []
    root = parse_html(document.url, "<body><div>" + "\n".join(rows) + "</div>")
    return best_rows(document, root, layout, now)


def _dated(rows: list[Row]) -> int:
    return sum(row.date is not None for row in rows)


def _looks_like_news(rows: list[Row]) -> bool:
    return len(rows) >= _FEWEST and _dated(rows) * 2 >= len(rows)


def _has_titles(rows: list[Row]) -> bool:
    """Undated rows are a list when they bear titles; short names are navigation."""
    if _dated(rows):
        return True
    if sum(is_column_address(row.address) for row in rows) * 2 > len(rows):
        return False
    if sum(bears_day(row.address) for row in rows) * 2 > len(rows) >= 2 * _FEWEST:
        return True  # a picture column: short names below the pictures
    lengths = sorted(len(row.title) for row in rows)
    return bool(lengths) and lengths[len(lengths) // 2] >= _MENU_WORD


def _entry(row: Row) -> ListEntry:
    if row.date is None:
        return ListEntry(row.address, row.title)
    return ListEntry(row.address, row.title, row.date.value, row.date.has_time)
