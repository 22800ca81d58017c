"""The shape of a list API from one answer of it: which fields say what."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from newsroom.dates import read_date
from newsroom.errors import PageUnreadable
from newsroom.posted import parameters_of
from page_reading.charset import decode
from page_reading.list_api import ApiShape, read_list_api

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newsroom.article import Page

_WRAPPED = re.compile(r"^\s*[\w$.]+\s*\(\s*(.*)\)\s*;?\s*$", re.DOTALL)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_PAGE = re.compile(
    r"page|p|pn|pageno|pagenum|pageindex|currentpage|curpage|page_no|page_num|pageid",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"total|totalcount|count|allnums?|totalelements|recordcount|totalnum|rowcount",
    re.IGNORECASE,
)
_TITLE = re.compile(r"title|subject|headline|biaoti", re.IGNORECASE)
_DATE = re.compile(r"date|time|day|shijian|riqi", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?:)?/{1,2}[^\s]+|[\w/-]+\.s?html?")
_DEEPEST = 4
_FEWEST = 3
_LEAST_TITLE = 6


def guess_api_shape(page: Page, templates: Iterable[str] = ()) -> ApiShape | None:
    """How a list API answers, judged by one answer; None when it shows no list.

    ``templates`` are addresses with fields in braces, used where the rows name none.
    """
    answer = _json_of(page)
    for path, rows in sorted(_arrays(answer), key=lambda found: -len(found[1])):
        shape = _shape(page, answer, path, rows, tuple(templates))
        if shape is not None and _reads(page, shape):
            return shape
    return None


def _json_of(page: Page) -> Any:  # noqa: ANN401 - foreign JSON
    text = decode(page.body, page.content_type).text.strip()
    wrapped = _WRAPPED.match(text) if text[:1] not in {"{", "["} else None
    try:
        return json.loads(wrapped[1] if wrapped else text)
    except (ValueError, RecursionError):
        return None


def _arrays(
    value: Any,  # noqa: ANN401 - foreign JSON
    path: str = "",
    depth: int = 0,
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The arrays of at least three records, each with its dotted path."""
    if isinstance(value, list):
        rows = [row for row in value if isinstance(row, dict)]
        if len(rows) >= _FEWEST:
            yield path, rows
    elif isinstance(value, dict) and depth < _DEEPEST:
        for key, inner in value.items():
            yield from _arrays(inner, f"{path}.{key}" if path else key, depth + 1)


def _shape(
    page: Page,
    answer: Any,  # noqa: ANN401 - foreign JSON
    path: str,
    rows: list[dict[str, Any]],
    templates: tuple[str, ...],
) -> ApiShape | None:
    title, date = _title_field(rows), _date_field(page, rows)
    url = _url_field(rows)
    template = "" if url else _template(rows, templates)
    if not title or not (url or template):
        return None
    parameter, first = _page_parameter(page.url)
    return ApiShape(
        rows=path,
        title=title,
        date=date or "date",
        url=url or "url",
        url_template=template,
        page_parameter=parameter,
        first_page=first,
        total=_total(answer, len(rows)),
        page_size=len(rows),
    )


def _reads(page: Page, shape: ApiShape) -> bool:
    try:
        return len(read_list_api(page, shape).entries) >= _FEWEST
    except PageUnreadable:
        return False


def _fields(rows: list[dict[str, Any]]) -> list[str]:
    return list(rows[0])


def _texts(rows: list[dict[str, Any]], field: str) -> list[str]:
    return [str(row[field]) for row in rows if isinstance(row.get(field), str | int)]


def _title_field(rows: list[dict[str, Any]]) -> str | None:
    """The field of Chinese words that is called a title, or differs most and is long."""
    worded = []
    for field in _fields(rows):
        texts = _texts(rows, field)
        chinese = sum(len(_CHINESE.findall(text)) for text in texts) / len(rows)
        if chinese >= _LEAST_TITLE and len(set(texts)) * 2 > len(rows):
            named = _TITLE.search(field) is not None
            worded.append((named, -chinese if named else -abs(chinese - 25), field))
    return max(worded)[2] if worded else None


def _date_field(page: Page, rows: list[dict[str, Any]]) -> str | None:
    for field in sorted(_fields(rows), key=lambda name: not _DATE.search(name)):
        texts = _texts(rows, field)
        read = [text for text in texts if _is_date(page, field, text)]
        if texts and len(read) * 2 > len(rows):
            return field
    return None


def _is_date(page: Page, field: str, text: str) -> bool:
    if text.isdecimal():
        return len(text) in {10, 13} and _DATE.search(field) is not None
    return len(text) <= 40 and read_date(text, now=page.fetched_at) is not None  # noqa: PLR2004 - longer is prose


def _url_field(rows: list[dict[str, Any]]) -> str | None:
    for field in _fields(rows):
        texts = [text for text in _texts(rows, field) if _ADDRESS.fullmatch(text)]
        if len(texts) * 2 > len(rows) and len(set(texts)) * 2 > len(rows):
            return field
    return None


def _template(rows: list[dict[str, Any]], templates: tuple[str, ...]) -> str:
    known = set(_fields(rows))
    return next((t for t in templates if set(re.findall(r"\{(\w+)\}", t)) <= known), "")


def _page_parameter(url: str) -> tuple[str, int]:
    for name, value in parameters_of(url).items():
        if _PAGE.fullmatch(name):
            return name, 0 if value == "0" else 1
    return "", 1


def _total(
    value: Any,  # noqa: ANN401 - foreign JSON
    least: int,
    path: str = "",
    depth: int = 0,
) -> str:
    """The dotted path to a number of all rows."""
    if not isinstance(value, dict) or depth > _DEEPEST:
        return ""
    for key, inner in value.items():
        here = f"{path}.{key}" if path else key
        told = str(inner) if isinstance(inner, int | str) else ""
        if _TOTAL.fullmatch(key) and told.isdecimal() and int(told[:12]) >= least:
            return here
    deeper = (
        _total(inner, least, f"{path}.{key}" if path else key, depth + 1)
        for key, inner in value.items()
    )
    return next(filter(None, deeper), "")
