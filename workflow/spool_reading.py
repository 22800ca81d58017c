"""A spool's lines by what they are, its articles read as they come.

Bytes of a page are let go of once it is read: a spool of any length costs the memory
of its articles only. What reads pages is loaded where one is to be read: the crawl
children have read most, and are waited for until the parent has begun.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from crawler.spool import (
    LIST_ROLES,
    SpoolEnd,
    SpoolLoss,
    SpoolPage,
    SpoolUnchanged,
)
from newsroom.article import Article, ListEntry, Witness
from newsroom.body import Body
from newsroom.errors import NewsroomError, PageUnreadable

if TYPE_CHECKING:
    from crawler.readings import Readings
    from newsroom.body import Picture
    from newsroom.source import Loss
    from page_reading import Layout
    from workflow.article_pictures import PictureKeeper

logger = logging.getLogger(__name__)
LEAST_WORDS = 20
Reading = Article | NewsroomError


@dataclass(frozen=True)
class Arrived:
    """A page of the spool, its bytes let go, and what it says or why it cannot."""

    page: SpoolPage
    reading: Reading
    pictures: dict[str, Picture]


@dataclass
class Sorted:
    """A spool's lines by what they are."""

    articles: list[tuple[SpoolPage, Reading]] = field(default_factory=list)
    entries: list[tuple[SpoolPage, Reading]] = field(default_factory=list)
    further: dict[str, list[Reading]] = field(default_factory=lambda: defaultdict(list))
    pictures: dict[str, dict[str, Picture]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    losses: list[Loss] = field(default_factory=list)
    unchanged: int = 0
    end: SpoolEnd | None = None

    @property
    def arrived(self) -> list[Arrived]:
        """The articles in the order they came, entries last, each whole."""
        return [
            Arrived(page, self._whole(page, reading), self.pictures[page.requested_url])
            for page, reading in (*self.articles, *self.entries)
        ]

    def _whole(self, page: SpoolPage, first: Reading) -> Reading:
        """An article with its further pages, its date filled in from the list."""
        parts = (first, *self.further.get(page.requested_url, ()))
        articles = [part for part in parts if isinstance(part, Article)]
        if len(articles) < len(parts):
            return next(part for part in parts if isinstance(part, NewsroomError))
        article = _joined(articles) if len(articles) > 1 else articles[0]
        if not _says_something(article):
            return PageUnreadable(article.url, "页面上没有正文，也没有图片和附件")
        return _with_hint(article, page.entry)


def _joined(parts: Sequence[Article]) -> Article:
    from page_reading import join_pages

    return join_pages(parts)


def sort_lines(
    found: Iterable[object],
    layouts: Sequence[Layout],
    keeper: PictureKeeper | None,
    readings: Readings | None = None,
) -> Sorted:
    """Read and sort the lines of a spool.

    ``keeper`` keeps the pictures of our own articles; ``readings`` are what the crawl
    child read of them.
    """
    lines = Sorted()
    for line in found:
        match line:
            case SpoolPage():
                _place(lines, line, layouts, keeper, readings)
            case SpoolUnchanged(role=role):
                lines.unchanged += role not in LIST_ROLES
            case SpoolLoss():
                lines.losses.append(line.loss)
            case SpoolEnd():
                lines.end = line
    return lines


def _place(
    lines: Sorted,
    page: SpoolPage,
    layouts: Sequence[Layout],
    keeper: PictureKeeper | None,
    readings: Readings | None,
) -> None:
    """Put a page where it belongs, read, without its bytes."""
    match page.role:
        case "picture" if keeper:
            kept = keeper.keep(page.page.body)
            if kept:
                lines.pictures[page.parent or ""][page.requested_url] = kept
        case "entry":
            lines.entries.append((_light(page), _try(page, layouts, None)))
        case "article" if page.parent is None:
            lines.articles.append((_light(page), _try(page, layouts, readings)))
        case "article":
            lines.further[page.parent or ""].append(_try(page, layouts, readings))


def _light(page: SpoolPage) -> SpoolPage:
    return replace(page, page=replace(page.page, body=b""), fragment="")


def _try(
    page: SpoolPage, layouts: Sequence[Layout], readings: Readings | None
) -> Reading:
    """The article of a page, or why it could not be read.

    A fault of ours is that page's loss too: a spool that can never be taken in would
    cost its source every morning.
    """
    try:
        if page.role == "entry":
            return _from_entry(page)
        known = readings.article(page.digest, page.page) if readings else None
        return known or _read(page, layouts)
    except NewsroomError as error:
        return error
    except Exception as error:
        logger.exception("reading %s", page.requested_url)
        kind = type(error).__name__
        return PageUnreadable(page.page.url, f"程序读这个网页时出错（{kind}：{error}）")


def _read(page: SpoolPage, layouts: Sequence[Layout]) -> Article:
    from page_reading import is_block_page

    blocked = is_block_page(page.page)
    if blocked:
        raise PageUnreadable(page.page.url, blocked)
    return read_with_layouts(page, layouts)


def _says_something(article: Article) -> bool:
    """Whether there is anything to read; a page of pictures only counts (F70)."""
    body = article.body
    for some in (Body(body.blocks[:1]), body):  # the first paragraph mostly will do
        words = islice(filter(str.isalnum, some.text), LEAST_WORDS)
        if sum(1 for _ in words) == LEAST_WORDS:
            return True
    return bool(body.pictures or article.attachments)


def read_with_layouts(page: SpoolPage, layouts: Sequence[Layout]) -> Article:
    """The article by the first layout of the site that fits, else the general way."""
    from page_reading import read_article
    from page_reading.layout_choice import article_layout

    layout = article_layout(page.page, layouts)
    if layout is not None:
        try:
            return read_article(page.page, layout)
        except PageUnreadable:
            pass
    return read_article(page.page)


def _from_entry(page: SpoolPage) -> Article:
    from page_reading import read_fragment

    entry = page.entry
    if entry is None:
        raise PageUnreadable(page.page.url, "订阅条目没有标题和地址")
    return Article(
        url=entry.url,
        headline=entry.title,
        published=entry.published,
        has_time=entry.has_time,
        body=read_fragment(page.fragment, entry.url),
        witnesses={"published": _list_witness(entry)},
    )


def _with_hint(article: Article, entry: ListEntry | None) -> Article:
    """Fill a date that the page does not show from the list that led to it (F58)."""
    if entry is None or article.published is not None or entry.published is None:
        return article
    witnesses = dict(article.witnesses)
    witnesses["published"] = (*_list_witness(entry), *witnesses.get("published", ()))
    return replace(
        article,
        published=entry.published,
        has_time=entry.has_time,
        witnesses=witnesses,
    )


def _list_witness(entry: ListEntry) -> tuple[Witness, ...]:
    if entry.published is None:
        return ()
    return (Witness(entry.published.isoformat(), "列表页上的日期", 0.8),)
