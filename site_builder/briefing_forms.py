"""The forms that a briefing takes: a page for screen and paper, and a group text.

Another form (PDF, DOCX, mail ...) is one more entry of ``FORMS``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from newsroom.edition import Edition
from newsroom.group_text import group_text
from site_builder.assets import Assets
from site_builder.briefing_fit import Fitted, fit
from site_builder.briefing_paper import lay_out
from site_builder.files import PageFile, Planned, TextFile
from site_builder.frame import Head, frame_view
from site_builder.links import Address, Kind, briefing_address, day_address
from site_builder.standpoint import Standpoint


@dataclass(frozen=True, slots=True)
class BriefingView:
    """The briefing's page: the paper, and the text for the WeChat group."""

    fitted: Fitted
    group_text: str
    text_href: str
    day_href: str
    is_internal: bool


@dataclass(frozen=True, slots=True)
class BriefingForm:
    """One form: its name, where it stands, and how it is planned."""

    name: str
    address: Callable[[date], Address]
    plan: Callable[[Edition, Standpoint, Assets], Planned]


def briefing_text(edition: Edition, at: Standpoint) -> str:
    """The WeChat group text of this edition, as the tree's audience sees it."""
    given = at.shown.given
    base = given.site.base_url.rstrip("/")
    public = base and not at.shown.is_internal
    link = f"{base}/{day_address(edition.day).path}" if public else ""
    return group_text(edition, office_short=given.office.short_name, link=link)


def _page(edition: Edition, at: Standpoint, assets: Assets) -> PageFile:
    view = BriefingView(
        fitted=fit(lay_out(edition, at.shown)),
        group_text=briefing_text(edition, at),
        text_href=at.href(_text_address(edition.day)),
        day_href=at.day(edition.day),
        is_internal=at.shown.is_internal,
    )
    title = f"{view.fitted.paper.subtitle} {view.fitted.paper.number}"
    frame = frame_view(at, assets, Head(title))
    return PageFile(at.base, "briefing/briefing.html", view, frame)


def _text(edition: Edition, at: Standpoint, _assets: Assets) -> TextFile:
    return TextFile(at.base, briefing_text(edition, at) + "\n")


def _text_address(day: date) -> Address:
    return Address(Kind.BRIEFING_TEXT, day.isoformat())


FORMS = (
    BriefingForm("网页与打印", briefing_address, _page),
    BriefingForm("群发文字", _text_address, _text),
)
