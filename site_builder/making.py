"""Making one file of a tree: rendered, checked, and put beside where it differs.

Nothing here touches the manifest, so that a second process can do it too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import Environment

from site_builder.check import SiteFault, check_file, marks_of
from site_builder.files import Job, Planned, TextFile
from site_builder.manifest import (
    Asked,
    Noted,
    Standing,
    mark_of,
    pack_marks,
    standing_of,
)
from site_builder.planner import Planner
from site_builder.render import render
from site_builder.search.records import Searched
from site_builder.switch import Workshop

if TYPE_CHECKING:
    from site_builder.search.part import Part

# A step that is done for many pages in turn finds its code and what it looks up in
# the processor's nearest memory: a fifth less than to make one page after another.
AT_ONCE = 50


class Made(NamedTuple):
    """A file that was made: what is to be noted of it, and what is wrong with it.

    ``differs`` is whether it waits beside the tree, because something else stands
    there, or nothing. ``told`` is the story of the page, by its id, as the search
    takes it.
    """

    path: str
    noted: Noted
    differs: bool
    faults: tuple[SiteFault, ...] = ()
    told: tuple[int, Searched] | None = None


@dataclass(frozen=True, slots=True)
class Maker:
    """What the files of one tree are made with."""

    planner: Planner
    environment: Environment
    out: Path
    workshop: Workshop

    def make(self, jobs: Sequence[Job]) -> Iterator[Made]:
        """Make the files of these jobs; their stories are read at once."""
        needs = [story_id for job in jobs for story_id in job.needs]
        self.planner.shown.stories.fetch(needs)
        for start in range(0, len(jobs), AT_ONCE):
            yield from self._some(jobs[start : start + AT_ONCE])

    def place(self, parts: Iterable[Part]) -> Iterator[Made]:
        """Make these files of the search."""
        for part in parts:
            content = part.make()
            standing, differs = put_beside(self.out, self.workshop, part.path, content)
            yield Made(part.path, Noted(standing, part.key), differs)

    def _some(self, jobs: Sequence[Job]) -> Iterator[Made]:
        """Make these files, each step for all of them before the next step."""
        planned = [job.make(self.planner, *job.about) for job in jobs]
        contents = [render(one, self.environment) for one in planned]
        pages = list(zip(jobs, contents, strict=True))
        links = [_marks(job, content) for job, content in pages]
        put = [
            put_beside(self.out, self.workshop, job.path, content)
            for job, content in pages
        ]
        yield from map(self._made, jobs, planned, contents, links, put)

    def _made(
        self,
        job: Job,
        planned: Planned,
        content: bytes,
        links: set[int],
        put: tuple[Standing, bool],
    ) -> Made:
        shown, (standing, differs) = self.planner.shown, put
        faults = tuple(check_file(planned, content, shown.audience))
        if isinstance(planned, TextFile):
            return Made(
                job.path, Noted(standing, "" if faults else job.key), differs, faults
            )
        asked = tuple(
            Asked(name, name in shown.pictures, mark_of(f"pictures/{name}") in links)
            for name in planned.pictures
        )
        key = "" if faults else job.key
        noted = Noted(standing, key, pack_marks(links), asked)
        told = (job.needs[0], planned.searched) if planned.searched else None
        return Made(job.path, noted, differs, faults, told)


def _marks(job: Job, content: bytes) -> set[int]:
    return marks_of(content, job.path) if job.path.endswith(".html") else set()


def put_beside(
    out: Path, workshop: Workshop, path: str, content: bytes
) -> tuple[Standing, bool]:
    """Let a file wait if other bytes stand in its place; how it stands, and whether."""
    target = f"{out}/{path}"
    standing = standing_of(target)
    if standing and standing.size == len(content):
        with open(target, "rb") as file:  # noqa: PTH123 - half the time
            if file.read() == content:
                return standing, False
    waiting = workshop.stage(path, content)
    return standing_of(waiting) or Standing(0, 0), True
