from dataclasses import replace

import samples

from newsroom.edition import Column
from newsroom.story import StoryKind, StoryState
from site_builder.given import Audience
from site_builder.shown import missing_stories, show


def public(pictures, *editions, **more):
    return show(samples.given(pictures, *editions, **more), Audience.PUBLIC)


def test_the_public_tree_has_released_editions_only(pictures):
    """An edition that nobody signed is not public."""
    unsigned = replace(samples.ORDINARY, release=None)

    shown = public(pictures, unsigned, samples.YESTERDAY)

    assert (samples.YESTERDAY.day,) == tuple(e.day for e in shown.editions)


def test_a_story_of_others_is_public_as_headline_and_excerpt(pictures):
    """Of other sites the public tree holds the headline and the excerpt, no text."""
    story = public(pictures).stories[5]

    assert (samples.STORIES[4].headline, samples.STORIES[4].excerpt) == (
        story.headline,
        story.abstract,
    )
    assert story.body.blocks == ()


def test_our_own_story_is_public_in_full(pictures):
    """The union's own stories stand in the public tree with their whole text."""
    assert samples.STORIES[0].body == public(pictures).stories[1].body


def test_the_public_edition_holds_nothing_internal(pictures):
    """No score, reason, passed story, silence or held story is left in the values."""
    shown = public(pictures)
    entries = [e for edition in shown.editions for e in edition.all_entries]
    rows = [row for edition in shown.editions for row in edition.board.rows]

    assert all(e.score is None and e.reasons == () for e in entries)
    assert all(e.picture is None for e in entries if not e.own)
    assert all(edition.passed == () for edition in shown.editions)
    assert all(row.silent_days is None and row.adopted for row in rows)
    assert 10 not in shown.stories


def test_a_dropped_excerpt_stays_dropped(pictures):
    """Where a check dropped the excerpt the edition's abstract does not return it."""
    news = public(pictures).editions[0].entries(Column.NEWS)

    assert [""] == [e.abstract for e in news if e.story_id == 7]


def test_a_withdrawn_story_leaves_both_trees(pictures):
    """A withdrawn story is gone from stories, editions and lists."""
    gone = replace(samples.STORIES[0], state=StoryState.WITHDRAWN)
    given = samples.given(pictures, stories=(gone, *samples.STORIES[1:]))

    for audience in Audience:
        shown = show(given, audience)
        assert 1 not in shown.stories
        assert 1 not in shown.carried


def test_the_internal_tree_has_held_and_unreleased_stories(pictures):
    """The office sees what is held and what nobody has released yet."""
    unsigned = replace(samples.ORDINARY, release=None)

    shown = show(samples.given(pictures, unsigned), Audience.INTERNAL)

    assert samples.ORDINARY.day == shown.editions[0].day
    assert samples.STORIES[9] == shown.stories[10]


def test_a_story_that_was_not_given_is_missed(pictures):
    """An entry whose story is not given is named, never silently dropped."""
    given = samples.given(pictures, stories=samples.STORIES[1:])

    assert [1] == [
        entry.story_id for _, entry in missing_stories(show(given, Audience.INTERNAL))
    ]


def test_an_internal_report_is_never_public(pictures):
    """What was written for the leaders only stays inside, released day or not."""
    inside = replace(samples.STORIES[1], kind=StoryKind.INTERNAL)
    given = samples.given(pictures, stories=(inside,))

    assert {} == show(given, Audience.PUBLIC).stories


def test_our_own_story_bears_the_day_of_its_first_edition(pictures):
    """A submission is dated with the edition that first carried it, never before."""
    undated = replace(samples.STORIES[1], published=None)

    shown = public(pictures, stories=(undated,))

    assert samples.DAY == shown.stories[2].published.date()
