"""An editor's hand on the choice of a day: pins, drops, order, each with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from newsroom.choosing import Choice
from newsroom.edition import Column, Entry, Passed
from newsroom.entries import make_entry
from newsroom.rules import Rules
from newsroom.story import Story, StoryState


class Hand(Enum):
    """What an editor decides for a story in one day's edition."""

    PIN = "pin"
    DROP = "drop"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Arranged:
    """One decision: the story, what is decided, where, why and by whom.

    ``place`` counts from 1 within the column; 0 leaves the machine's order.
    ``headline`` stands in the edition instead of the story's own, which is kept.
    """

    story_id: int
    hand: Hand
    reason: str
    by: str
    column: Column | None = None
    place: int = 0
    headline: str = ""


ORDER = "调整次序"
_NEVER = frozenset({StoryState.HELD, StoryState.SPIKED, StoryState.WITHDRAWN})


def arrange(
    choice: Choice,
    arranged: Sequence[Arranged],
    stories: Mapping[int, Story],
    *,
    day: date,
    rules: Rules,
) -> Choice:
    """The machine's choice with the editor's decisions put over it.

    A story that is held, spiked or withdrawn is not pinned by anyone.
    """
    titles = {one.story_id: one for one in arranged if one.hand is Hand.TITLE}
    arranged = [one for one in arranged if one.hand is not Hand.TITLE]
    hands = {one.story_id: one for one in arranged}
    columns = dict(choice.columns)
    passed = {one.story_id: one for one in choice.passed}
    for column, entries in choice.columns:
        columns[column] = tuple(
            _titled(e, titles.get(e.story_id))
            for e in entries
            if e.story_id not in hands
        )
    for one in sorted(arranged, key=lambda a: (a.place or 99, a.story_id)):
        entry = _entry(one, choice, stories, day=day, rules=rules)
        if one.hand is Hand.DROP and entry is not None:
            passed[one.story_id] = _dropped(one, entry)
        elif entry is not None:
            column = one.column or Column.HIGHLIGHTS
            columns[column] = _put(columns.get(column, ()), entry, one.place)
            passed.pop(one.story_id, None)
    ordered = tuple((c, columns[c]) for c in Column if c in columns)
    return Choice(ordered, tuple(passed[key] for key in sorted(passed)))


def move(  # noqa: PLR0913 - the column as it is, and what moves in whose name
    order: Sequence[int],
    arranged: Mapping[int, Arranged],
    story_id: int,
    *,
    up: bool,
    column: Column,
    by: str,
) -> tuple[Arranged, ...]:
    """The decisions by which a story goes one place up or down in its column.

    ``order`` are the stories of the column as planned now, ``arranged`` the decisions
    of the day by story: those of this column get the places that they will have, so
    that the machine's order stays around them. Empty at either end.
    """
    ids = list(order)
    place = ids.index(story_id)
    to = place - 1 if up else place + 1
    if not 0 <= to < len(ids):
        return ()
    ids[place], ids[to] = ids[to], ids[place]
    plain = Arranged(story_id, Hand.PIN, ORDER, by)
    held = {i: a for i, a in arranged.items() if a.hand is Hand.PIN}
    held[story_id] = held.get(story_id) or replace(
        plain, headline=arranged[story_id].headline if story_id in arranged else ""
    )
    return tuple(
        replace(held[i], hand=Hand.PIN, column=column, place=n)
        for n, i in enumerate(ids, 1)
        if i in held
    )


def _titled(entry: Entry, one: Arranged | None) -> Entry:
    """The entry under the headline that an editor gave it, with the first one told."""
    if one is None or not one.headline or one.headline == entry.headline:
        return entry
    reason = f"{one.by}改题，原题《{entry.headline}》"
    return replace(entry, headline=one.headline, reasons=(*entry.reasons, reason))


def _entry(
    one: Arranged,
    choice: Choice,
    stories: Mapping[int, Story],
    *,
    day: date,
    rules: Rules,
) -> Entry | None:
    """The entry as the machine made it, or a new one for a story it had passed."""
    reason = f"{one.by}：{one.reason}"
    for entry in choice.all_entries:
        if entry.story_id == one.story_id:
            told = replace(entry, reasons=(*entry.reasons, reason))
            return _titled(told, one)
    story = stories.get(one.story_id)
    if story is None or story.state in _NEVER:
        return None
    return _titled(make_entry(story, rules, day=day, reasons=(reason,)), one)


def _put(entries: tuple[Entry, ...], entry: Entry, place: int) -> tuple[Entry, ...]:
    at = max(place - 1, 0)
    return (*entries[:at], entry, *entries[at:])


def _dropped(one: Arranged, entry: Entry) -> Passed:
    return Passed(
        one.story_id,
        entry.headline,
        one.column,
        f"{one.by}撤下：{one.reason}",
        entry.score,
    )
