"""A page's standpoint: every link as seen from where the page stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from newsroom.errors import NewsroomError
from newsroom.outline import StoryOutline
from newsroom.story import Story
from site_builder.index import Index
from site_builder.links import (
    Address,
    Kind,
    briefing_address,
    day_address,
    relative,
    story_address,
    story_path,
)
from site_builder.shown import Shown
from site_builder.views import Link, PictureView


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Where a page stands, in the tree that it belongs to."""

    shown: Shown
    index: Index
    base: Address

    @property
    def depth(self) -> int:
        """How many folders below the root the page stands."""
        return self.base.path.count("/")

    def href(self, target: Address) -> str:
        """The link to a file of the tree."""
        return relative(target, self.base)

    def to(self, kind: Kind) -> str:
        """The link to the only page of its kind."""
        return "../" * self.depth + kind.template

    def day(self, day: date) -> str:
        """The link to one day's page."""
        return self.href(day_address(day))

    def briefing(self, day: date) -> str:
        """The link to one day's briefing."""
        return self.href(briefing_address(day))

    def story(self, story: Story | StoryOutline) -> str:
        """The link to a story's page."""
        if isinstance(story, StoryOutline):
            return "../" * self.depth + story_path(story)
        return self.href(story_address(story))

    def story_by_id(self, story_id: int | None) -> str | None:
        """The link to a story, None when this tree does not show it."""
        if story_id is None:
            return None
        outline = self.shown.stories.outlines.get(story_id)
        return self.story(outline) if outline else None

    def unit(self, unit_id: str | None) -> str | None:
        """The link to a unit's stories, None when it has none."""
        if unit_id is None or unit_id not in self.index.units:
            return None
        return self.href(Address(Kind.TOWN, unit_id))

    def topic(self, topic_id: str) -> str | None:
        """The link to a topic's stories, None when it has none."""
        if topic_id not in self.index.topics:
            return None
        return self.href(Address(Kind.TOPIC, topic_id))

    def source(self, source_id: str) -> str | None:
        """The link to a source's stories, None when it has none."""
        if source_id not in self.index.sources:
            return None
        return self.href(Address(Kind.SOURCE, source_id))

    def unit_link(self, unit_id: str | None) -> Link | None:
        """A unit's name and its page; None for a unit that is none of ours."""
        unit = self.shown.given.units.unit(unit_id) if unit_id else None
        href = self.unit(unit_id)
        return Link(unit.name, href) if unit and href else None

    def topic_link(self, topic_id: str) -> Link | None:
        """A topic's name and its page."""
        name = next((t.name for t in self.shown.given.topics if t.id == topic_id), None)
        href = self.topic(topic_id)
        return Link(name, href) if name and href else None

    def picture(
        self,
        file: str | None,
        *,
        alt: str,
        caption: str | None = None,
        width: int | None = None,
        height: int | None = None,
    ) -> PictureView | None:
        """A picture of the store, None when there is no such file."""
        if file is None or file not in self.shown.pictures:
            return None
        try:
            address = Address(Kind.PICTURE, file)
        except NewsroomError:
            return None
        portrait = bool(width and height and height > width)
        return PictureView(self.href(address), alt, caption, width, height, portrait)
