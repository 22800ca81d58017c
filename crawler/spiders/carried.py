"""Entries that bring their own text: kept as they are, nothing is fetched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.spool import SpoolPage, digest_of
from newsroom.article import ListEntry, Page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.visit import Visit


@dataclass(frozen=True, slots=True)
class CarriedText:
    """A row with the HTML that came with it."""

    entry: ListEntry
    fragment: str


def keep_new(visit: Visit, parent: str, texts: Iterable[CarriedText]) -> None:
    """Keep the texts of rows that were chosen as new, from the list at ``parent``."""
    for text in texts:
        visit.taken += 1
        visit.seen.add(text.entry.url)
        visit.keep(_page(visit, parent, text), [])


def keep_changed(visit: Visit, parent: str, texts: Iterable[CarriedText]) -> None:
    """Keep the texts of known rows that are no longer as they were."""
    for text in texts:
        known = visit.known.get(text.entry.url)
        if known and known.digest != digest_of(text.fragment.encode()):
            visit.keep(_page(visit, parent, text), [])
        visit.seen.add(text.entry.url)


def _page(visit: Visit, parent: str, text: CarriedText) -> SpoolPage:
    page = Page(text.entry.url, b"", visit.now, "text/html; charset=utf-8")
    return SpoolPage(
        "entry", page, text.entry.url, text.entry, parent, fragment=text.fragment
    )
