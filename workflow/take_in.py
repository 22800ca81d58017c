"""Step two of the morning: from a spool folder into the store.

The parent takes over what the crawl child read of its pages, or reads them again, and
is the only writer to the store. A spool can be taken in again after a crash: nothing
is lost, nothing doubled.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.readings import Readings
from crawler.spool import SpoolEnd, SpoolPage, read_spool
from newsroom.addresses import canonical_address
from newsroom.article import Article
from newsroom.errors import NewsroomError, PageUnreadable
from newsroom.quarantine import shared_text
from newsroom.source import FaultClass, Loss
from newsroom.text import fold
from story_store.faults import StoreBusy
from story_store.kept import Arrival, PageRef
from workflow.article_pictures import PictureKeeper, with_kept_pictures
from workflow.spool_reading import Arrived, sort_lines

if TYPE_CHECKING:
    from config import SourceSettings
    from page_reading import Layout
    from story_store.store import Store


# So many articles are one transaction, which keeps others from writing for 0.2 s.
BATCH = 200
SAME_TEXT = "这个来源的多数网页读出同一段文字，像是导航，没有采用；请试读并改版式"


@dataclass(frozen=True)
class TakenIn:
    """What one spool gave: counts by kind, losses, and the crawl's own end line."""

    source_id: str
    changes: Counter[str] = field(default_factory=Counter)
    losses: tuple[Loss, ...] = ()
    end: SpoolEnd | None = None


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

    Raises:
        StoreBusy: the store could not be written; the spool is to be kept.
    """
    found = read_spool(spool) if spool.is_dir() else ()
    with Readings(spool) as readings:
        return take_in_lines(
            store,
            source,
            found,
            warc=warc,
            layouts=layouts,
            seen=seen,
            readings=readings,
        )


def take_in_lines(  # noqa: PLR0913 - the store, the source and the moment of one spool
    store: Store,
    source: SourceSettings,
    found: Iterable[object],
    *,
    warc: str,
    layouts: Sequence[Layout],
    seen: datetime,
    readings: Readings | None = None,
) -> TakenIn:
    """Read fetched pages, from a spool or from kept raw pages, into the store.

    Raises:
        StoreBusy: the store could not be written.
    """
    keeper = PictureKeeper(store) if source.own else None
    lines = sort_lines(found, layouts, keeper, readings)
    good, losses = _sift(source, lines.arrived, warc)
    changes: Counter[str] = Counter(unchanged=lines.unchanged)
    for start in range(0, len(good), BATCH):
        batch = good[start : start + BATCH]
        saved, refused = _save(store, source.id, batch, seen)
        changes.update(saved)
        losses += refused
    return TakenIn(source.id, changes, (*lines.losses, *losses), lines.end)


def _sift(
    source: SourceSettings, arrived: Sequence[Arrived], warc: str
) -> tuple[list[Arrival], list[Loss]]:
    """What is to be stored, and what is not, each with its reason."""
    read = [one.reading for one in arrived if isinstance(one.reading, Article)]
    furniture = _furniture(read)
    good: list[Arrival] = []
    losses: list[Loss] = []
    for one in arrived:
        reading = one.reading
        if furniture is not None and isinstance(reading, Article):
            same = fold(reading.body.text) == furniture
            reading = PageUnreadable(reading.url, SAME_TEXT) if same else reading
        if isinstance(reading, NewsroomError):
            losses.append(_loss(source.id, one.page.requested_url, reading))
            continue
        if source.own:
            reading = with_kept_pictures(reading, one.pictures)
        good.append(_arrival(one.page, reading, warc))
    return good, losses


def _furniture(articles: Sequence[Article]) -> str | None:
    """The text that most articles of a spool share, folded: no news of theirs (F44)."""
    same = shared_text([text for text in (a.body.text for a in articles) if text])
    return fold(same) if same else None


def _arrival(page: SpoolPage, article: Article, warc: str) -> Arrival:
    ref = PageRef(
        url=page.requested_url,
        warc=warc,
        offset=page.offset,
        etag=page.etag,
        last_modified=page.last_modified,
        fetched_at=page.page.fetched_at,
    )
    canonical = canonical_address(article.canonical or article.url)
    return Arrival(article, canonical, ref)


def _save(
    store: Store, source_id: str, batch: Sequence[Arrival], seen: datetime
) -> tuple[Counter[str], list[Loss]]:
    """Store a batch at once; where one is refused, each by itself."""
    try:
        saved = store.save_articles(source_id, batch, seen=seen)
    except StoreBusy:  # nothing is lost: the spool stays for the next run
        raise
    except NewsroomError as error:
        if len(batch) == 1:
            return Counter(), [_loss(source_id, batch[0].page.url, error)]
        changes: Counter[str] = Counter()
        losses: list[Loss] = []
        for one in batch:
            counted, refused = _save(store, source_id, [one], seen)
            changes += counted
            losses += refused
        return changes, losses
    return Counter(one.change.name.lower() for one in saved), []


def _loss(source_id: str, url: str, error: NewsroomError) -> Loss:
    return Loss(source_id, FaultClass.UNREADABLE, str(error), url)
