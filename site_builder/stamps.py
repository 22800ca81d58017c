"""What a tree rests on as hashes, and a tree as the last build left it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from newsroom.article import CHINA
from site_builder.form_watch import watched_forms
from site_builder.given import Audience, SiteGiven
from site_builder.ground import ALL, Ground, canonical, digest
from site_builder.manifest import Manifest
from site_builder.switch import Workshop


@dataclass(frozen=True, slots=True)
class TreeOnDisk:
    """A tree as it was left: where, and what is noted and doubted of it."""

    out: Path
    workshop: Workshop
    manifest: Manifest
    doubted: frozenset[str]


@dataclass(frozen=True, slots=True)
class Stamps:
    """What a tree rests on, as hashes.

    Attributes:
        ground: settings, source and templates: a change touches every page.
        pictures, forms: the folders; they change with any file that comes or goes.
        whole: all of these, what is shown, and the day; empty when nobody counts
            revisions.
        keys: what the keys of pages begin with.
    """

    ground: str
    pictures: str
    forms: str
    whole: str
    keys: Ground

    @classmethod
    def of(cls, given: SiteGiven, ground: Ground, audience: Audience) -> Stamps:
        """The stamps of what is given now."""
        is_there = given.pictures.is_dir()
        pictures = str(given.pictures.stat().st_mtime_ns if is_there else 0)
        base = digest(ground.base, ground.templates[ALL])
        forms = _forms_stamp(given, audience)
        # The status page tells the age of the edition in days.
        day = given.built_at.astimezone(CHINA).date().isoformat()
        extra = (digest(path, file.hex()) for path, file in given.extra_files.items())
        told = (given.revision, canonical(given.sources), day, *extra)
        whole = digest(base, pictures, forms, *told) if given.revision else ""
        return cls(base, pictures, forms, whole, ground)


def _forms_stamp(given: SiteGiven, audience: Audience) -> str:
    """Changes with every file of a form that comes or goes, and with recent ones."""
    if given.forms is None:
        return ""
    watched = watched_forms(given.forms, audience.value)
    return digest(*(f"{file}.{file.stat().st_mtime_ns}" for file in watched))
