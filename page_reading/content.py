"""Finding the lines of the body: which part of the page is the article.

Each line after the headline weighs what it says; the weight is handed up the tree and
followed down again to the smallest element that still holds nearly all of it. The
names that CMS families give to that element only help; pages that hold nothing but
pictures are found by them and by the pictures' weight.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from newsroom.text import squeeze
from page_reading import furniture
from page_reading.families import is_family_text
from page_reading.headline import Headline
from page_reading.infoline import EDITOR_LABEL, holds_label, is_info_line
from page_reading.pictures import is_article_picture

if TYPE_CHECKING:
    from lxml.etree import _Element

    from page_reading.flow import Line

_DESCEND = 0.82
_PICTURE_WEIGHT = 40.0
_FAMILY_BONUS = 60.0
_TAIL_SHARE = 0.06
_NO_DESCENT = frozenset({"p", "li", "tr", "blockquote", "h1", "h2", "h3", "h4"})
_PROSE_END = re.compile(r"[。！？；：”…）)!?;.]$")
_PROSE = 12
_SOME = 20  # characters said: the article has begun
_LINK_RUN = 6  # lines of nothing but links: a box of other stories, or the footer
_LONG_LINE = 40
_LONGEST_LABEL = 200  # longer lines are prose, and are not kept in the cache
_NEAR = 3  # levels: WeChat's editors nest sections that deep
_LITTLE = 60.0  # less than a paragraph below the headline: is it the headline?
_FAR_MORE = 6.0


def find_body(lines: list[Line], headline: Headline) -> list[Line]:
    """The lines and pictures of the article, in order; empty when there is none."""
    weights = _weigh(lines, headline)
    if headline.index > 0 and sum(weights) < _LITTLE:
        whole = Headline(headline.text, -1, ())
        everything = _weigh(lines, whole)
        if sum(everything) > _FAR_MORE * (sum(weights) + 1):
            weights, headline = everything, whole
    container = _container(lines, weights)
    if container is None:
        return []
    below = set(container.iter())
    inside = [line for line in lines if line.block in below]
    inside = _grown(inside, container, lines, headline)
    if inside[0].index <= headline.index:
        inside = _until_last_prose(inside, weights)
    return trim(inside, headline)


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
        if line.image is None and (line.is_mostly_link or _is_boilerplate(line.text)):
            break
        if furniture.is_tail(line.text) or not _holds(parent, line.block):
            break
        if weight(line) >= _PROSE and (line.image is None or _is_in_text(line)):
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
        (n for n, line in enumerate(inside) if weights[line.index] >= _PROSE),
        default=-1,
    )
    if last < 0:
        return inside
    home = inside[last].block.getparent()
    end = last + 1
    while end < len(inside) and inside[end].block.getparent() is home:
        if inside[end].is_mostly_link or _is_boilerplate(inside[end].text):
            break
        end += 1
    return inside[:end]


def trim(inside: list[Line], headline: Headline) -> list[Line]:
    """The lines of a container without what stands before, after and between."""
    inside = [line for line in inside if line.index > headline.index or line.index < 0]
    inside = _without_head(inside, headline)
    inside = _without_tail(inside)
    kept = _once([line for line in inside if _belongs(line)])
    while len(kept) > 1 and is_people_line(kept[-1].text):
        kept.pop()
    return [*kept[:-_LAST], *map(_without_editor, kept[-_LAST:])]


_LAST = 2
_EDITOR_END = re.compile(
    r"[（(\[【]\s*(?:责任编辑|责编|编辑|校对|审核)\s*[:：/][^）)\]】]{0,30}[）)\]】]\s*$"
)


def _without_editor(line: Line) -> Line:
    """A last paragraph without the （责任编辑：某某） that it ends in."""
    match = _EDITOR_END.search(line.text)
    if not match:
        return line
    rest = len(squeeze(line.text[: match.start()]))
    pieces = []
    for piece in line.pieces:
        length = len(squeeze(piece.text))
        if length <= rest:
            pieces.append(piece)
            rest -= length
        elif rest:
            cut = _position_of(piece.text, rest)
            pieces.append(replace(piece, text=piece.text[:cut]))
            rest = 0
    return replace(line, text=line.text[: match.start()].rstrip(), pieces=pieces)


def _position_of(text: str, count: int) -> int:
    """Where in the text its first ``count`` visible characters end."""
    for position in range(len(text) + 1):
        if len(squeeze(text[:position])) == count:
            return position
    return len(text)


def fragment_lines(lines: list[Line]) -> list[Line]:
    """The lines of a fragment: all of it is text, so only furniture goes."""
    return [line for line in lines if _belongs(line)]


def weight(line: Line) -> float:
    """How much a line speaks for standing in an article."""
    if line.image is not None:
        return _PICTURE_WEIGHT if is_article_picture(line) else 0.0
    text = line.text
    free = len(text) - line.linked
    if free < len(text) * 0.5 and not (free > 30 and _PROSE_END.search(text)):  # noqa: PLR2004 - a paragraph with links
        return 0.0
    if _is_boilerplate(text):
        return 0.0
    if (free >= _PROSE and _PROSE_END.search(text)) or free > _LONG_LINE:
        return float(free)
    return free * 0.25 if free >= _PROSE else 0.0


def _is_boilerplate(text: str) -> bool:
    return len(text) <= _LONGEST_LABEL and _is_label(text)


@lru_cache(maxsize=4096)
def _is_label(text: str) -> bool:
    return (
        furniture.is_furniture(text)
        or furniture.is_footer(text)
        or furniture.is_dialog(text)
        or furniture.is_related_heading(text)
        or is_info_line(text)
    )


def _weigh(lines: list[Line], headline: Headline) -> list[float]:
    """Weights from the headline on; after the article's evident end they fade."""
    weights = [0.0] * len(lines)
    seen: set[str] = set()
    said, shown, fade, links = 0.0, 0.0, 1.0, 0
    for line in lines[headline.index + 1 :]:
        if line.image is None:
            links = links + 1 if line.is_mostly_link else 0
        if said > _SOME and (links >= _LINK_RUN or furniture.is_tail(line.text)):
            fade = _TAIL_SHARE
        if shown > _SOME and furniture.is_neighbour(line.text):
            fade = _TAIL_SHARE  # 上一篇 stands below pictures as well
        value = weight(line)
        key = squeeze(line.text)
        if line.image is None and len(key) >= _PROSE:
            if key in seen:
                value = 0.0
            seen.add(key)
        weights[line.index] = value * fade
        shown += value * fade
        if line.image is None:
            said += value * fade
    return weights


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


def _without_head(lines: list[Line], headline: Headline) -> list[Line]:
    """Drop what stands between headline and text: info line, tools, the title again."""
    title = squeeze(headline.text)
    for position, line in enumerate(lines):
        if line.image is not None:
            if is_article_picture(line):
                return _drop_titles(lines, position, title)
            continue
        if weight(line) >= _PROSE:
            return _drop_titles(lines, position, title)
    return [line for line in lines if not _is_head(line, title)]


def _drop_titles(lines: list[Line], position: int, title: str) -> list[Line]:
    head = [line for line in lines[:position] if not _is_head(line, title)]
    return head + lines[position:]


def _is_head(line: Line, title: str) -> bool:
    text = line.text
    return (
        squeeze(text) == title
        or _is_boilerplate(text)
        or furniture.is_tail(text)
        or (line.is_mostly_link and line.image is None)
        or (line.image is not None and not is_article_picture(line))
    )


def _without_tail(lines: list[Line]) -> list[Line]:
    """Cut at the first line that opens the tail and has little of the text below it.

    Then what is no text is taken off the end.
    """
    weights = [weight(line) for line in lines]
    total, said = sum(weights), 0.0
    for position, line in enumerate(lines):
        if said > 0 and furniture.is_tail(line.text) and said >= _MOST * total:
            lines = lines[:position]
            break
        said += weights[position]
    while lines and _is_loose_end(lines[-1]):
        lines = lines[:-1]
    return lines


_MOST = 0.5
_FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|ofd|zip|rar)(?:$|[?#])", re.IGNORECASE
)


def _is_loose_end(line: Line) -> bool:
    """Labels, footers and links at the very end; a signing date or a file stays."""
    if line.image is not None:
        return not is_article_picture(line)
    text = line.text
    if line.is_mostly_link:
        link = line.link
        return link is None or not _FILE.search(link.get("href") or "")
    if is_info_line(text):
        return holds_label(text)
    return _is_boilerplate(text)


def _belongs(line: Line) -> bool:
    if line.image is not None:
        return is_article_picture(line)
    text = line.text
    if furniture.is_furniture(text):
        return False
    if is_editor_line(text):
        return False
    return not (line.is_mostly_link and furniture.is_related_heading(text))


def is_editor_line(text: str) -> bool:
    """（责任编辑：某某） or 编辑：某某 审核：某某 as a line of its own."""
    bare = text.lstrip(" （(【[「-—")
    return len(text) <= 60 and bool(EDITOR_LABEL.match(bare))  # noqa: PLR2004 - names only


_PEOPLE = re.compile(
    r"[（(【\[]?\s*(?:撰\s?稿|供\s?稿|投\s?稿|来\s?稿|文\s?字|文\s?案|摄\s?影|拍\s?摄|图\s?片|图\s?文|制\s?图|制\s?作|排\s?版|作\s{0,4}者|记\s{0,4}者|通\s?讯\s?员)"
    r"(?:人|单位)?\s*[:：/]\s*[^，。；！？]{2,24}[）)】\]]?$"
)


def is_people_line(text: str) -> bool:
    """撰稿：某某 or 摄影：某某 as a line of its own: the people of a text, not its words."""
    return len(text) <= 32 and bool(_PEOPLE.match(text))  # noqa: PLR2004 - names only


def _once(lines: list[Line]) -> list[Line]:
    """PC and mobile copies of the same text and picture: the first of each stays."""
    seen: set[str] = set()
    kept = []
    for line in lines:
        key = squeeze(line.text) if line.image is None else ""
        if len(key) >= 30:  # noqa: PLR2004 - short lines may honestly return
            if key in seen:
                continue
            seen.add(key)
        kept.append(line)
    return kept
