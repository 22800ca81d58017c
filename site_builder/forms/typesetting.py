"""Setting a form by typst: words go in as JSON values, never as markup."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache, cached_property
from pathlib import Path
from threading import Lock
from typing import Any, Literal

from newsroom.errors import NewsroomError
from site_builder.assets import TEMPLATES
from site_builder.forms.engine import Order
from site_builder.forms.fonts import FontShelf, find_fonts
from site_builder.forms.press import Press

_LOSES_WORDS = "ignored"  # typst leaves misplaced content out and only warns


@dataclass(frozen=True)
class Typesetter:
    """Typst and the fonts, for the forms of one edition.

    Attributes:
        press: typst.
        fonts: a folder with more fonts than the system's, or None.
        letters: what the forms of this edition may show, as far as it is known: fonts
            are cut once for all of it.
    """

    press: Press
    fonts: Path | None = None
    letters: frozenset[str] = frozenset()
    _cuts: dict[frozenset[str], Path | None] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    @cached_property
    def shelf(self) -> FontShelf:
        """The fonts, found when the first form is set.

        Raises:
            NewsroomError: there is no Chinese font at all.
        """
        return find_fonts(self.fonts, self.press)

    def small_fonts(self, texts: Iterable[str]) -> Path | None:
        """A folder of fonts that draw these texts; None when the whole must serve.

        What is cut depends on the edition alone, never on the form that was set
        before: a PDF names its fonts by their bytes.
        """
        shown = self.letters | _drawn_by_templates() | {c for t in texts for c in t}
        with self._lock:
            if shown not in self._cuts:
                faces = [(one.path, one.index) for one in self.shelf.needed(shown)]
                letters = "".join(sorted(shown))
                self._cuts[shown] = self.press.cut(faces, letters)
            return self._cuts[shown]


@dataclass(frozen=True, slots=True)
class Typeset:
    """What was set: the file (or one PNG a page), and how many pages it has."""

    pages: tuple[bytes, ...]
    count: int


def typeset(  # noqa: PLR0913 - one door to the engine
    template: str,
    values: Mapping[str, Any],
    setter: Typesetter,
    *,
    form: Literal["pdf", "png"],
    made_at: datetime,
    name: str,
    pictures: Path | None = None,
    ppi: float = 72.0,
) -> Typeset:
    """Set a template of templates/briefing with these values.

    The same input gives the same bytes: the time is ``made_at``, never the clock's.

    Args:
        template: its file name, e.g. ``briefing.typ``.
        values: JSON-ready; the template finds them as ``given``.
        setter: typst and the fonts; every string of the values must be covered by
            them.
        form: one PDF, or one PNG a page.
        made_at: the date written into the file, aware.
        name: the form in a sentence.
        pictures: the folder that the template may read pictures from; an office
            that never had a picture has none.
        ppi: dots per inch of a PNG; 72 makes a typst point a pixel.

    Raises:
        MissingGlyph: a character that no font can draw.
        NewsroomError: typst refuses the template, or would leave words out.
    """
    shelf = setter.shelf
    texts = texts_of(values)
    shelf.check(texts, name=name, found=lambda one: _headline_with(one, values))
    folder = TEMPLATES / "briefing"
    given = json.dumps(dict(values) | {"fonts": shelf.chains()}, ensure_ascii=False)
    order = Order(
        template=str(folder / template),
        root=str(pictures if pictures and pictures.is_dir() else folder),
        given=given,
        fonts=str(shelf.folder) if shelf.folder else None,
        form=form,
        ppi=ppi,
        timestamp=int(made_at.timestamp()),
    )
    if small := setter.small_fonts(texts):
        order = replace(order, fonts=str(small), alone=True)
    outcome = setter.press.set(order)
    if outcome.fault is not None:
        raise NewsroomError(f"{name}没有排成：{outcome.fault}")
    lost = [warning for warning in outcome.warnings if _LOSES_WORDS in warning]
    if lost:
        raise NewsroomError(f"{name}没有排成：模板会丢字（{lost[0]}）")
    return Typeset(outcome.files, outcome.count)


def texts_of(value: object) -> list[str]:
    """Every string inside, whatever it is nested in."""
    match value:
        case str():
            return [value]
        case Mapping():
            return [t for inner in value.values() for t in texts_of(inner)]
        case list() | tuple():
            return [t for inner in value for t in texts_of(inner)]
    return []


def _headline_with(character: str, value: object) -> str:
    """The headline of the first story inside whose words hold the character."""
    match value:
        case Mapping() if "headline" in value:
            holds = any(character in text for text in texts_of(value))
            return str(value["headline"]) if holds else ""
        case Mapping():
            inside = list(value.values())
        case list() | tuple():
            inside = list(value)
        case _:
            return ""
    headlines = (_headline_with(character, inner) for inner in inside)
    return next(filter(None, headlines), "")


@cache
def _drawn_by_templates() -> frozenset[str]:
    """Every character of the templates: what they add themselves is among them."""
    files = (TEMPLATES / "briefing").glob("*.typ")
    return frozenset(c for file in files for c in file.read_text("utf-8"))
