"""Looking into the XML of a Word file by local names, in either of its namespaces."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element

from submissions.zip_gate import DocumentRefused


def parse_part(content: bytes) -> _Element:
    """The root of a part; entities stay closed and nothing is fetched.

    Raises:
        DocumentRefused: the part is no XML.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DocumentRefused("文件内部损坏，读不出来，请另存一份再发") from error


def tag(element: _Element) -> str:
    """The local name; empty for comments and entities."""
    name = element.tag
    return etree.QName(name).localname if isinstance(name, str) else ""


def children(element: _Element, name: str) -> Iterator[_Element]:
    """The children of this local name."""
    return (one for one in element if tag(one) == name)


def child(element: _Element | None, *names: str) -> _Element | None:
    """The first child by a path of local names, None when one is not there."""
    for name in names:
        if element is None:
            return None
        element = next(children(element, name), None)
    return element


def named_value(element: _Element | None, name: str) -> str:
    """An attribute by its local name; empty when it is not there."""
    if element is None:
        return ""
    for key, found in element.attrib.items():
        if etree.QName(str(key)).localname == name:
            return str(found)
    return ""


def value(element: _Element | None) -> str:
    """The ``w:val`` of an element; empty when it is not there."""
    return named_value(element, "val")


def is_on(element: _Element | None) -> bool:
    """Whether a switch such as ``w:b`` is there and not turned off."""
    off = {"0", "false", "off", "none"}
    return element is not None and value(element).lower() not in off
