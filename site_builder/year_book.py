"""The year book of a unit: all its stories of one year on paper."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from itertools import groupby

from newsroom.article import CHINA
from newsroom.outline import StoryOutline
from newsroom.wording import short_date
from site_builder.adoption import UPPER
from site_builder.catalogue import UNIT, moment
from site_builder.face import months_of, year_chart
from site_builder.links import Address, Kind
from site_builder.list_views import BookMonth, BookRow, YearBookView
from site_builder.standpoint import Standpoint
from site_builder.views import FigureView, Link
from site_builder.wording import level_word


def year_book_view(
    unit: str, year: int, ids: tuple[int, ...], at: Standpoint
) -> YearBookView:
    """The stories by month, and which of them higher levels printed."""
    outlines = at.shown.stories.outlines
    outlines.fetch(ids)
    stories = [outlines[story_id] for story_id in ids]
    name = at.tree.units[unit].name if unit in at.tree.units else unit
    upper = [story for story in stories if _upper(story, at)]
    topics = Counter(_topic(story) for story in stories)
    figures = [
        FigureView(str(len(stories)), "篇", "全年稿件"),
        FigureView(str(len(upper)), "篇", "上级媒体刊发"),
        FigureView(str(len(topics)), "类", "题材"),
    ]
    return YearBookView(
        title=f"{name}{year}年鉴",
        words=f"{at.shown.given.office.name}编",
        back=Link(name, at.href(Address(Kind.TOWN, unit))),
        figures=tuple(figure for figure in figures if figure.number != "0"),
        chart=year_chart(months_of(at.index, UNIT, unit), year),
        months=tuple(
            BookMonth(f"{month}月", tuple(_row(story, at) for story in group))
            for month, group in groupby(stories, key=_month)
        ),
    )


def _month(story: StoryOutline) -> int:
    return _day(story).month


def _day(story: StoryOutline) -> datetime:
    return datetime.fromtimestamp(moment(story), CHINA)


def _topic(story: StoryOutline) -> str:
    return story.topics[0][0] if story.topics else "qita"


def _row(story: StoryOutline, at: Standpoint) -> BookRow:
    upper = _upper(story, at)
    return BookRow(
        short_date(_day(story).date()),
        story.headline,
        at.story(story),
        _source(story, at),
        f"{'、'.join(upper)}刊发" if upper else None,
    )


def _source(story: StoryOutline, at: Standpoint) -> str:
    """Who says it, as on the story's page (``cards.source_name``)."""
    if story.sources:
        return story.sources[0][1]
    unit = at.known_unit(story.units[0][0]) if story.units else None
    return unit.union if unit else at.shown.given.office.name


def _upper(story: StoryOutline, at: Standpoint) -> list[str]:
    """Which levels above the county printed it, the highest first."""
    units = at.shown.given.units
    return [level_word(level, units) for level in UPPER if level.value in story.levels]
