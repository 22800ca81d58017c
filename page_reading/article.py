"""Page to Article: headline, time, source, people, body, attachments."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from newsroom.article import Article, Page, Witness
from newsroom.dates import read_date
from newsroom.errors import PageUnreadable
from newsroom.text import clean_text
from page_reading.attachments import find_attachments
from page_reading.blocks import build_body
from page_reading.captions import credited_below
from page_reading.content import find_body
from page_reading.credits import find_credits
from page_reading.document import Document, open_document, words_of
from page_reading.flow import Line, read_flow
from page_reading.further_pages import next_article_page
from page_reading.headline import Headline, find_headline
from page_reading.layout import Layout, select
from page_reading.published import Published, Span, find_published
from page_reading.state_article import state_page
from page_reading.trimming import trim

if TYPE_CHECKING:
    from lxml.etree import _Element

_BELOW = 7  # lines under the text where its people are named
_BANNED = re.compile(
    r"(?:未经|不得|禁止|谢绝)[^。]{0,16}(?:转载|转发|摘编)|(?:严禁|请勿)转载|禁止转载"
)


def read_article(page: Page, layout: Layout | None = None) -> Article:
    """What an article page says.

    Args:
        page: the page as fetched; ``fetched_at`` is the clock for 「昨天」.
        layout: the selectors of the site's own file; what they find goes before the
            general reading.

    Raises:
        PageUnreadable: it is no article page, or not one that can be read whole.
    """
    document = open_document(page)
    try:
        return _shown(page, document, layout)
    except PageUnreadable:
        stated = state_page(page, document)
        if stated is None:
            raise
    return _of_data(_shown(stated, open_document(stated), None))


def _of_data(article: Article) -> Article:
    """The article with witnesses that say where its values stood."""
    witnesses = {
        name: tuple(replace(one, rule="网页数据") for one in told)
        for name, told in article.witnesses.items()
    }
    return replace(article, witnesses=witnesses)


def _shown(page: Page, document: Document, layout: Layout | None) -> Article:
    """What the visible lines of a page say."""
    lines = read_flow(document.body)
    headline = _headline(document, lines, layout)
    body = _body(document, lines, headline, layout)
    if not body and not headline.text:
        raise PageUnreadable(page.url, "没有找到标题和正文")
    if not body:
        raise PageUnreadable(page.url, "没有找到正文")
    return _article(page, document, lines, headline, body, layout)


def _article(  # noqa: PLR0913, PLR0917 - the parts of one article
    page: Page,
    document: Document,
    lines: list[Line],
    headline: Headline,
    body: list[Line],
    layout: Layout | None,
) -> Article:
    first = next((line for line in body if line.image is None), body[0])
    span = Span(headline.index, first.index, body[-1].index)
    published = _published(page, document, lines, span, layout)
    credit = find_credits(document, lines, body, span)
    witnesses = {"headline": headline.witnesses, "published": published.witnesses}
    return Article(
        url=page.url,
        headline=clean_text(headline.text),
        published=published.value,
        body=credited_below(
            build_body(body, document.base),
            lines[span.last + 1 : span.last + _BELOW],
        ),
        has_time=published.has_time,
        source_line=credit.source,
        byline=credit.byline,
        editors=credit.editors,
        attachments=find_attachments(document, lines, body, span),
        canonical=_canonical(document),
        next_page=next_article_page(document),
        reprint_banned=any(
            _BANNED.search(line.text) for line in lines[span.last - 3 :]
        ),
        witnesses={
            key: value
            for key, value in {**witnesses, **credit.witnesses}.items()
            if value
        },
    )


def _headline(document: Document, lines: list[Line], layout: Layout | None) -> Headline:
    found = find_headline(document, lines)
    named = select(document.root, layout.title) if layout else []
    text = clean_text(words_of(named[0])) if named else ""
    if not text:
        return found
    holder = set(named[0].iter())
    index = next((line.index for line in lines if line.block in holder), found.index)
    return Headline(text, index, (Witness(text, "站点版式", 1.0), *found.witnesses))


def _body(
    document: Document, lines: list[Line], headline: Headline, layout: Layout | None
) -> list[Line]:
    for element in select(document.root, layout.body) if layout else []:
        inside = [line for line in lines if _is_below(line.block, element)]
        if inside:
            return trim(inside, Headline(headline.text, -1, ()))
    return find_body(lines, headline)


def _is_below(element: _Element, holder: _Element) -> bool:
    return element is holder or any(step is holder for step in element.iterancestors())


def _published(
    page: Page,
    document: Document,
    lines: list[Line],
    span: Span,
    layout: Layout | None,
) -> Published:
    found = find_published(document, lines, span, page.fetched_at)
    for element in select(document.root, layout.info) if layout else []:
        words = clean_text(words_of(element))
        reading = read_date(words, now=page.fetched_at)
        if reading:
            witness = Witness(reading.value.isoformat(), "站点版式", 1.0)
            return Published(
                reading.value, reading.has_time, (witness, *found.witnesses)
            )
    return found


def _canonical(document: Document) -> str | None:
    for link in document.root.iter("link"):
        if (link.get("rel") or "").lower() == "canonical":
            return document.resolve(link.get("href") or "")
    return document.resolve(document.meta("og:url") or "")
