"""What a page offers to whoever looks for a source: feeds, columns, list calls.

Only reading: what is offered may be asked for by the caller, politely. Families: feed
autodiscovery (``rel=alternate``), the breadcrumb line of Chinese sites (当前位置), and
the jQuery, fetch and axios calls by which a page draws its list.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from newsroom.text import clean_text
from page_reading.built_units import unit_calls
from page_reading.charset import decode
from page_reading.document import Document, open_document, words_of
from page_reading.post_calls import find_post_calls

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

    from newsroom.article import Page

_FEED_KIND = re.compile(r"application/(?:rss|atom|rdf)\+xml", re.IGNORECASE)
_FEED_LINK = re.compile(
    r"(?:^|[/.?=_-])(?:rss|atom|feed)(?:$|[/.?&=_-])", re.IGNORECASE
)
_TRAIL = re.compile(r"(?:当前|现在|您的?|你的?|所在)(?:的|所在)?\s*位置|位置\s*[：:]")
_TRAIL_LENGTH = 120
_LONGEST_NAME = 14
_CALL = re.compile(
    r"(?:\$|jQuery|axios|http|request)?\.?\b(getJSON|get|ajax|fetch|axios|open)\s*\(\s*"
    r"(?:[\"']GET[\"']\s*,\s*)?(\{|(?=[\"']))",
    re.IGNORECASE,
)
_REACH = 900
_PIECE = re.compile(r"\s*(?:\"([^\"\n]*)\"|'([^'\n]*)'|([\w$.\[\]()]+))\s*(\+)?")
_URL_KEY = re.compile(r"\burl\s*:\s*")
_FIELD = re.compile(
    r"[\"']?([A-Za-z_]\w*)[\"']?\s*:\s*(?:[\"']([^\"']*)[\"']|(\d+)|([\w$.]+))"
)
_DATA = re.compile(r"\b(?:data|params)\s*:\s*\{([^{}]{0,400})\}")
_POST = re.compile(r"\b(?:type|method)\s*:\s*[\"']post[\"']", re.IGNORECASE)
_JSONP = re.compile(r"dataType\s*:\s*[\"']jsonp[\"']", re.IGNORECASE)
_JSONP_NAME = re.compile(r"\bjsonp\s*:\s*[\"'](\w+)[\"']")
_TEMPLATE = re.compile(
    r"[\"']([^\"'\n]{1,200})[\"']\s*\+\s*(?:\w+(?:\[\w+\])?\.)+(\w+)\s*(?:\+\s*[\"']([^\"'\n]{0,100})[\"'])?"
)
_ADDRESS_END = re.compile(r"(?:href\s*=\s*[\\\"']*)?((?:https?:/)?/[^\s\"'<>]*)\Z")
_ADDRESS_START = re.compile(r"\A[^\s\"'<>\\]*")
_NUMBERS = re.compile(r"\d+")
_MOST_CALLS = 8
_MOST_POSTS = 2
_MOST_FEEDS = 6
_MOST_SCRIPTS = 4
_LIBRARY = re.compile(
    r"jquery|bootstrap|swiper|vue(?:\.|-)|axios|layui|layer|echarts|slick|superslide|polyfill"
    r"|html5shiv|respond|modernizr|analytics|hm\.js|stat\.js|share|require|angular|react",
    re.IGNORECASE,
)
_AGREEING = 0.6


@dataclass(frozen=True, slots=True)
class Offer:
    """An address that a page names, and what the page calls it (may be empty)."""

    url: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Offers:
    """What a page offers.

    Attributes:
        title: the words of its title element.
        site: the site's name by its meta elements, empty where none is given.
        feeds: feeds that it declares or links to, the declared ones first.
        trail: the columns of its breadcrumb line, the nearest first.
        names: short link words by address, for naming columns.
        calls: list APIs that its scripts call.
        templates: addresses that its scripts put together, fields in braces.
        posted: whether a script asks by POST.
        posts: list APIs that its scripts ask by POST (addresses of newsroom.posted).
        scripts: script files that may draw its list; well-known libraries left out.
    """

    title: str
    site: str = ""
    feeds: tuple[Offer, ...] = ()
    trail: tuple[Offer, ...] = ()
    names: tuple[Offer, ...] = ()
    calls: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()
    posted: bool = False
    posts: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()


def find_offers(page: Page) -> Offers:
    """What a web page offers.

    Raises:
        PageUnreadable: it is no page to read.
    """
    document = open_document(page)
    text = document.decoded.text
    return Offers(
        title=document.title,
        site=document.meta("sitename", "og:site_name") or "",
        feeds=tuple(_feeds(document)),
        trail=tuple(_trail(document)),
        names=tuple(_names(document)),
        calls=tuple(dict.fromkeys([*unit_calls(document), *_calls(text, document)]))[
            :_MOST_CALLS
        ],
        templates=tuple(dict.fromkeys(_templates(text))),
        posted=_POST.search(text) is not None,
        posts=tuple(dict.fromkeys(find_post_calls(text, document.resolve)))[
            :_MOST_POSTS
        ],
        scripts=tuple(dict.fromkeys(_scripts(document)))[:_MOST_SCRIPTS],
    )


def with_scripts(offers: Offers, page: Page, scripts: Iterable[Page]) -> Offers:
    """The offers of a page together with those of its script files.

    A script's relative addresses start from the page, as in a browser.

    Raises:
        PageUnreadable: the page is no page to read.
    """
    document = open_document(page)
    texts = [decode(one.body, one.content_type).text for one in scripts]
    calls = [*offers.calls, *(c for text in texts for c in _calls(text, document))]
    posts = [
        *offers.posts,
        *(p for text in texts for p in find_post_calls(text, document.resolve)),
    ]
    templates = [*offers.templates, *(t for text in texts for t in _templates(text))]
    return replace(
        offers,
        calls=tuple(dict.fromkeys(calls))[:_MOST_CALLS],
        templates=tuple(dict.fromkeys(templates)),
        posts=tuple(dict.fromkeys(posts))[:_MOST_POSTS],
        posted=offers.posted or any(_POST.search(text) for text in texts),
    )


def address_pattern(urls: Iterable[str]) -> str | None:
    """The regex that most of these addresses share, numbers left open; None if none."""
    shapes = Counter(
        "".join(r"\d+" if part.isdecimal() else re.escape(part) for part in _parts(url))
        for url in urls
    )
    if not shapes:
        return None
    shape, count = shapes.most_common(1)[0]
    return f"{shape}$" if count >= _AGREEING * shapes.total() else None


def _parts(url: str) -> list[str]:
    split = urlsplit(url)
    path = split.path + (f"?{split.query}" if split.query else "")
    return [part for part in re.split(r"(\d+)", path) if part]


def _feeds(document: Document) -> Iterator[Offer]:
    found: dict[str, Offer] = {}
    for link in document.root.iter("link"):
        if _FEED_KIND.match(link.get("type") or ""):
            url = document.resolve(link.get("href") or "")
            if url:
                found.setdefault(url, Offer(url, clean_text(link.get("title") or "")))
    for link in document.body.iter("a"):
        url = document.resolve(link.get("href") or "")
        if url and _FEED_LINK.search(urlsplit(url).path):
            found.setdefault(url, Offer(url, clean_text(words_of(link))))
    yield from list(found.values())[:_MOST_FEEDS]


def _trail(document: Document) -> Iterator[Offer]:
    """The links of 「当前位置：首页 > 新闻 > 基层动态」, from the last to the first."""
    for element in document.body.iter("*"):
        words = words_of(element)
        if len(words) > _TRAIL_LENGTH or not _TRAIL.search(words):
            continue
        links = list(_offers_of(document, element.iter("a")))
        if links:
            yield from reversed(links)
            return


def _names(document: Document) -> Iterator[Offer]:
    for offer in _offers_of(document, document.body.iter("a")):
        if 1 < len(offer.name) <= _LONGEST_NAME:
            yield offer


def _offers_of(document: Document, links: Iterable[_Element]) -> Iterator[Offer]:
    seen = set()
    for link in links:
        url = document.resolve(link.get("href") or "")
        if url and url not in seen:
            seen.add(url)
            yield Offer(url, clean_text(words_of(link)))


def _scripts(document: Document) -> Iterator[str]:
    """Script files that are the site's own work by their names."""
    for script in document.root.iter("script"):
        url = document.resolve(script.get("src") or "")
        if url and not _LIBRARY.search(urlsplit(url).path.rpartition("/")[2]):
            yield url


def _calls(text: str, document: Document) -> Iterator[str]:
    for match in _CALL.finditer(text):
        reach = text[match.end() : match.end() + _REACH]
        if match[2] == "{":
            if _POST.search(reach.split("success", 1)[0]):
                continue
            key = _URL_KEY.search(reach)
            if key is None:
                continue
            address = _joined(reach[key.end() :])
            address = _with_query(address, _query(reach)) if address else None
        else:
            address = _joined(reach)
        resolved = document.resolve(address) if address else None
        if resolved and resolved != document.url:
            yield resolved


def _joined(text: str) -> str | None:
    """The address of ``"/list?page=" + page + "&n=20"``: names stand for 1."""
    built, at = "", 0
    while match := _PIECE.match(text, at):
        literal = match[1] if match[1] is not None else match[2]
        built += literal if literal is not None else "1"
        at = match.end()
        if not match[4]:
            break
    return built if "/" in built or "?" in built else None


def _query(reach: str) -> dict[str, str]:
    """The values of a call's data, names standing for 1, and the JSONP callback."""
    found = _DATA.search(reach)
    values = {
        name: text or number or "1"
        for name, text, number, _ in _FIELD.findall(found[1] if found else "")
    }
    if _JSONP.search(reach):
        named = _JSONP_NAME.search(reach)
        values[named[1] if named else "callback"] = "callback"
    return values


def _with_query(address: str, values: dict[str, str]) -> str:
    if not values:
        return address
    return f"{address}{'&' if '?' in address else '?'}{urlencode(values)}"


def _templates(text: str) -> Iterator[str]:
    """``'<a href="/show-' + row.id + '.html"'`` as ``/show-{id}.html``."""
    for before, name, after in _TEMPLATE.findall(text):
        start = _ADDRESS_END.search(before)
        tail = _ADDRESS_START.match(after)
        if start:
            yield f"{start[1]}{{{name}}}{tail[0] if tail else ''}"
