"""Bringing the catalogue in line with the shelves, and telling what changed by it."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from newsroom.outline import EditionOutline, StoryOutline, day_seconds
from newsroom.story import StoryKind, StoryState
from site_builder.catalogue import (
    UNIT,
    OutlineMap,
    Place,
    count_lists,
    moment,
    places,
    put_places,
)
from site_builder.catalogue_tables import batches
from site_builder.edition_rows import (
    days_naming,
    edition_digests,
    edition_given,
    forget_edition,
    mentions,
    put_edition,
    put_mentions,
    show_edition,
    stories_named,
)
from site_builder.given import Audience, SiteGiven
from site_builder.index import Index, parts_of, read_index
from site_builder.shelves import (
    EditionShelf,
    StoryShelf,
    edition_shelf,
    story_shelf,
)

SPIKED = StoryState.SPIKED.value
TAKEN_BACK = frozenset({StoryState.WITHDRAWN.value})
NOT_PUBLIC = frozenset({*TAKEN_BACK, StoryState.HELD.value, SPIKED})


class Change(NamedTuple):
    """A story as the tree showed it and as it shows it; None where it does not."""

    before: StoryOutline | None
    after: StoryOutline | None


class List(NamedTuple):
    """A list: its kind and name."""

    kind: str
    name: str


@dataclass(slots=True)
class Moves:
    """What changed on a list that held ``count`` stories; places count from the oldest.

    Attributes:
        low: the oldest place where a story came or went, None when none did.
        spots: where a story stayed and says something else.
    """

    count: int
    low: int | None = None
    spots: set[int] = field(default_factory=set)

    def places(self, count: int, size: int) -> Iterator[int]:
        """The pages of the list, which holds ``count`` now, that may show it."""
        parts = parts_of(count, size)
        low = self.low
        if low is not None:  # each page tells how many its neighbours hold
            low = min(low, parts[0].start, parts_of(self.count, size)[0].start) - 1
        for place, (start, held) in enumerate(parts):
            end = start + held
            if (low is not None and end > low) or any(
                start <= spot < end for spot in self.spots
            ):
                yield place


@dataclass(slots=True)
class Changes:
    """What is no longer as the last build found it.

    Attributes:
        stories: by id, where the tree shows something else.
        days: those whose edition is another one, came, or went (ISO).
        named: the stories that these editions name, or named.
        neighbours: stories that stand, or stood, beside one that changed.
        lists: the lists on which something changed.
        place: where the log of changes ends now; empty when nobody keeps one.
    """

    stories: dict[int, Change] = field(default_factory=dict)
    days: set[str] = field(default_factory=set)
    named: set[int] = field(default_factory=set)
    neighbours: set[int] = field(default_factory=set)
    lists: dict[List, Moves] = field(default_factory=dict)
    place: str = ""


class Left(NamedTuple):
    """What the last build left.

    Attributes:
        watches: whether there is a tree whose pages may stand as they are.
        place: where the log of changes ended when the catalogue was last in line;
            empty: everything is compared.
    """

    watches: bool = False
    place: str = ""


NOTHING_LEFT = Left()


def take_stock(
    connection: sqlite3.Connection,
    outlines: OutlineMap,
    given: SiteGiven,
    audience: Audience,
    left: Left = NOTHING_LEFT,
) -> Changes:
    """Note in the catalogue what is given now; what changed by it for this tree."""
    stories, editions = story_shelf(given.stories), edition_shelf(given.editions)
    index = read_index(connection)
    return StockTaking(index, outlines, stories, editions, audience, left).take()


@dataclass(frozen=True, slots=True)
class StockTaking:
    """One taking of stock: the catalogue as it was, the shelves, for whom.

    ``left`` is what the last build left of its own.
    """

    index: Index
    outlines: OutlineMap
    stories: StoryShelf
    editions: EditionShelf
    audience: Audience
    left: Left
    changes: Changes = field(default_factory=Changes)

    def take(self) -> Changes:
        """Ask the shelves for what is new to the catalogue, and note it there."""
        self._take_days()
        self.changes.place, changed = self.stories.changes(self.left.place)
        came: list[int] = []
        told, known = self._digests(changed)
        new = {i for i, digest in told.items() if known.get(i) != digest}
        for gone in known.keys() - told.keys():
            self._note(gone, None, None)
        for batch in batches(sorted(new | (self.changes.named & told.keys()))):
            found = self.stories.outlines(batch)
            if known or self.left.watches:
                self.outlines.fetch(batch)
                for given in found:
                    self._note(given.id, given, self._shown(given))
            else:
                pairs = [(given, self._shown(given)) for given in found]
                came += self._note_first(pairs)
        count_lists(self.index.connection, self.changes.lists)
        self._show_days(came)
        return self.changes

    def _digests(
        self, changed: Mapping[int, str | None] | None
    ) -> tuple[Mapping[int, str], Mapping[int, str]]:
        """Digests by id, as given now and as known, of all that may differ.

        With ``changed``, of the stories that the shelf names and of those that
        changed editions name; else of all.
        """
        if changed is None:
            return self.stories.digests(), self.outlines.digests()
        known = self.outlines.digests(changed.keys() | self.changes.named)
        now: dict[int, str | None] = {**known, **changed}
        return {i: digest for i, digest in now.items() if digest is not None}, known

    def _take_days(self) -> None:
        """Note new editions, and the stories that these name or named before."""
        connection, days = self.index.connection, self.changes.days
        told, known = self.editions.digests(), edition_digests(connection)
        new = [iso for iso, digest in told.items() if known.get(iso) != digest]
        gone = known.keys() - told.keys()
        days.update(new, gone)
        self.changes.named |= stories_named(connection, days)
        for iso in gone:
            put_mentions(connection, iso, None)
            forget_edition(connection, iso)
        for given in self.editions.outlines(new) if new else ():
            put_edition(connection, given)
            put_mentions(connection, given.iso, self._of_tree(given))
        self.changes.named |= stories_named(connection, new)

    def _of_tree(self, given: EditionOutline) -> EditionOutline | None:
        """An edition as far as it belongs to this tree at all."""
        if self.audience is Audience.INTERNAL:
            return given
        return given._replace(passed=()) if given.released else None

    def _shown(self, given: StoryOutline) -> StoryOutline | None:
        """A story as this tree shows it; a spiked one only where it was carried."""
        undated = given.published is None and given.is_submission
        if self.audience is Audience.INTERNAL and given.state != SPIKED and not undated:
            return None if given.state in TAKEN_BACK else given
        carried = mentions(self.index.connection, given.id)
        if self.audience is Audience.INTERNAL:
            spiked = given.state == SPIKED and not carried
            shown = None if given.state in TAKEN_BACK or spiked else given
        else:
            shown = _public(given) if carried and _may_be_public(given) else None
        return shown and _dated(shown, carried)

    def _note_first(
        self, pairs: Sequence[tuple[StoryOutline, StoryOutline | None]]
    ) -> list[int]:
        """Note stories as given and as shown, where none was known and no page stands.

        All at once: that takes half the time of ten thousand. Those that are shown.
        """
        connection = self.index.connection
        self.outlines.put(pairs)
        back = [given.id for given, _ in pairs if given.state in TAKEN_BACK]
        self.changes.days |= days_naming(connection, back)
        seen = [shown for _, shown in pairs if shown]
        for kind, name in put_places(connection, (), seen):
            self.changes.lists.setdefault(List(kind, name), Moves(0))
        return [shown.id for shown in seen]

    def _note(
        self, story_id: int, given: StoryOutline | None, shown: StoryOutline | None
    ) -> None:
        """Note a story, and where the change can be seen."""
        before, state = self.outlines.get(story_id), self.outlines.state(story_id)
        if given is None:
            self.outlines.forget(story_id)
        else:
            self.outlines.put([(given, shown)])
        back = (given is not None and given.state in TAKEN_BACK, state in TAKEN_BACK)
        if back[0] != back[1]:  # the day says that it was, where it shows it or not
            connection = self.index.connection
            self.changes.days |= days_naming(connection, (story_id,))
        if before == shown:
            return
        self.changes.stories[story_id] = Change(before, shown)
        moves = not (before and shown and moment(before) == moment(shown))
        stood, stands = places(before), places(shown)
        stays = set() if moves else {p[:2] for p in stood} & {p[:2] for p in stands}
        if before:
            self._look_at(before, stood, stays)
        moved = [(one,) if one else () for one in (before, shown)]
        put_places(self.index.connection, *moved)
        if shown:
            self._look_at(shown, stands, stays)

    def _look_at(
        self, story: StoryOutline, stands: Collection[Place], stays: Collection[object]
    ) -> None:
        """Note the neighbours of a story, and its place on each of its lists."""
        for kind, name, _ in stands:
            count = self.index.counts(kind).get(name, 0)
            moves = self.changes.lists.setdefault(List(kind, name), Moves(count))
            if not self.left.watches:
                continue
            place = self.index.place(kind, name, story)
            if (kind, name) in stays:
                moves.spots.add(place)
            else:
                moves.low = place if moves.low is None else min(place, moves.low)
            if kind == UNIT:
                around = self.index.around(name, story)
                self.changes.neighbours.update(i for i in around if i is not None)

    def _show_days(self, came: Iterable[int]) -> None:
        """Leave out of editions what the tree does not show."""
        stories = self.changes.stories
        toggled = [i for i, (old, new) in stories.items() if not (old and new)]
        toggled += came
        days = self.changes.days
        for iso in sorted(days | days_naming(self.index.connection, toggled)):
            given = edition_given(self.index.connection, iso)
            if given is None:
                continue
            shown = self._of_tree(given)
            there = self.outlines.shown((*given.carried, *given.week))
            if show_edition(
                self.index.connection, iso, shown and _without(shown, there)
            ):
                days.add(iso)


def _public(outline: StoryOutline) -> StoryOutline:
    return outline._replace(
        units=tuple(tag for tag in outline.units if not tag[1]),
        topics=tuple(tag for tag in outline.topics if not tag[1]),
    )


def _may_be_public(outline: StoryOutline) -> bool:
    inside = outline.kind == StoryKind.INTERNAL.value
    return outline.state not in NOT_PUBLIC and not inside


def _dated(outline: StoryOutline, carried: Collection[tuple[str, str]]) -> StoryOutline:
    """Our own story bears the day of the first edition that carried it."""
    if not carried or outline.published is not None or not outline.is_submission:
        return outline
    first = min(iso for iso, _ in carried)
    return outline._replace(published=day_seconds(date.fromisoformat(first)))


def _without(day: EditionOutline, stories: Collection[int]) -> EditionOutline:
    columns = tuple(
        (column, tuple(i for i in ids if i in stories)) for column, ids in day.columns
    )
    return day._replace(
        columns=tuple((column, ids) for column, ids in columns if ids),
        week=tuple(i for i in day.week if i in stories),
    )
