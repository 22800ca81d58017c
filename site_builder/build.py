"""The build of one tree: plan, render, compare, check, switch.

What only a build with something to do needs is imported when it has: that nothing
changed is told at once.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from newsroom.article import CHINA
from newsroom.errors import NewsroomError
from site_builder.form_files import FormFile, all_form_files
from site_builder.given import Audience, SiteGiven
from site_builder.ground import ALL, Ground, canonical, digest, read_ground
from site_builder.links import Kind, read_address
from site_builder.manifest import Manifest, Note, read_manifest
from site_builder.switch import Journal, Workshop

if TYPE_CHECKING:
    from jinja2 import Environment

    from site_builder.check import SiteFault
    from site_builder.draft import Draft
    from site_builder.files import Job
    from site_builder.shown import Shown

# Assets first and the front page last, so that a reader never meets a page whose
# style, picture or story is not there yet.
_ORDER = (
    {Kind.ASSET, Kind.PICTURE},
    {Kind.STORY},
    {Kind.BRIEFING_FILE},
    {Kind.DAY, Kind.BRIEFING, Kind.BRIEFING_TEXT},
)
BATCH = 200  # jobs whose stories are read at once
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
    ground = read_ground(given, audience)
    stamp = _stamp(given, ground, _forms_stamp(given, audience))
    kept = read_manifest(workshop.manifest)
    ours = frozenset(kept.head.sizes) if kept else _recognised(out)
    if kept is not None and not kept.head.stands(out):
        kept = None
    if kept is not None and stamp and kept.head.stamp == stamp:
        return BuildReport(0, len(ours), 0, kept.head.pages, ())
    from site_builder.draft import Draft
    from site_builder.shown import show

    draft = Draft(out, workshop, (kept and kept.whole()) or Manifest())
    shown = show(given, audience, draft.kept.outlines)
    _fill(draft, shown, ground)
    if draft.faults and audience is Audience.PUBLIC:
        workshop.clear()
        return BuildReport(0, draft.unchanged, 0, draft.pages, tuple(draft.faults))
    gone = tuple(sorted(p for p in ours - draft.sizes.keys() if (out / p).exists()))
    replace = tuple(sorted(draft.staged, key=_rank))
    workshop.note(draft.manifest("" if draft.faults else stamp, shown.raw).to_bytes())
    if replace or gone:
        workshop.switch(out, Journal(replace, gone))
    else:
        workshop.keep_note()
    return BuildReport(
        len(replace), draft.unchanged, len(gone), draft.pages, tuple(draft.faults)
    )


def _forms_stamp(given: SiteGiven, audience: Audience) -> str:
    """Changes with every file of a form: folders are listed, not read."""
    if given.forms is None or not given.forms.is_dir():
        return ""
    folders = given.forms.glob(f"????-??-??/{audience.value}")
    return digest(*(f"{f.parent.name}.{f.stat().st_mtime_ns}" for f in sorted(folders)))


def _stamp(given: SiteGiven, ground: Ground, forms: str) -> str:
    """What the whole tree is made from; empty when nobody counts revisions."""
    if not given.revision:
        return ""
    pictures = given.pictures.stat().st_mtime_ns if given.pictures.is_dir() else 0
    day = given.built_at.astimezone(CHINA).date()  # the status page tells the age
    return digest(
        ground.base,
        ground.templates[ALL],
        given.revision,
        canonical(given.sources),
        *(digest(path, file.hex()) for path, file in given.extra_files.items()),
        str(pictures),
        forms,
        day.isoformat(),
    )


def _fill(draft: Draft, shown: Shown, ground: Ground) -> None:
    """Make every file that is not as it should be."""
    from site_builder.assets import read_assets
    from site_builder.check import check_given
    from site_builder.plan import plan
    from site_builder.render import make_environment

    draft.faults += check_given(shown)
    assets = read_assets()
    for address, content in assets.of(shown.audience):
        draft.place(address.path, content, Note("", b""))
    for path, content in shown.given.extra_files.items():
        draft.place(path, content, Note("", b""))
    days = [outline.day for outline in shown.days]
    forms: list[FormFile] = list(all_form_files(shown.given, shown.audience, days))
    draft.place_forms(forms)
    environment = make_environment(bytecode=draft.workshop.bytecode)
    waiting: list[Job] = []
    for job in plan(shown, assets, ground):
        if draft.keeps(job, shown.pictures):
            continue
        waiting.append(job)
        if len(waiting) == BATCH:
            _make(waiting, draft, shown, environment)
            waiting.clear()
    _make(waiting, draft, shown, environment)
    draft.place_pictures(shown.given.pictures)
    draft.faults += draft.dead_links()


def _make(
    jobs: Sequence[Job], draft: Draft, shown: Shown, environment: Environment
) -> None:
    """Make the files of these jobs; their stories are read at once."""
    from site_builder.render import render

    shown.stories.fetch([story_id for job in jobs for story_id in job.needs])
    for job in jobs:
        planned = job.make()
        content = render(planned, environment)
        draft.add(job, planned, content, shown)


def _recognised(out: Path) -> frozenset[str]:
    """The files that bear our names, for a tree whose manifest is lost."""
    files = (f for f in out.rglob("*") if f.is_file())
    paths = (file.relative_to(out).as_posix() for file in files)
    return frozenset(path for path in paths if read_address(path))


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
