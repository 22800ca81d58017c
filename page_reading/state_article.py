"""An article that stands only in the data of a page's scripts, as portals' apps have it.

Families: Next (``__NEXT_DATA__``), the states that Vue and React pages hand to their
scripts (``window.__INITIAL_STATE__`` and kin), ``JSON.parse("…")``, 头条's
``RENDER_DATA`` (percent-encoded), Nuxt (``nuxt_state``). Nothing is run: a record that has a headline and a long
text is written out as a plain page, and that page is read like any other.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from html import escape, unescape
from itertools import chain
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from newsroom.text import clean_text
from page_reading.json_nodes import nodes_of
from page_reading.names import cut_names, is_person
from page_reading.nuxt_state import nuxt_states
from page_reading.stamps import stated_time

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from newsroom.article import Page
    from page_reading.document import Document

_TITLES = (
    "title",
    "articletitle",
    "newstitle",
    "doctitle",
    "headline",
    "subject",
    "listtitle",
)
_TEXTS = (
    "content",
    "contents",
    "body",
    "html",
    "text",
    "detail",
    "txt",
    "articlecontent",
    "newscontent",
    "dochtmlcon",
    "contenthtml",
    "htmlcontent",
    "contenttxt",
    "articlebody",
)
_TIMES = (
    "publishtime",
    "publishdate",
    "publishedat",
    "publishat",
    "pubtime",
    "pubdate",
    "publish_time",
    "publish_date",
    "pub_time",
    "pub_date",
    "datepublished",
    "releasetime",
    "ptime",
    "docreltime",
    "issuetime",
)
_SOURCES = (
    "source",
    "sourcename",
    "source_name",
    "contentsource",
    "origin",
    "articlesource",
    "media",
    "medianame",
    "docsourcename",
    "copyfrom",
)
_AUTHORS = ("author", "authors", "authorname", "author_name", "reporter", "writer", "docauthor")  # fmt: skip
_STARTS = re.compile(
    r"<script[^<>]{0,200}?\btype=[\"']?application/json[^<>]{0,200}>\s*|(?<![\w$.])(?:window\.|var |let |const )[\w$.]+\s*=\s*(?=[{\[])|\bJSON\.parse\(\s*(?=\")"
)
_MOST_STARTS = 24
_MOST_NODES = 20_000
_LONGEST_STATE = 3_000_000
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_LEAST = 40  # Chinese characters: shorter is a summary
_LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class _Record:
    title: str
    text: str
    fields: dict[str, Any]


def state_page(page: Page, document: Document) -> Page | None:
    """The article of the page's data as a plain page, None where there is none.

    Of several records only one whose headline the title element knows is taken.
    """
    records = [
        record
        for value in chain(
            _values(document.decoded.text), nuxt_states(document.decoded.text)
        )
        for record in _records(value)
    ]
    known = [one for one in records if one.title in document.title]
    if not known and len({one.title for one in records}) != 1:
        return None  # a list whose stories bring their texts along
    best = max(known or records, key=lambda one: len(one.text))
    return replace(
        page,
        body=_written(best, page.fetched_at).encode("utf-8", "replace"),
        content_type="text/html; charset=utf-8",
    )


def _values(text: str) -> Iterator[Any]:
    decoder = json.JSONDecoder()
    for number, match in enumerate(_STARTS.finditer(text)):
        if number >= _MOST_STARTS:
            return
        state = text[match.end() : match.end() + _LONGEST_STATE]
        if state[:3].upper() in {"%7B", "%5B"}:
            state = unquote(state.partition("<")[0])
        try:
            value, _ = decoder.raw_decode(state)
            yield json.loads(value) if isinstance(value, str) else value
        except (ValueError, RecursionError):
            continue


def _records(value: Any) -> Iterator[_Record]:  # noqa: ANN401 - foreign JSON
    """The records with a headline and a long Chinese text, at any depth."""
    for node in nodes_of(value, _MOST_NODES):
        if isinstance(node, dict):
            record = _record({str(key).lower(): inner for key, inner in node.items()})
            if record:
                yield record


def _record(fields: dict[str, Any]) -> _Record | None:
    title = clean_text(re.sub(r"<[^<>]+>", "", _first(fields, _TITLES)))
    texts = (fields.get(name) for name in _TEXTS)
    text = max((one for one in texts if isinstance(one, str)), key=len, default="")
    if not title or len(title) > _LONGEST_TITLE or len(_CHINESE.findall(text)) < _LEAST:
        return None
    return _Record(title, text, fields)


def _first(fields: dict[str, Any], names: tuple[str, ...]) -> str:
    for name in names:
        value = fields.get(name)
        if isinstance(value, str | int) and not isinstance(value, bool):
            text = clean_text(str(value))
            if text:
                return text
    return ""


def _written(record: _Record, now: datetime) -> str:
    """The record as a page: headline, info line, text."""
    title = escape(record.title)
    return (
        f"<html><head><title>{title}</title></head><body><h1>{title}</h1>"
        f"<p>{escape('　'.join(_info(record.fields, now)))}</p><div>{_markup(record.text)}</div></body></html>"
    )


def _info(fields: dict[str, Any], now: datetime) -> Iterator[str]:
    at = stated_time(_first(fields, _TIMES), now)
    if at and not at.leans_on_clock:
        shown = "%Y-%m-%d %H:%M:%S" if at.has_time else "%Y-%m-%d"
        yield f"发布时间：{at.value:{shown}}"
    source = _first(fields, _SOURCES)
    if source:
        yield f"来源：{source}"
    people = cut_names(_first(fields, _AUTHORS))  # a login name is no author
    if people and all(map(is_person, people)):
        yield f"作者：{'、'.join(people)}"


def _markup(text: str) -> str:
    if "<" not in text and "&lt;" in text:
        text = unescape(text)
    if "<" in text:
        return text
    return "".join(f"<p>{escape(line)}</p>" for line in text.splitlines())
