"""The key of a page: the hash of all that it would be made from.

Each function here names what one kind of page shows, and nothing else: what is left
out would be missed by an incremental build, what is too much makes it work in vain.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from newsroom.outline import EditionOutline, StoryOutline
from site_builder.ground import ALL, Ground, canonical, digest
from site_builder.index import Index
from site_builder.links import PAGED, Address, Kind
from site_builder.shown import Shown


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one tree."""

    shown: Shown
    ground: Ground
    assets: str
    places: str
    other_topic: str

    def story(
        self, outline: StoryOutline, beside: tuple[int | None, int | None]
    ) -> str:
        """Of a story's page: the story, its neighbours, editions and share cards."""
        carried = self.shown.carried.get(outline.id)
        parts = [f"{day.iso}:{day.number}:{column.name}" for day, column in carried]
        if carried and self.shown.is_internal:
            parts.append(carried[0][0].digest)  # its score stands there
        parts += [self._neighbour(story_id) for story_id in beside]
        parts += [card.sha for card in self.shown.cards.of(outline.id).values()]
        return self._key("site/story.html", outline.digest, self.other_topic, *parts)

    def listing(
        self, address: Address, words: Iterable[str], ids: Iterable[int]
    ) -> str:
        """Of one page of a list: its words, the ways on, and its cards."""
        ids = tuple(ids)
        self.shown.stories.outlines.fetch(ids)
        paged = address.kind in PAGED
        template = "site/list.html" if paged else ALL
        return self._key(template, address.path, *words, *map(self._mark, ids))

    def day(self, outline: EditionOutline, around: Iterable[str], form: str) -> str:
        """Of a day's page or briefing: the edition, its stories, the days around."""
        ids = (*outline.carried, *outline.week)
        self.shown.stories.outlines.fetch((*ids, *outline.passed))
        parts = [form, outline.digest, *around, *map(self._mark, ids)]
        parts.append(canonical(self.shown.taken_back(outline.day)))
        if self.shown.is_internal:
            parts += [self._neighbour(story_id) for story_id in outline.passed]
            parts.append(self._report_of(outline))
        return self._key("site/digest.html" if not form else ALL, self.places, *parts)

    def archive(self) -> str:
        """Of the calendar of all days: which there are, and their numbers."""
        days = (f"{day.iso}:{day.number}" for day in self.shown.days)
        return self._key("site/archive.html", *days)

    def deadlines(self) -> str:
        """Of the calendar of deadlines: the year; all else of it is ground."""
        years = [day.iso[:4] for day in self.shown.by_now[:1]]
        return self._key(ALL, Kind.DEADLINES.template, *years)

    def sitemap(self, paths: Iterable[str]) -> str:
        """Of the sitemap: every address on it."""
        return self._key("site/sitemap.xml", *paths)

    def _key(self, template: str, *parts: str) -> str:
        ground = self.ground
        return digest(ground.base, ground.templates[template], self.assets, *parts)

    def _mark(self, story_id: int) -> str:
        """A story as a card shows it; the shown date may be an edition's."""
        outline = self.shown.stories.outlines.get(story_id)
        return f"{outline.digest}:{outline.published}" if outline else "-"

    def _neighbour(self, story_id: int | None) -> str:
        """A story as a link shows it."""
        outline = self.shown.stories.outlines.get(story_id or 0)
        return f"{outline.year}/{outline.id}:{outline.headline}" if outline else "-"

    def _report_of(self, outline: EditionOutline) -> str:
        report = self.shown.given.report
        if report is None or report.day.isoformat() != outline.iso:
            return ""
        outlines = self.shown.stories.outlines
        held = sorted(outlines[story_id].digest for story_id in outlines.held())
        return digest(canonical(report.holds), *held)


def make_keys(shown: Shown, index: Index, ground: Ground, assets: str) -> Keys:
    """The keys of this tree; ``assets`` are the addresses of styles and script."""
    places = digest(*index.units, "", *index.topics, "", *index.sources)
    return Keys(shown, ground, assets, places, str("qita" in index.topics))
