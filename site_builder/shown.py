"""What an audience may see, decided once and as values.

The public tree is built from values that hold nothing internal, so no template can
leak a score, a silence or another site's text.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, time
from operator import attrgetter
from pathlib import Path

from newsroom.article import CHINA
from newsroom.body import Body
from newsroom.edition import Board, Column, Edition, Entry
from newsroom.editions import place_of_newest
from newsroom.outline import EditionOutline
from newsroom.source import SourceReport
from newsroom.story import Appearance, Story, StoryState
from newsroom.wording import sentence
from site_builder.card_shelf import CardShelf
from site_builder.catalogue import OutlineMap, catalogue_in_memory, make_room
from site_builder.edition_rows import Carried, editions, lost_mentions, taken_back
from site_builder.form_watch import CARDS
from site_builder.given import Audience, SiteGiven
from site_builder.shelves import StoryShelf, edition_shelf, story_shelf
from site_builder.stock import take_stock

CORRECTED = StoryState.CORRECTED.value
IS_CORRECTED = "有更正"
MOST_READ = 400  # stories that are kept in full at a time
MOST_CARDS = 2_000  # and without their text: the newest, for first pages and editions
MOST_EDITIONS = 12


class StoryMap(Mapping[int, Story]):
    """The stories of a tree by id: known in outline, read when they are asked for.

    A story that was read is kept for a while, so that the pages of a batch share it.
    """

    def __init__(
        self,
        shelf: StoryShelf,
        outlines: OutlineMap,
        clean: Callable[[Story], Story],
    ) -> None:
        self.outlines = outlines
        self._shelf = shelf
        self._clean = clean
        self._read: dict[int, Story] = {}
        self._cards: dict[int, Story] = {}

    def __getitem__(self, story_id: int) -> Story:
        if story_id not in self._read:
            if story_id not in self.outlines:
                raise KeyError(story_id)
            self.fetch((story_id,))
        return self._read[story_id]

    def __iter__(self) -> Iterator[int]:
        return iter(self.outlines)

    def __len__(self) -> int:
        return len(self.outlines)

    def __contains__(self, story_id: object) -> bool:
        return story_id in self.outlines

    def fetch(self, ids: Collection[int]) -> None:
        """Read these stories at once; those of other trees are left out."""
        wanted = [i for i in dict.fromkeys(ids) if i in self.outlines]
        missing = [i for i in wanted if i not in self._read]
        if len(self._read) + len(missing) > MOST_READ:
            self._read = {i: self._read[i] for i in wanted if i in self._read}
        if missing:
            for story in self._shelf.stories(missing):
                self._read[story.id] = clean = self._clean(story)
                self._cards[story.id] = _without_text(clean)
        make_room(self._cards, 0, MOST_CARDS)

    def fetch_cards(self, ids: Collection[int]) -> None:
        """Read these stories at once, as far as their cards are not at hand."""
        self.fetch([i for i in ids if i not in self._cards])

    def card(self, story_id: int) -> Story:
        """A story for a list: its text may be missing, all else is there."""
        return self._cards.get(story_id) or self[story_id]


@dataclass(frozen=True, slots=True)
class Shown:
    """The editions and stories of one tree.

    Attributes:
        given: what the build was given (settings and vocabularies).
        audience: for whom.
        days: the editions in outline, newest first, without what the tree lacks.
        stories: by id, cleaned for the audience.
        carried: for each story the editions and columns that carried it, newest first.
        pictures: names of the picture files that exist.
        cards: the share cards of stories; the office's own tree has none.
    """

    given: SiteGiven
    audience: Audience
    days: tuple[EditionOutline, ...]
    stories: StoryMap
    carried: Carried
    pictures: PictureFolder
    cards: CardShelf
    connection: sqlite3.Connection
    _read: dict[str, Edition]

    @property
    def is_internal(self) -> bool:
        """Whether this is the office's own tree."""
        return self.audience is Audience.INTERNAL

    @property
    def by_now(self) -> tuple[EditionOutline, ...]:
        """The days without those of a clock that was far ahead once."""
        today = self.given.built_at.astimezone(CHINA).date()
        return self.days[place_of_newest((one.day for one in self.days), today) :]

    @property
    def latest(self) -> Edition | None:
        """The newest edition by the day of the build, None before the first."""
        return self.edition(self.by_now[0].day) if self.days else None

    @property
    def editions(self) -> tuple[Edition, ...]:
        """All editions in full, newest first."""
        return tuple(e for o in self.days if (e := self.edition(o.day)))

    @property
    def sources(self) -> tuple[SourceReport, ...]:
        """The sources of the last run."""
        return self.given.sources

    def edition(self, day: date) -> Edition | None:
        """The edition of a day, cleaned for the audience; None when it has none."""
        iso = day.isoformat()
        if iso not in self._read:
            if all(outline.iso != iso for outline in self.days):
                return None
            (whole,) = edition_shelf(self.given.editions).editions((iso,))
            if len(self._read) >= MOST_EDITIONS:
                del self._read[next(iter(self._read))]
            self._read[iso] = self._clean(whole)
        return self._read[iso]

    def taken_back(self, day: date) -> dict[Column, int]:
        """By column how many stories of the day's edition were withdrawn since."""
        return taken_back(self.connection, day.isoformat())

    def _clean(self, edition: Edition) -> Edition:
        if self.is_internal:
            return _corrected(_without(edition, self.stories), self.stories)
        entries = (*edition.all_entries, *edition.week)
        self.stories.fetch_cards([entry.story_id for entry in entries])
        return _corrected(_public_edition(edition, self.stories), self.stories)


@dataclass(frozen=True, slots=True)
class PictureFolder:
    """The pictures that there are, asked for one by one: a folder may hold many."""

    folder: Path
    _known: dict[str, bool] = field(default_factory=dict)

    def __contains__(self, name: object) -> bool:
        if name not in self._known:
            self._known[str(name)] = bool(name) and (self.folder / str(name)).is_file()
        return self._known[str(name)]


def show(
    given: SiteGiven, audience: Audience, kept: sqlite3.Connection | None = None
) -> Shown:
    """What this audience may see of what is given, for one look at it.

    ``kept`` is the catalogue of the last build of this tree: a copy of it saves reading
    all outlines again, and it stays as it is.
    """
    connection = catalogue_in_memory(kept)
    outlines = OutlineMap(connection, owns=True)
    take_stock(connection, outlines, given, audience)
    return show_catalogue(connection, outlines, given, audience)


def show_catalogue(
    connection: sqlite3.Connection,
    outlines: OutlineMap,
    given: SiteGiven,
    audience: Audience,
) -> Shown:
    """What this audience may see, by a catalogue that is in line with the shelves."""
    days = tuple(editions(connection, "shown"))
    carried = Carried(connection, outlines, {day.iso: day for day in days})

    def clean(story: Story) -> Story:
        bare = story if audience is Audience.INTERNAL else _public_story(story)
        return _dated(bare, carried)

    return Shown(
        given=given,
        audience=audience,
        days=days,
        stories=StoryMap(story_shelf(given.stories), outlines, clean),
        carried=carried,
        pictures=PictureFolder(given.pictures),
        cards=CardShelf(_cards_of(given, audience)),
        connection=connection,
        _read={},
    )


def _cards_of(given: SiteGiven, audience: Audience) -> Path | None:
    """The folder of share cards, for the tree that leads to them."""
    return given.forms / CARDS if given.forms and audience is Audience.PUBLIC else None


def missing_stories(shown: Shown) -> Iterator[tuple[Edition, Entry]]:
    """Entries of editions whose story was not given at all."""
    shelf = edition_shelf(shown.given.editions)
    for iso, story_id in lost_mentions(shown.connection):
        (edition,) = shelf.editions((iso,))
        for entry in edition.all_entries:
            if entry.story_id == story_id:
                yield edition, entry


_FIELDS = tuple(one.name for one in fields(Story))
_values_of = attrgetter(*_FIELDS)
_TEXT = {"body": Body(), "findings": (), "notes": (), "attachments": ()}
_BARE = [(_FIELDS.index(name), empty) for name, empty in _TEXT.items()]


def _without_text(story: Story) -> Story:
    # Of every story that is read: by place, for ``replace`` takes three times as long.
    values = list(_values_of(story))
    for place, empty in _BARE:
        values[place] = empty
    return Story(*values)


def _public_story(story: Story) -> Story:
    """The story without what is ours alone; of others only what the law allows."""
    bare = replace(
        story,
        findings=(),
        notes=(),
        attachments=(),
        held_reason=None,
        units=tuple(tag for tag in story.units if not tag.doubtful),
        topics=tuple(tag for tag in story.topics if not tag.doubtful),
    )
    if any(one.retold for one in story.appearances):
        bare = replace(bare, appearances=tuple(map(_public_print, story.appearances)))
    if story.own:
        return bare
    return replace(
        bare, body=Body(), abstract=story.excerpt, byline=None, reviewer=None
    )


def _public_print(one: Appearance) -> Appearance:
    """A publication without its sentences: how many it changed is told, no more."""
    retold = one.retold and replace(one.retold, sentences=())
    return replace(one, retold=retold)


def _public_edition(edition: Edition, stories: StoryMap) -> Edition:
    kept = _without(edition, stories)
    return replace(
        kept,
        columns=tuple(
            (column, tuple(_public_entry(e, stories) for e in entries))
            for column, entries in kept.columns
        ),
        week=tuple(_public_entry(e, stories) for e in kept.week),
        board=_public_board(kept.board),
        passed=(),
        source_line="",
        edited=True,
    )


def _public_entry(entry: Entry, stories: StoryMap) -> Entry:
    story = stories.card(entry.story_id)
    bare = replace(entry, score=None, reasons=(), own=story.own)
    if story.own:
        return bare
    return replace(
        bare,
        abstract=story.excerpt,
        picture=None,
        picture_caption=None,
        correspondent=None,
        reviewer=None,
    )


def _public_board(board: Board) -> Board:
    """Who was used, never who was silent (domain: 0, decision 12)."""
    rows = tuple(
        replace(row, received=row.adopted, silent_days=None)
        for row in board.rows
        if row.adopted > 0
    )
    return replace(board, rows=rows, silent=0)


def _without(edition: Edition, stories: Mapping[int, Story]) -> Edition:
    """The edition without entries that this tree must not show."""
    columns = tuple(
        (column, tuple(e for e in entries if e.story_id in stories))
        for column, entries in edition.columns
    )
    return replace(
        edition,
        columns=tuple((c, entries) for c, entries in columns if entries),
        week=tuple(e for e in edition.week if e.story_id in stories),
        lead=_lead_without(edition, stories),
    )


def _corrected(edition: Edition, stories: StoryMap) -> Edition:
    """The edition with the right words of stories that were corrected since.

    The record of the day stays; no page goes on saying what was wrong.
    """
    right = {
        entry.story_id: stories.card(entry.story_id)
        for entry in (*edition.all_entries, *edition.week)
        if stories.outlines[entry.story_id].state == CORRECTED
    }
    if not right:
        return edition
    lead = edition.lead
    for entry in edition.all_entries:
        if entry.story_id in right:
            lead = lead.replace(entry.headline, right[entry.story_id].headline)
    return replace(
        edition,
        lead=lead,
        columns=tuple(
            (column, tuple(_right_entry(e, right.get(e.story_id)) for e in entries))
            for column, entries in edition.columns
        ),
        week=tuple(_right_entry(e, right.get(e.story_id)) for e in edition.week),
    )


def _right_entry(entry: Entry, story: Story | None) -> Entry:
    if story is None:
        return entry
    words = story.headline, story.abstract
    return replace(entry, headline=words[0], abstract=words[1], label=IS_CORRECTED)


def _lead_without(edition: Edition, stories: Mapping[int, Story]) -> str:
    """今日导读 without the headlines of entries that this tree must not show."""
    lead = edition.lead
    for entry in edition.all_entries:
        if entry.story_id not in stories:
            for ended in (f"{entry.headline}。", sentence(entry.headline)):
                lead = lead.replace(f"：{ended}", "。")
            lead = lead.replace(entry.headline, "")
    return lead


def _dated(story: Story, carried: Carried) -> Story:
    """Our own story bears the day of the first edition that carried it.

    It is published with that edition, never before (domain: 0, decision 10).
    """
    if story.published is not None or not story.is_submission:
        return story
    editions_of = carried.get(story.id)
    if not editions_of:
        return story
    day = editions_of[-1][0].day
    return replace(story, published=datetime.combine(day, time(), CHINA))
