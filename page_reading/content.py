"""Finding the lines of the body: which part of the page is the article.

The weight of each line is handed up the tree and followed down again to the smallest
element that still holds nearly all of it. The names that CMS families give to that
element only help; pages that hold nothing but pictures are found by them and by the
pictures' weight.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from page_reading import furniture
from page_reading.captions import is_caption
from page_reading.families import is_family_text
from page_reading.headline import Headline
from page_reading.infoline import is_signing_day
from page_reading.pictures import is_article_picture
from page_reading.trimming import is_editor_line, leads_to_file, trim
from page_reading.weights import PROSE, is_boilerplate, weigh, weight

if TYPE_CHECKING:
    from lxml.etree import _Element

    from page_reading.flow import Line

_DESCEND = 0.82
_FAMILY_BONUS = 60.0
_NO_DESCENT = frozenset({"p", "li", "tr", "blockquote", "h1", "h2", "h3", "h4"})
_NEAR = 3  # levels: WeChat's editors nest sections that deep
_LITTLE = 60.0  # less than a paragraph below the headline: is it the headline?
_FAR_MORE = 6.0


def find_body(lines: list[Line], headline: Headline) -> list[Line]:
    """The lines and pictures of the article, in order; empty when there is none.

    A notice that is nothing but a file has the file's link for its text.
    """
    return _prose_body(lines, headline) or _files(lines, headline)


def _prose_body(lines: list[Line], headline: Headline) -> list[Line]:
    weights = weigh(lines, headline)
    if headline.index > 0 and sum(weights) < _LITTLE:
        whole = Headline(headline.text, -1, ())
        everything = weigh(lines, whole)
        if sum(everything) > _FAR_MORE * (sum(weights) + 1):
            weights, headline = everything, whole
    container = _container(lines, weights)
    if container is None:
        return []
    container, inside = _climbed(container, lines, headline)
    inside = _grown(inside, container, lines, headline)
    if inside[0].index <= headline.index:
        inside = _until_last_prose(inside, weights)
    return [*_pictures_above(lines, headline, inside[0].index), *trim(inside, headline)]


def _pictures_above(lines: list[Line], headline: Headline, first: int) -> list[Line]:
    """Pictures between headline and text, each with its caption.

    方正's digital papers and kin set them in a box of their own.
    """
    if headline.index < 0:
        return []
    kept: list[Line] = []
    for line in lines[headline.index + 1 : first]:
        if line.image is None:
            if kept and kept[-1].image is not None and is_caption(line):
                kept.append(line)
        elif line.link is None and is_article_picture(line):
            kept.append(line)
    return kept if len(kept) <= _MOST_ABOVE else []


_MOST_ABOVE = 8  # more is a gallery of other things


def _files(lines: list[Line], headline: Headline) -> list[Line]:
    """The links to files right below the headline, before what belongs to the site."""
    found = []
    for line in lines[headline.index + 1 :] if headline.index >= 0 else ():
        if furniture.is_neighbour(line.text) or furniture.is_footer(line.text):
            break
        if line.image is None and leads_to_file(line):
            found.append(line)
    return found


def _climbed(
    container: _Element, lines: list[Line], headline: Headline
) -> tuple[_Element, list[Line]]:
    """The container, or the box around it that adds nothing but words to it.

    A long paragraph in a div of its own, or a table beside the only paragraph, would
    else leave the rest of the text behind.
    """
    below = set(container.iter())
    inside = [line for line in lines if line.block in below]
    for above in container.iterancestors():
        if above.tag in {"body", "html"}:
            break
        below = set(above.iter())
        wider = [line for line in lines if line.block in below]
        if wider[0].index <= headline.index or len(wider) > _MOST_ADDED + len(inside):
            break
        known = {line.index for line in inside}
        if not all(_is_plain(line) for line in wider if line.index not in known):
            break
        container, inside = above, wider
    return container, inside


_MOST_ADDED = 200


def _is_plain(line: Line) -> bool:
    """Words or a picture of a text: no link, label, heading of other stories, notice."""
    if line.image is not None:
        return is_article_picture(line) and line.link is None
    if line.is_mostly_link or furniture.is_tail(line.text):
        return False
    return not is_boilerplate(line.text) and not is_editor_line(line.text)


def _grown(
    inside: list[Line], container: _Element, lines: list[Line], headline: Headline
) -> list[Line]:
    """The container's lines with the paragraphs that stand right beside it.

    Markup is broken, or an editor wraps each part of a text in a box of its own.
    """
    above = [step for step in container.iterancestors() if step.tag != "body"]
    if len(above) < _NEAR or inside[0].index <= headline.index:
        return inside
    parent = above[_NEAR - 1] if container.tag == "section" else above[0]
    before = _neighbours(lines[headline.index + 1 : inside[0].index][::-1], parent)
    after = _neighbours(lines[inside[-1].index + 1 :], parent)
    return [*before[::-1], *inside, *after]


def _neighbours(lines: list[Line], parent: _Element) -> list[Line]:
    """The unbroken run of prose and pictures that begins these lines."""
    kept = 0
    for number, line in enumerate(lines):
        if line.image is None and (line.is_mostly_link or is_boilerplate(line.text)):
            break
        if furniture.is_tail(line.text) or not _holds(parent, line.block):
            break
        if weight(line) >= PROSE and (line.image is None or _is_in_text(line)):
            kept = number + 1
    return lines[:kept]


def _is_in_text(line: Line) -> bool:
    """A picture speaks for an article only where pictures of articles stand."""
    return line.block.tag in {"p", "center", "figure"}


def _until_last_prose(inside: list[Line], weights: list[float]) -> list[Line]:
    """The lines of a loose container (it holds the headline too), without its rest.

    What follows the last prose is kept only while it stands beside it, such as a
    signature and a date.
    """
    last = max(
        (n for n, line in enumerate(inside) if weights[line.index] >= PROSE),
        default=-1,
    )
    if last < 0:
        return inside
    home = inside[last].block.getparent()
    end = last + 1
    while end < len(inside) and inside[end].block.getparent() is home:
        text = inside[end].text
        if inside[end].is_mostly_link or (
            is_boilerplate(text) and not is_signing_day(text)
        ):
            break
        end += 1
    return inside[:end]


def _container(lines: list[Line], weights: list[float]) -> _Element | None:
    total: dict[_Element, float] = {}
    families: set[_Element] = set()
    for line in lines:
        value = weights[line.index]
        if not value:
            continue
        element: _Element | None = line.block
        while element is not None:
            if element not in total:
                total[element] = 0.0
                if is_family_text(element):
                    families.add(element)
            total[element] += value
            element = element.getparent()
    if not total:
        return None
    for element in families:
        _give_bonus(element, total)
    return _descend(total)


def _give_bonus(element: _Element, total: dict[_Element, float]) -> None:
    step: _Element | None = element
    while step is not None:
        total[step] += _FAMILY_BONUS
        step = step.getparent()


def _descend(total: dict[_Element, float]) -> _Element:
    node = next(iter(total)).getroottree().getroot()
    while True:
        children = [child for child in node if child in total]
        best = max(children, key=total.__getitem__, default=None)
        if best is None or total[best] < _DESCEND * total[node]:
            return node
        if best.tag in _NO_DESCENT:
            return node
        node = best


def _holds(container: _Element, block: _Element) -> bool:
    element: _Element | None = block
    while element is not None:
        if element is container:
            return True
        element = element.getparent()
    return False
