"""Links that a page opens by script: 「onclick="location.href='/a/1.html'"」.

A habit of old ASP and JSP templates and of hand-made cards: the row itself is clicked, or
its anchor leads to ``javascript:;``. What stands there as plain text is made a link.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import _Element

_UNFIT = r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"  # no text of lxml's
_CALLED = re.compile(
    r"(?:location(?:\.href)?\s*=|location\.(?:assign|replace)\(|window\.open\()"
    rf"\s*[\"']((?:(?![\"'<>\s]|{_UNFIT}).)+)[\"'](?!\s*\+)"  # put together: not known
)
_NOWHERE = re.compile(r"\s*(?:javascript:|#|$)", re.IGNORECASE)
_MOST = 2_000


def called_address(script: str) -> str | None:
    """The address that a short script opens, as written; None for none."""
    match = _CALLED.search(script)
    return match[1] if match else None


def open_links(root: _Element) -> None:
    """Give what opens an address when clicked a link of its own, in place."""
    clicked = root.xpath(".//*[@onclick or starts-with(@href, 'javascript:')]")
    for element in cast("list[_Element]", clicked)[:_MOST]:
        called = called_address(element.get("onclick") or element.get("href") or "")
        if called is None:
            continue
        if element.tag == "a":
            if _NOWHERE.match(element.get("href") or ""):
                element.set("href", called)
        elif element.find(".//a[@href]") is None and _is_inside_no_link(element):
            _wrap(element, called)


def _is_inside_no_link(element: _Element) -> bool:
    return next(element.iterancestors("a"), None) is None


def _wrap(element: _Element, address: str) -> None:
    """Put all that the element holds into a link; of a table's row, each cell."""
    holders = element.findall("td") if element.tag == "tr" else [element]
    for holder in holders:
        link = etree.Element("a", href=address)
        link.text = re.sub(_UNFIT, "", holder.text or "")
        holder.text = None
        link.extend(list(holder))
        holder.append(link)
