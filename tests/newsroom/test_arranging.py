"""An editor's order over the machine's: what is moved moves, the rest stays."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsroom.arranging import Arranged, Hand, arrange, move
from newsroom.choosing import Choice
from newsroom.edition import Column, Entry
from newsroom.taxonomy import Level


def entry(story_id):
    words = (story_id, f"第{story_id}篇", "", "", "", Level.TOWNSHIP)
    return Entry(*words, None, None, "qita", own=True)


def choice(ids):
    return Choice(((Column.NEWS, tuple(map(entry, ids))),), ())


def planned(ids, hands):
    made = arrange(choice(ids), tuple(hands.values()), {}, day=None, rules=None)
    return [e.story_id for e in made.entries(Column.NEWS)]


@given(st.integers(2, 8), st.lists(st.tuples(st.integers(0, 7), st.booleans())))
def test_moves_give_the_order_that_the_editor_saw(count, moves):
    """After any number of moves the plan is what swapping by hand would give."""
    ids = list(range(1, count + 1))
    expected, hands = list(ids), {}
    for number, up in moves:
        place = number % count
        story, to = expected[place], place - 1 if up else place + 1
        told = move(expected, hands, story, up=up, column=Column.NEWS, by="何文")
        hands |= {one.story_id: one for one in told}
        if 0 <= to < count:
            expected[place], expected[to] = expected[to], expected[place]

    assert expected == planned(ids, hands)


def test_a_headline_of_the_edition_names_the_first_one():
    """The story's own stays; the reason says who changed it."""
    title = Arranged(2, Hand.TITLE, "改题", "何文", headline="新题")
    made = arrange(choice([1, 2]), [title], {}, day=None, rules=None)
    changed = made.entries(Column.NEWS)[1]

    assert "新题" == changed.headline
    assert "何文改题，原题《第2篇》" == changed.reasons[-1]


def test_a_moved_story_keeps_its_headline_of_the_day():
    """Moving does not undo a title."""
    title = Arranged(2, Hand.TITLE, "改题", "何文", headline="新题")
    (moved,) = move([1, 2], {2: title}, 2, up=True, column=Column.NEWS, by="江敏")

    assert ("新题", 1, Hand.PIN) == (moved.headline, moved.place, moved.hand)
