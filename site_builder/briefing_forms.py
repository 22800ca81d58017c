"""The forms that a briefing takes: a page for screen and paper, and a group text.

Another form (PDF, DOCX, mail ...) is one more entry of ``FORMS``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from newsroom.edition import Edition
from newsroom.group_text import ShortMessage, group_text, sms_text
from site_builder.assets import Assets
from site_builder.briefing_fit import Fitted, fit
from site_builder.briefing_paper import lay_out
from site_builder.files import PageFile, Planned, TextFile
from site_builder.form_files import form_files, form_words
from site_builder.frame import Head, frame_view
from site_builder.links import Address, Kind, briefing_address, day_address
from site_builder.standpoint import Standpoint
from site_builder.views import Link


class BriefingView(NamedTuple):
    """The briefing's page: the paper, and the text for the WeChat group."""

    fitted: Fitted
    group_text: str
    text_href: str
    day_href: str
    is_internal: bool
    day_iso: str
    files: tuple[Link, ...] = ()
    group_count: int = 0
    sms: ShortMessage | None = None


class BriefingForm(NamedTuple):
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
    words = briefing_text(edition, at)
    view = BriefingView(
        fitted=fit(lay_out(edition, at.shown)),
        group_text=words,
        text_href=at.href(_text_address(edition.day)),
        day_href=at.day(edition.day),
        is_internal=at.shown.is_internal,
        day_iso=edition.day.isoformat(),
        files=_files(edition, at),
        group_count=len(words),
        sms=_sms(edition, at),
    )
    title = f"{view.fitted.paper.subtitle} {view.fitted.paper.number}"
    frame = frame_view(at, assets, Head(title))
    return PageFile(at.base, "briefing/briefing.html", view, frame)


def _files(edition: Edition, at: Standpoint) -> tuple[Link, ...]:
    """PDF, Word, article and picture, as far as they are made."""
    shown = at.shown
    files = form_files(shown.given, shown.audience, edition.day)
    return tuple(Link(word, at.href(address)) for word, address in form_words(files))


def _sms(edition: Edition, at: Standpoint) -> ShortMessage | None:
    """短信 with its count, for the office only."""
    if not at.shown.is_internal:
        return None
    return sms_text(edition, office_short=at.shown.given.office.short_name)


def _text(edition: Edition, at: Standpoint, _assets: Assets) -> TextFile:
    return TextFile(at.base, briefing_text(edition, at) + "\n")


def _text_address(day: date) -> Address:
    return Address(Kind.BRIEFING_TEXT, day.isoformat())


FORMS = (
    BriefingForm("网页与打印", briefing_address, _page),
    BriefingForm("群发文字", _text_address, _text),
)
