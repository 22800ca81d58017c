"""What a site's own file may say about its layout.

A selector that begins with ``/``, ``./`` or ``(`` is XPath, any other is CSS.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from lxml import etree
from lxml.cssselect import CSSSelector

from newsroom.errors import NewsroomError

if TYPE_CHECKING:
    from datetime import date

    from lxml.etree import _Element


@dataclass(frozen=True, slots=True)
class Layout:
    """The selectors of one site's layout; each may be left out.

    Attributes:
        list_rows: the rows of a list page.
        list_link: inside a row, the link to the article.
        list_date: inside a row, the date.
        list_next: the link to the next list page.
        title: the headline.
        info: the line with date and source.
        body: the element that holds the text.
        article_pattern: regex of article addresses; links that do not match are no rows.
        valid_until: the last day this layout was in use, None while it is.
    """

    list_rows: str | None = None
    list_link: str | None = None
    list_date: str | None = None
    list_next: str | None = None
    title: str | None = None
    info: str | None = None
    body: str | None = None
    article_pattern: str | None = None
    valid_until: date | None = None


def select(element: _Element, selector: str | None) -> list[_Element]:
    """The elements that a selector finds, none for no selector.

    Raises:
        NewsroomError: the selector cannot be understood.
    """
    if not selector:
        return []
    try:
        found = _compiled(selector)(element)
    except (etree.XPathError, SyntaxError) as error:
        raise NewsroomError(f"看不懂选择器 {selector!r}：{error}") from error
    found = found if isinstance(found, list) else []
    return [item for item in found if isinstance(item, etree._Element)]  # noqa: SLF001 - the public name of the class of elements is private in lxml


@lru_cache(maxsize=256)
def _compiled(selector: str) -> etree.XPath:
    if selector.startswith(("/", "./", "(")):
        return etree.XPath(selector)
    return cast("etree.XPath", CSSSelector(selector))
