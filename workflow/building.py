"""Step five of the morning: the two trees, built from what the store holds."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from config import find_settings, load_settings
from newsroom.errors import NewsroomError
from newsroom.report import RunReport
from newsroom.source import SourceReport
from site_builder.build import BuildReport, build_site
from site_builder.given import Audience, SiteGiven
from site_builder.manifest import read_manifest
from site_builder.switch import Workshop
from workflow.kept_shelves import KeptEditions, KeptStories
from workflow.office import Office
from workflow.phone_page import chairs_pages
from workflow.source_health import idle_source
from workflow.unchanged import Standing, TreeLeft, note_standing, read_standing

if TYPE_CHECKING:
    from story_store.store import Store

TREES = {Audience.INTERNAL: "internal", Audience.PUBLIC: "public"}


def build_tree(office: Office, store: Store, audience: Audience) -> BuildReport:
    """Build one tree into ``output/internal`` or ``output/public``."""
    return build_site(
        site_given(office, store),
        audience,
        office.output / TREES[audience],
        office.data / "build" / TREES[audience],
    )


def build_trees(office: Office, store: Store) -> dict[Audience, BuildReport]:
    """Build the internal tree, and the public one once a day has been released."""
    reports = {Audience.INTERNAL: build_tree(office, store, Audience.INTERNAL)}
    if store.editions(released=True, limit=1):
        reports[Audience.PUBLIC] = build_tree(office, store, Audience.PUBLIC)
    return reports


def standing_of(config: Path | None, as_of: str | None) -> Standing | None:
    """What a build rests on before it begins; None where that cannot be told."""
    try:
        return read_standing(find_settings(config, os.environ, Path.cwd()), as_of)
    except (NewsroomError, OSError, ValueError, LookupError, sqlite3.Error):
        return None


def note_built(
    office: Office, standing: Standing | None, reports: Mapping[Audience, BuildReport]
) -> None:
    """Note that these trees are what is to be built, if they are without a fault."""
    if standing is None or any(report.faults for report in reports.values()):
        return
    trees = []
    for audience in reports:
        work = office.data / "build" / TREES[audience] / audience.value
        file = Workshop(work).manifest
        manifest = read_manifest(file)
        if manifest is None:
            return
        whole = manifest.head("whole")
        manifest.close()
        trees.append(TreeLeft(str(office.output / TREES[audience]), str(file), whole))
    with suppress(OSError):  # not noted, so the next build looks for itself
        note_standing(standing, trees)


def site_given(office: Office, store: Store) -> SiteGiven:
    """Everything that the pages are built from."""
    settings = office.settings
    report = store.latest_report()
    shown = settings.rules
    return SiteGiven(
        office=settings.office,
        edition_settings=settings.edition,
        site=settings.site,
        units=shown.units,
        topics=shown.topics,
        editions=KeptEditions(store),
        stories=KeptStories(store),
        sources=_sources(office, report),
        report=report,
        pictures=office.data / "pictures",
        built_at=office.now,
        reminders=shown.reminders,
        revision=str(store.revision()),
        extra_files=chairs_pages(settings),
        forms=office.data / "releases",
        again=partial(given_again, settings.file, office.now),
    )


@contextmanager
def given_again(config: Path, now: datetime) -> Iterator[SiteGiven]:
    """The same once more, opened by a second process."""
    office = Office(load_settings(config), now)
    with office.store() as store:
        yield site_given(office, store)


def _sources(office: Office, report: RunReport | None) -> tuple[SourceReport, ...]:
    known = {s.source_id: s for s in report.sources} if report else {}
    tiers = {s.id: s.tier.name for s in office.settings.newsroom_sources()}
    return tuple(
        known.get(source.id) or idle_source(source, tiers[source.id], None)
        for source in office.settings.sources
        if source.kind != "local"
    )
