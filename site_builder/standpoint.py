"""A page's standpoint: every link as seen from where the page stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from newsroom.errors import NewsroomError
from newsroom.outline import StoryOutline
from newsroom.story import Story
from newsroom.taxonomy import Unit
from site_builder.catalogue import make_room
from site_builder.frame_views import FeedEntryView, HouseView
from site_builder.headline import Piece, Words, headline_pieces, office_words
from site_builder.index import Index
from site_builder.links import Address, Kind, story_path
from site_builder.list_views import FaceView
from site_builder.shown import Shown
from site_builder.views import CardView, Link, PictureView

MOST_PIECES = 1_000  # headlines whose breaks are kept
LONGEST = 2.5  # times its width; a longer picture is read, not looked at
SMALL = 480  # pixels; a narrower picture would blur as wide as the text


@dataclass(frozen=True, slots=True)
class Depth:
    """What pages so many folders below the root share: links are alike there.

    Attributes:
        up: the way to the root, e.g. ``../../``.
        units, topics: the links to their pages, None where they have none.
        houses: the frame of each kind of page.
        cards: stories as lists show them.
        entries: stories as feeds tell them.
        faces: what stands on top of lists, asked for by their keys and their pages.
    """

    up: str
    units: dict[str, Link | None] = field(default_factory=dict)
    topics: dict[str, Link | None] = field(default_factory=dict)
    houses: dict[Kind, HouseView] = field(default_factory=dict)
    cards: dict[int, CardView] = field(default_factory=dict)
    entries: dict[int, FeedEntryView] = field(default_factory=dict)
    faces: dict[tuple[Kind, str], FaceView | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tree:
    """What all pages of a tree are seen from; ``depths`` fills while they are made.

    ``words`` are those that no large headline tears apart, ``pieces`` how headlines
    break that were asked for: a story's page, its day and the front show the same.
    """

    shown: Shown
    index: Index
    units: dict[str, Unit]
    topics: dict[str, str]
    words: Words = field(default_factory=dict)
    pieces: dict[str, tuple[Piece, ...]] = field(default_factory=dict)
    depths: dict[int, Depth] = field(default_factory=dict)

    def at(self, address: Address) -> Standpoint:
        """The standpoint of the page at this address."""
        deep = address.path.count("/")
        depth = self.depths.get(deep)
        if depth is None:
            depth = self.depths[deep] = Depth("../" * deep)
        return Standpoint(self.shown, self.index, address, self, depth)


def tree_of(shown: Shown, index: Index) -> Tree:
    """The tree of what is shown, nothing of it made yet."""
    given = shown.given
    units = {unit.id: unit for unit in reversed(given.units.units)}
    topics = {topic.id: topic.name for topic in reversed(given.topics)}
    words = office_words(given.units, given.topics)
    return Tree(shown, index, units, topics, words)


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Where a page stands, in the tree that it belongs to."""

    shown: Shown
    index: Index
    base: Address
    tree: Tree
    here: Depth

    def at(self, address: Address) -> Standpoint:
        """The standpoint of another page of the tree."""
        return self.tree.at(address)

    def href(self, target: Address) -> str:
        """The link to a file of the tree."""
        return self.here.up + target.path

    def to(self, kind: Kind) -> str:
        """The link to the only page of its kind."""
        return self.here.up + kind.template

    def day(self, day: date) -> str:
        """The link to one day's page."""
        return f"{self.here.up}days/{day.isoformat()}.html"

    def briefing(self, day: date) -> str:
        """The link to one day's briefing."""
        return f"{self.here.up}briefing/{day.isoformat()}.html"

    def story(self, story: Story | StoryOutline) -> str:
        """The link to a story's page."""
        return self.here.up + story_path(story)

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

    def pieces(self, headline: str) -> tuple[Piece, ...]:
        """Where a large headline may break."""
        known = self.tree.pieces
        found = known.get(headline)
        if found is None:
            make_room(known, 1, MOST_PIECES)
            found = known[headline] = headline_pieces(headline, self.tree.words)
        return found

    def known_unit(self, unit_id: str | None) -> Unit | None:
        """The unit of this id, None when it is none of ours."""
        return self.tree.units.get(unit_id) if unit_id else None

    def unit_link(self, unit_id: str | None) -> Link | None:
        """A unit's name and its page; None for a unit that is none of ours."""
        if unit_id is None:
            return None
        links = self.here.units
        if unit_id not in links:
            unit, href = self.known_unit(unit_id), self.unit(unit_id)
            links[unit_id] = Link(unit.name, href) if unit and href else None
        return links[unit_id]

    def topic_link(self, topic_id: str) -> Link | None:
        """A topic's name and its page."""
        links = self.here.topics
        if topic_id not in links:
            name, href = self.tree.topics.get(topic_id), self.topic(topic_id)
            links[topic_id] = Link(name, href) if name and href else None
        return links[topic_id]

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
        portrait = bool(width and height and width < height <= LONGEST * width)
        small = bool(width and width < SMALL)
        return PictureView(
            self.href(address), alt, caption, width, height, portrait, small
        )
