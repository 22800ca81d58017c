"""Step two of the morning: from a spool folder into the store.

The parent reads the articles (page_reading) and is the only writer to the store. A
spool can be taken in again after a crash: nothing is lost, nothing doubled.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.spool import SpoolEnd, SpoolLoss, SpoolPage, SpoolUnchanged, read_spool
from newsroom.addresses import canonical_address
from newsroom.article import Article, ListEntry, Witness
from newsroom.errors import NewsroomError, PageUnreadable
from newsroom.quarantine import shared_text
from newsroom.source import FaultClass, Loss
from newsroom.text import fold
from page_reading import is_block_page, join_pages, read_article, read_fragment
from page_reading.layout_choice import article_layout
from workflow.article_pictures import keep_pictures

if TYPE_CHECKING:
    from config import SourceSettings
    from page_reading import Layout
    from story_store.store import PageRef, Store


LEAST_WORDS = 20
SAME_TEXT = "这个来源的多数网页读出同一段文字，像是导航，没有采用；请试读并改版式"


@dataclass(frozen=True)
class TakenIn:
    """What one spool gave: counts by kind, losses, and the crawl's own end line."""

    source_id: str
    changes: Counter[str] = field(default_factory=Counter)
    losses: tuple[Loss, ...] = ()
    end: SpoolEnd | None = None


@dataclass(frozen=True)
class _Sorted:
    """A spool's lines by what they are."""

    articles: tuple[SpoolPage, ...]
    further: Mapping[str, Sequence[SpoolPage]]
    pictures: Mapping[str, Sequence[SpoolPage]]
    entries: tuple[SpoolPage, ...]
    losses: tuple[Loss, ...]
    unchanged: int
    end: SpoolEnd | None


def take_in_spool(  # noqa: PLR0913 - the store, the source and the moment of one spool
    store: Store,
    source: SourceSettings,
    spool: Path,
    *,
    warc: str,
    layouts: Sequence[Layout],
    seen: datetime,
) -> TakenIn:
    """Read one source's spool into the store.

    ``warc`` is the name under which the raw pages will be kept; ``seen`` the time of
    the run. One page that cannot be read is one counted loss.
    """
    found = read_spool(spool) if spool.is_dir() else ()
    return take_in_lines(store, source, found, warc=warc, layouts=layouts, seen=seen)


def take_in_lines(  # noqa: PLR0913 - the store, the source and the moment of one spool
    store: Store,
    source: SourceSettings,
    found: Iterable[object],
    *,
    warc: str,
    layouts: Sequence[Layout],
    seen: datetime,
) -> TakenIn:
    """Read fetched pages, from a spool or from kept raw pages, into the store."""
    lines = _sort(found)
    changes: Counter[str] = Counter(unchanged=lines.unchanged)
    losses = list(lines.losses)
    readings = [
        (page, _try(page, lines, layouts)) for page in (*lines.articles, *lines.entries)
    ]
    furniture = _furniture([read for _, read in readings if isinstance(read, Article)])
    for page, article in readings:
        try:
            if isinstance(article, NewsroomError):
                raise article
            if furniture is not None and fold(article.body.text) == furniture:
                raise PageUnreadable(article.url, SAME_TEXT)
            if source.own:
                article = keep_pictures(  # noqa: PLW2901 - the same, with its pictures
                    store, article, lines.pictures.get(page.requested_url, ())
                )
            change = _save(store, source.id, article, page, warc=warc, seen=seen)
            changes[change] += 1
        except NewsroomError as error:
            losses.append(_loss(source.id, page, error))
    return TakenIn(source.id, changes, tuple(losses), lines.end)


def _sort(lines: Iterable[object]) -> _Sorted:
    articles: list[SpoolPage] = []
    entries: list[SpoolPage] = []
    further: dict[str, list[SpoolPage]] = defaultdict(list)
    pictures: dict[str, list[SpoolPage]] = defaultdict(list)
    losses: list[Loss] = []
    unchanged = 0
    end = None
    for line in lines:
        match line:
            case SpoolPage(role="article", parent=None):
                articles.append(line)
            case SpoolPage(role="article"):
                further[line.parent or ""].append(line)
            case SpoolPage(role="picture"):
                pictures[line.parent or ""].append(line)
            case SpoolPage(role="entry"):
                entries.append(line)
            case SpoolUnchanged():
                unchanged += 1
            case SpoolLoss():
                losses.append(line.loss)
            case SpoolEnd():
                end = line
    return _Sorted(
        tuple(articles),
        further,
        pictures,
        tuple(entries),
        tuple(losses),
        unchanged,
        end,
    )


def _read(page: SpoolPage, lines: _Sorted, layouts: Sequence[Layout]) -> Article:
    if page.role == "entry":
        return _from_entry(page)
    blocked = is_block_page(page.page)
    if blocked:
        raise PageUnreadable(page.page.url, blocked)
    article = read_with_layouts(page, layouts)
    parts = [
        read_with_layouts(more, layouts)
        for more in lines.further.get(page.requested_url, ())
    ]
    if parts:
        article = join_pages((article, *parts))
    if not _says_something(article):
        raise PageUnreadable(article.url, "页面上没有正文，也没有图片和附件")
    return _with_hint(article, page.entry)


def _try(
    page: SpoolPage, lines: _Sorted, layouts: Sequence[Layout]
) -> Article | NewsroomError:
    """The article of a page, or why it could not be read."""
    try:
        return _read(page, lines, layouts)
    except NewsroomError as error:
        return error


def _furniture(articles: Sequence[Article]) -> str | None:
    """The text that most articles of a spool share, folded: no news of theirs (F44)."""
    same = shared_text([a.body.text for a in articles if a.body.text])
    return fold(same) if same else None


def _says_something(article: Article) -> bool:
    """Whether there is anything to read; a page of pictures only counts (F70)."""
    words = sum(c.isalnum() for c in article.body.text)
    return words >= LEAST_WORDS or bool(article.body.pictures or article.attachments)


def read_with_layouts(page: SpoolPage, layouts: Sequence[Layout]) -> Article:
    """The article by the first layout of the site that fits, else the general way."""
    layout = article_layout(page.page, layouts)
    if layout is not None:
        try:
            return read_article(page.page, layout)
        except PageUnreadable:
            pass
    return read_article(page.page)


def _from_entry(page: SpoolPage) -> Article:
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


def _save(  # noqa: PLR0913 - one article and where it came from
    store: Store,
    source_id: str,
    article: Article,
    page: SpoolPage,
    *,
    warc: str,
    seen: datetime,
) -> str:
    from story_store.store import PageRef

    ref: PageRef = PageRef(
        url=page.requested_url,
        warc=warc,
        offset=page.offset,
        etag=page.etag,
        last_modified=page.last_modified,
        fetched_at=page.page.fetched_at,
    )
    saved = store.save_article(
        source_id,
        article,
        canonical=canonical_address(article.canonical or article.url),
        seen=seen,
        page=ref,
    )
    return saved.change.name.lower()


def _loss(source_id: str, page: SpoolPage, error: NewsroomError) -> Loss:
    return Loss(source_id, FaultClass.UNREADABLE, str(error), page.requested_url)
