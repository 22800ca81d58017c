"""How much each line of a page speaks for standing in an article.

Prose weighs by its length, a picture like a short paragraph; links, labels, dialogs,
notices and other stories' headings weigh nothing. After the article's evident end the
weights fade.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from newsroom.text import squeeze
from page_reading import furniture
from page_reading.infoline import is_info_line
from page_reading.pictures import is_article_picture

if TYPE_CHECKING:
    from page_reading.flow import Line
    from page_reading.headline import Headline

PROSE = 12
_PICTURE_WEIGHT = 40.0
_TAIL_SHARE = 0.06
_PROSE_END = re.compile(r"[。！？；：”…）)!?;.]$")
# 「详见附件」 is all that many notices say (measured: a county's forestry office).
_TO_FILES = re.compile(
    r"(?:见|看|阅|下载)(?:下方|以下|文后|所附)?附件[一二三四五六七八九十\d、，至-]{0,8}[。.！]?$"
)
_POINTER = 30
_SOME = 20  # characters said: the article has begun
_PARAGRAPH = 100  # more than a summary above the text
_LINK_RUN = 6  # lines of nothing but links: a box of other stories, or the footer
_LONG_LINE = 40
_LONGEST_LABEL = 200  # longer lines are prose, and are not kept in the cache


def weight(line: Line) -> float:
    """How much a line speaks for standing in an article."""
    if line.weighed is None:
        line.weighed = _weight(line)
    return line.weighed


def _weight(line: Line) -> float:
    if line.image is not None:
        return _PICTURE_WEIGHT if is_article_picture(line) else 0.0
    text = line.text
    free = len(text) - line.linked
    if free < len(text) * 0.5 and not (free > 30 and _PROSE_END.search(text)):  # noqa: PLR2004 - a paragraph with links
        return 0.0
    if is_boilerplate(text):
        return 0.0
    if len(text) <= _POINTER and _TO_FILES.search(text):
        return _PICTURE_WEIGHT
    if (free >= PROSE and _PROSE_END.search(text)) or free > _LONG_LINE:
        return float(free)
    return free * 0.25 if free >= PROSE else 0.0


def is_boilerplate(text: str) -> bool:
    """Furniture, footer, dialog, heading of other stories, notice or info line."""
    return len(text) <= _LONGEST_LABEL and _is_label(text)


@lru_cache(maxsize=4096)
def _is_label(text: str) -> bool:
    return (
        furniture.is_furniture(text)
        or furniture.is_footer(text)
        or furniture.is_dialog(text)
        or furniture.is_related_heading(text)
        or furniture.is_rights_notice(text)
        or is_info_line(text)
    )


def _ends_here(line: Line, links: int, said: float) -> bool:
    """Whether a line shows that the article has ended: many links, a tail's heading."""
    if links >= _LINK_RUN:
        return True
    if not furniture.is_tail(line.text):
        return False
    return said > _PARAGRAPH or not furniture.is_share_bar(line.text)


def weigh(lines: list[Line], headline: Headline) -> list[float]:
    """Weights from the headline on; after the article's evident end they fade."""
    weights = [0.0] * len(lines)
    seen: set[str] = set()
    title = squeeze(headline.text)
    said, shown, fade, links = 0.0, 0.0, 1.0, 0
    for line in lines[headline.index + 1 :]:
        if line.image is None:
            links = links + 1 if line.is_mostly_link else 0
        if said > _SOME and _ends_here(line, links, said):
            fade = _TAIL_SHARE
        if shown > _SOME and furniture.is_neighbour(line.text):
            fade = _TAIL_SHARE  # 上一篇 stands below pictures as well
        value = weight(line)
        key = squeeze(line.text)
        if line.image is None and len(key) >= PROSE:
            if key in seen or key == title:
                value = 0.0
            seen.add(key)
        weights[line.index] = value * fade
        shown += value * fade
        if line.image is None:
            said += value * fade
    return weights
