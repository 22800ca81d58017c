"""What an audience may see, decided once and as values.

The public tree is built from values that hold nothing internal, so no template can
leak a score, a silence or another site's text.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path

from newsroom.article import CHINA
from newsroom.body import Body
from newsroom.edition import Board, Column, Edition, Entry
from newsroom.outline import EditionOutline, StoryOutline, day_seconds
from newsroom.source import SourceReport
from newsroom.story import Story, StoryKind, StoryState
from site_builder.given import Audience, SiteGiven
from site_builder.outlines import Outlines, read_outlines
from site_builder.shelves import StoryShelf, edition_shelf, story_shelf

SPIKED = StoryState.SPIKED.value
TAKEN_BACK = frozenset({StoryState.WITHDRAWN.value})
NOT_PUBLIC = frozenset({*TAKEN_BACK, StoryState.HELD.value, SPIKED})
MOST_READ = 1000  # stories that are kept in full at a time
MOST_CARDS = 20_000  # and without their text
MOST_EDITIONS = 8


class StoryMap(Mapping[int, Story]):
    """The stories of a tree by id: known in outline, read when they are asked for.

    A story that was read is kept for a while, so that the pages of a batch share it.
    """

    def __init__(
        self,
        shelf: StoryShelf,
        outlines: dict[int, StoryOutline],
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
                if len(self._cards) < MOST_CARDS:
                    self._cards[story.id] = _without_text(clean)

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
        lost: days and the stories that they carry but nobody gave.
        raw: the outlines as they were given, to be kept for the next build.
    """

    given: SiteGiven
    audience: Audience
    days: tuple[EditionOutline, ...]
    stories: StoryMap
    carried: dict[int, tuple[tuple[EditionOutline, Column], ...]]
    pictures: frozenset[str]
    lost: tuple[tuple[EditionOutline, int], ...]
    raw: Outlines
    _read: dict[str, Edition]

    @property
    def is_internal(self) -> bool:
        """Whether this is the office's own tree."""
        return self.audience is Audience.INTERNAL

    @property
    def latest(self) -> Edition | None:
        """The newest edition, None before the first."""
        return self.edition(self.days[0].day) if self.days else None

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
                self._read.clear()
            self._read[iso] = self._clean(whole)
        return self._read[iso]

    def _clean(self, edition: Edition) -> Edition:
        if self.is_internal:
            return _without(edition, self.stories)
        entries = (*edition.all_entries, *edition.week)
        self.stories.fetch_cards([entry.story_id for entry in entries])
        return _public_edition(edition, self.stories)


def show(given: SiteGiven, audience: Audience, known: Outlines | None = None) -> Shown:
    """What this audience may see of what is given.

    ``known`` are the outlines of an earlier build: only the others are asked for.
    """
    shelf = story_shelf(given.stories)
    raw = read_outlines(shelf, edition_shelf(given.editions), known)
    days = [raw.editions[iso] for iso in sorted(raw.editions, reverse=True)]
    if audience is Audience.PUBLIC:
        days = [day._replace(passed=()) for day in days if day.released]
    outlines = _shown_outlines(raw, days, audience)
    shown_days = tuple(_outline_without(day, outlines) for day in days)
    carried = _carried(shown_days)
    for story_id, places in carried.items():
        outlines[story_id] = _dated_outline(outlines[story_id], places)

    def clean(story: Story) -> Story:
        bare = story if audience is Audience.INTERNAL else _public_story(story)
        return _dated(bare, carried.get(story.id, ()))

    return Shown(
        given=given,
        audience=audience,
        days=shown_days,
        stories=StoryMap(shelf, outlines, clean),
        carried=carried,
        pictures=_files(given.pictures),
        lost=_lost(raw),
        raw=raw,
        _read={},
    )


def missing_stories(shown: Shown) -> Iterator[tuple[Edition, Entry]]:
    """Entries of editions whose story was not given at all."""
    shelf = edition_shelf(shown.given.editions)
    for outline, story_id in shown.lost:
        (edition,) = shelf.editions((outline.iso,))
        for entry in edition.all_entries:
            if entry.story_id == story_id:
                yield edition, entry


def _lost(raw: Outlines) -> tuple[tuple[EditionOutline, int], ...]:
    return tuple(
        (raw.editions[iso], story_id)
        for iso in sorted(raw.editions, reverse=True)
        for story_id in raw.editions[iso].carried
        if story_id not in raw.stories
    )


def _shown_outlines(
    raw: Outlines, days: Sequence[EditionOutline], audience: Audience
) -> dict[int, StoryOutline]:
    """The stories of a tree; a spiked one only where an edition carries it."""
    carried = {story_id for day in days for story_id in day.carried}
    if audience is Audience.INTERNAL:
        return {
            i: outline
            for i, outline in raw.stories.items()
            if outline.state not in TAKEN_BACK
            and (outline.state != SPIKED or i in carried)
        }
    return {
        i: _public_outline(outline)
        for i, outline in raw.stories.items()
        if i in carried and _may_be_public(outline)
    }


def _public_outline(outline: StoryOutline) -> StoryOutline:
    return outline._replace(
        units=tuple(tag for tag in outline.units if not tag[1]),
        topics=tuple(tag for tag in outline.topics if not tag[1]),
    )


def _outline_without(day: EditionOutline, stories: Collection[int]) -> EditionOutline:
    columns = tuple(
        (column, tuple(i for i in ids if i in stories)) for column, ids in day.columns
    )
    return day._replace(
        columns=tuple((column, ids) for column, ids in columns if ids),
        week=tuple(i for i in day.week if i in stories),
    )


def _dated_outline(
    outline: StoryOutline, carried: Sequence[tuple[EditionOutline, Column]]
) -> StoryOutline:
    if outline.published is not None or not outline.is_submission:
        return outline
    return outline._replace(published=day_seconds(carried[-1][0].day))


def _without_text(story: Story) -> Story:
    return replace(story, body=Body(), findings=(), notes=(), attachments=())


def _may_be_public(outline: StoryOutline) -> bool:
    inside = outline.kind == StoryKind.INTERNAL.value
    return outline.state not in NOT_PUBLIC and not inside


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
    if story.own:
        return bare
    return replace(
        bare, body=Body(), abstract=story.excerpt, byline=None, reviewer=None
    )


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


def _lead_without(edition: Edition, stories: Mapping[int, Story]) -> str:
    """今日导读 without the headlines of entries that this tree must not show."""
    lead = edition.lead
    for entry in edition.all_entries:
        if entry.story_id not in stories:
            lead = lead.replace(f"：{entry.headline}。", "。")
            lead = lead.replace(entry.headline, "")
    return lead


def _carried(
    days: Sequence[EditionOutline],
) -> dict[int, tuple[tuple[EditionOutline, Column], ...]]:
    found: dict[int, list[tuple[EditionOutline, Column]]] = {}
    for day in days:
        for name, ids in day.columns:
            column = Column(name)
            for story_id in ids:
                found.setdefault(story_id, []).append((day, column))
    return {story_id: tuple(places) for story_id, places in found.items()}


def _dated(story: Story, carried: Sequence[tuple[EditionOutline, Column]]) -> Story:
    """Our own story bears the day of the first edition that carried it.

    It is published with that edition, never before (domain: 0, decision 10).
    """
    if story.published is not None or not story.is_submission or not carried:
        return story
    day = carried[-1][0].day
    return replace(story, published=datetime.combine(day, time(), CHINA))


def _files(folder: Path) -> frozenset[str]:
    if not folder.is_dir():
        return frozenset()
    return frozenset(file.name for file in folder.iterdir())
