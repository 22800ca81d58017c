"""Rows that stand as JSON inside a script of the page (Hanweb jpaas and kin), or in Nuxt's state."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from newsroom.article import ListEntry
from newsroom.text import clean_text
from page_reading.json_nodes import nodes_of
from page_reading.nuxt_state import nuxt_states
from page_reading.stamps import stated_time

if TYPE_CHECKING:
    from datetime import datetime

    from page_reading.document import Document

_ARRAY = re.compile(r"\[\s*\{\s*\"")
_TAG = re.compile(r"<[^>]+>")
_TITLES = ("title", "doctitle", "subject", "showtitle", "name", "listtitle", "biaoti")
_DATES = ("pubdate", "publishdate", "pubtime", "publishtime", "publishedtimestr", "docreltime", "reltime", "createdate", "createtime", "date", "time", "showtime", "inputtime", "vc_inputtime")  # fmt: skip
_ADDRESSES = (
    "url",
    "link",
    "href",
    "docpuburl",
    "urls",
    "puburl",
    "linkurl",
    "staticurl",
    "articleurl",
)
_MOST_TRIES = 40
_MOST_NODES = 20_000


def rows_in_script(document: Document, now: datetime) -> list[ListEntry]:
    """The longest array of title/address records in the page's scripts, as entries."""
    decoder = json.JSONDecoder()
    text = document.decoded.text
    best: list[ListEntry] = []
    for match in list(_ARRAY.finditer(text))[:_MOST_TRIES]:
        try:
            value, _ = decoder.raw_decode(text, match.start())
        except (ValueError, RecursionError):
            continue
        entries = entries_of(value, document, now)
        if len(entries) > len(best):
            best = entries
    for state in nuxt_states(text):
        arrays = (n for n in nodes_of(state, _MOST_NODES) if isinstance(n, list))
        for records in arrays:
            entries = entries_of(records, document, now)
            if len(entries) > len(best):
                best = entries
    return best


def entries_of(records: Any, document: Document, now: datetime) -> list[ListEntry]:
    """Records with a title and an address as entries, one an address."""
    found: dict[str, ListEntry] = {}
    for record in records if isinstance(records, list) else []:
        if not isinstance(record, dict):
            continue
        known = {str(key).lower(): value for key, value in record.items()}
        title = _first(known, _TITLES)
        address = document.resolve(_address(known))
        if not title or not address:
            continue
        reading = stated_time(_first(known, _DATES), now)
        value = reading.value if reading else None
        entry = ListEntry(address, title, value, bool(reading and reading.has_time))
        found.setdefault(address, entry)
    return list(found.values())


def _first(record: dict[str, Any], keys: tuple[str, ...]) -> str:
    for key in keys:
        value = record.get(key)
        if isinstance(value, str | int) and str(value).strip():
            return clean_text(_TAG.sub("", str(value)))
    return ""


def _address(record: dict[str, Any]) -> str:
    """An address field; jpaas nests it as JSON text: {"pc": "/col/..."}."""
    for key in _ADDRESSES:
        value = record.get(key)
        if isinstance(value, str) and value.lstrip().startswith("{"):
            try:
                value = json.loads(value)
            except ValueError:
                continue
        if isinstance(value, dict):
            value = (
                value.get("pc") or value.get("common") or next(iter(value.values()), "")
            )
        if isinstance(value, str) and value.strip():
            return value.strip()
    return ""
