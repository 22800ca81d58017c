"""Which files a tree has, and what stands on each: pure, nothing is written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from newsroom.taxonomy import Topic, UnitRules
from site_builder.assets import Assets
from site_builder.briefing_forms import FORMS
from site_builder.calendar_view import archive_view
from site_builder.digest_view import digest_view, empty_front
from site_builder.feed_view import feed_json, feed_view
from site_builder.files import PageFile, Planned, TextFile
from site_builder.frame import Head, frame_view
from site_builder.frame_views import SitemapView
from site_builder.index import Index, index_stories
from site_builder.links import (
    Address,
    Kind,
    day_address,
    story_address,
)
from site_builder.list_view import (
    list_pages,
    sources_view,
    topics_view,
    towns_view,
)
from site_builder.not_found import not_found_view
from site_builder.shown import Shown
from site_builder.standpoint import Standpoint
from site_builder.status_view import report_view, status_view
from site_builder.story_view import story_view

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Planner:
    """What all pages of one tree are planned from."""

    shown: Shown
    index: Index
    assets: Assets

    def at(self, address: Address) -> Standpoint:
        """The standpoint of the page at this address."""
        return Standpoint(self.shown, self.index, address)

    def page(
        self, address: Address, template: str, view: object, head: Head
    ) -> PageFile:
        """A page in its frame."""
        frame = frame_view(self.at(address), self.assets, head)
        return PageFile(address, template, view, frame)


def plan(shown: Shown, assets: Assets) -> Iterator[Planned]:
    """Every file of the tree but assets and pictures, in a fixed order."""
    planner = Planner(shown, index_stories(shown.stories.values()), assets)
    yield _front(planner)
    yield from _days(planner)
    yield from _stories(planner)
    yield from _lists(planner)
    yield from _single_pages(planner)
    yield from _feeds(planner)
    yield _edition_file(shown)


def _front(planner: Planner) -> PageFile:
    address = Address(Kind.FRONT)
    at, latest = planner.at(address), planner.shown.latest
    title = planner.shown.given.site.title
    if latest is None:
        return planner.page(
            address, "site/empty_front.html", empty_front(at), Head(title)
        )
    view = digest_view(latest, at, is_front=True)
    return planner.page(
        address,
        "site/digest.html",
        view,
        Head(title, view.lead, view.day_iso),
    )


def _days(planner: Planner) -> Iterator[Planned]:
    for edition in planner.shown.editions:
        address = day_address(edition.day)
        view = digest_view(edition, planner.at(address), is_front=False)
        yield planner.page(
            address,
            "site/digest.html",
            view,
            Head(f"{view.day} {view.number}", view.lead),
        )
        for form in FORMS:
            yield form.plan(
                edition, planner.at(form.address(edition.day)), planner.assets
            )


def _stories(planner: Planner) -> Iterator[PageFile]:
    for story in planner.shown.stories.values():
        address = story_address(story)
        yield planner.page(
            address,
            "site/story.html",
            story_view(story, planner.at(address)),
            Head(story.headline, story.abstract),
        )


def _lists(planner: Planner) -> Iterator[PageFile]:
    given, index = planner.shown.given, planner.index
    tables = (
        (Kind.TOWN, index.units, _unit_names(given.units)),
        (Kind.TOPIC, index.topics, _topic_names(given.topics)),
        (Kind.SOURCE, index.sources, index.source_names),
    )
    for kind, table, names in tables:
        for key in table:
            at = planner.at(Address(kind, key))
            title = names.get(key, key)
            for address, view in list_pages(kind, key, title, at):
                yield planner.page(address, "site/list.html", view, Head(title))


def _single_pages(planner: Planner) -> Iterator[PageFile]:
    def at(kind: Kind) -> Standpoint:
        return planner.at(Address(kind))

    tiles = (
        (Kind.TOWNS, towns_view(at(Kind.TOWNS))),
        (Kind.TOPICS, topics_view(at(Kind.TOPICS))),
        (Kind.SOURCES, sources_view(at(Kind.SOURCES))),
    )
    for kind, view in tiles:
        yield planner.page(Address(kind), "site/tiles.html", view, Head(view.title))
    archive = archive_view(at(Kind.ARCHIVE))
    yield planner.page(
        Address(Kind.ARCHIVE), "site/archive.html", archive, Head(archive.title)
    )
    status = status_view(at(Kind.STATUS))
    yield planner.page(
        Address(Kind.STATUS), "site/status.html", status, Head(status.title)
    )
    yield planner.page(
        Address(Kind.NOT_FOUND),
        "site/not_found.html",
        not_found_view(planner.shown),
        Head("没有这一页"),
    )
    report = planner.shown.given.report
    if planner.shown.is_internal and report is not None:
        told = report_view(report, at(Kind.REPORT))
        yield planner.page(
            Address(Kind.REPORT), "site/report.html", told, Head(told.title)
        )


def _feeds(planner: Planner) -> Iterator[Planned]:
    for kind, template in (
        (Kind.ATOM, "site/atom.xml"),
        (Kind.RSS, "site/rss.xml"),
    ):
        view = feed_view(planner.at(Address(kind)))
        yield PageFile(Address(kind), template, view, None)
    feed = feed_view(planner.at(Address(Kind.JSON_FEED)))
    yield TextFile(Address(Kind.JSON_FEED), feed_json(feed))
    site = planner.shown.given.site
    if site.base_url and not site.noindex and not planner.shown.is_internal:
        yield PageFile(
            Address(Kind.SITEMAP), "site/sitemap.xml", _sitemap(planner), None
        )


def _sitemap(planner: Planner) -> SitemapView:
    base = planner.shown.given.site.base_url.rstrip("/")
    addresses = [Address(Kind.FRONT), Address(Kind.TOWNS), Address(Kind.ARCHIVE)]
    addresses += [day_address(e.day) for e in planner.shown.editions]
    addresses += [story_address(s) for s in planner.shown.stories.values()]
    return SitemapView(tuple(f"{base}/{a.path}" for a in addresses))


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


def _unit_names(units: UnitRules) -> dict[str, str]:
    return {unit.id: unit.name for unit in units.units}


def _topic_names(topics: tuple[Topic, ...]) -> dict[str, str]:
    return {topic.id: topic.name for topic in topics} | {"qita": "其他"}
