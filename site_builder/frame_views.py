"""What stands around the pages and beside them: frame, feeds, sitemap, 404."""

from __future__ import annotations

from typing import NamedTuple

from site_builder.views import Link


class NotFoundView(NamedTuple):
    """The page for an address that is none."""

    title: str
    home_href: str
    archive_href: str
    style: str
    style_hash: str


class FootView(NamedTuple):
    """The legal line and what stands at the foot of each page."""

    office: str
    lines: tuple[str, ...]
    icp: str | None
    police: str | None
    report_phone: str


class HouseView(NamedTuple):
    """The frame of all pages of one kind at one depth; links are alike there."""

    site_title: str
    subtitle: str
    noindex: bool
    banner: str | None
    is_internal: bool
    styles: tuple[str, ...]
    script: str
    home_href: str
    search_href: str
    app_href: str | None
    touch_icon_href: str
    icon_href: str | None
    deadlines_href: str
    nav: tuple[Link, ...]
    feeds: tuple[Link, ...]
    status_href: str
    lesson_href: str | None
    foot: FootView
    page_class: str
    speech: str | None


class FrameView(NamedTuple):
    """What a page stands in: its own head in the frame of its kind."""

    title: str
    description: str | None
    canonical: str | None
    day_iso: str | None
    house: HouseView


class FeedEntryView(NamedTuple):
    """One entry of a feed, free of control characters."""

    id: str
    title: str
    href: str
    summary: str
    source: str
    published: str
    published_rfc822: str


class FeedView(NamedTuple):
    """A feed in any of its three forms."""

    id: str
    title: str
    author: str
    home_href: str
    self_href: str
    updated: str
    updated_rfc822: str
    entries: tuple[FeedEntryView, ...]


class SitemapView(NamedTuple):
    """Addresses with the base of the site."""

    places: tuple[str, ...]
