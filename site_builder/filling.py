"""Filling a draft: stock is taken, and every file made that is not as it should be."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from operator import attrgetter
from pathlib import Path

from site_builder.app_icon import app_icons
from site_builder.assets import read_assets
from site_builder.catalogue import OutlineMap
from site_builder.check import check_given
from site_builder.crew import Crew, crew_for
from site_builder.draft import Draft, form_paths
from site_builder.edition_rows import days_shown
from site_builder.form_files import all_form_files, card_files
from site_builder.given import Audience, SiteGiven
from site_builder.index import read_index
from site_builder.links import Address, Kind, read_address
from site_builder.making import Made, Maker
from site_builder.manifest import Manifest
from site_builder.planner import Planner, make_planner
from site_builder.render import make_environment
from site_builder.search.fresh import FreshBase
from site_builder.search.memory import renewed
from site_builder.search.part import Part
from site_builder.search.parts import gone_parts, search_parts
from site_builder.search.texts import Texts
from site_builder.shown import Shown, show_catalogue
from site_builder.stamps import Stamps, TreeOnDisk
from site_builder.stock import Left, take_stock
from site_builder.touched import Touched, touched_by

MOST_TOUCHED = 1000  # changed stories beyond which every page is looked at


def fill(
    given: SiteGiven, audience: Audience, tree: TreeOnDisk, stamps: Stamps
) -> tuple[Draft, set[str]]:
    """The draft of a tree, and the files that it has no longer."""
    manifest = tree.manifest
    build = int(manifest.head("build") or 0) + 1
    draft = Draft(tree.out, tree.workshop, manifest, build)
    recognised = set() if build > 1 else _recognised(tree.out)
    manifest.doubt(tree.doubted)
    planner, touched = _take_stock(given, audience, tree, stamps)
    manifest.say(build=str(build), pictures=stamps.pictures, forms=stamps.forms)
    shown = planner.shown
    draft.faults += check_given(shown)
    for path, content in given.extra_files.items():
        draft.place(path, content)
    if touched is None:
        for address, content in planner.assets.of(audience):
            draft.place(address.path, content)
        for address, content in () if shown.is_internal else app_icons():
            draft.place(address.path, content)
    if touched is None or touched.forms:
        days = [outline.day for outline in shown.days]
        draft.place_forms(all_form_files(given, audience, days))
        draft.place_forms(card_files(shown))
    else:
        draft.place_forms(card_files(shown, touched.stories))
    environment = make_environment(bytecode=tree.workshop.bytecode)
    maker = Maker(planner, environment, tree.out, tree.workshop)
    wanted = partial(draft.wants, shown.pictures)
    with crew_for(maker, touched, tree, wanted) as crew:
        _make_all(draft, maker, touched, crew)
    gone = _gone(draft, touched)
    manifest.forget(gone)
    pictures = set(manifest.paths("pictures/"))
    draft.place_pictures(given.pictures)
    gone |= pictures - set(manifest.paths("pictures/"))
    draft.faults += draft.dead_links(gone)
    draft.faults.sort(key=attrgetter("path"))
    if recognised:
        gone |= recognised.difference(manifest.paths())
    return draft, gone


def _take_stock(
    given: SiteGiven, audience: Audience, tree: TreeOnDisk, stamps: Stamps
) -> tuple[Planner, Touched | None]:
    """The planner of the tree, and what is to be looked at; None: every page."""
    manifest, connection = tree.manifest, tree.manifest.connection
    same_ground = manifest.head("ground") == stamps.ground and not tree.doubted
    outlines = OutlineMap(connection)
    before, days_before = read_index(connection), days_shown(connection)
    left = Left(same_ground, manifest.head("stories"))
    changes = take_stock(connection, outlines, given, audience, left)
    manifest.say(stories=changes.place)
    shown = show_catalogue(connection, outlines, given, audience)
    planner = make_planner(shown, read_assets(), stamps.keys)
    told = _report_day(given)
    reported = {manifest.head("report"), told} - {""}
    manifest.say(report=told)
    if (
        not same_ground
        or len(changes.stories) > MOST_TOUCHED
        or before.names != planner.index.names
    ):
        return planner, None
    touched = touched_by(changes, shown, planner.index, days_before)
    touched.days |= reported
    if manifest.head("pictures") != stamps.pictures:
        touched.add_pages(manifest.askers(shown.pictures))
    if manifest.head("forms") != stamps.forms or changes.days:
        touched.before.update(form_paths(manifest))
        touched.days.update(day.iso for day in shown.days)
        touched.forms = True
        touched.stories |= _new_cards(manifest, shown)
    for story_id in touched.stories:
        touched.before.update(manifest.paths(f"cards/{story_id}-"))
    return planner, touched


def _new_cards(manifest: Manifest, shown: Shown) -> set[int]:
    """The stories whose share cards come, go, or are others now."""
    there = set(manifest.paths("cards/"))
    changed = there ^ {one.address.path for one in card_files(shown)}
    return {int(path.removeprefix("cards/").partition("-")[0]) for path in changed}


def _make_all(draft: Draft, maker: Maker, touched: Touched | None, crew: Crew) -> None:
    """The pages and the search; a new base of this is begun beside the pages."""
    planner = maker.planner
    texts = Texts(planner.at(Address(Kind.SEARCH)))
    ground = planner.keys.ground.base
    layout, before = renewed(texts, ground, touched.stories if touched else None)
    fresh = FreshBase(layout, texts) if layout.fresh else None
    for made in crew.stories():
        draft.take(made)
        if made.told:
            texts.note(*made.told)
            begun = fresh.noted(made.told[0]) if fresh else ()
            _place_parts(draft, begun, crew.place)
    if touched is not None:
        touched.before.update(gone_parts(before, layout))
    standing = None if touched is None else before
    _place_parts(draft, search_parts(texts, layout, standing, fresh), crew.place)
    for made in crew.rest():
        draft.take(made)


def _place_parts(
    draft: Draft, parts: Iterable[Part], make: Callable[[Part], Iterable[Made]]
) -> None:
    """Take the files of the search that are not as they should be."""
    for part in parts:
        if draft.manifest.key(part.path) == part.key:
            draft.kept.add(part.path)
        else:
            for made in make(part):
                draft.take(made)


def _gone(draft: Draft, touched: Touched | None) -> set[str]:
    """The files that were noted and are no more; pictures are counted later."""
    if touched is not None:
        return draft.manifest.not_of(draft.build, touched.before) - draft.kept
    had = draft.manifest.not_of(draft.build) - draft.kept
    return {path for path in had if not path.startswith("pictures/")}


def _recognised(out: Path) -> set[str]:
    """The files that bear our names, for a tree whose manifest is lost."""
    files = (f for f in out.rglob("*") if f.is_file())
    paths = (file.relative_to(out).as_posix() for file in files)
    return {path for path in paths if read_address(path)}


def _report_day(given: SiteGiven) -> str:
    return given.report.day.isoformat() if given.report else ""
