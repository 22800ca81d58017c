"""A page kept by hand: read like any other, its raw bytes kept, marked as 手工.

The way past every site that blocks or asks for a browser: a person opens the page, and
hands in its address or the saved file.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.registry import layouts_of
from crawler.spool import WARC, SpoolPage, digest_of, read_spool
from crawler.spool_writer import SpoolWriter
from newsroom.addresses import canonical_address, same_site
from newsroom.article import CHINA, Article, Page, Witness
from newsroom.errors import NewsroomError, PageUnreadable
from page_reading import is_block_page, join_pages
from workflow.run_lock import run_lock
from workflow.source_care import find_source
from workflow.spool_reading import read_with_layouts

if TYPE_CHECKING:
    from config import SourceSettings
    from story_store.store import PageRef, SavedArticle, Store
    from workflow.office import Office

BY_HAND = "手工"
_FIELD = "kept"


@dataclass(frozen=True, slots=True)
class Added:
    """A page that was kept: for which source, what it says, and whether it is new."""

    source: SourceSettings
    article: Article
    is_new: bool


def add_pages(
    office: Office, pages: Sequence[Page], *, name: str | None, day: date | None
) -> Added:
    """Keep an article that stands on one page or on several.

    ``name`` is the source's id or name, None to tell it from the page; ``day`` the day
    of publication where the page shows none.

    Raises:
        NewsroomError: it is no article, bears no date, or its source cannot be told.
    """
    spooled = tuple(_spooled(page, pages[0].url) for page in pages)
    article = _read(office, spooled, name)
    if not article.url:
        raise NewsroomError("文件里没有写原来的网址，请加 --url 网址")
    source = _source(office, article, name)
    article = _by_hand(article, day)
    with run_lock(office.data, office.now), office.store() as store:
        saved = _keep(office, store, source, article, spooled)
    return Added(source, article, saved.change.value == "new")


def _spooled(page: Page, first: str) -> SpoolPage:
    parent = None if page.url == first else first
    return SpoolPage(
        "article", page, page.url, None, parent, digest=digest_of(page.body)
    )


def _read(office: Office, pages: Sequence[SpoolPage], name: str | None) -> Article:
    blocked = is_block_page(pages[0].page)
    if blocked:
        raise PageUnreadable(pages[0].page.url, blocked)
    source = find_source(office.settings.sources, name) if name else None
    layouts = layouts_of(source) if source else ()
    articles = tuple(read_with_layouts(page, layouts) for page in pages)
    article = join_pages(articles) if len(articles) > 1 else articles[0]
    return article if article.url else replace(article, url=article.canonical or "")


def _source(office: Office, article: Article, name: str | None) -> SourceSettings:
    """The source named, that of the same site, or that of the same name."""
    sources = office.settings.sources
    if name:
        return find_source(sources, name)
    for source in sources:
        known = (*source.urls, *(f"http://{host}/" for host in source.hosts))
        if any(same_site(url, article.url) for url in known):
            return source
    line = article.source_line or ""
    named = next((s for s in sources if line and s.name in {line, *line.split()}), None)
    if named is None:
        told = f"（页面写的是“{line}”）" if line else ""
        raise NewsroomError(
            f"不知道这篇归哪个来源{told}：加 --source 编号；gonghui sources list 看编号"
        )
    return named


def _by_hand(article: Article, day: date | None) -> Article:
    """The article with its witness 手工, and the given day where it shows none."""
    witnesses = dict(article.witnesses)
    witnesses[_FIELD] = (Witness(BY_HAND, "gonghui add"),)
    if article.published is None and day is None:
        raise NewsroomError(
            f"《{article.headline}》没有认出日期，请加 --date 2026-09-21 这样的发布日期"
        )
    if article.published is not None or day is None:
        return replace(article, witnesses=witnesses)
    at = datetime.combine(day, time(), CHINA)
    witnesses["published"] = (Witness(at.isoformat(), BY_HAND),)
    return replace(article, published=at, witnesses=witnesses)


def _keep(
    office: Office,
    store: Store,
    source: SourceSettings,
    article: Article,
    pages: Sequence[SpoolPage],
) -> SavedArticle:
    """Put the raw pages and the reading into the store."""
    page = _keep_raw(office, store, source, pages)
    return store.save_article(
        source.id,
        article,
        canonical=canonical_address(article.canonical or article.url),
        seen=office.now,
        page=replace(page, url=article.url),
    )


def _keep_raw(
    office: Office, store: Store, source: SourceSettings, pages: Sequence[SpoolPage]
) -> PageRef:
    from story_store.store import PageRef

    folder = office.data / "spool" / "by-hand"
    shutil.rmtree(folder, ignore_errors=True)
    writer = SpoolWriter(folder)
    for page in pages:
        writer.write_page(page, _headers(page.page))
    writer.close()
    first = next(one for one in read_spool(folder) if isinstance(one, SpoolPage))
    warc = store.keep_warc(
        folder / WARC, day=office.now.date(), source_id=source.id, run_id=0
    )
    shutil.rmtree(folder, ignore_errors=True)
    return PageRef(
        first.requested_url, first.page.fetched_at, warc=warc, offset=first.offset
    )


def _headers(page: Page) -> list[tuple[str, str]]:
    return [("Content-Type", page.content_type)] if page.content_type else []


def saved_page(file: Path, url: str | None, now: datetime) -> Page:
    """A page that a person saved, with the address it was saved from.

    Raises:
        NewsroomError: there is no such file, or nothing says its address.
    """
    from workflow.reading import page_from_file

    page = page_from_file(file, url, now)
    if page.url:
        return page
    named = _own_address(page)
    if not named:
        raise NewsroomError(f"{file} 里没有写原来的网址，请加 --url 网址")
    return replace(page, url=named)


def _own_address(page: Page) -> str:
    """The address that the page itself names as its own."""
    from page_reading import read_article

    try:
        return read_article(page).canonical or ""
    except PageUnreadable:
        return ""
