"""The year book of a unit: all its stories of one year on paper."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from itertools import groupby

from newsroom.article import CHINA
from newsroom.story import Story
from newsroom.taxonomy import Level
from newsroom.wording import short_date
from site_builder.cards import source_name
from site_builder.catalogue import UNIT
from site_builder.face import months_of, year_chart
from site_builder.links import Address, Kind
from site_builder.standpoint import Standpoint
from site_builder.views import (
    BookMonth,
    BookRow,
    FigureView,
    Link,
    YearBookView,
)
from site_builder.wording import level_word

UPPER = (Level.NATIONAL, Level.PROVINCIAL, Level.CITY)


def year_book_view(
    unit: str, year: int, ids: tuple[int, ...], at: Standpoint
) -> YearBookView:
    """The stories by month, and which of them higher levels printed."""
    shown = at.shown.stories
    shown.fetch_cards(ids)
    stories = [shown.card(story_id) for story_id in ids]
    name = at.tree.units[unit].name if unit in at.tree.units else unit
    upper = [story for story in stories if _upper(story, at)]
    topics = Counter(story.topic_id for story in stories)
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


def _month(story: Story) -> int:
    return _moment(story).month


def _moment(story: Story) -> datetime:
    return (story.published or story.first_seen).astimezone(CHINA)


def _row(story: Story, at: Standpoint) -> BookRow:
    upper = _upper(story, at)
    return BookRow(
        short_date(_moment(story).date()),
        story.headline,
        at.story(at.shown.stories.outlines[story.id]),
        source_name(story, at),
        f"{'、'.join(upper)}刊发" if upper else None,
    )


def _upper(story: Story, at: Standpoint) -> list[str]:
    """Which levels above the county printed it, the highest first."""
    levels = {appearance.level for appearance in story.appearances}
    units = at.shown.given.units
    return [level_word(level, units) for level in UPPER if level in levels]
