"""A story as an edition shows it: words frozen on that day."""

from __future__ import annotations

from datetime import date, datetime, time

from newsroom.article import CHINA
from newsroom.body import Picture
from newsroom.edition import Entry, Score
from newsroom.rules import HighlightRules, Rules
from newsroom.story import Story
from newsroom.taxonomy import Level

_NARROWEST = 480  # pixels; less would blur beside a headline
_SLIMMEST, _WIDEST = 0.5, 2.5  # width by height of what stands a crop to 3:2
_LABEL_SHARE = 0.8
_LABEL_ORDER = ("upper", "benefit", "unique")


def make_entry(  # noqa: PLR0913 - the edition freezes each of them
    story: Story,
    rules: Rules,
    *,
    day: date,
    reasons: tuple[str, ...] = (),
    score: Score | None = None,
    follow_up: bool = False,
) -> Entry:
    """The entry of a story in the edition of ``day``.

    A submission of ours bears the day of the edition: it is published with it, never
    before (no back-dating).
    """
    picture = _kept_picture(story)
    return Entry(
        story_id=story.id,
        headline=story.headline,
        abstract=story.abstract if story.own else story.excerpt,
        kicker=_kicker(story, rules),
        source_name=_source_name(story, rules),
        source_level=story.first.level if story.first else Level.TOWNSHIP,
        published=story.published or _own_day(story, day),
        unit_id=story.unit_id,
        topic_id=story.topic_id,
        picture=picture.src if picture else None,
        picture_caption=picture.caption if picture else None,
        label=label_of(score, rules.highlight) if score else None,
        reasons=reasons,
        score=score,
        reprints=len(story.reprints),
        follow_up=follow_up,
        own=story.own,
        correspondent=story.byline if story.is_submission else None,
        reviewer=story.reviewer,
    )


def label_of(score: Score, rules: HighlightRules) -> str | None:
    """At most one plain label: a part that earned four fifths of its most."""
    earned = {part.key: part for part in score.parts}
    order = [k for k in _LABEL_ORDER if k in rules.labels]
    order += [k for k in rules.labels if k not in order]
    for key in order:
        part = earned.get(key)
        if part and part.most > 0 and part.points >= _LABEL_SHARE * part.most:
            return rules.labels[key]
    return None


def _kept_picture(story: Story) -> Picture | None:
    """The first picture of ours that bears being shown large; others' are not copied.

    Of those that are large enough one of an ordinary shape goes before a panorama or
    the long shot of a screen, of which a crop would leave nothing to see.
    """
    ours = (p for p in story.body.pictures if "://" not in p.src)
    large = [p for p in ours if p.width is None or p.width >= _NARROWEST]
    return next(filter(_is_ordinary, large), next(iter(large), None))


def _is_ordinary(picture: Picture) -> bool:
    if not (picture.width and picture.height):
        return True
    return _SLIMMEST <= picture.width / picture.height <= _WIDEST


def _kicker(story: Story, rules: Rules) -> str:
    tag = next((t for t in story.units if not t.doubtful), None)
    unit = rules.units.unit(tag.id) if tag else None
    return unit.name if unit else _source_name(story, rules)


def _source_name(story: Story, rules: Rules) -> str:
    if story.first:
        return story.first.source_name
    unit = rules.units.unit(story.unit_id or "")
    return unit.union if unit else "基层报送"


def _own_day(story: Story, day: date) -> datetime | None:
    if not story.is_submission:
        return None
    return datetime.combine(day, time(), CHINA)
