"""What pages of lists show: of towns, topics and sources, year books, the archive."""

from __future__ import annotations

from typing import NamedTuple

from site_builder.views import CardView, FigureView, Link, MonthView, TileView


class GroupView(NamedTuple):
    """Tiles of one family."""

    name: str
    tiles: tuple[TileView, ...]


class MonthBar(NamedTuple):
    """A month: the dark part of its bar and the whole, in the units of the SVG."""

    name: str
    stories: int
    width: int
    whole: int


class YearRow(NamedTuple):
    """A row of a year's table: the month, and its counts."""

    name: str
    counts: tuple[int, ...]


class YearChart(NamedTuple):
    """A year as twelve bars, what light and dark mean, and the rows of its table."""

    name: str
    legend: str | None
    bars: tuple[MonthBar, ...]
    columns: tuple[str, ...]
    rows: tuple[YearRow, ...]


class FaceView(NamedTuple):
    """The top of a town's or topic's page."""

    figures: tuple[FigureView, ...]
    chart: YearChart
    words: tuple[str, ...]
    books: tuple[Link, ...]


class BookRow(NamedTuple):
    """A story in a year book; ``upper`` is who above printed it."""

    day: str
    headline: str
    href: str
    source: str
    upper: str | None


class BookMonth(NamedTuple):
    """A month of a year book, never empty."""

    name: str
    rows: tuple[BookRow, ...]


class YearBookView(NamedTuple):
    """A unit's year, to be printed."""

    title: str
    words: str
    back: Link
    figures: tuple[FigureView, ...]
    chart: YearChart
    months: tuple[BookMonth, ...]


class ListView(NamedTuple):
    """The stories of one town, topic or source, one page of them."""

    title: str
    words: str
    back: Link
    cards: tuple[CardView, ...]
    older: Link | None
    newer: Link | None
    feeds: tuple[Link, ...]
    face: FaceView | None


class TilesView(NamedTuple):
    """All towns, topics or sources."""

    title: str
    words: str
    groups: tuple[GroupView, ...]


class ArchiveView(NamedTuple):
    """Every day that has an edition."""

    title: str
    words: str
    months: tuple[MonthView, ...]
