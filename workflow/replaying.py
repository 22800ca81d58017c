"""Read a day's raw pages again, after the rules have improved."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from crawler.registry import layouts_of
from crawler.replay import replay_day as raw_pages
from newsroom.errors import NotFound
from newsroom.source import Loss
from workflow.run_lock import run_lock
from workflow.take_in import TakenIn, take_in_lines

if TYPE_CHECKING:
    from workflow.office import Office


@dataclass(frozen=True)
class Replayed:
    """What reading a day again changed."""

    day: date
    pages: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    losses: tuple[Loss, ...] = ()

    @property
    def new(self) -> int:
        """Articles that were not read before."""
        return self.counts["new"]

    @property
    def changed(self) -> int:
        """Articles that read differently now."""
        return self.counts["changed"]

    @property
    def unchanged(self) -> int:
        """Articles that read as before."""
        return self.counts["unchanged"]


def replay_day(office: Office, day: date) -> Replayed:
    """Read all raw pages of a day by today's rules into the store.

    Raises:
        NotFound: no raw pages of that day are kept.
    """
    sources = {source.id: source for source in office.settings.sources}
    replayed = Replayed(day)
    with run_lock(office.data, office.now), office.store() as store:
        for kept in store.warcs_of(day):
            source = sources.get(kept.source_id)
            if source is None:
                continue
            lines = tuple(raw_pages(kept.path))
            name = kept.path.relative_to(store.folder).as_posix()
            taken = take_in_lines(
                store,
                source,
                lines,
                warc=name,
                layouts=layouts_of(source),
                seen=office.now,
            )
            replayed = _add(replayed, taken, len(lines))
    if not replayed.pages:
        raise NotFound(f"{day:%Y-%m-%d} 没有存下原始网页（data/pages 里没有这一天）")
    return replayed


def _add(replayed: Replayed, taken: TakenIn, pages: int) -> Replayed:
    return Replayed(
        replayed.day,
        replayed.pages + pages,
        replayed.counts + taken.changes,
        (*replayed.losses, *taken.losses),
    )
