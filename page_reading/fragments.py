"""Fragments of HTML (feed content, HTML inside JSON, pasted text) to a Body.

BeautifulSoup mends what people paste; the mended tree is handed to the same walk and
the same blocks as a whole page. Depth and size are capped.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree
from lxml.etree import _Element

from newsroom.body import Body, Paragraph, plain_runs
from newsroom.text import clean_text
from page_reading.blocks import build_body
from page_reading.flow import read_flow
from page_reading.trimming import fragment_lines

if TYPE_CHECKING:
    from bs4.element import Tag

MAX_CHARACTERS = 1_000_000
MAX_DEPTH = 100
MAX_TAGS = 60_000
_MARKUP = re.compile(r"<[a-zA-Z!/]|&\w+;|&#")
_NAME = re.compile(r"[a-zA-Z_][\w.\-]*")
_OPEN = re.compile(r"<[a-zA-Z]")
_UNNESTED = re.compile(
    r"</?(?:b|i|u|em|font|span|strong|a|div|section|p)\b[^<>]*>", re.IGNORECASE
)
_TAG = re.compile(r"<[^<>]*>")
# What the parser looks for to the end of the text, each time that it is opened.
_PAIRS = (("<!--", "-->"), ("<![", "]>"))
_MOST_OPEN = 100


def read_fragment(html: str, base: str) -> Body:
    """The blocks of a fragment; plain text becomes paragraphs.

    Args:
        html: markup or plain text; what exceeds the caps is cut off.
        base: the address that relative links start from.
    """
    html = html[:MAX_CHARACTERS]
    if not _MARKUP.search(html):
        return _plain(html)
    html = _closed(html)
    if _is_hostile(html):
        return _plain(_TAG.sub("\n", html))
    return build_body(fragment_lines(read_flow(_tree(html))), base)


def _closed(html: str) -> str:
    """The same, with what is no tag for want of an end written as words."""
    head, end, tail = html.rpartition(">")
    return f"{head}{end}{tail.replace('<', '&lt;')}"


def _plain(text: str) -> Body:
    lines = (clean_text(line) for line in text.splitlines())
    return Body(tuple(Paragraph(plain_runs(line)) for line in lines if line))


def _is_hostile(html: str) -> bool:
    """Tags, depth or open ends that only an attack has: the words are kept."""
    if len(_OPEN.findall(html)) > MAX_TAGS:
        return True
    if any(html.count(a) > html.count(b) + _MOST_OPEN for a, b in _PAIRS):
        return True
    depth = deepest = 0
    for match in _UNNESTED.finditer(html):
        depth += -1 if match[0][1] == "/" else 1
        deepest = max(deepest, depth)
    return deepest > 8 * MAX_DEPTH


def _tree(html: str) -> _Element:
    """The soup as lxml elements, without recursion; below the cap only words stay."""
    from bs4 import BeautifulSoup  # loaded late: a crawl of web pages has no fragment
    from bs4.element import CData, NavigableString, Tag

    soup = BeautifulSoup(html, "html.parser")
    root = etree.Element("body")
    pending: list[tuple[Tag, _Element, int]] = [(soup, root, 0)]
    while pending:
        tag, element, depth = pending.pop()
        last: _Element | None = None
        for child in tag.children:
            if isinstance(child, Tag):
                last = etree.SubElement(element, _safe_name(child.name))
                _copy_attributes(child, last)
                if depth < MAX_DEPTH:
                    pending.append((child, last, depth + 1))
                else:
                    last.text = _xml_text(child.get_text(" "))
            elif type(child) in {NavigableString, CData}:
                _append_text(element, last, _xml_text(str(child)))
    return root


def _append_text(element: _Element, last: _Element | None, text: str) -> None:
    if last is None:
        element.text = (element.text or "") + text
    else:
        last.tail = (last.tail or "") + text


def _copy_attributes(tag: Tag, element: _Element) -> None:
    for name, value in tag.attrs.items():
        if _NAME.fullmatch(name):
            text = " ".join(value) if isinstance(value, list) else str(value)
            element.set(name.lower(), _xml_text(text))


def _safe_name(name: str) -> str:
    return name.lower() if _NAME.fullmatch(name) and name != "body" else "span"


_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _xml_text(text: str) -> str:
    return _NOT_XML.sub("", text)
