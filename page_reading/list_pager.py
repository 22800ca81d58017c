"""The next page of a list: a link that says so, or the call that draws the pager."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from page_reading.document import words_of
from page_reading.layout import Layout, select
from page_reading.opened_links import called_address

if TYPE_CHECKING:
    from lxml.etree import _Element

    from page_reading.document import Document

_NEXT = re.compile(
    r"^[\s\[【(（<«‹]*(?:下\s*一?\s*页|后\s*一?\s*页|next(?:\s*page)?|较旧(?:的?文章)?|older(?:\s*posts)?|>|›|»|>>|下一页\s*[>»›]*)[\s\]】)）>»›]*$",
    re.IGNORECASE,
)
# TRS WCM and its heirs: createPageHTML(pages, current, "index", "html"), counted from 0;
# newer ones put the holder's id first and the total last, and count from 1.
_CALL = re.compile(r"(?<!function )\bcreate\w*Page\w*\s*\(([^()]{5,200})\)\s*;?")
_ARGUMENT = re.compile(r"[\"']([^\"']*)[\"']|(-?\d+)")
_EXTENSIONS = frozenset({"html", "htm", "shtml", "jhtml", "jsp", "aspx", "php"})
_CURRENT = re.compile(r"\b(?:cur\w*|active|on|selected|thispage)\b", re.IGNORECASE)
_PAGE_ATTRIBUTES = ("href", "tagname", "data-href", "data-url")


def find_next_list(document: Document, layout: Layout | None = None) -> str | None:
    """The address of the next list page, None on the last one."""
    for element in select(document.root, layout.list_next) if layout else []:
        found = _target(document, element)
        if found:
            return found
    return (
        _linked(document)
        or _called(document)
        or _counted(document)
        or _numbered(document)
    )


def _target(document: Document, link: _Element) -> str | None:
    for name in _PAGE_ATTRIBUTES:
        address = document.resolve(link.get(name) or "")
        if address and address != document.url.split("#")[0]:
            return address
    called = called_address(link.get("onclick") or link.get("href") or "")
    return document.resolve(called) if called else None


def _linked(document: Document) -> str | None:
    for link in document.root.iter("link"):
        if (link.get("rel") or "").lower() == "next":
            return _target(document, link)
    for link in document.body.iter("a"):
        words = words_of(link).strip() or (link.get("title") or "").strip()
        declared = "next" in (link.get("rel") or "").lower().split()
        if declared or (len(words) <= 12 and _NEXT.match(words)):  # noqa: PLR2004 - the words of a button
            found = _target(document, link)
            if found:
                return found
    return None


def _called(document: Document) -> str | None:
    for match in _CALL.finditer(document.decoded.text):
        found = _from_call(match[1])
        if found:
            return document.resolve(found)
    return None


def _from_call(arguments: str) -> str | None:
    words = [word for word, _ in _ARGUMENT.findall(arguments) if word]
    numbers = [int(number) for _, number in _ARGUMENT.findall(arguments) if number]
    named = next((i for i, word in enumerate(words) if word in _EXTENSIONS), 0)
    if not named or len(numbers) < 2:  # noqa: PLR2004 - pages and current
        return None
    pages, current = numbers[0], numbers[1]
    counts_from_zero = words[0] == words[named - 1] or current == 0
    last = pages - 1 if counts_from_zero else pages
    if current >= last:
        return None
    return f"{words[named - 1]}_{current + 1}.{words[named]}"


def _counted(document: Document) -> str | None:
    """Hanweb jcms: the page number in the address, the last one in the data island."""
    total = _TOTAL_PAGES.search(document.decoded.text)
    here = _PAGE_NUMBER.search(document.url)
    if not total or not here or int(here[2]) >= int(total[1]):
        return None
    return _PAGE_NUMBER.sub(f"{here[1]}{int(here[2]) + 1}", document.url)


_TOTAL_PAGES = re.compile(r"<totalpage>\s*(\d{1,5})\s*</totalpage>", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"([?&]pageNum=)(\d{1,5})", re.IGNORECASE)


def _numbered(document: Document) -> str | None:
    """A row of page numbers: the link behind the one that is no link."""
    links = [
        link for link in document.body.iter("a") if words_of(link).strip().isdecimal()
    ]
    for link, following in pairwise(links):
        here, there = (words_of(x).strip() for x in (link, following))
        if int(there[:6]) == int(here[:6]) + 1 and _is_current(document, link):
            return _target(document, following)
    if links and words_of(links[0]).strip() == "2":
        return _target(document, links[0])
    return None


def _is_current(document: Document, link: _Element) -> bool:
    if _CURRENT.search(link.get("class") or ""):
        return True
    href = link.get("href") or ""
    return bool(href) and document.resolve(href) == document.url.split("#")[0]
