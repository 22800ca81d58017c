"""An edition as the public will see it, before and after it is released."""

from __future__ import annotations

from dataclasses import replace

from newsroom.edition import Edition, Release
from site_builder.given import Audience, SiteGiven
from site_builder.shown import Shown, show


def public_preview(given: SiteGiven, edition: Edition) -> tuple[Edition, Shown]:
    """The edition cleaned for the public, with the tree's own rules.

    What goes to groups and accounts is public even when the office looks at it
    first, so it is made from these values only. An edition that is not released yet
    stays so: it has no link and no signatures.
    """
    stand_in = edition.release or Release("", "", edition.issued_at, "")
    signed = replace(edition, release=stand_in)
    shown = show(replace(given, editions=(signed,)), Audience.PUBLIC)
    return replace(shown.editions[0], release=edition.release), shown
