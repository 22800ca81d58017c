"""Step five of the morning: the two trees, built from what the store holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsroom.report import RunReport
from newsroom.source import SourceReport
from site_builder.build import BuildReport, build_site
from site_builder.given import Audience, SiteGiven
from workflow.kept_shelves import KeptEditions, KeptStories
from workflow.phone_page import chairs_pages
from workflow.source_health import idle_source

if TYPE_CHECKING:
    from story_store.store import Store
    from workflow.office import Office

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
        revision=str(store.revision()),
        extra_files=chairs_pages(settings),
        forms=office.data / "releases",
    )


def _sources(office: Office, report: RunReport | None) -> tuple[SourceReport, ...]:
    known = {s.source_id: s for s in report.sources} if report else {}
    tiers = {s.id: s.tier.name for s in office.settings.newsroom_sources()}
    return tuple(
        known.get(source.id) or idle_source(source, tiers[source.id], None)
        for source in office.settings.sources
        if source.kind != "local"
    )
