"""How a paragraph of a Word file looks: bold, centred, its size, its level."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml.etree import _Element

from submissions.word_xml import child, children, is_on, named_value, value

_DEPTH = 12
_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_TITLE = frozenset({"title", "标题"})
_CAPTION = frozenset({"caption", "题注"})
_NORMAL_SIZE = 21


@dataclass(frozen=True, slots=True)
class Look:
    """A paragraph's looks.

    ``size`` is in half points; ``level`` is 0 for a title, 1 to 9 for headings, None
    for text.
    """

    bold: bool = False
    centred: bool = False
    size: int = _NORMAL_SIZE
    level: int | None = None
    is_caption: bool = False
    list_id: str = ""
    depth: int = 0


class Styles:
    """The styles of ``word/styles.xml``."""

    def __init__(self, root: _Element | None) -> None:
        found = children(root, "style") if root is not None else ()
        self._styles = {named_value(style, "styleId"): style for style in found}
        defaults = child(root, "docDefaults", "rPrDefault", "rPr")
        self._size = _size(defaults) or _NORMAL_SIZE
        self._default = next(
            (
                one
                for one, style in self._styles.items()
                if named_value(style, "default") in {"1", "true"}
                and named_value(style, "type") == "paragraph"
            ),
            "",
        )

    def look(self, properties: _Element | None, runs: list[_Element]) -> Look:
        """The looks of a paragraph from its own properties, its style and its runs."""
        chain = self._chain(value(child(properties, "pStyle")) or self._default)
        names = [value(child(style, "name")).lower() for style in chain]
        own = [properties, *(child(style, "pPr") for style in chain)]
        letters = [child(style, "rPr") for style in chain]
        listed = _first(own, "numPr")
        return Look(
            bold=_all(runs, "b", default=is_on(_first(letters, "b"))),
            centred=value(_first(own, "jc")) == "center",
            size=_largest(runs)
            or next(filter(None, map(_size, letters)), 0)
            or self._size,
            level=_level(names, _first(own, "outlineLvl")),
            is_caption=bool(_CAPTION & set(names)),
            list_id=value(child(listed, "numId")),
            depth=_number(value(child(listed, "ilvl"))),
        )

    def hides(self, style_id: str) -> bool:
        """Whether a style hides its letters; False for a style that is not there."""
        letters = [child(style, "rPr") for style in self._chain(style_id)]
        return is_on(_first(letters, "vanish"))

    def _chain(self, style_id: str) -> list[_Element]:
        """The style and those it is based on."""
        chain: list[_Element] = []
        while style_id in self._styles and len(chain) < _DEPTH:
            chain.append(self._styles[style_id])
            style_id = value(child(chain[-1], "basedOn"))
        return chain


def _level(names: list[str], outline: _Element | None) -> int | None:
    if names and names[0] in _TITLE:
        return 0
    for name in names:
        heading = _HEADING.match(name)
        if heading:
            return int(heading[1])
    depth = value(outline)
    return int(depth) + 1 if depth.isdecimal() and int(depth) < 9 else None  # noqa: PLR2004 - 9 is body text


def _first(places: list[_Element | None], name: str) -> _Element | None:
    return next(
        (one for place in places if (one := child(place, name)) is not None), None
    )


def _all(runs: list[_Element], name: str, *, default: bool) -> bool:
    """Whether every run has the switch; runs that do not say follow the style."""
    states = [child(run, "rPr", name) for run in runs]
    return bool(runs) and all(
        default if state is None else is_on(state) for state in states
    )


def _largest(runs: list[_Element]) -> int:
    return max((_size(child(run, "rPr")) for run in runs), default=0)


def _size(properties: _Element | None) -> int:
    return _number(value(child(properties, "sz")))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0
