"""The two trees built from what the settings say and the store holds.

Neither Django nor pydantic is loaded here: a small build needs neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from newsroom.report import RunReport
from newsroom.source import SourceReport
from site_builder.build import BuildReport, build_site
from site_builder.given import Audience, SiteGiven
from site_builder.switch import Workshop
from story_store.reading import open_beside
from workflow.kept_shelves import KeptEditions, KeptStories, PagesKept
from workflow.unchanged import Standing, TreeLeft, note_standing

if TYPE_CHECKING:
    from site_builder.sweep import Sweep
    from workflow.lasting import Lasting

TREES = {Audience.INTERNAL: "internal", Audience.PUBLIC: "public"}
Sweeps = Mapping[Path, "Sweep | None"]


@dataclass(frozen=True, slots=True)
class OpenedAgain:
    """Opens what the pages are built from once more, in a second process.

    The settings are those of the first one; only the store is opened by itself.
    """

    lasting: Lasting
    now: datetime

    @contextmanager
    def __call__(self) -> Iterator[SiteGiven]:
        """The same, from a store that is only read."""
        with open_beside(self.lasting.data) as store:
            yield given_now(self.lasting, store, self.now)


def given_now(lasting: Lasting, store: PagesKept, now: datetime) -> SiteGiven:
    """Everything that the pages are built from, at this moment."""
    report = store.latest_report()
    return replace(
        lasting.given,
        editions=KeptEditions(store),
        stories=KeptStories(store),
        sources=tuple(_reported(lasting.given.sources, report)),
        report=report,
        built_at=now,
        revision=str(store.revision()),
        again=OpenedAgain(lasting, now),
    )


def audiences_of(store: PagesKept) -> Iterator[Audience]:
    """The internal tree, and the public one once a day has been released."""
    yield Audience.INTERNAL
    if store.has_released():
        yield Audience.PUBLIC


def build_one(
    lasting: Lasting,
    store: PagesKept,
    now: datetime,
    audience: Audience,
    sweeps: Sweeps | None = None,
) -> BuildReport:
    """Build one tree into ``output/internal`` or ``output/public``.

    ``sweeps`` are those who look at the files of a tree meanwhile, by its folder.
    """
    out = lasting.output / TREES[audience]
    return build_site(
        given_now(lasting, store, now),
        audience,
        out,
        _work(lasting.data, audience),
        (sweeps or {}).get(out),
    )


def workshop_of(data: Path, audience: Audience) -> Workshop:
    """Where a tree of the office with this folder of data is prepared."""
    return Workshop(_work(data, audience) / audience.value)


def _work(data: Path, audience: Audience) -> Path:
    return data / "build" / TREES[audience]


def note_trees(
    lasting: Lasting, standing: Standing, reports: Mapping[Audience, BuildReport]
) -> None:
    """Note that these trees are what is to be built, if all are without a fault.

    Raises:
        OSError: it could not be noted.
    """
    if not all(report.stamp for report in reports.values()):
        return
    trees = []
    for audience, report in reports.items():
        out = lasting.output / TREES[audience]
        manifest = workshop_of(lasting.data, audience).manifest
        trees.append(TreeLeft(str(out), str(manifest), report.stamp))
    note_standing(standing, trees)


def _reported(
    sources: tuple[SourceReport, ...], report: RunReport | None
) -> Iterator[SourceReport]:
    """Each source as the last run found it; one that it left out as idle."""
    known = {s.source_id: s for s in report.sources} if report else {}
    return (known.get(source.source_id, source) for source in sources)
