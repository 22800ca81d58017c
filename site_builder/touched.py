"""Which pages may show a change, when all that they rest on is as it was.

Whatever is left out here stays as it stands; whatever is named is still asked for its
key, so that naming too much costs little and naming too little would be a fault.
``tests/site_builder/test_incremental.py`` holds it against full builds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from newsroom.article import CHINA
from site_builder.briefing_forms import FORMS
from site_builder.catalogue import SOURCE, TOPIC, UNIT, moment
from site_builder.edition_rows import days_naming, stories_named
from site_builder.face import year_book
from site_builder.index import Index, parts_of
from site_builder.links import Address, Kind, day_address, read_address, story_path
from site_builder.shown import Shown
from site_builder.stock import Changes, List

KINDS = {UNIT: Kind.TOWN, TOPIC: Kind.TOPIC, SOURCE: Kind.SOURCE}


@dataclass(slots=True)
class Touched:
    """The pages to be looked at.

    Attributes:
        stories: ids.
        days: ISO dates; the page and the briefing.
        lists: by list the places of pages, as ``parts_of`` counts them.
        books: units and years.
        before: the paths of pages that may be no more.
        forms: the files of forms are to be looked at.
        paths_moved: some story or day has come or gone.
    """

    stories: set[int] = field(default_factory=set)
    days: set[str] = field(default_factory=set)
    lists: dict[List, set[int]] = field(default_factory=dict)
    books: set[tuple[str, int]] = field(default_factory=set)
    before: set[str] = field(default_factory=set)
    paths_moved: bool = False
    forms: bool = False

    def add_pages(self, paths: Collection[str]) -> None:
        """Look at these pages too."""
        for path in paths:
            address = read_address(path)
            if address is None:
                continue
            if address.kind is Kind.STORY:
                self.stories.add(int(address.key.partition("/")[2]))
            elif address.kind in {Kind.DAY, Kind.BRIEFING}:
                self.days.add(address.key)


def touched_by(
    changes: Changes, shown: Shown, index: Index, days_before: Collection[str]
) -> Touched:
    """What these changes touch; ``days_before`` are the days that the tree had."""
    found = Touched()
    connection = shown.connection
    found.stories = {*changes.stories, *changes.neighbours}
    found.stories |= stories_named(connection, changes.days) | changes.named
    found.days = changes.days | days_naming(connection, changes.stories)
    now = [day.iso for day in shown.days]
    for days in (now, sorted(days_before, reverse=True)):
        found.days.update(_around(days, changes.days))
    size = shown.given.site.page_size
    for one, moves in changes.lists.items():
        count = index.counts(one.kind).get(one.name, 0)
        found.lists[one] = set(moves.places(count, size))
        found.before.update(_pages_gone(one, moves.count, count, size))
    for unit in _units(changes, shown):  # its figures may be others
        found.lists.setdefault(unit, set()).add(0)
    found.before.update(_story_paths(changes))
    found.before.update(_day_paths(changes.days))
    found.books.update(_books(changes))
    found.before.update(year_book(unit, year).path for unit, year in found.books)
    found.paths_moved = set(now) != set(days_before) or any(
        not (old and new and story_path(old) == story_path(new))
        for old, new in changes.stories.values()
    )
    return found


def _around(days: list[str], changed: Collection[str]) -> Iterator[str]:
    """The days before and after those that changed."""
    for place, iso in enumerate(days):
        if iso in changed:
            yield from days[max(0, place - 1) : place + 2]


def _pages_gone(one: List, before: int, after: int, size: int) -> Iterator[str]:
    """The older pages that a list had and has no longer."""
    left, had = len(parts_of(after, size)), len(parts_of(before, size))
    for number in range(max(left, 1), had):
        yield Address(KINDS[one.kind], one.name, number).path


def _units(changes: Changes, shown: Shown) -> set[List]:
    """The units of stories that changed, or that an edition came to carry."""
    outlines = shown.stories.outlines
    outlines.fetch(changes.named)
    stories = [outline for change in changes.stories.values() for outline in change]
    stories += map(outlines.get, changes.named)
    return {List(UNIT, unit) for one in stories if one for unit, _ in one.units}


def _story_paths(changes: Changes) -> Iterator[str]:
    return (story_path(old) for old, _ in changes.stories.values() if old)


def _books(changes: Changes) -> Iterator[tuple[str, int]]:
    """The year books in which a story stood, or stands."""
    for change in changes.stories.values():
        for outline in filter(None, change):
            year = datetime.fromtimestamp(moment(outline), CHINA).year
            yield from ((unit, year) for unit, _ in outline.units)


def _day_paths(days: Collection[str]) -> Iterator[str]:
    for iso in days:
        day = date.fromisoformat(iso)
        yield day_address(day).path
        yield from (form.address(day).path for form in FORMS)
        yield Address(Kind.DATA, iso).path
