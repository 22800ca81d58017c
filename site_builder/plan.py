"""Which files a tree has, and what stands on each: pure, nothing is written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from newsroom.outline import EditionOutline
from site_builder.briefing_forms import FORMS
from site_builder.cards import keep_card
from site_builder.catalogue import UNIT
from site_builder.catalogue_tables import batches
from site_builder.digest_view import digest_view
from site_builder.face import months_of, stories_of_year, year_book, years_of
from site_builder.feed_view import (
    feed_file,
    list_feed_view,
    newest_of,
)
from site_builder.files import Job, PageFile, Planned, TextFile
from site_builder.form_files import form_files
from site_builder.frame import Head, frame_view
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
)
from site_builder.open_data import edition_data
from site_builder.planner import Planner, edition_of, pictures_in
from site_builder.search.records import searched_of
from site_builder.single_pages import single_jobs
from site_builder.stock import List
from site_builder.story_view import story_view
from site_builder.touched import Touched
from site_builder.year_book import year_book_view


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
    at, edition = planner.at(day_address(day)), edition_of(planner, day)
    view = digest_view(edition, at, is_front=False)
    head = Head(f"{view.day} {view.number}", view.lead)
    return planner.page(at, "site/digest.html", view, head, pictures_in(edition))


def _data(planner: Planner, day: date) -> TextFile:
    at = planner.at(Address(Kind.DATA, day.isoformat()))
    return edition_data(edition_of(planner, day), at)


def _form(planner: Planner, name: str, day: date) -> Planned:
    form = next(form for form in FORMS if form.name == name)
    at = planner.at(form.address(day))
    return form.plan(edition_of(planner, day), at, planner.assets)


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
