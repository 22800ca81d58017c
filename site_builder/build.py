"""The build of one tree: take stock, plan, render, compare, check, switch.

What only a build with something to do needs is imported when it has: that nothing
changed is told at once.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from newsroom.errors import NewsroomError
from site_builder.given import Audience, SiteGiven
from site_builder.ground import read_ground
from site_builder.links import Kind, kinds_beside, read_address
from site_builder.manifest import lies_of, open_manifest
from site_builder.stamps import Stamps, TreeOnDisk
from site_builder.switch import Journal, Workshop

if TYPE_CHECKING:
    from site_builder.check import SiteFault
    from site_builder.sweep import Sweep

# Assets first and the front page last, so that a reader never meets a page whose
# style, picture or story is not there yet.
_ORDER = (
    {Kind.ASSET, Kind.PICTURE, Kind.CARD, Kind.SEARCH_PART},
    {Kind.STORY},
    {Kind.BRIEFING_FILE},
    {Kind.DAY, Kind.BRIEFING, Kind.BRIEFING_TEXT},
)
SELDOM = 60_000  # objects between two searches for cycles
_LAST = (Kind.FRONT, Kind.WORKER, Kind.EDITION)


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: files written, left alone and removed; pages; faults.

    When the public tree has a fault nothing of it is written. ``stamp`` is of all that
    the tree rests on; empty where it has a fault, or nobody counts.
    """

    written: int
    unchanged: int
    removed: int
    pages: int
    faults: tuple[SiteFault, ...]
    stamp: str = ""


def build_site(
    given: SiteGiven,
    audience: Audience,
    out: Path,
    work: Path,
    sweep: Sweep | None = None,
) -> BuildReport:
    """Bring the tree at ``out`` in line with what is given.

    Args:
        given: everything that the pages show.
        audience: which tree; the public one holds released editions only.
        out: the root of this tree, e.g. ``output/public``.
        work: a folder for what is being prepared, e.g. ``data/build``.
        sweep: who is looking at the tree's files meanwhile.

    Raises:
        NewsroomError: ``out`` holds the tree of the other audience.
    """
    _refuse_other_tree(out, audience)
    workshop = Workshop(work / audience.value)
    mended = workshop.finish(out)
    ground = read_ground(given, audience)
    stamps = Stamps.of(given, ground, audience)
    swept = sweep.swept() if sweep and not mended else None
    manifest = open_manifest(workshop.manifest, swept and swept.lies)
    try:
        if swept and swept.lies == lies_of(workshop.manifest):
            doubted = frozenset(swept.doubted)
        else:
            doubted = frozenset(manifest.doubtful(out))
        if not doubted and stamps.whole and manifest.head("whole") == stamps.whole:
            files, pages = manifest.counts()
            return BuildReport(0, files, 0, pages, (), stamps.whole)
        return _build(
            given, audience, TreeOnDisk(out, workshop, manifest, doubted), stamps
        )
    finally:
        manifest.close()


def _build(
    given: SiteGiven, audience: Audience, tree: TreeOnDisk, stamps: Stamps
) -> BuildReport:
    """Make what is not as it should be, and put it in place."""
    from site_builder.filling import fill

    with settled():
        draft, gone = fill(given, audience, tree, stamps)
    faults = tuple(draft.faults)
    out, manifest = tree.out, tree.manifest
    files, pages = manifest.counts()
    if faults and audience is Audience.PUBLIC:
        tree.workshop.clear()
        unchanged = files - len(draft.staged)
        return BuildReport(0, unchanged, 0, pages, faults)
    removed = tuple(sorted(path for path in gone if (out / path).exists()))
    replace = tuple(sorted(draft.staged, key=_rank))
    if replace or removed:
        tree.workshop.switch(out, Journal(replace, removed))
    clean = {"whole": stamps.whole, "ground": stamps.ground} if not faults else {}
    manifest.say(**({"whole": "", "ground": ""} | clean))
    manifest.seal()
    stamp = clean.get("whole", "")
    counts = (len(replace), files - len(replace), len(removed), pages)
    return BuildReport(*counts, faults, stamp)


@contextmanager
def settled() -> Iterator[None]:
    """Python's search for cycles leaves out all that stood before.

    Modules and settings are most of what it would go through, again and again: that
    was a tenth of the time of ten thousand pages. Pages leave hardly any cycle behind,
    so that it is made seldom, too.
    """
    often = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(SELDOM, *often[1:])
    try:
        yield
    finally:
        gc.set_threshold(*often)
        gc.unfreeze()


def _rank(path: str) -> tuple[int, str]:
    kind, *others = kinds_beside(path)
    if others:
        address = read_address(path)
        kind = address.kind if address else Kind.FRONT
    return (_PLACES[kind], path)


def _place(kind: Kind) -> int:
    if kind in _LAST:
        return len(_ORDER) + 1
    places = (place for place, kinds in enumerate(_ORDER) if kind in kinds)
    return next(places, len(_ORDER))


_PLACES = {kind: _place(kind) for kind in Kind}


def _refuse_other_tree(out: Path, audience: Audience) -> None:
    """An internal page must never land in the public folder."""
    told = out / Kind.EDITION.template
    if not told.is_file():
        return
    try:
        standing = json.loads(told.read_text("utf-8")).get("audience")
    except (ValueError, AttributeError):
        return
    if standing not in {None, audience.value}:
        raise NewsroomError(
            f"{out} 里是另一棵网页树（{standing}），不能用来放 {audience.value}；"
            "请检查 [site] output"
        )
