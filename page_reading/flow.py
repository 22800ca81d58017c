"""A page as a reader meets it: line after line, picture after picture.

One walk over the tree gives the lines of all visible blocks. Everything later
(headline, info line, body) is judged on lines; so nothing can be read twice and the
body's words are contained in the page's words by construction.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsroom.text import asked_of_lines, clean_text
from page_reading.families import SHOWN_BY_SCRIPT

if TYPE_CHECKING:
    from lxml.etree import _Element

BLOCK_TAGS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "caption",
        "dd",
        "details",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "ucapcontent",
        "ucaptitle",
    }
)
_SKIPPED = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "select",
        "option",
        "optgroup",
        "textarea",
        "input",
        "button",
        "svg",
        "canvas",
        "iframe",
        "object",
        "embed",
        "audio",
        "video",
        "map",
        "area",
        "head",
        "title",
        "meta",
        "link",
        "applet",
        "math",
        "marquee",
        "datalist",
        "frame",
        "noframes",
    }
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_HIDDEN = re.compile(
    r"display:none|visibility:hidden|opacity:0(?![.\d])|(?:left|top|text-indent):-\d{3,}"
)


@dataclass(slots=True)
class Piece:
    """A stretch of text inside a line: its element, and the link it stands in."""

    text: str
    element: _Element
    link: _Element | None


@dataclass(slots=True)
class Line:
    """One visible line, or one picture.

    Attributes:
        index: its place in the page.
        block: the block element that holds it.
        text: the words, blanks folded; empty for a picture.
        pieces: the words with their inline elements.
        linked: how many characters stand in links.
        image: the img element of a picture line.
        weighed: its weight, once it was asked for.
    """

    index: int
    block: _Element
    text: str
    pieces: list[Piece]
    linked: int = 0
    image: _Element | None = None
    weighed: float | None = field(default=None, init=False)

    @property
    def is_mostly_link(self) -> bool:
        """Whether links make up more than half of the words."""
        return self.linked * 2 > len(self.text)

    @property
    def parted(self) -> str:
        """The words with a blank between inline boxes, as their margins part them."""
        return clean_text(" ".join([piece.text for piece in self.pieces]))

    @property
    def link(self) -> _Element | None:
        """The first link of the line."""
        return next((p.link for p in self.pieces if p.link is not None), None)


def read_flow(root: _Element) -> list[Line]:
    """The visible lines and pictures below an element, in reading order."""
    walk = _Walk()
    walk.visit(root, root, None)
    walk.flush()
    return walk.lines


def is_hidden(element: _Element) -> bool:
    """Whether the element's own style or attribute hides it from every reader."""
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    if not style or element.get("id") in SHOWN_BY_SCRIPT:
        return False
    return _hides(style)


@asked_of_lines
def _hides(style: str) -> bool:
    return bool(_HIDDEN.search(style.replace(" ", "").lower()))


class _Walk:
    """The state of the one walk: lines so far and the line being filled."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.pieces: list[Piece] = []
        self.images: list[tuple[_Element, _Element | None]] = []
        self.block: _Element | None = None
        self.has_words = False

    def visit(self, element: _Element, block: _Element, link: _Element | None) -> None:
        tag = element.tag
        if tag in _SKIPPED or is_hidden(element):
            return
        if tag == "br":
            self._break(block)
            return
        if tag == "img":
            self._picture(element, block, link)
            return
        is_block = tag in BLOCK_TAGS
        if is_block:
            self.flush()
            block = element
        elif tag == "a":
            link = element
        if element.text:
            self._words(element.text, element, block, link)
        for child in element:
            self.visit(child, block, link)
            if child.tail:
                self._words(child.tail, element, block, link)
        if is_block:
            self.flush()

    def _words(
        self, text: str, element: _Element, block: _Element, link: _Element | None
    ) -> None:
        if block.tag == "pre" and "\n" in text:
            for part in text.split("\n"):
                self.flush()
                self._words(part, element, block, link)
            return
        if not self.pieces:
            self.block = block
        self.pieces.append(Piece(text, element, link))
        if not self.has_words and not text.isspace():
            self.has_words = True

    def _break(self, block: _Element) -> None:
        """A br ends a line, but inside a heading it only wraps it."""
        if block.tag in _HEADINGS:
            if self.pieces:
                self.pieces.append(Piece(" ", block, None))
        else:
            self.flush()

    def _picture(
        self, element: _Element, block: _Element, link: _Element | None
    ) -> None:
        if self.has_words:
            self.images.append((element, link))
        else:
            self._append_picture(element, block, link)

    def _append_picture(
        self, element: _Element, block: _Element, link: _Element | None
    ) -> None:
        pieces = [] if link is None else [Piece("", element, link)]
        self.lines.append(Line(len(self.lines), block, "", pieces, image=element))

    def flush(self) -> None:
        if not self.pieces and not self.images:
            return
        pieces, block = self.pieces, self.block
        if pieces and self.has_words and block is not None:
            text = clean_text("".join([piece.text for piece in pieces]))
            linked = sum(len(p.text.strip()) for p in pieces if p.link is not None)
            if text:
                self.lines.append(Line(len(self.lines), block, text, pieces, linked))
        if self.images:
            for element, link in self.images:
                self._append_picture(
                    element, block if block is not None else element, link
                )
            self.images = []
        self.pieces = []
        self.has_words = False
