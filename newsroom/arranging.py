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


@dataclass(frozen=True, slots=True)
class Arranged:
    """One decision: the story, what is decided, where, why and by whom.

    ``place`` counts from 1 within the column; 0 leaves the machine's order.
    """

    story_id: int
    hand: Hand
    reason: str
    by: str
    column: Column | None = None
    place: int = 0


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
    hands = {one.story_id: one for one in arranged}
    columns = dict(choice.columns)
    passed = {one.story_id: one for one in choice.passed}
    for column, entries in choice.columns:
        columns[column] = tuple(e for e in entries if e.story_id not in hands)
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
            return replace(entry, reasons=(*entry.reasons, reason))
    story = stories.get(one.story_id)
    if story is None or story.state in _NEVER:
        return None
    return make_entry(story, rules, day=day, reasons=(reason,))


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
