"""Ten entries of a source that is about to be added, read before it is kept."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.choice import is_file
from crawler.guard import read_origin
from workflow.source_care import (
    TEXTS,
    article_of,
    visit_addresses,
    visit_source,
)
from workflow.source_leads import is_of

if TYPE_CHECKING:
    from config import SourceSettings
    from newsroom.article import Article, ListEntry, Page
    from workflow.office import Office
    from workflow.source_care import Visited
    from workflow.source_leads import Candidate

ENTRIES = 10


@dataclass(frozen=True, slots=True)
class Tried:
    """One entry as it was read; ``why`` says it where it could not be."""

    url: str
    title: str
    article: Article | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Sampled:
    """A page of the trial, to be kept as the source's regression test."""

    role: str
    page: Page


def try_entries(
    office: Office, source: SourceSettings, chosen: Sequence[Candidate]
) -> tuple[tuple[Tried, ...], tuple[Sampled, ...]]:
    """The newest entries of the lists that were found, and the pages that came in.

    A column's articles are asked for at once, since its list was just read. A feed or
    an API may bring its texts with it, so it is read as a run would read it; where few
    of its entries are recent, older ones fill up.
    """
    rows = _newest(source, chosen)
    if source.kind == "section":
        lists = tuple(Sampled("list", one.page) for one in chosen if one.page)
        entries, texts = _read(office, source, rows)
        return entries, (*lists, *texts)
    entries, pages = _as_a_run(office, source)
    known = {one.url for one in entries}
    older = [row for row in rows if row.url not in known][: ENTRIES - len(entries)]
    if older:
        pause(office)
    more, texts = _read(office, source, older)
    return (*entries, *more), (*pages, *texts)


def pause(office: Office) -> None:
    """The polite delay holds between two visits too."""
    time.sleep(
        office.loopback.delay if office.loopback else office.settings.crawl.delay
    )


def _read(
    office: Office, source: SourceSettings, rows: Sequence[ListEntry]
) -> tuple[tuple[Tried, ...], tuple[Sampled, ...]]:
    """The articles behind some rows."""
    titles = {row.url: row.title for row in rows}
    if not titles:
        return (), ()
    in_browser = source.render == "browser"
    with visit_addresses(office, tuple(titles), in_browser=in_browser) as visited:
        kept = {
            one.requested_url: one
            for one in visited.pages
            if one.requested_url in titles and one.parent is None
        }
        entries = tuple(
            Tried(url, title, *article_of(source, kept[url]))
            for url, title in titles.items()
            if url in kept
        )
        lost = tuple(_lost(visited, titles))
        texts = tuple(
            Sampled("article", kept[url].page) for url in titles if url in kept
        )
    return (*entries, *lost), texts


def _newest(
    source: SourceSettings, chosen: Sequence[Candidate]
) -> tuple[ListEntry, ...]:
    """The latest rows of all lists together that lead to pages of the source."""
    hosts = frozenset(source.hosts or (read_origin(url).key for url in source.urls))
    rows = {
        row.url: row
        for one in chosen
        for row in one.rows
        if is_of(row.url, hosts) and not is_file(row.url)
    }
    dated = sorted(
        (row for row in rows.values() if row.published),
        key=lambda row: row.published.timestamp() if row.published else 0.0,
        reverse=True,
    )
    undated = (row for row in rows.values() if not row.published)
    return (*dated, *undated)[:ENTRIES]


def _lost(visited: Visited, titles: dict[str, str]) -> Iterator[Tried]:
    for loss in visited.losses:
        yield Tried(loss.url, titles.get(loss.url, ""), None, loss.sentence)


def _as_a_run(
    office: Office, source: SourceSettings
) -> tuple[tuple[Tried, ...], tuple[Sampled, ...]]:
    with visit_source(office, source, articles=ENTRIES) as visited:
        texts = [kept for kept in visited.pages if kept.role in TEXTS]
        entries = tuple(
            Tried(
                kept.requested_url,
                kept.entry.title if kept.entry else "",
                *article_of(source, kept),
            )
            for kept in texts
            if kept.parent is None or kept.role == "entry"
        )
        lost = tuple(_lost(visited, {}))
        pages = tuple(
            Sampled(kept.role, kept.page) for kept in visited.pages if kept.page.body
        )
    return (*entries, *lost), pages
