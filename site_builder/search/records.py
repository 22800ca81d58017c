"""A story as the search reads it and shows it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from newsroom.outline import StoryOutline
from newsroom.story import Story
from site_builder.cards import source_name
from site_builder.catalogue import SOURCE, TOPIC, UNIT
from site_builder.links import story_path
from site_builder.search.folding import fold, seen
from site_builder.standpoint import Standpoint

Record = tuple[str, str, str, str, str, str]
FACETS = {"u": UNIT, "t": TOPIC, "s": SOURCE}
NO_TOPIC = "qita"
EPOCH = date(1970, 1, 1).toordinal()
# A line separator ends a string in the scripts of older browsers.
_ESCAPES = (("\u2028", "\\u2028"), ("\u2029", "\\u2029"), ("<", "\\u003c"))


class Searched(NamedTuple):
    """What the search takes from a story: what it reads and what a result shows.

    Attributes:
        path: of the story's page.
        unit, source: their names, empty where it has none.
        text: below the headline, as the page has it.
    """

    path: str
    headline: str
    unit: str
    source: str
    text: str

    @property
    def folded(self) -> str:
        """What is read: no word reaches across the line's end."""
        return fold(f"{self.headline}\n{self.text}")


def searched_of(story: Story, at: Standpoint) -> Searched:
    """What the search takes from a story; ``at`` may be any page of the tree."""
    unit = at.unit_link(story.unit_id)
    headline, text = searched_text(story)
    path, source = story_path(story), source_name(story, at)
    return Searched(path, headline, unit.text if unit else "", source, text)


def searched_text(story: Story) -> tuple[str, str]:
    """The headline, and the text below it as the story's page has it."""
    text = story.body.text
    if story.abstract and story.abstract.rstrip("…") not in text:
        text = f"{story.abstract}\n{text}" if text else story.abstract
    return seen(story.headline), seen(text)


def folded_text(story: Story) -> str:
    """What is searched: headline and text; no word reaches across the line's end."""
    headline, text = searched_text(story)
    return fold(f"{headline}\n{text}")


def record_of(story: Searched, day: int) -> Record:
    """What a result shows: path, headline, day, town, source, and the text."""
    iso = date.fromordinal(EPOCH + day).isoformat()
    return (story.path, story.headline, iso, story.unit, story.source, story.text)


def facets_of(outline: StoryOutline | None, facet: str) -> Iterable[str]:
    """The towns, topics or sources by which a story is filtered."""
    if outline is None:
        return ()
    tags = {"u": outline.units, "t": outline.topics, "s": outline.sources}[facet]
    names = [name for name, _ in tags]
    return names or ((NO_TOPIC,) if facet == "t" else ())


def part_script(name: str, content: object) -> str:
    """A file that the page takes in as a classic script, from a stick too."""
    told = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    for character, escaped in _ESCAPES:
        told = told.replace(character, escaped)
    return f'gonghuiSearch("{name}",{told});\n'
