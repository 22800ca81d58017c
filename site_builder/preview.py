"""The front page as it would be, in memory: nothing is written, nothing switched."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from newsroom.errors import NotFound
from site_builder.assets import read_assets
from site_builder.given import Audience, SiteGiven
from site_builder.ground import read_ground
from site_builder.manifest import read_manifest
from site_builder.planner import make_planner
from site_builder.render import make_environment, render
from site_builder.shown import show
from site_builder.single_pages import front
from site_builder.switch import Workshop


@dataclass(frozen=True, slots=True)
class Preview:
    """The front page and the styles and scripts beside it, by path."""

    page: bytes
    files: dict[str, bytes]


def preview_front(given: SiteGiven, audience: Audience, work: Path) -> Preview:
    """The front page of what is given, by the very templates of a build.

    ``work`` is where builds of this tree are prepared; what the last one remembered
    saves reading the outlines again.

    Raises:
        NotFound: there is no edition to show.
    """
    kept = read_manifest(Workshop(work).manifest)
    shown = show(given, audience, kept.connection if kept else None)
    if kept:
        kept.close()
    assets = read_assets()
    if shown.latest is None:
        raise NotFound("还没有可以预览的一期")
    planner = make_planner(shown, assets, read_ground(given, audience))
    (planned,) = front(planner)
    files = {address.path: content for address, content in assets.of(audience)}
    return Preview(render(planned, make_environment()), files)
