"""What pages show: frozen view-models, every field present, None where empty.

Templates only show; whatever is decided or put into words is done before. Views are
tuples with names: one is made in half the time of a frozen dataclass, and its class in
an eighth, which a start has sixty of.
"""

from __future__ import annotations

from typing import NamedTuple

from newsroom.body import Block
from site_builder.headline import Piece, is_long


class Link(NamedTuple):
    """A link of ours or to elsewhere, ready to print."""

    text: str
    href: str
    current: bool = False


class Stamp(NamedTuple):
    """A time: for machines, and in words."""

    iso: str
    words: str


class PictureView(NamedTuple):
    """A picture file of the tree; sizes in pixels where known.

    A ``portrait`` or a ``small`` one is not drawn as wide as the text.
    """

    href: str
    alt: str
    caption: str | None
    width: int | None
    height: int | None
    portrait: bool
    small: bool


class PartView(NamedTuple):
    """One bar of a score; ``share`` is its length out of 100."""

    name: str
    figures: str
    share: int
    reason: str


class ScoreView(NamedTuple):
    """A score that explains itself (internal only)."""

    line: str
    parts: tuple[PartView, ...]


class CardView(NamedTuple):
    """One story on a list."""

    headline: str
    pieces: tuple[Piece, ...]
    href: str
    kicker: str | None
    abstract: str | None
    picture: PictureView | None
    label: str | None
    source: str
    level: str
    stamp: Stamp | None
    reprints: str | None
    follow_up: bool
    reasons: tuple[str, ...]
    score: ScoreView | None

    @property
    def is_long(self) -> bool:
        """Whether its headline is set smaller where it stands large."""
        return is_long(self.headline)


class ColumnView(NamedTuple):
    """A column of the digest with its stories; ``half`` as wide.

    ``gone`` says that stories of it were taken back; a column has cards or that line.
    """

    id: str
    name: str
    half: bool
    cards: tuple[CardView, ...]
    gone: str = ""


class BarView(NamedTuple):
    """One unit's row of the board; lengths and places in the units of the SVG."""

    name: str
    href: str | None
    received: int
    adopted: int
    shown: int
    received_width: int
    adopted_width: int
    y: int


class FigureView(NamedTuple):
    """A large number and what it counts."""

    number: str
    unit: str
    words: str


class BoardView(NamedTuple):
    """数据看板: large numbers, a bar chart and its table twin."""

    period: str
    figures: tuple[FigureView, ...]
    bars: tuple[BarView, ...]
    height: int
    with_received: bool


class DayCell(NamedTuple):
    """One day of a calendar; ``href`` only when it has an edition."""

    number: int
    href: str | None
    words: str
    current: bool


class MonthView(NamedTuple):
    """A month as weeks of seven cells, None outside the month; Monday first."""

    name: str
    weeks: tuple[tuple[DayCell | None, ...], ...]


class TileView(NamedTuple):
    """A tile of a town, topic or source; no link while it has no story."""

    name: str
    href: str | None
    words: str
    note: str | None


class LineView(NamedTuple):
    """A headline with a remark, perhaps a link: holds, merges, doubts."""

    text: str
    href: str | None
    remark: str


class InternalView(NamedTuple):
    """What only the office sees beside an edition."""

    unedited: bool
    alarms: tuple[str, ...]
    silent: tuple[LineView, ...]
    silent_more: tuple[LineView, ...]
    holds: tuple[LineView, ...]
    passed: tuple[LineView, ...]
    report_href: str | None
    unreleased: bool


class DigestView(NamedTuple):
    """The front page, or the page of an earlier day."""

    is_front: bool
    title: str
    day_iso: str
    day: str
    weekday: str
    number: str
    summary: tuple[str, ...]
    source_line: str | None
    lead: str | None
    lead_pieces: tuple[Piece, ...]
    covers: str
    columns: tuple[ColumnView, ...]
    week: tuple[CardView, ...]
    board: BoardView | None
    reminders: tuple[str, ...]
    briefing_href: str
    previous: Link | None
    following: Link | None
    towns: tuple[TileView, ...]
    month: MonthView | None
    archive_href: str
    internal: InternalView | None

    @property
    def is_bare(self) -> bool:
        """Whether its column is too short to stand beside the other one."""
        cards = [card for column in self.columns for card in column.cards]
        pictured = any(card.picture for card in cards)
        return not (self.week or pictured) and len(cards) <= 1


class EmptyFrontView(NamedTuple):
    """The front page of a tree that has no edition yet."""

    title: str
    pieces: tuple[Piece, ...]
    towns: tuple[TileView, ...]


class WordsView(NamedTuple):
    """Words of a sentence; ``changed`` where the other sentence has others."""

    text: str
    changed: bool


class ChangedView(NamedTuple):
    """A sentence of ours beside what it became; an empty side where there is none."""

    before: tuple[WordsView, ...]
    after: tuple[WordsView, ...]


class ChangesView(NamedTuple):
    """What a publication changed, side by side; ``more`` says how many are left out."""

    title: str
    rows: tuple[ChangedView, ...]
    more: str | None


class StepView(NamedTuple):
    """One stop of a story's journey; ``changes`` are for the office alone."""

    stamp: Stamp | None
    who: str
    what: str
    href: str | None
    is_outside: bool
    changes: ChangesView | None = None


class OriginalView(NamedTuple):
    """Where a story of others stands in full; ``href`` None when that page is gone."""

    href: str | None
    host: str
    words: str


class ShareCardView(NamedTuple):
    """A story's share cards; sizes in pixels.

    Attributes:
        image: the address of the wide one, with the site's; None where the site has
            no address of its own.
        href: the link to the same.
        thumb: the link to the small one, where the page has no picture that WeChat
            would take; else None.
    """

    image: str | None
    width: int
    height: int
    alt: str
    href: str
    thumb: str | None
    thumb_side: int


class StoryView(NamedTuple):
    """A story's page."""

    headline: str
    pieces: tuple[Piece, ...]
    kicker: Link | None
    topics: tuple[Link, ...]
    stamp: Stamp
    undated: bool
    source: str
    level: str
    author: str | None
    reviewer: str | None
    abstract: str | None
    is_excerpt: bool
    blocks: tuple[Block, ...]
    pictures: dict[str, PictureView]
    original: OriginalView | None
    why_here: str | None
    corrected: bool
    journey: tuple[StepView, ...]
    attachments: tuple[Link, ...]
    previous: Link | None
    following: Link | None
    share: str
    card: ShareCardView | None
    internal: StoryInternalView | None

    @property
    def is_long(self) -> bool:
        """Whether its headline is set smaller."""
        return is_long(self.headline)


class StoryInternalView(NamedTuple):
    """What only the office sees of a story."""

    number: str | None
    held: str | None
    tags: tuple[str, ...]
    findings: tuple[str, ...]
    notes: tuple[str, ...]
    score: ScoreView | None
    reasons: tuple[str, ...]
