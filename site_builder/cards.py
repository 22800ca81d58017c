"""A story as it stands on a list: from an edition's entry or from the story."""

from __future__ import annotations

from functools import lru_cache

from newsroom.article import CHINA
from newsroom.edition import Entry, Score, ScorePart
from newsroom.story import Story
from newsroom.taxonomy import Level, UnitKind
from newsroom.wording import full_date, short_date
from site_builder.catalogue import make_room
from site_builder.standpoint import Standpoint
from site_builder.views import CardView, PartView, ScoreView, Stamp
from site_builder.wording import clock, level_word

MOST_CARDS = 2_000  # that are kept a depth; lists show a story five times
PART_NAMES = {
    "fresh": "时效",
    "numbers": "数据",
    "people": "人物",
    "photo": "图片",
    "unique": "独特",
    "policy": "契合",
    "upper": "上级采用",
    "silent": "久未发声",
    "complete": "要素",
    "benefit": "受益",
    "stale": "过时",
    "leaders": "领导过多",
    "cliche": "套话",
    "claim": "无据之最",
    "blocked": "检查未过",
    "tier": "来源层级",
    "place": "地域",
    "topic": "题材",
}


def entry_card(entry: Entry, at: Standpoint) -> CardView:
    """An edition's entry, in the frozen words of its day."""
    story = at.shown.stories.card(entry.story_id)
    return CardView(
        headline=entry.headline,
        pieces=at.pieces(entry.headline),
        href=at.story(story),
        kicker=entry.kicker or None,
        abstract=entry.abstract or None,
        picture=at.picture(
            entry.picture,
            alt=entry.picture_caption or "",
            caption=entry.picture_caption,
        ),
        label=entry.label,
        source=entry.source_name,
        level=story_level(story, at),
        stamp=story_stamp(story),
        reprints=f"另见 {entry.reprints} 家" if entry.reprints else None,
        follow_up=entry.follow_up,
        reasons=other_reasons(entry),
        score=score_view(entry.score),
    )


def listed_card(story_id: int, at: Standpoint) -> CardView:
    """A story of the archive as lists show it, made once for all lists of a depth."""
    card = at.here.cards.get(story_id)
    return card or keep_card(at.shown.stories.card(story_id), at)


def keep_card(story: Story, at: Standpoint) -> CardView:
    """The card of a story that is at hand, kept for the lists of this depth."""
    card = story_card(story, at)
    make_room(at.here.cards, 1, MOST_CARDS)
    at.here.cards[story.id] = card
    return card


def story_card(story: Story, at: Standpoint) -> CardView:
    """A story of the archive, in its present words."""
    unit = at.unit_link(story.unit_id)
    return CardView(
        headline=story.headline,
        pieces=at.pieces(story.headline),
        href=at.story(story),
        kicker=unit.text if unit else None,
        abstract=story.abstract or None,
        picture=None,
        label=None,
        source=source_name(story, at),
        level=story_level(story, at),
        stamp=story_stamp(story),
        reprints=f"另见 {len(story.reprints)} 家" if story.reprints else None,
        follow_up=False,
        reasons=(),
        score=None,
    )


def source_name(story: Story, at: Standpoint) -> str:
    """Who says it: the first publication, else the unit that handed it in."""
    first = story.first
    if first:
        return first.source_name
    unit = at.known_unit(story.unit_id)
    return unit.union if unit else at.shown.given.office.name


def story_level(story: Story, at: Standpoint) -> str:
    """How high the voice stands: of the first publication, else of the unit."""
    units, first = at.shown.given.units, story.first
    if first:
        return level_word(first.level, units)
    unit = at.known_unit(story.unit_id)
    if unit is None or unit.kind is UnitKind.TOWN:
        return level_word(Level.TOWNSHIP, units) if unit else ""
    return unit.kind.value if unit.kind is UnitKind.PARK else units.place


def story_stamp(story: Story) -> Stamp:
    """The shown date; of an undated story when we first had it, and says so."""
    if story.published is None:
        seen = story.first_seen.astimezone(CHINA)
        words = f"{short_date(seen.date())}{_taken_in(story)}"
        return Stamp(seen.date().isoformat(), words)
    local = story.published.astimezone(CHINA)
    if story.has_time:
        words = f"{short_date(local.date())} {clock(local)}"
        return Stamp(local.isoformat(timespec="minutes"), words)
    return Stamp(local.date().isoformat(), short_date(local.date()))


def long_stamp(story: Story) -> Stamp:
    """The shown date with its year, for a story's own page."""
    short = story_stamp(story)
    moment = (story.published or story.first_seen).astimezone(CHINA)
    words = full_date(moment.date())
    if story.published is None:
        why = "" if story.is_submission else "，原文未标日期"
        return Stamp(short.iso, f"{words}{_taken_in(story)}{why}")
    return Stamp(short.iso, f"{words} {clock(moment)}" if story.has_time else words)


def _taken_in(story: Story) -> str:
    return "收到" if story.is_submission else "收录"


def other_reasons(entry: Entry) -> tuple[str, ...]:
    """The reasons that the score does not print already."""
    line = entry.score.line if entry.score else None
    return tuple(reason for reason in entry.reasons if reason != line)


def score_view(score: Score | None) -> ScoreView | None:
    """A score as one short line, and a bar with its printed reason for each part."""
    if score is None:
        return None
    parts = tuple(map(_part, score.parts))
    earned = [
        f"{view.name}{part.points:+g}"
        for part, view in zip(score.parts, parts, strict=True)
        if part.points
    ]
    return ScoreView(f"{score.total:g}分：{' '.join(earned)}", parts)


@lru_cache(maxsize=4096)
def _part(part: ScorePart) -> PartView:
    """A part of a score; most scores are shown on a day's page and on the story's."""
    share = round(100 * part.points / part.most) if part.most > 0 else 0
    figures = f"{part.points:g}/{part.most:g}" if part.most > 0 else f"{part.points:g}"
    return PartView(
        PART_NAMES.get(part.key, part.key),
        figures,
        max(0, min(100, share)),
        part.reason,
    )
