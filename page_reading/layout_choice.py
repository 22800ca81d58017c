"""Which of a source's layouts a page is in: the first whose selectors all find it.

A site that was redesigned keeps its old articles in the old look, so the layouts are
tried one by one, the present one first, and the general reading serves where none fits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from page_reading.document import Document, open_document
from page_reading.layout import select

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsroom.article import Page
    from page_reading.layout import Layout


def article_layout(page: Page, layouts: Sequence[Layout]) -> Layout | None:
    """The first layout that fits an article page, None when none has selectors that do.

    A layout without selectors for articles says nothing about them.

    Raises:
        PageUnreadable: the page cannot be parsed.
        NewsroomError: a selector cannot be understood.
    """
    telling = [layout for layout in layouts if _selectors(layout)]
    if not telling:
        return None
    document = open_document(page)
    return next((layout for layout in telling if _fits(document, layout)), None)


def _selectors(layout: Layout) -> tuple[str, ...]:
    return tuple(filter(None, (layout.title, layout.info, layout.body)))


def _fits(document: Document, layout: Layout) -> bool:
    return all(select(document.root, one) for one in _selectors(layout))
