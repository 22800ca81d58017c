"""What all pages of one tree are planned from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from newsroom.edition import Edition
from newsroom.errors import NotFound
from newsroom.taxonomy import Topic, UnitRules
from site_builder.assets import Assets
from site_builder.files import PageFile
from site_builder.frame import Head, frame_view
from site_builder.ground import Ground, digest
from site_builder.index import Index, read_index
from site_builder.keys import Keys, make_keys
from site_builder.links import Address, Kind
from site_builder.shown import Shown
from site_builder.standpoint import Standpoint, Tree, tree_of


@dataclass(frozen=True, slots=True)
class Planner:
    """What all pages of one tree are planned from."""

    shown: Shown
    index: Index
    assets: Assets
    keys: Keys
    tree: Tree

    def at(self, address: Address) -> Standpoint:
        """The standpoint of the page at this address."""
        return self.tree.at(address)

    def names(self, kind: Kind) -> dict[str, str]:
        """The names of towns, topics or sources by id."""
        given = self.shown.given
        if kind is Kind.TOWN:
            return _unit_names(given.units)
        return (
            _topic_names(given.topics)
            if kind is Kind.TOPIC
            else self.index.source_names
        )

    def page(
        self,
        at: Standpoint,
        template: str,
        view: object,
        head: Head,
        pictures: tuple[str, ...] = (),
    ) -> PageFile:
        """The page that stands at ``at.base``, in its frame."""
        frame = frame_view(at, self.assets, head)
        return PageFile(at.base, template, view, frame, pictures)


def make_planner(shown: Shown, assets: Assets, ground: Ground) -> Planner:
    """What all pages of this tree are planned from."""
    index = read_index(shown.connection)
    styles = digest(*sorted(address.path for address, _ in assets.files.values()))
    keys = make_keys(shown, index, ground, styles)
    return Planner(shown, index, assets, keys, tree_of(shown, index))


def _unit_names(units: UnitRules) -> dict[str, str]:
    return {unit.id: unit.name for unit in units.units}


def _topic_names(topics: tuple[Topic, ...]) -> dict[str, str]:
    return {topic.id: topic.name for topic in topics} | {"qita": "其他"}


def edition_of(planner: Planner, day: date) -> Edition:
    """The edition of a day, the cards of its stories at hand.

    Raises:
        NotFound: the tree has none of that day.
    """
    edition = planner.shown.edition(day)
    if edition is None:
        raise NotFound(f"没有 {day} 的一期")
    planner.shown.stories.fetch_cards(ids_in(edition))
    return edition


def ids_in(edition: Edition) -> tuple[int, ...]:
    """The stories that an edition shows."""
    return tuple(e.story_id for e in (*edition.all_entries, *edition.week))


def pictures_in(edition: Edition) -> tuple[str, ...]:
    """The pictures that an edition shows, each once."""
    entries = (*edition.all_entries, *edition.week)
    return tuple(dict.fromkeys(e.picture for e in entries if e.picture))
