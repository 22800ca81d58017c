"""A story as an edition freezes it."""

from dataclasses import replace
from datetime import date

import pytest

from newsroom.body import Body, Picture
from newsroom.edition import Score, ScorePart
from newsroom.entries import label_of, make_entry
from newsroom.taxonomy import Level, Tag

DAY = date(2026, 7, 20)


def test_a_submission(story_of, rules, at):
    """The unit's words, our own picture, the day of the edition as its date."""
    story = story_of(1, tier=None, unit="afs", text="正文。", pictures=1)
    story = replace(story, byline="何某", reviewer="向书平")

    entry = make_entry(story, rules, day=DAY)

    assert ("安福寺镇", "安福寺镇总工会", Level.TOWNSHIP) == (
        entry.kicker,
        entry.source_name,
        entry.source_level,
    )
    assert (at(2026, 7, 20), True, "正文。") == (
        entry.published,
        entry.own,
        entry.abstract,
    )
    assert ("何某", "向书平", "车间里") == (
        entry.correspondent,
        entry.reviewer,
        entry.picture_caption,
    )
    assert entry.picture is not None


def test_a_crawled_story(story_of, rules):
    """The excerpt, the source's word, no foreign picture, no byline."""
    story = story_of(1, text="正文。")
    story = replace(story, excerpt="", byline="何某", units=(Tag("by", 1, (), True),))

    entry = make_entry(story, rules, day=DAY, follow_up=True)

    assert ("", "sheng网", None, None, True) == (
        entry.abstract,
        entry.kicker,
        entry.picture,
        entry.correspondent,
        entry.follow_up,
    )


def test_a_picture_that_bears_being_large_goes_first(story_of, rules):
    """No thumbnail stands beside a headline, and a panorama only for want of others."""
    sizes = {"tiny": (120, 80), "panorama": (3000, 500), "photo": (900, 600)}
    pictures = {n: Picture(n, None, None, None, *size) for n, size in sizes.items()}

    def chosen(*names):
        body = Body(tuple(pictures[name] for name in names))
        story = replace(story_of(1, tier=None, unit="afs"), body=body)
        return make_entry(story, rules, day=DAY).picture

    assert "photo" == chosen("tiny", "panorama", "photo")
    assert "panorama" == chosen("tiny", "panorama")
    assert chosen("tiny") is None


def test_what_has_no_date_gets_none(story_of, rules):
    """No day is invented for a crawled story."""
    assert make_entry(story_of(1, published=None), rules, day=DAY).published is None


def test_a_submission_of_an_unknown_unit(story_of, rules):
    """A unit that the office has since removed still has a word."""
    entry = make_entry(story_of(1, tier=None, unit="gone"), rules, day=DAY)

    assert ("基层报送", "基层报送") == (entry.kicker, entry.source_name)


@pytest.mark.parametrize(
    ("points", "label"),
    [
        ({"upper": 8, "benefit": 6, "unique": 14}, "上级媒体采用"),
        ({"upper": 5, "benefit": 5, "unique": 14}, "惠及职工多"),
        ({"upper": 5, "benefit": 4, "unique": 14}, "新做法"),
        ({"upper": 5, "benefit": 4, "unique": 10}, None),
        ({}, None),
    ],
)
def test_at_most_one_label(rules, points, label):
    """The part that earned four fifths of its most, adoption first."""
    most = {"upper": 10, "benefit": 6, "unique": 14}
    parts = tuple(ScorePart(k, p, most[k], "") for k, p in points.items())

    assert label == label_of(Score(parts), rules.highlight)


def test_labels_of_the_offices_own(rules):
    """The office may label another part; one without points gives none."""
    own = replace(rules.highlight, labels={"silent": "少见"})

    assert "少见" == label_of(Score((ScorePart("silent", 8, 8, ""),)), own)
    assert label_of(Score((ScorePart("silent", 0, 0, ""),)), own) is None
