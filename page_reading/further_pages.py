"""Articles in several pages: the next page's address, and joining them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from newsroom.body import Block, Body, Paragraph, Picture, runs_text
from newsroom.errors import NewsroomError
from newsroom.text import squeeze
from page_reading.document import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsroom.article import Article, Attachment
    from page_reading.document import Document

_NEXT = re.compile(r"^\W*(?:下一?页|后一?页|next\s*page|阅读下一页)\W*$", re.IGNORECASE)
_NUMBERED = re.compile(
    r"^(?P<stem>.*?)(?:[_-](?P<page>\d{1,3}))?(?P<ext>\.s?html?|\.jsp|\.php|\.aspx)$"
)


def next_article_page(document: Document) -> str | None:
    """The next page of the same article: 下一页 to an address of the same shape."""
    for link in document.body.iter("a"):
        words = words_of(link).strip()
        if words and len(words) <= 12 and _NEXT.match(words):  # noqa: PLR2004 - the words of a button
            address = document.resolve(link.get("href") or "")
            if address and _is_sibling(document.url, address):
                return address
    return None


def _is_sibling(current: str, following: str) -> bool:
    """Same article, higher page: ``t1.html`` -> ``t1_2.html``, ``?page=2``."""
    if current == following:
        return False
    here, there = _NUMBERED.match(current), _NUMBERED.match(following)
    if here and there and here["ext"] == there["ext"]:
        if here["stem"] == there["stem"]:
            return int(there["page"] or 1) > int(here["page"] or 0)
        # content-541-607151-1.html: the stem already ends in the article's number
        return there["stem"].startswith(here["stem"])
    same = current.partition("?")[0] == following.partition("?")[0]
    return same and "page" in following.lower()


def join_pages(articles: Sequence[Article]) -> Article:
    """One article out of its pages, in order; nothing is doubled.

    Raises:
        NewsroomError: there are no pages to join.
    """
    if not articles:
        raise NewsroomError("没有可以合并的页面")
    first = articles[0]
    blocks = tuple(_new_blocks(articles))
    attachments: dict[str, Attachment] = {
        found.url: found for article in articles for found in article.attachments
    }
    return replace(
        first,
        body=Body(blocks),
        byline=next((a.byline for a in articles if a.byline), None),
        editors=next((a.editors for a in articles if a.editors), None),
        source_line=next((a.source_line for a in articles if a.source_line), None),
        attachments=tuple(attachments.values()),
        next_page=articles[-1].next_page,
        reprint_banned=any(a.reprint_banned for a in articles),
    )


def _new_blocks(articles: Sequence[Article]) -> Iterator[Block]:
    """Blocks page by page, without those a page repeats from the ones before."""
    before: set[str] = set()
    for article in articles:
        here: set[str] = set()
        for block in article.body.blocks:
            key = _key(block)
            if key in before:
                continue
            here.add(key)
            yield block
        before |= here


def _key(block: Block) -> str:
    if isinstance(block, Picture):
        return block.src
    if isinstance(block, Paragraph):
        return squeeze(runs_text(block.runs))
    return repr(block)
