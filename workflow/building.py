"""Step five of the morning: the two trees, built from what the store holds."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from config import find_settings
from newsroom.errors import NewsroomError
from site_builder.build import BuildReport
from site_builder.given import Audience, SiteGiven
from site_builder.ground import settle
from workflow.lasting import Lasting, bare_section, keep_lasting
from workflow.office import Office
from workflow.page_building import (
    TREES,
    audiences_of,
    build_one,
    given_now,
    note_trees,
)
from workflow.phone_page import chairs_pages
from workflow.source_health import idle_source
from workflow.unchanged import Standing, read_standing

if TYPE_CHECKING:
    from newsroom.source import SourceReport
    from story_store.store import Store

__all__ = [
    "TREES",
    "build_tree",
    "build_trees",
    "note_built",
    "site_given",
    "standing_of",
]


def build_tree(office: Office, store: Store, audience: Audience) -> BuildReport:
    """Build one tree into ``output/internal`` or ``output/public``."""
    return build_one(lasting_of(office), store, office.now, audience)


def build_trees(office: Office, store: Store) -> dict[Audience, BuildReport]:
    """Build the internal tree, and the public one once a day has been released."""
    lasting = lasting_of(office)
    return {
        audience: build_one(lasting, store, office.now, audience)
        for audience in audiences_of(store)
    }


def standing_of(config: Path | None, as_of: str | None) -> Standing | None:
    """What a build rests on before it begins; None where that cannot be told."""
    try:
        return read_standing(find_settings(config, os.environ, Path.cwd()), as_of)
    except (NewsroomError, OSError, ValueError, LookupError, sqlite3.Error):
        return None


def note_built(
    office: Office, standing: Standing | None, reports: Mapping[Audience, BuildReport]
) -> None:
    """Note that these trees are what is to be built, if they are without a fault.

    What was taken from the settings is kept too, for a small build.
    """
    if standing is None:
        return
    with suppress(OSError):  # not noted, so the next build looks for itself
        note_trees(keep_settings(office, standing.ground), standing, reports)


def keep_settings(office: Office, ground: str) -> Lasting:
    """Keep what builds take from the settings, with its hashes, under this stamp."""
    lasting = lasting_of(office)
    settled = replace(lasting.given, settled=settle(lasting.given))
    keep_lasting(replace(lasting, given=settled), ground)
    return lasting


def site_given(office: Office, store: Store) -> SiteGiven:
    """Everything that the pages are built from."""
    return given_now(lasting_of(office), store, office.now)


def lasting_of(office: Office) -> Lasting:
    """What pages rest on that the settings say."""
    settings = office.settings
    shown = settings.rules
    given = SiteGiven(
        office=bare_section(settings.office),
        edition_settings=bare_section(settings.edition),
        site=bare_section(settings.site),
        units=shown.units,
        topics=shown.topics,
        editions=(),
        stories=(),
        sources=_idle_sources(office),
        report=None,
        pictures=office.data / "pictures",
        built_at=office.now,
        reminders=shown.reminders,
        extra_files=chairs_pages(settings),
        forms=office.data / "releases",
    )
    return Lasting(settings.file, office.data, office.output, given)


def _idle_sources(office: Office) -> tuple[SourceReport, ...]:
    """Each source of the web as it is told of before it was ever asked."""
    tiers = {s.id: s.tier.name for s in office.settings.newsroom_sources()}
    return tuple(
        idle_source(source, tiers[source.id], None)
        for source in office.settings.sources
        if source.kind != "local"
    )
