"""Which files a tree has, and what stands on each: pure, nothing is written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from newsroom.edition import Edition
from newsroom.errors import NotFound
from newsroom.outline import EditionOutline
from newsroom.taxonomy import Topic, UnitRules
from site_builder.assets import Assets
from site_builder.briefing_forms import FORMS, BriefingForm
from site_builder.calendar_view import archive_view
from site_builder.digest_view import digest_view, empty_front
from site_builder.feed_view import feed_json, feed_view
from site_builder.files import Job, PageFile, Planned, TextFile
from site_builder.form_files import form_files
from site_builder.frame import Head, frame_view
from site_builder.frame_views import SitemapView
from site_builder.ground import Ground, digest
from site_builder.index import Index, index_stories
from site_builder.keys import Keys, make_keys
from site_builder.links import (
    Address,
    Kind,
    day_address,
    story_address,
    story_path,
)
from site_builder.list_view import (
    ListPage,
    list_pages,
    sources_view,
    topics_view,
    towns_view,
)
from site_builder.not_found import not_found_view
from site_builder.shown import Shown
from site_builder.standpoint import Standpoint, Tree, tree_of
from site_builder.status_view import report_view, status_view
from site_builder.story_view import story_view

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Planner:
    """What all pages of one tree are planned from."""

    shown: Shown
    index: Index
    assets: Assets
    keys: Keys
    tree: Tree

    def at(self, address: Address) -> Standpoint:
        """The standpoint of the page at this address."""
        return self.tree.at(address)

    def page(
        self,
        address: Address,
        template: str,
        view: object,
        head: Head,
        pictures: tuple[str, ...] = (),
    ) -> PageFile:
        """A page in its frame."""
        frame = frame_view(self.at(address), self.assets, head)
        return PageFile(address, template, view, frame, pictures)


def plan(shown: Shown, assets: Assets, ground: Ground) -> Iterator[Job]:
    """Every file of the tree but assets and pictures, in a fixed order.

    Stories and editions are read when a job is done, not when it is planned.
    """
    index = index_stories(shown.stories.outlines.values())
    styles = digest(*sorted(address.path for address, _ in assets.files.values()))
    keys = make_keys(shown, index, ground, styles)
    planner = Planner(shown, index, assets, keys, tree_of(shown, index))
    yield from _stories(planner)
    yield from _days(planner)
    yield from _lists(planner)
    for planned in (_front, _single_pages, _feeds):
        yield from (_always(file) for file in planned(planner))
    yield from _sitemaps(planner)
    yield _always(_edition_file(shown))


def _always(planned: Planned) -> Job:
    """A file of a kind that there is one of: always made, and compared."""
    return Job(planned.address.path, "", (), lambda: planned)


def _front(planner: Planner) -> Iterator[PageFile]:
    address = Address(Kind.FRONT)
    at, latest = planner.at(address), planner.shown.latest
    title = planner.shown.given.site.title
    if latest is None:
        view = empty_front(at)
        yield planner.page(address, "site/empty_front.html", view, Head(title))
        return
    planner.shown.stories.fetch_cards(_ids(latest))
    digest_ = digest_view(latest, at, is_front=True)
    head = Head(title, digest_.lead, digest_.day_iso)
    pictures = _pictures(latest)
    yield planner.page(address, "site/digest.html", digest_, head, pictures)


def _days(planner: Planner) -> Iterator[Job]:
    days = planner.shown.days
    isos = ("", *(outline.iso for outline in days), "")
    for place, outline in enumerate(days, 1):
        around = (isos[place - 1], isos[place + 1])
        key = planner.keys.day(outline, around, "")
        path = day_address(outline.day).path
        yield Job(path, key, (), partial(_day, planner, outline.day))
        for form in FORMS:
            path = form.address(outline.day).path
            key = planner.keys.day(outline, _form_names(planner, outline), form.name)
            make = partial(_form, planner, form, outline.day)
            yield Job(path, key, (), make)


def _form_names(planner: Planner, outline: EditionOutline) -> tuple[str, ...]:
    """The files that the briefing's page links to."""
    shown = planner.shown
    files = form_files(shown.given, shown.audience, outline.day)
    return tuple(one.address.key for one in files)


def _day(planner: Planner, day: date) -> PageFile:
    address, edition = day_address(day), _edition(planner, day)
    view = digest_view(edition, planner.at(address), is_front=False)
    head = Head(f"{view.day} {view.number}", view.lead)
    return planner.page(address, "site/digest.html", view, head, _pictures(edition))


def _form(planner: Planner, form: BriefingForm, day: date) -> Planned:
    at = planner.at(form.address(day))
    return form.plan(_edition(planner, day), at, planner.assets)


def _edition(planner: Planner, day: date) -> Edition:
    edition = planner.shown.edition(day)
    if edition is None:
        raise NotFound(f"没有 {day} 的一期")
    planner.shown.stories.fetch_cards(_ids(edition))
    return edition


def _ids(edition: Edition) -> tuple[int, ...]:
    return tuple(e.story_id for e in (*edition.all_entries, *edition.week))


def _pictures(edition: Edition) -> tuple[str, ...]:
    entries = (*edition.all_entries, *edition.week)
    return tuple(dict.fromkeys(e.picture for e in entries if e.picture))


def _stories(planner: Planner) -> Iterator[Job]:
    beside = planner.index.beside
    for story_id, outline in planner.shown.stories.outlines.items():
        key = planner.keys.story(outline, beside.get(story_id, (None, None)))
        make = partial(_story, planner, story_id)
        yield Job(story_path(outline), key, (story_id,), make)


def _story(planner: Planner, story_id: int) -> PageFile:
    story = planner.shown.stories[story_id]
    address = story_address(story)
    view = story_view(story, planner.at(address))
    pictures = tuple(dict.fromkeys(p.src for p in story.body.pictures))
    head = Head(story.headline, story.abstract)
    return planner.page(address, "site/story.html", view, head, pictures)


def _lists(planner: Planner) -> Iterator[Job]:
    given, index = planner.shown.given, planner.index
    tables = (
        (Kind.TOWN, index.units, _unit_names(given.units)),
        (Kind.TOPIC, index.topics, _topic_names(given.topics)),
        (Kind.SOURCE, index.sources, index.source_names),
    )
    for kind, table, names in tables:
        for name in table:
            at = planner.at(Address(kind, name))
            for page in list_pages(kind, name, names.get(name, name), at):
                key = planner.keys.listing(page.at.base, page.told, page.ids)
                make = partial(_list, planner, page)
                yield Job(page.at.base.path, key, (), make)


def _list(planner: Planner, page: ListPage) -> PageFile:
    head = Head(page.title)
    return planner.page(page.at.base, "site/list.html", page.view(), head)


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


def _sitemaps(planner: Planner) -> Iterator[Job]:
    site = planner.shown.given.site
    if site.base_url and not site.noindex and not planner.shown.is_internal:
        address, paths = Address(Kind.SITEMAP), _paths(planner)
        key = planner.keys.sitemap(paths)
        yield Job(address.path, key, (), partial(_sitemap, planner, paths))


def _paths(planner: Planner) -> tuple[str, ...]:
    firsts = [Address(Kind.FRONT), Address(Kind.TOWNS), Address(Kind.ARCHIVE)]
    days = (day_address(outline.day) for outline in planner.shown.days)
    stories = planner.shown.stories.outlines.values()
    return (*(a.path for a in (*firsts, *days)), *map(story_path, stories))


def _sitemap(planner: Planner, paths: tuple[str, ...]) -> PageFile:
    base = planner.shown.given.site.base_url.rstrip("/")
    view = SitemapView(tuple(f"{base}/{path}" for path in paths))
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


def _unit_names(units: UnitRules) -> dict[str, str]:
    return {unit.id: unit.name for unit in units.units}


def _topic_names(topics: tuple[Topic, ...]) -> dict[str, str]:
    return {topic.id: topic.name for topic in topics} | {"qita": "其他"}
