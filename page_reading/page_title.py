"""What a page calls itself, for asking whether it is still the page that it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsroom.errors import PageUnreadable
from page_reading.article import read_article
from page_reading.document import open_document

if TYPE_CHECKING:
    from newsroom.article import Page


def read_title(page: Page) -> str:
    """The title element, and the headline where the page reads as an article.

    Raises:
        PageUnreadable: it is a barrier, a missing page with status 200, or no page.
    """
    title = open_document(page).title
    try:
        headline = read_article(page).headline
    except PageUnreadable:
        return title
    return title if headline in title else f"{headline} {title}".strip()
