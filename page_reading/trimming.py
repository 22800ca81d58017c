"""Taking off what stands before, after and between the lines of an article."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from itertools import dropwhile, islice, takewhile, zip_longest
from typing import TYPE_CHECKING

from newsroom.text import asked_of_lines, squeeze
from page_reading import furniture
from page_reading.infoline import EDITOR_LABEL, holds_label, is_info_line, with_colons
from page_reading.pictures import is_article_picture
from page_reading.summaries import is_summary
from page_reading.weights import PROSE, is_boilerplate, weight

if TYPE_CHECKING:
    from lxml.etree import _Element

    from page_reading.flow import Line
    from page_reading.headline import Headline


def trim(inside: list[Line], headline: Headline) -> list[Line]:
    """The lines of a container without what stands before, after and between."""
    inside = [line for line in inside if line.index > headline.index or line.index < 0]
    inside = _without_head(inside, headline)
    inside = _without_summary(inside, squeeze(headline.text))
    inside = _without_boxes(_without_tail(inside))
    kept = _once([line for line in inside if _belongs(line)])
    while len(kept) > 1 and is_people_line(kept[-1].text):
        kept.pop()
    last = map(_without_editor, kept[-_LAST:])
    return [*kept[:-_LAST], *(line for line in last if not _is_emptied(line))]


def _is_emptied(line: Line) -> bool:
    """Whether nothing but a tool (【纠错】) stands where an editor's name was cut off."""
    return line.image is None and furniture.is_tool(line.text) and not is_cell(line)


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


def _without_head(lines: list[Line], headline: Headline) -> list[Line]:
    """Drop what stands between headline and text: info line, tools, the title again."""
    title = squeeze(headline.text)
    for position, line in enumerate(lines):
        if line.image is not None:
            if is_article_picture(line):
                return _drop_below_picture(_drop_titles(lines, position, title))
            continue
        if weight(line) >= PROSE:
            return _drop_titles(lines, position, title)
    return [line for line in lines if not _is_head(line, title)]


def _drop_titles(lines: list[Line], position: int, title: str) -> list[Line]:
    told = (n for n in range(position - 1, -1, -1) if is_info_line(lines[n].text))
    start = next(told, -1) + 1  # eyebrow and sub-title stand above the info line
    head = [line for line in lines[start:position] if not _is_head(line, title)]
    return head + lines[position:]


def _drop_below_picture(lines: list[Line]) -> list[Line]:
    """The info line may stand between the first picture and the text."""
    pictures = list(takewhile(lambda line: line.image is not None, lines))
    rest = lines[len(pictures) :]
    return [*pictures, *dropwhile(lambda line: is_info_line(line.text), rest)]


def _without_summary(lines: list[Line], title: str) -> list[Line]:
    """Drop what stands in a box of its own above a text: its byline, its summary."""
    if len(lines) > 1 and _is_byline_apart(lines[0], lines[1]):
        lines = lines[1:]
    if len(lines) <= 1 or not is_summary(lines[0], lines[1:]):
        return lines
    return list(dropwhile(lambda line: _is_head(line, title), lines[1:]))


def _is_byline_apart(line: Line, following: Line) -> bool:
    """本报记者 某某 in a cell of its own; in the text's box it stays its first line."""
    if not is_byline(line.text):
        return False
    return line.block.getparent() is not following.block.getparent()


def _is_head(line: Line, title: str) -> bool:
    text = line.text
    return (
        squeeze(text) == title
        or is_boilerplate(text)
        or (len(line.pieces) > 1 and len(text) <= _SHORT and is_info_line(line.parted))
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
            if _tells_background(lines[position:]):
                break
            lines = lines[:position]
            break
        said += weights[position]
    while lines and _is_loose_end(lines[-1]):
        lines = lines[:-1]
    return lines


def _tells_background(lines: list[Line]) -> bool:
    """相关链接 as newspapers have it: paragraphs of background, none of them a link."""
    heading, *rest = lines
    if not _BACKGROUND.fullmatch(heading.text) or not rest:
        return False
    return (
        all(
            line.image is None and not line.linked and not furniture.is_tail(line.text)
            for line in rest
        )
        and weight(rest[0]) >= PROSE
    )


_BACKGROUND = re.compile(
    r"[\s【\[■●◆]*(?:相关|新闻|背景)?(?:链接|背景|阅读)\s*[:：】\]]?"
)


def _without_boxes(lines: list[Line]) -> list[Line]:
    """A box of other stories in the midst of the text: its heading and its links."""
    kept: list[Line] = []
    in_box = False
    for line, following in zip_longest(lines, lines[1:]):
        if in_box and line.is_mostly_link and line.image is None:
            continue
        in_box = (
            following is not None
            and following.is_mostly_link
            and following.image is None
            and furniture.is_related_heading(line.text)
            and not _FILE_HEADING.search(line.text)
        )
        if not in_box:
            kept.append(line)
    return kept


_FILE_HEADING = re.compile(r"附\s*件|文件")
_MOST = 0.5
_KINDS = r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|ofd|zip|rar)"
_FILE = re.compile(rf"{_KINDS}(?:$|[?#])", re.IGNORECASE)
_DOWNLOAD = re.compile(r"download|attach|file", re.IGNORECASE)
_FILE_NAME = re.compile(rf"{_KINDS}[】\])）》]?$", re.IGNORECASE)


def _is_loose_end(line: Line) -> bool:
    """Labels, footers and links at the very end; a signing date or a file stays."""
    if line.image is not None:
        return not is_article_picture(line)
    text = line.text
    if line.is_mostly_link:
        return not leads_to_file(line)
    if is_info_line(text):
        return holds_label(with_colons(text))
    return is_boilerplate(text) and not is_cell(line)


def leads_to_file(line: Line) -> bool:
    """Whether a line links to a document: its address ends so, or it is a download."""
    links = [piece.link for piece in line.pieces if piece.link is not None]
    addresses = [link.get("href") or "" for link in links]
    if any(_FILE.search(address) for address in addresses):
        return True
    called = any(_DOWNLOAD.search(address) for address in addresses)
    return called and bool(_FILE_NAME.search(line.text))


def _belongs(line: Line) -> bool:
    if line.image is not None:
        return is_article_picture(line)
    text = line.text
    if furniture.is_furniture(text):
        return is_cell(line)
    if is_editor_line(text):
        return False
    return not (line.is_mostly_link and furniture.is_related_heading(text))


def is_cell(line: Line) -> bool:
    """Whether a number or a word stands in a row of cells: 1 | 李明 | 3000."""
    if not _CELL.fullmatch(line.text):
        return False
    cell = next((e for e in (line.block, *_above(line.block)) if e.tag in _CELLS), None)
    row = cell.getparent() if cell is not None else None
    if row is None:
        return False
    table = row.getparent()
    rows = sum(one.tag == "tr" for one in table) if table is not None else 0
    return rows > 1 and sum(one.tag in _CELLS for one in row) > 1


def _above(element: _Element) -> list[_Element]:
    return list(islice(element.iterancestors(), 3))


_CELLS = frozenset({"td", "th"})
_CELL = re.compile(r"[\d,.%/]{1,12}|[大中小]|标准|默认|空间|附件|正文|首页")


@asked_of_lines
def is_editor_line(text: str) -> bool:
    """（责任编辑：某某） or 编辑：某某 审核：某某 as a line of its own."""
    bare = with_colons(text).lstrip(" （(【[「-—")
    labelled = EDITOR_LABEL.match(bare) or _ON_DUTY.match(bare)
    return len(text) <= _LONGEST_ROW and bool(labelled)


_LONGEST_ROW = 60
_ON_DUTY = re.compile(r"值班(?:编委|主任|总编|领导|主编)\s*[:：]")


_PEOPLE = re.compile(
    r"[（(【\[]?\s*(?:撰\s?稿|供\s?稿|投\s?稿|来\s?稿|文\s?字|文\s?案|摄\s?影|拍\s?摄|图\s?片|图\s?文|制\s?图|制\s?作|排\s?版|作\s{0,4}者|记\s{0,4}者|通\s?讯\s?员)"
    r"人?\s*[:：/]\s*[^，。；！？]{2,24}[）)】\]]?$"
)


_BYLINE = re.compile(
    r"[□■◎●○▲△◆★☆]?\s*(?:本报|本网|本刊|本台|[\u4e00-\u9fff]{2,8}(?:日报|晚报|时报|工人报|网|社|台|融媒|全媒体?))?(?:见习|实习|特约|首席|全媒体?|融媒体?)?"
    r"(?:记者|通讯员)[\s:：]*(?:[\u4e00-\u9fff·]{2,4}(?:[\s、]+|$)|(?:本报|特约)?通讯员[\s:：]*|文\s?[/／]\s?图|摄影报道){1,6}"
)


def is_byline(text: str) -> bool:
    """本报记者 某某 通讯员 某某 as a line of its own above a text."""
    return len(text) <= _SHORT // 2 and bool(_BYLINE.fullmatch(text))


_SHORT = 80


def is_people_line(text: str) -> bool:
    """撰稿：某某 or 摄影：某某 as a line of its own: the people of a text, not its words."""
    return len(text) <= 32 and bool(_PEOPLE.match(with_colons(text)))  # noqa: PLR2004 - names only


def _once(lines: list[Line]) -> list[Line]:
    """PC and mobile copies of the same text and picture: the first of each stays.

    DedeCMS and kin print above the text how it begins, cut with dots.
    """
    seen: set[str] = set()
    kept = []
    is_any_cut = any(map(_ends_in_dots, lines))
    told = sorted(_stem(line) for line in lines) if is_any_cut else []
    for line in lines:
        if _ends_in_dots(line) and _is_begun(_stem(line), told):
            continue
        key = squeeze(line.text) if line.image is None else ""
        if len(key) >= 30:  # noqa: PLR2004 - short lines may honestly return
            if key in seen:
                continue
            seen.add(key)
        kept.append(line)
    return kept


_DOTS = re.compile(r"(?:\.{3,}|…+)$")


def _ends_in_dots(line: Line) -> bool:
    return line.text.endswith(("...", "…"))


def _stem(line: Line) -> str:
    return squeeze(_DOTS.sub("", line.text))


def _is_begun(stem: str, told: list[str]) -> bool:
    """Whether another line begins with these words and goes on after the dots."""
    after = bisect_right(told, stem)
    goes_on = after < len(told) and told[after].startswith(stem)
    return len(stem) >= PROSE and goes_on
