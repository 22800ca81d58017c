"""In which order the pages of a whole tree are made: while what they show is at hand.

Stories are made from both ends of their numbers, the oldest by one process and the
newest by another, until they meet; a day, a page of a list or a feed follows as soon as
the stories that it shows were made from one end. What shows stories of both ends
comes last.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from operator import attrgetter

from site_builder.feed_view import newest_of
from site_builder.files import Job
from site_builder.index import parts_of
from site_builder.links import Kind
from site_builder.list_view import LISTS
from site_builder.plan import (
    day_jobs,
    fed_lists,
    feed_jobs,
    list_job,
    story_jobs,
    year_book_jobs,
)
from site_builder.planner import Planner
from site_builder.single_pages import single_jobs

BATCH = 200  # stories that are made at once
FEWEST = 40
SHARES = 6  # of what is left: two wait, one is being made, twice


@dataclass(slots=True, eq=False)
class Due:
    """Pages that show the stories from one number to another."""

    low: int
    high: int
    jobs: Callable[[], Iterable[Job]]
    taken: bool = False


@dataclass(slots=True)
class Course:
    """The course of one build of a whole tree."""

    planner: Planner
    _ids: array[int] = field(init=False)
    _start: int = field(init=False, default=0)
    _end: int = field(init=False)
    _by_high: list[Due] = field(init=False)
    _by_low: list[Due] = field(init=False)

    def __post_init__(self) -> None:
        """Find out what becomes due when."""
        self.planner.index.learn()
        self._ids = array("q", self.planner.shown.stories.outlines)
        self._end = len(self._ids)
        due = list(_all_due(self.planner))
        self._by_high = sorted(due, key=attrgetter("high"), reverse=True)
        self._by_low = sorted(due, key=attrgetter("low"))

    @property
    def has_stories(self) -> bool:
        """Whether stories are left that nobody was given to make."""
        return self._start < self._end

    @property
    def _many(self) -> int:
        """How many are taken next: in the end few, so that nobody waits for long."""
        return min(BATCH, max(FEWEST, (self._end - self._start) // SHARES))

    def from_oldest(self) -> list[Job]:
        """The oldest stories that are left, and what is due with them."""
        some = self._ids[self._start : min(self._start + self._many, self._end)]
        self._start += len(some)
        jobs = list(story_jobs(self.planner, some))
        while some and self._by_high and self._by_high[-1].high <= some[-1]:
            jobs += _taken(self._by_high.pop())
        return jobs

    def from_newest(self) -> list[Job]:
        """The newest stories that are left, and what is due with them."""
        some = self._ids[max(self._start, self._end - self._many) : self._end]
        self._end -= len(some)
        jobs = list(story_jobs(self.planner, some))
        while some and self._by_low and self._by_low[-1].low >= some[0]:
            jobs += _taken(self._by_low.pop())
        return jobs

    def rest(self) -> Iterator[Job]:
        """What is left when all stories were made."""
        for due in self._by_high:
            yield from _taken(due)
        yield from year_book_jobs(self.planner)
        yield from single_jobs(self.planner)


def _taken(due: Due) -> Iterable[Job]:
    if due.taken:
        return ()
    due.taken = True
    return due.jobs()


def _all_due(planner: Planner) -> Iterator[Due]:
    index, size = planner.index, planner.shown.given.site.page_size
    for place, day in enumerate(planner.shown.days):
        ids = (*day.carried, *day.week)
        yield _due(ids, partial(day_jobs, planner, place))
    for kind, of in LISTS.items():
        for name, count in index.counts(of).items():
            ids = index.whole(of, name)
            for place, (start, held) in enumerate(parts_of(count, size)):
                make = partial(_listed, planner, kind, name, place)
                yield _due(ids[start : start + held], make)
    for kind, name in fed_lists(planner):
        ids = newest_of(kind, name, index)
        yield _due(ids, partial(feed_jobs, planner, kind, name))


def _due(ids: tuple[int, ...], jobs: Callable[[], Iterable[Job]]) -> Due:
    return Due(min(ids, default=0), max(ids, default=0), jobs)


def _listed(planner: Planner, kind: Kind, name: str, place: int) -> Iterable[Job]:
    return (list_job(planner, kind, name, place),)
