"""What pages of lists show: of towns, topics and sources, year books, the archive."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.views import CardView, FigureView, Link, MonthView, TileView


@dataclass(frozen=True, slots=True)
class GroupView:
    """Tiles of one family."""

    name: str
    tiles: tuple[TileView, ...]


@dataclass(frozen=True, slots=True)
class MonthBar:
    """A month: the dark part of its bar and the whole, in the units of the SVG."""

    name: str
    count: int
    width: int
    whole: int


@dataclass(frozen=True, slots=True)
class YearRow:
    """A row of a year's table: the month, and its counts."""

    name: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class YearChart:
    """A year as twelve bars, what light and dark mean, and the rows of its table."""

    name: str
    legend: str | None
    bars: tuple[MonthBar, ...]
    columns: tuple[str, ...]
    rows: tuple[YearRow, ...]


@dataclass(frozen=True, slots=True)
class FaceView:
    """The top of a town's or topic's page."""

    figures: tuple[FigureView, ...]
    chart: YearChart
    words: tuple[str, ...]
    books: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class BookRow:
    """A story in a year book; ``upper`` is who above printed it."""

    day: str
    headline: str
    href: str
    source: str
    upper: str | None


@dataclass(frozen=True, slots=True)
class BookMonth:
    """A month of a year book, never empty."""

    name: str
    rows: tuple[BookRow, ...]


@dataclass(frozen=True, slots=True)
class YearBookView:
    """A unit's year, to be printed."""

    title: str
    words: str
    back: Link
    figures: tuple[FigureView, ...]
    chart: YearChart
    months: tuple[BookMonth, ...]


@dataclass(frozen=True, slots=True)
class ListView:
    """The stories of one town, topic or source, one page of them."""

    title: str
    words: str
    back: Link
    cards: tuple[CardView, ...]
    older: Link | None
    newer: Link | None
    feeds: tuple[Link, ...]
    face: FaceView | None


@dataclass(frozen=True, slots=True)
class TilesView:
    """All towns, topics or sources."""

    title: str
    words: str
    groups: tuple[GroupView, ...]


@dataclass(frozen=True, slots=True)
class ArchiveView:
    """Every day that has an edition."""

    title: str
    words: str
    months: tuple[MonthView, ...]
