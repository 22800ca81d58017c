"""What the pages about our own work show: sources, and the report of the last run."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.headline import Piece
from site_builder.views import FigureView, LineView


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source's health; counts and losses are internal."""

    name: str
    href: str | None
    tier: str
    state: str
    mark: str
    last_good: str
    sentence: str | None
    counts: tuple[int, ...]
    losses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StatusView:
    """The 状态 page."""

    title: str
    edition_words: str
    sources_words: str
    rows: tuple[SourceRow, ...]
    holds: tuple[LineView, ...]
    sources_href: str
    is_internal: bool


@dataclass(frozen=True, slots=True)
class ReportView:
    """The report of the last run (internal)."""

    title: str
    pieces: tuple[Piece, ...]
    words: str
    figures: tuple[FigureView, ...]
    rows: tuple[SourceRow, ...]
    merges: tuple[LineView, ...]
    doubts: tuple[LineView, ...]
    chosen: tuple[LineView, ...]
    passed: tuple[LineView, ...]
    holds: tuple[LineView, ...]
    losses: tuple[LineView, ...]
    notes: tuple[str, ...]
    built: str | None
