"""Who makes the files of a build: this process alone, or two where it pays."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from jinja2 import Environment

from site_builder.catalogue_tables import batches
from site_builder.course import BATCH, Course
from site_builder.files import Job
from site_builder.ground import referenced
from site_builder.making import Made, Maker
from site_builder.plan import plan
from site_builder.stamps import TreeOnDisk
from site_builder.touched import Touched

if TYPE_CHECKING:
    from site_builder.search.part import Part

MANY = 1500  # stories from which on a second process is worth its start


class Crew(Protocol):
    """Who makes files."""

    def stories(self) -> Iterator[Made]:
        """Make all pages of stories, and more."""

    def place(self, part: Part) -> Iterator[Made]:
        """Make a file of the search, or have it made till ``rest``."""

    def rest(self) -> Iterator[Made]:
        """Make what was not made with the stories."""


@dataclass(frozen=True, slots=True)
class Alone:
    """One process; ``wanted`` leaves out what stands as it shall."""

    maker: Maker
    touched: Touched | None
    wanted: Callable[[Job], bool]

    def stories(self) -> Iterator[Made]:
        """Make what was touched, or all stories and what is due with them."""
        if self.touched is not None:
            jobs = filter(self.wanted, plan(self.maker.planner, self.touched))
            for batch in batches(jobs, BATCH):
                yield from self.maker.make(batch)
            return
        course = Course(self.maker.planner)
        while batch := course.from_oldest():
            yield from self.maker.make(list(filter(self.wanted, batch)))
        yield from self.maker.make(list(filter(self.wanted, course.rest())))

    def place(self, part: Part) -> Iterator[Made]:
        """Make it at once."""
        return self.maker.place((part,))

    def rest(self) -> Iterator[Made]:
        """Nothing: there is nobody to make it meanwhile."""
        return iter(())


@contextmanager
def crew_for(
    maker: Maker,
    touched: Touched | None,
    tree: TreeOnDisk,
    wanted: Callable[[Job], bool],
) -> Iterator[Crew]:
    """Two processes for a whole tree of many stories, where there are two cores."""
    planner = maker.planner
    shown = planner.shown
    again = shown.given.again if touched is None else None
    if again is None or len(shown.stories) < MANY or _cores() < 2:  # noqa: PLR2004 - two
        yield Alone(maker, touched, wanted)
        return
    from site_builder.second import Second, Share

    _load(maker.environment)
    base = planner.keys.ground.base
    share = Share(again, shown.audience, tree.out, tree.workshop.folder, base)
    tree.manifest.share()
    with Second(share, maker, Course(planner), wanted) as second:
        tree.manifest.go_on()
        yield second
    tree.manifest.settle()


def _load(environment: Environment) -> None:
    """Compile what both processes need first, so that the second finds it compiled."""
    waiting = ["site/story.html"]
    for name in waiting:
        environment.get_template(name)
        if environment.loader:
            text, _, _ = environment.loader.get_source(environment, name)
            waiting += referenced(text)


def _cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
