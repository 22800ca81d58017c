"""The build of one tree: plan, render, compare, check, switch."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from newsroom.errors import NewsroomError
from site_builder.assets import read_assets
from site_builder.check import (
    SiteFault,
    check_file,
    check_given,
    dead_links,
    links_of,
)
from site_builder.given import Audience, SiteGiven
from site_builder.links import Kind, read_address
from site_builder.plan import plan
from site_builder.render import make_environment, render
from site_builder.shown import Shown, show
from site_builder.switch import Journal, Workshop

# Assets first and the front page last, so that a reader never meets a page whose
# style, picture or story is not there yet.
_ORDER = (
    {Kind.ASSET, Kind.PICTURE},
    {Kind.STORY},
    {Kind.DAY, Kind.BRIEFING, Kind.BRIEFING_TEXT},
)
PICTURES = "pictures/"
_LAST = (Kind.FRONT, Kind.EDITION)


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: files written, left alone and removed; pages; faults.

    When the public tree has a fault nothing of it is written.
    """

    written: int
    unchanged: int
    removed: int
    pages: int
    faults: tuple[SiteFault, ...]


def build_site(
    given: SiteGiven, audience: Audience, out: Path, work: Path
) -> BuildReport:
    """Bring the tree at ``out`` in line with what is given.

    Args:
        given: everything that the pages show.
        audience: which tree; the public one holds released editions only.
        out: the root of this tree, e.g. ``output/public``.
        work: a folder for what is being prepared, e.g. ``data/build``.

    Raises:
        NewsroomError: ``out`` holds the tree of the other audience.
    """
    _refuse_other_tree(out, audience)
    workshop = Workshop(work / audience.value)
    workshop.finish(out)
    shown = show(given, audience)
    draft = _prepare(shown, out, workshop)
    if draft.faults and audience is Audience.PUBLIC:
        workshop.clear()
        return BuildReport(0, draft.unchanged, 0, draft.pages, tuple(draft.faults))
    ours = workshop.read_manifest()
    paths = set(draft.links)
    gone = tuple(sorted(p for p in ours - paths if (out / p).exists()))
    replace = tuple(sorted(draft.staged, key=_rank))
    if replace or gone or paths != ours:
        workshop.switch(out, Journal(replace, gone, tuple(sorted(paths))))
    return BuildReport(
        len(replace), draft.unchanged, len(gone), draft.pages, tuple(draft.faults)
    )


@dataclass(slots=True)
class _Draft:
    """A tree in the making; ``links`` holds each file and where it leads."""

    links: dict[str, frozenset[str]]
    staged: list[str]
    faults: list[SiteFault]
    unchanged: int = 0
    pages: int = 0

    def place(self, path: str, content: bytes, out: Path, workshop: Workshop) -> None:
        """Stage a file if it differs from what stands there."""
        if _same(out / path, content):
            self.unchanged += 1
            return
        workshop.stage(path, content)
        self.staged.append(path)


def _prepare(shown: Shown, out: Path, workshop: Workshop) -> _Draft:
    draft = _Draft({}, [], list(check_given(shown)))
    assets = read_assets()
    for address, content in assets.of(shown.audience):
        draft.links[address.path] = frozenset()
        draft.place(address.path, content, out, workshop)
    environment = make_environment()
    for planned in plan(shown, assets):
        content = render(planned, environment)
        path = planned.address.path
        is_page = path.endswith(".html")
        draft.pages += is_page
        draft.links[path] = links_of(content, path) if is_page else frozenset()
        draft.faults += check_file(planned, content, shown.audience)
        draft.place(path, content, out, workshop)
    _place_pictures(shown, draft, out, workshop)
    draft.faults += dead_links(draft.links, set(draft.links))
    return draft


def _place_pictures(shown: Shown, draft: _Draft, out: Path, workshop: Workshop) -> None:
    """Copy the pictures that pages show; a picture's name is its content."""
    linked = {target for targets in draft.links.values() for target in targets}
    for path in sorted(p for p in linked if p.startswith(PICTURES)):
        address = read_address(path)
        if address is None:
            continue
        source = shown.given.pictures / address.key
        draft.links[path] = frozenset()
        target = out / path
        if target.is_file() and target.stat().st_size == source.stat().st_size:
            draft.unchanged += 1
            continue
        workshop.stage_copy(path, source)
        draft.staged.append(path)


def _same(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def _rank(path: str) -> tuple[int, str]:
    address = read_address(path)
    kind = address.kind if address else Kind.FRONT
    if kind in _LAST:
        return (len(_ORDER) + 1, path)
    for place, kinds in enumerate(_ORDER):
        if kind in kinds:
            return (place, path)
    return (len(_ORDER), path)


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
