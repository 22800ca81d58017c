"""The files of which a tree has one: front page, tiles, search, calendar, feeds."""

from __future__ import annotations

import json
from collections.abc import Iterator

from site_builder.calendar_view import archive_view
from site_builder.catalogue_tables import batches
from site_builder.digest_view import digest_view, empty_front
from site_builder.feed_view import (
    feed_file,
    feed_view,
)
from site_builder.files import Job, PageFile, Planned, TextFile
from site_builder.frame import Head
from site_builder.frame_views import SitemapView
from site_builder.given import Audience
from site_builder.ground import digest
from site_builder.links import (
    Address,
    Kind,
    day_address,
    story_path,
)
from site_builder.list_view import (
    sources_view,
    topics_view,
    towns_view,
)
from site_builder.not_found import not_found_view
from site_builder.offline import DAYS, app_file, icon_file, worker_file
from site_builder.open_data import schema_file
from site_builder.planner import Planner, ids_in, pictures_in
from site_builder.search.page import search_view
from site_builder.shown import Shown
from site_builder.standpoint import Standpoint
from site_builder.status_view import report_view, status_view

SCHEMA = 1


def single_jobs(planner: Planner, *, paths_moved: bool = True) -> Iterator[Job]:
    """The files of which there is one; most are made at once."""
    for planned in (front, _single_pages, _feeds):
        yield from (_always(file) for file in planned(planner))
    yield Job(Kind.ARCHIVE.template, planner.keys.archive(), (), _archive)
    yield Job(Kind.DEADLINES.template, planner.keys.deadlines(), (), _deadlines)
    if paths_moved:
        yield from _sitemaps(planner)
    yield from (_always(file) for file in _offline(planner))
    yield _always(_edition_file(planner.shown))


def _always(planned: Planned) -> Job:
    """A file of a kind that there is one of: always made, and compared."""
    return Job(planned.address.path, "", (), lambda _: planned)


def front(planner: Planner) -> Iterator[PageFile]:
    """The front page."""
    at, latest = planner.at(Address(Kind.FRONT)), planner.shown.latest
    title = planner.shown.given.site.title
    if latest is None:
        view = empty_front(at)
        yield planner.page(at, "site/empty_front.html", view, Head(title))
        return
    planner.shown.stories.fetch_cards(ids_in(latest))
    digest_ = digest_view(latest, at, is_front=True)
    head = Head(title, digest_.lead, digest_.day_iso)
    pictures = pictures_in(latest)
    yield planner.page(at, "site/digest.html", digest_, head, pictures)


def _single_pages(planner: Planner) -> Iterator[PageFile]:
    def at(kind: Kind) -> Standpoint:
        return planner.at(Address(kind))

    tiles = (
        (Kind.TOWNS, towns_view(at(Kind.TOWNS))),
        (Kind.TOPICS, topics_view(at(Kind.TOPICS))),
        (Kind.SOURCES, sources_view(at(Kind.SOURCES))),
    )
    for kind, view in tiles:
        yield planner.page(at(kind), "site/tiles.html", view, Head(view.title))
    here = at(Kind.SEARCH)
    search = search_view(here, planner.assets)
    yield planner.page(here, "site/search.html", search, Head(search.title))
    here = at(Kind.STATUS)
    status = status_view(here)
    yield planner.page(here, "site/status.html", status, Head(status.title))
    here, missing = at(Kind.NOT_FOUND), not_found_view(planner.shown)
    yield planner.page(here, "site/not_found.html", missing, Head("没有这一页"))
    report = planner.shown.given.report
    if planner.shown.is_internal and report is not None:
        here = at(Kind.REPORT)
        told = report_view(report, here)
        yield planner.page(here, "site/report.html", told, Head(told.title))


def _archive(planner: Planner) -> PageFile:
    at = planner.at(Address(Kind.ARCHIVE))
    view = archive_view(at)
    return planner.page(at, "site/archive.html", view, Head(view.title))


def _feeds(planner: Planner) -> Iterator[Planned]:
    for kind in (Kind.ATOM, Kind.RSS, Kind.JSON_FEED):
        yield feed_file(feed_view(planner.at(Address(kind))), Address(kind))
    if not planner.shown.is_internal:
        yield schema_file()


def _deadlines(planner: Planner) -> TextFile:
    from site_builder.deadlines import deadlines_file  # icalendar takes long to load

    return deadlines_file(planner.shown)


def _offline(planner: Planner) -> Iterator[Planned]:
    """What lets the last week be read without a network."""
    shown = planner.shown
    if shown.is_internal:
        return
    yield worker_file(shown, _last_week(planner))
    yield app_file(shown)
    yield icon_file()


def _last_week(planner: Planner) -> dict[str, str]:
    """The pages of the last days, and what each is made from."""
    days, outlines = planner.shown.by_now[:DAYS], planner.shown.stories.outlines
    shown = (planner.keys.day(day, (), "front") for day in days)
    front = digest(planner.keys.ground.base, *shown)
    assets = planner.assets.of(Audience.PUBLIC)
    found = {address.path: address.key for address, _ in assets}
    found[Address(Kind.FRONT).path] = front
    for day in days:
        found[day_address(day.day).path] = planner.keys.day(day, (), "")
        carried = [*day.carried, *day.week]
        outlines.fetch(carried)
        for outline in filter(None, map(outlines.get, carried)):
            beside = planner.index.beside(outline)
            found[story_path(outline)] = planner.keys.story(outline, beside)
    return found


def _sitemaps(planner: Planner) -> Iterator[Job]:
    site = planner.shown.given.site
    if site.base_url and not site.noindex and not planner.shown.is_internal:
        address, paths = Address(Kind.SITEMAP), _paths(planner)
        key = planner.keys.sitemap(paths)
        yield Job(address.path, key, (), _sitemap)


def _paths(planner: Planner) -> tuple[str, ...]:
    firsts = [Address(Kind.FRONT), Address(Kind.TOWNS), Address(Kind.ARCHIVE)]
    days = (day_address(outline.day) for outline in planner.shown.days)
    outlines = planner.shown.stories.outlines
    stories: list[str] = []
    for batch in batches(outlines):
        outlines.fetch(batch)
        stories += [story_path(outlines[story_id]) for story_id in batch]
    return (*(a.path for a in (*firsts, *days)), *stories)


def _sitemap(planner: Planner) -> PageFile:
    base = planner.shown.given.site.base_url.rstrip("/")
    view = SitemapView(tuple(f"{base}/{path}" for path in _paths(planner)))
    return PageFile(Address(Kind.SITEMAP), "site/sitemap.xml", view, None)


def _edition_file(shown: Shown) -> TextFile:
    """What this tree is: the publisher takes a public one only."""
    latest = shown.latest
    told = {
        "schema": SCHEMA,
        "audience": shown.audience.value,
        "day": latest.day.isoformat() if latest else None,
        "number": latest.number if latest else None,
        "total": latest.total if latest else None,
    }
    return TextFile(Address(Kind.EDITION), json.dumps(told, indent=1) + "\n")
