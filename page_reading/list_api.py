"""Lists that a CMS gives as JSON or JSONP: one declared shape, one reader."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from newsroom.article import ListEntry, ListPage, Page
from newsroom.errors import PageUnreadable
from newsroom.posted import parameters_of, with_parameter
from newsroom.text import clean_text
from page_reading.charset import decode
from page_reading.document import MAX_BYTES, resolve_link
from page_reading.stamps import stated_time

if TYPE_CHECKING:
    from datetime import datetime

_JSONP = re.compile(
    r"^\s*(?:/\*.*?\*/\s*)?(?:try\s*\{\s*)?[\w$.]+\s*\(\s*(.*)\)\s*;?\s*(?:\}\s*catch.*)?$",
    re.DOTALL,
)
_FIELD = re.compile(r"\{(\w+)\}")
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class ApiShape:
    """How a list API answers.

    Attributes:
        rows: dotted path to the array of rows, e.g. ``data.list``; empty when the
            answer itself is the array.
        title: field of the title.
        date: field of the date.
        url: field of the article's address; or use ``url_template``.
        url_template: address with fields in braces, e.g.
            ``http://www.example.gov.cn/show.html?aid=10&id={n_id}``.
        page_parameter: the parameter, of the query or of what is posted, that holds the
            page number; empty: one page.
        first_page: the number of the first page.
        total: dotted path to the number of all rows, empty when not given.
        page_size: rows a page, used with ``total``.
    """

    rows: str = ""
    title: str = "title"
    date: str = "date"
    url: str = "url"
    url_template: str = ""
    page_parameter: str = "page"
    first_page: int = 1
    total: str = ""
    page_size: int = 20


def read_list_api(page: Page, shape: ApiShape) -> ListPage:
    """The rows of a JSON or JSONP answer, and the address of the next page.

    Raises:
        PageUnreadable: the answer is no JSON, or has no rows where the shape says.
    """
    answer = _answer(page)
    rows = _at(answer, shape.rows)
    if not isinstance(rows, list):
        raise PageUnreadable(page.url, f"列表接口的回答里没有 {shape.rows or '数组'}")
    entries: dict[str, ListEntry] = {}
    for row in rows:
        entry = _entry(row, page, shape) if isinstance(row, dict) else None
        if entry:
            entries.setdefault(entry.url, entry)
    return ListPage(
        page.url, tuple(entries.values()), _next(page.url, answer, shape, len(rows))
    )


def _answer(page: Page) -> Any:
    if len(page.body) > MAX_BYTES:
        raise PageUnreadable(page.url, "列表接口的回答太大")
    text = decode(page.body, page.content_type).text.strip()
    wrapped = _JSONP.match(text) if text[:1] not in {"{", "["} else None
    try:
        return json.loads(wrapped[1] if wrapped else text)
    except (ValueError, RecursionError) as error:
        raise PageUnreadable(page.url, "列表接口的回答不是 JSON") from error


def _at(value: Any, path: str) -> Any:
    for step in filter(None, path.split(".")):
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value


def _entry(row: dict[str, Any], page: Page, shape: ApiShape) -> ListEntry | None:
    title = clean_text(_TAG.sub("", str(_at(row, shape.title) or "")))
    address = _address(row, page.url, shape)
    if not title or not address:
        return None
    published, has_time = _date(_at(row, shape.date), page.fetched_at)
    return ListEntry(address, title, published, has_time)


def _address(row: dict[str, Any], base: str, shape: ApiShape) -> str | None:
    if not shape.url_template:
        value = _at(row, shape.url)
        return resolve_link(base, value) if isinstance(value, str) else None
    fields = _FIELD.findall(shape.url_template)
    if any(row.get(name) in {None, ""} for name in fields if not isinstance(row.get(name), dict | list)):  # fmt: skip
        return None
    return resolve_link(
        base, _FIELD.sub(lambda m: quote(str(row[m[1]]), safe=""), shape.url_template)
    )


def _date(value: Any, now: datetime) -> tuple[datetime | None, bool]:
    """A date field: text, or epoch seconds or milliseconds."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(int(value))
    if not isinstance(value, str):
        return None, False
    reading = stated_time(value.strip(), now)
    return (reading.value, reading.has_time) if reading else (None, False)


def _next(url: str, answer: Any, shape: ApiShape, count: int) -> str | None:
    if not shape.page_parameter or not count:
        return None
    stated = parameters_of(url).get(shape.page_parameter, "")
    current = int(stated[:9]) if stated.isdecimal() else shape.first_page
    total = str(_at(answer, shape.total) if shape.total else "")
    if total.isdecimal():
        pages = ceil(int(total) / max(1, shape.page_size))
        if current - shape.first_page + 1 >= pages:
            return None
    elif count < shape.page_size:
        return None
    return with_parameter(url, shape.page_parameter, str(current + 1))
