"""Which files a tree has, and what stands on each: pure, nothing is written."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from newsroom.edition import Edition
from newsroom.errors import NotFound
from newsroom.outline import EditionOutline
from newsroom.taxonomy import Topic, UnitRules
from site_builder.assets import Assets
from site_builder.briefing_forms import FORMS
from site_builder.calendar_view import archive_view
from site_builder.cards import keep_card
from site_builder.catalogue import UNIT
from site_builder.catalogue_tables import batches
from site_builder.digest_view import digest_view, empty_front
from site_builder.face import months_of, stories_of_year, year_book, years_of
from site_builder.feed_view import (
    feed_file,
    feed_view,
    list_feed_view,
    newest_of,
)
from site_builder.files import Job, PageFile, Planned, TextFile
from site_builder.form_files import form_files
from site_builder.frame import Head, frame_view
from site_builder.frame_views import SitemapView
from site_builder.given import Audience
from site_builder.ground import Ground, digest
from site_builder.index import Index, read_index
from site_builder.keys import Keys, make_keys
from site_builder.links import (
    FEED_FORMS,
    Address,
    Kind,
    day_address,
    list_feed,
    story_address,
    story_path,
)
from site_builder.list_view import (
    LISTS,
    ListPage,
    list_page,
    pages_of,
    sources_view,
    topics_view,
    towns_view,
)
from site_builder.not_found import not_found_view
from site_builder.offline import DAYS, app_file, icon_file, worker_file
from site_builder.open_data import edition_data, schema_file
from site_builder.search.page import search_view
from site_builder.search.records import searched_of
from site_builder.shown import Shown
from site_builder.standpoint import Standpoint, Tree, tree_of
from site_builder.status_view import report_view, status_view
from site_builder.stock import List
from site_builder.story_view import story_view
from site_builder.touched import Touched
from site_builder.year_book import year_book_view

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

    def names(self, kind: Kind) -> dict[str, str]:
        """The names of towns, topics or sources by id."""
        given = self.shown.given
        if kind is Kind.TOWN:
            return _unit_names(given.units)
        return (
            _topic_names(given.topics)
            if kind is Kind.TOPIC
            else self.index.source_names
        )

    def page(
        self,
        at: Standpoint,
        template: str,
        view: object,
        head: Head,
        pictures: tuple[str, ...] = (),
    ) -> PageFile:
        """The page that stands at ``at.base``, in its frame."""
        frame = frame_view(at, self.assets, head)
        return PageFile(at.base, template, view, frame, pictures)


def make_planner(shown: Shown, assets: Assets, ground: Ground) -> Planner:
    """What all pages of this tree are planned from."""
    index = read_index(shown.connection)
    styles = digest(*sorted(address.path for address, _ in assets.files.values()))
    keys = make_keys(shown, index, ground, styles)
    return Planner(shown, index, assets, keys, tree_of(shown, index))


def plan(planner: Planner, touched: Touched | None = None) -> Iterator[Job]:
    """Every file of the tree but assets and pictures, in a fixed order.

    Stories and editions are read when a job is done, not when it is planned.
    ``touched`` keeps to the pages that may have changed; those of which there is one
    are always among them.
    """
    outlines = planner.shown.stories.outlines
    yield from story_jobs(planner, sorted(touched.stories) if touched else outlines)
    for place, outline in enumerate(planner.shown.days):
        if touched is None or outline.iso in touched.days:
            yield from day_jobs(planner, place)
    for kind, of in LISTS.items():
        for name, count in planner.index.counts(of).items():
            whole = range(len(pages_of(kind, name, count, _size(planner)).parts))
            wanted = touched.lists.get(List(of, name), ()) if touched else whole
            for place in sorted(set(whole).intersection(wanted)):
                yield list_job(planner, kind, name, place)
    yield from year_book_jobs(planner, touched.books if touched else None)
    for kind, name in fed_lists(planner):
        if touched is None or List(LISTS[kind], name) in touched.lists:
            yield from feed_jobs(planner, kind, name)
    yield from single_jobs(planner, paths_moved=not touched or touched.paths_moved)


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
    planner.shown.stories.fetch_cards(_ids(latest))
    digest_ = digest_view(latest, at, is_front=True)
    head = Head(title, digest_.lead, digest_.day_iso)
    pictures = _pictures(latest)
    yield planner.page(at, "site/digest.html", digest_, head, pictures)


def day_jobs(planner: Planner, place: int) -> Iterator[Job]:
    """The files of the day at this place, counted from the newest."""
    days = planner.shown.days
    isos = ("", *(one.iso for one in days[max(0, place - 1) : place + 2]), "")
    outline = days[place]
    at = isos.index(outline.iso)
    key = planner.keys.day(outline, (isos[at - 1], isos[at + 1]), "")
    yield Job(day_address(outline.day).path, key, (), _day, (outline.day,))
    if not planner.shown.is_internal:
        path = Address(Kind.DATA, outline.iso).path
        key = planner.keys.day(outline, (), "data")
        yield Job(path, key, (), _data, (outline.day,))
    for form in FORMS:
        path = form.address(outline.day).path
        key = planner.keys.day(outline, _form_names(planner, outline), form.name)
        yield Job(path, key, (), _form, (form.name, outline.day))


def _form_names(planner: Planner, outline: EditionOutline) -> tuple[str, ...]:
    """The files that the briefing's page links to."""
    shown = planner.shown
    files = form_files(shown.given, shown.audience, outline.day)
    return tuple(one.address.key for one in files)


def _day(planner: Planner, day: date) -> PageFile:
    at, edition = planner.at(day_address(day)), _edition(planner, day)
    view = digest_view(edition, at, is_front=False)
    head = Head(f"{view.day} {view.number}", view.lead)
    return planner.page(at, "site/digest.html", view, head, _pictures(edition))


def _data(planner: Planner, day: date) -> TextFile:
    at = planner.at(Address(Kind.DATA, day.isoformat()))
    return edition_data(_edition(planner, day), at)


def _form(planner: Planner, name: str, day: date) -> Planned:
    form = next(form for form in FORMS if form.name == name)
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


def story_jobs(planner: Planner, ids: Iterable[int]) -> Iterator[Job]:
    """The pages of these stories, as far as the tree shows them."""
    outlines, beside = planner.shown.stories.outlines, planner.index.beside
    for batch in batches(ids):
        outlines.fetch(batch)
        for outline in filter(None, map(outlines.get, batch)):
            key = planner.keys.story(outline, beside(outline))
            yield Job(story_path(outline), key, (outline.id,), _story, (outline.id,))


def _story(planner: Planner, story_id: int) -> PageFile:
    story = planner.shown.stories[story_id]
    at = planner.at(story_address(story))
    view = story_view(story, at)
    keep_card(story, at)  # older pages of lists stand as deep, and show it soon
    pictures = tuple(dict.fromkeys(p.src for p in story.body.pictures))
    frame = frame_view(at, planner.assets, Head(story.headline, story.abstract))
    told = searched_of(story, at)
    return PageFile(at.base, "site/story.html", view, frame, pictures, told)


def list_job(planner: Planner, kind: Kind, name: str, place: int) -> Job:
    """One page of a list."""
    page = _list_page(planner, kind, name, place)
    key = planner.keys.listing(page.at.base, page.told, page.ids)
    return Job(page.at.base.path, key, (), _list, (kind, name, place))


def _list_page(planner: Planner, kind: Kind, name: str, place: int) -> ListPage:
    at, of = planner.at(Address(kind, name)), LISTS[kind]
    pages = pages_of(kind, name, planner.index.counts(of)[name], _size(planner))
    return list_page(pages, place, planner.names(kind).get(name, name), at)


def _size(planner: Planner) -> int:
    return planner.shown.given.site.page_size


def _list(planner: Planner, kind: Kind, name: str, place: int) -> PageFile:
    page = _list_page(planner, kind, name, place)
    head = Head(page.title)
    return planner.page(page.at, "site/list.html", page.view(), head)


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


def year_book_jobs(
    planner: Planner, touched: Collection[tuple[str, int]] | None = None
) -> Iterator[Job]:
    """The year books of each unit; ``touched`` keeps to those of a unit and year."""
    books = _books(planner) if touched is None else sorted(touched)
    for unit, year in books:
        ids = stories_of_year(planner.index, unit, year)
        if ids:
            address = year_book(unit, year)
            key = planner.keys.listing(address, ("book",), ids)
            yield Job(address.path, key, (), _year_book, (unit, year))


def _books(planner: Planner) -> Iterator[tuple[str, int]]:
    for unit in planner.index.counts(UNIT):
        for year in years_of(months_of(planner.index, UNIT, unit)):
            yield unit, year


def _year_book(planner: Planner, unit: str, year: int) -> PageFile:
    at = planner.at(year_book(unit, year))
    ids = stories_of_year(planner.index, unit, year)
    view = year_book_view(unit, year, ids, at)
    return planner.page(at, "site/year_book.html", view, Head(view.title))


def fed_lists(planner: Planner) -> Iterator[tuple[Kind, str]]:
    """The lists that have feeds: of each town and topic."""
    for kind in (Kind.TOWN, Kind.TOPIC):
        for name in planner.index.counts(LISTS[kind]):
            yield kind, name


def feed_jobs(planner: Planner, kind: Kind, name: str) -> Iterator[Job]:
    """The feeds of a list."""
    ids = newest_of(kind, name, planner.index)
    for form in FEED_FORMS:
        address = list_feed(kind, name, form)
        key = planner.keys.listing(address, (form,), ids)
        yield Job(address.path, key, (), _list_feed, (kind, name, form))


def _list_feed(planner: Planner, kind: Kind, name: str, form: str) -> Planned:
    address = list_feed(kind, name, form)
    title = planner.names(kind).get(name, name)
    ids = newest_of(kind, name, planner.index)
    return feed_file(list_feed_view(planner.at(address), title, ids), address)


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


def _unit_names(units: UnitRules) -> dict[str, str]:
    return {unit.id: unit.name for unit in units.units}


def _topic_names(topics: tuple[Topic, ...]) -> dict[str, str]:
    return {topic.id: topic.name for topic in topics} | {"qita": "其他"}
