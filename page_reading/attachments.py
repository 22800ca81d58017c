"""The documents that come with an article: in its text, below it, or in a box of files.

Families: TRS and UCAP link the file itself; 博达 VSB, SiteServer and 正方 give it through
a download call and only its name has the ending.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsroom.article import Attachment
from newsroom.text import clean_text
from page_reading import furniture
from page_reading.blocks import common_holder
from page_reading.document import resolve_link, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from page_reading.document import Document
    from page_reading.flow import Line
    from page_reading.published import Span

_KINDS = r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|dps|ofd|ceb|zip|rar|7z|txt|csv|rtf)"
_FILE = re.compile(rf"{_KINDS}(?:$|[?&#])", re.IGNORECASE)
_NAME = re.compile(rf"{_KINDS}\s*[】\])）》]?$", re.IGNORECASE)
_CALL = re.compile(
    r"download|attach|wbfileid|fileid|file_?down|/file/|accessory", re.IGNORECASE
)
_REACH = 20  # lines below the text that a box of files may take
_HEADING = re.compile(r"附\s*件|文件下载|下载")


def find_attachments(
    document: Document, lines: list[Line], body: list[Line], span: Span
) -> tuple[Attachment, ...]:
    """Documents linked in the text, in its box, or in the files' box below it."""
    holder = common_holder(body)
    parent = holder.getparent()
    scope = parent if parent is not None and parent.tag != "body" else holder
    found: dict[str, Attachment] = {}
    for link in (*scope.iter("a"), *_below(lines, span)):
        href = link.get("href") or ""
        if not _is_file(href, link):
            continue
        address = resolve_link(document.base, href)
        name = clean_text(link.get("title") or words_of(link))
        if address and address not in found:
            found[address] = Attachment(address, name or address.rsplit("/", 1)[-1])
    return tuple(found.values())


def _is_file(href: str, link: _Element) -> bool:
    if _FILE.search(href):
        return True
    if not _CALL.search(href):
        return False
    named = clean_text(link.get("title") or "") or clean_text(words_of(link))
    return bool(_NAME.search(named))


def _below(lines: list[Line], span: Span) -> Iterator[_Element]:
    """Links of the lines after the text, up to what belongs to the site."""
    for line in lines[span.last + 1 : span.last + 1 + _REACH]:
        text = line.text
        if furniture.is_neighbour(text) or furniture.is_footer(text):
            return
        if furniture.is_related_heading(text) and not _HEADING.search(text):
            return
        for piece in line.pieces:
            if piece.link is not None:
                yield piece.link
