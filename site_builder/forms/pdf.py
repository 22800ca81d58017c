"""The briefing as PDF: A4 in the page of GB/T 9704, two pages at most."""

from __future__ import annotations

from dataclasses import asdict

from newsroom.edition import Edition
from newsroom.errors import NewsroomError
from site_builder.briefing_fit import LINES, MOST_PAGES, fit
from site_builder.briefing_paper import Paper
from site_builder.forms.content import Content
from site_builder.forms.typesetting import Typeset, Typesetter, typeset

_NAME = "简报 PDF"
_HOPE = 4  # lines that may find room beyond the count


def briefing_pdf(content: Content, setter: Typesetter) -> bytes:
    """The edition on paper; abstracts give way until it fits, the type never shrinks.

    The lines are counted first (``briefing_fit``) and the set page is asked after:
    typst presses marks together and may bring in a few lines more than counted, so
    the fullest paper is tried first and a line is given up at a time.

    Raises:
        NewsroomError: a font is missing, a character cannot be drawn, or the page
            cannot be brought to two sheets.
    """
    edition = content.edition
    tried: tuple[Paper, int] | None = None
    for spare in range(-_HOPE, LINES):
        fitted = fit(content.paper, spare=spare)
        if (fitted.paper, fitted.pages) == tried:
            continue
        tried = fitted.paper, fitted.pages
        made = _set(fitted.paper, edition, setter)
        if made.count <= fitted.pages:
            return made.pages[0]
    raise NewsroomError(f"{_NAME}排不进{MOST_PAGES}页：请缩短标题或减少条目")


def _set(paper: Paper, edition: Edition, setter: Typesetter) -> Typeset:
    values = {
        "paper": asdict(paper) | {"more": paper.more},
        "date": [edition.day.year, edition.day.month, edition.day.day],
    }
    return typeset(
        "briefing.typ",
        values,
        setter,
        form="pdf",
        made_at=edition.issued_at,
        name=_NAME,
    )
