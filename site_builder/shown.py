"""What an audience may see, decided once and as values.

The public tree is built from values that hold nothing internal, so no template can
leak a score, a silence or another site's text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from pathlib import Path

from newsroom.article import CHINA
from newsroom.body import Body
from newsroom.edition import Board, Column, Edition, Entry
from newsroom.source import SourceReport
from newsroom.story import Story, StoryKind, StoryState
from site_builder.given import Audience, SiteGiven

TAKEN_BACK = frozenset({StoryState.WITHDRAWN})
NOT_PUBLIC = frozenset({StoryState.WITHDRAWN, StoryState.HELD, StoryState.SPIKED})


@dataclass(frozen=True, slots=True)
class Shown:
    """The editions and stories of one tree.

    Attributes:
        given: what the build was given (settings and vocabularies).
        audience: for whom.
        editions: newest first, cleaned for the audience.
        stories: by id, cleaned for the audience.
        carried: for each story the editions and columns that carried it, newest first.
        pictures: names of the picture files that exist.
    """

    given: SiteGiven
    audience: Audience
    editions: tuple[Edition, ...]
    stories: dict[int, Story]
    carried: dict[int, tuple[tuple[Edition, Column], ...]]
    pictures: frozenset[str]

    @property
    def is_internal(self) -> bool:
        """Whether this is the office's own tree."""
        return self.audience is Audience.INTERNAL

    @property
    def latest(self) -> Edition | None:
        """The newest edition, None before the first."""
        return self.editions[0] if self.editions else None

    @property
    def sources(self) -> tuple[SourceReport, ...]:
        """The sources of the last run."""
        return self.given.sources


def show(given: SiteGiven, audience: Audience) -> Shown:
    """What this audience may see of what is given."""
    if audience is Audience.INTERNAL:
        stories = {s.id: s for s in given.stories if s.state not in TAKEN_BACK}
        editions = tuple(_without(e, stories) for e in given.editions)
    else:
        released = tuple(e for e in given.editions if e.release is not None)
        stories = _public_stories(given, released)
        editions = tuple(_public_edition(e, stories) for e in released)
    carried = _carried(editions)
    dated = {i: _dated(story, carried.get(i, ())) for i, story in stories.items()}
    return Shown(given, audience, editions, dated, carried, _files(given.pictures))


def missing_stories(given: SiteGiven) -> tuple[tuple[Edition, Entry], ...]:
    """Entries of editions whose story was not given at all."""
    known = {story.id for story in given.stories}
    return tuple(
        (edition, entry)
        for edition in given.editions
        for entry in edition.all_entries
        if entry.story_id not in known
    )


def _public_stories(
    given: SiteGiven, released: tuple[Edition, ...]
) -> dict[int, Story]:
    carried = {entry.story_id for e in released for entry in e.all_entries}
    return {
        story.id: _public_story(story)
        for story in given.stories
        if story.id in carried and _may_be_public(story)
    }


def _may_be_public(story: Story) -> bool:
    return story.state not in NOT_PUBLIC and story.kind is not StoryKind.INTERNAL


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


def _public_edition(edition: Edition, stories: dict[int, Story]) -> Edition:
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


def _public_entry(entry: Entry, stories: dict[int, Story]) -> Entry:
    story = stories[entry.story_id]
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


def _without(edition: Edition, stories: dict[int, Story]) -> Edition:
    """The edition without entries that this tree must not show."""
    columns = tuple(
        (column, tuple(e for e in entries if e.story_id in stories))
        for column, entries in edition.columns
    )
    return replace(
        edition,
        columns=tuple((c, entries) for c, entries in columns if entries),
        week=tuple(e for e in edition.week if e.story_id in stories),
    )


def _carried(
    editions: tuple[Edition, ...],
) -> dict[int, tuple[tuple[Edition, Column], ...]]:
    found: dict[int, list[tuple[Edition, Column]]] = {}
    for edition in editions:
        for column, entries in edition.columns:
            for entry in entries:
                found.setdefault(entry.story_id, []).append((edition, column))
    return {story_id: tuple(places) for story_id, places in found.items()}


def _dated(story: Story, carried: Sequence[tuple[Edition, Column]]) -> Story:
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
