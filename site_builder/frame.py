"""What every page stands in. Nothing here changes from day to day."""

from __future__ import annotations

from typing import NamedTuple

from site_builder.app_icon import TOUCH, icon_address
from site_builder.assets import Assets
from site_builder.frame_views import FootView, FrameView, HouseView
from site_builder.links import Address, Kind
from site_builder.offline import is_kept
from site_builder.standpoint import Standpoint
from site_builder.views import Link

NAV = (
    ("今日", Kind.FRONT),
    ("基层", Kind.TOWNS),
    ("题材", Kind.TOPICS),
    ("往期", Kind.ARCHIVE),
    ("搜索", Kind.SEARCH),
)
LESSON = "lesson.html"
UNDER = {
    Kind.TOWN: Kind.TOWNS,
    Kind.YEAR_BOOK: Kind.TOWNS,
    Kind.TOPIC: Kind.TOPICS,
    Kind.DAY: Kind.ARCHIVE,
    Kind.BRIEFING: Kind.ARCHIVE,
}


class Head(NamedTuple):
    """What a page says of itself; ``day_iso`` lets a front page tell its age."""

    title: str
    description: str | None = None
    day_iso: str | None = None


def house_view(at: Standpoint, assets: Assets) -> HouseView:
    """The frame of all pages of the kind and depth of ``at.base``."""
    given, kind = at.shown.given, at.base.kind
    internal = at.shown.is_internal
    return HouseView(
        site_title=given.site.title,
        subtitle="内部版" if internal else given.office.name,
        noindex=internal or given.site.noindex,
        banner=given.site.banner or None,
        is_internal=internal,
        styles=tuple(at.href(a) for a in assets.styles(at.shown.audience, kind)),
        script=at.href(assets.script),
        speech=at.href(speech) if (speech := assets.speech(kind)) else None,
        home_href=at.to(Kind.FRONT),
        search_href=at.to(Kind.SEARCH),
        app_href=at.to(Kind.APP) if is_kept(at.shown) else None,
        touch_icon_href=at.href(icon_address(TOUCH)),
        icon_href=at.to(Kind.ICON) if is_kept(at.shown) else None,
        nav=_nav(at),
        feeds=(
            Link("Atom", at.to(Kind.ATOM)),
            Link("RSS", at.to(Kind.RSS)),
            Link("JSON", at.to(Kind.JSON_FEED)),
        ),
        deadlines_href=at.to(Kind.DEADLINES),
        status_href=at.to(Kind.STATUS),
        lesson_href=_lesson(at),
        foot=_foot(at),
        page_class=kind.name.lower().replace("_", "-"),
    )


def _lesson(at: Standpoint) -> str | None:
    """小课堂, where the tree carries it."""
    carried = LESSON in at.shown.given.extra_files
    return at.here.up + LESSON if carried else None


def frame_view(at: Standpoint, assets: Assets, head: Head) -> FrameView:
    """The frame of the page that stands at ``at.base``."""
    house = at.here.houses.get(at.base.kind)
    if house is None:
        house = at.here.houses[at.base.kind] = house_view(at, assets)
    return FrameView(
        title=_full_title(head.title, house.site_title),
        description=head.description or None,
        canonical=_canonical(at),
        day_iso=head.day_iso,
        house=house,
    )


def _canonical(at: Standpoint) -> str | None:
    base_url = at.shown.given.site.base_url.rstrip("/")
    public = base_url and not at.shown.is_internal
    return f"{base_url}/{at.base.path}" if public else None


def _full_title(title: str, site_title: str) -> str:
    return title if title == site_title else f"{title} - {site_title}"


def _nav(at: Standpoint) -> tuple[Link, ...]:
    here = UNDER.get(at.base.kind, at.base.kind)
    places = list(NAV)
    if at.shown.is_internal and at.shown.given.report is not None:
        places.append(("采编报告", Kind.REPORT))
    return tuple(
        Link(name, at.href(Address(kind)), current=kind is here)
        for name, kind in places
    )


def _foot(at: Standpoint) -> FootView:
    office = at.shown.given.office
    reach = (
        f"地址：{office.address}" if office.address else "",
        f"邮编：{office.postcode}" if office.postcode else "",
        f"电话：{office.phone}" if office.phone else "",
        f"邮箱：{office.email}" if office.email else "",
    )
    return FootView(
        office=office.name,
        lines=tuple(filter(None, reach)),
        icp=office.icp or None,
        police=office.police_record or None,
        report_phone=office.report_phone,
    )
