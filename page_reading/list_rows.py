"""Finding the rows of a list by their repetition.

The largest element around a link that holds no other story is a row; rows whose
holders look alike make a group; the group whose rows look most like news (titles,
dates, article addresses) is the list.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newsroom.text import squeeze
from page_reading.flow import read_flow
from page_reading.row_beside import date_from_beside
from page_reading.row_dates import row_date
from page_reading.row_titles import is_button, row_title, words_of_links

if TYPE_CHECKING:
    from datetime import datetime

    from lxml.etree import _Element

    from newsroom.dates import DateReading
    from page_reading.document import Document
    from page_reading.layout import Layout

_DEAD = "dead:"
_ARTICLE_ADDRESS = re.compile(
    r"\d{4,}|/(?:content|info|art|article|show|detail|view|item|news|c)[/_\-]"
    r"|[?&](?:id|aid|infoid|articleid)=",
    re.IGNORECASE,
)
_NAVIGATION = re.compile(
    r"网站地图|联系我们|关于我们|设为首页|加入收藏|版权|ICP|公网安备|友情链接|登录|注册"
)
# 「第03版：综合」: a digital paper's pages beside the stories of one.
_EDITION = re.compile(r"第?\s*[A-Z]?\d{1,3}\s*版(?:\s*[:：]|\s|$)|[A-Z]\d{2}\s*[:：]")
_LONGEST_EDITION = 14
_BOXES = frozenset({"div", "ul", "table", "dl", "section", "td", "ol"})
_DAY_IN_ADDRESS = re.compile(
    r"(?<!\d)(?:19|20)\d\d[-/_]?(?:0?[1-9]|1[0-2])[-/_]?(?:[0-2]?\d|3[01])(?!\d)"
)
_TITLE_LIKE = 6
_TITLE = 8
_COLUMN_NAME = 10
_COLUMN_TIMES = 3
_DEAD_SHARE = 0.5  # of two boxes the one with living links is the list
_COLUMN_ADDRESS = re.compile(r"/(?:(?:index|list)(?:_\d+)?\.\w{3,5})?$")
_FEW_STRAYS = 2
_NEAR = 2
_MANY = object()


@dataclass(slots=True)
class Row:
    """A row as found: its element, address (``dead:`` for none), title and date."""

    element: _Element
    address: str
    title: str
    date: DateReading | None


@dataclass(slots=True)
class _Story:
    """A link that could be a story, its title, and the lines it stands in."""

    link: _Element
    address: str
    title: str


def best_rows(
    document: Document, root: _Element, layout: Layout | None, now: datetime
) -> list[Row]:
    """The rows of the most news-like list below an element; dead rows included."""
    stories = _stories(document, root, layout)
    groups: dict[str, list[Row]] = {}
    keys: dict[_Element, str] = {}
    for element, inside in _rows(stories).items():
        above = element.getparent()
        holder = element if above is None else above
        if holder not in keys:
            keys[holder] = _signature(holder)
        links = [(story.link, story.address) for story in inside]
        groups.setdefault(keys[holder], []).append(read_row(element, links, now))
    for rows in groups.values():
        date_from_beside(rows, now)
    folder = _folder_of(document.url)
    best = max(groups.values(), key=lambda rows: _group_worth(rows, folder), default=[])
    few = [group for group in groups.values() if len(group) <= _FEW_STRAYS]
    strays = [row for group in few if group is not best for row in group]
    return _tidy(best + _strays_of(best, strays))


def read_row(
    element: _Element,
    links: list[tuple[_Element, str]],
    now: datetime,
    dated: _Element | None = None,
) -> Row:
    """The row's best link, its title in full, and the date beside it."""
    lines = read_flow(element)
    words = words_of_links(lines)
    titled = [(row_title(link, words.get(link, [])), link, address) for link, address in links]  # fmt: skip
    title, link, address = max(titled, key=lambda item: min(60, len(item[0])))
    lines = read_flow(dated) if dated is not None else lines
    return Row(element, address, title, row_date(lines, link, address, now))


def address_of(document: Document, link: _Element, layout: Layout | None) -> str | None:
    """The address of a row's link; None if it leads nowhere or is no article's."""
    address = document.resolve(link.get("href") or "")
    if address and is_front_page(address):
        return None
    if address and layout and layout.article_pattern:
        return address if re.search(layout.article_pattern, address) else None
    return address


def is_front_page(address: str) -> bool:
    """Whether this is the front page of a site; no site keeps an article there."""
    parts = urlsplit(address)
    return parts.path in {"", "/"} and not parts.query and "/" not in parts.fragment


def is_dead(address: str) -> bool:
    """Whether a row leads nowhere (``javascript:;`` and the like)."""
    return address.startswith(_DEAD)


def _stories(document: Document, root: _Element, layout: Layout | None) -> list[_Story]:
    found = []
    for link, words in words_of_links(read_flow(root)).items():
        title = row_title(link, words)
        if not _is_title(title):
            continue
        address = address_of(document, link, layout)
        if address is None and (link.get("href") or "").lower().startswith(
            "javascript:"
        ):
            address = _DEAD + squeeze(title)
        if address and address != document.url:
            found.append(_Story(link, address, title))
    return _without_columns(found)


def _is_title(title: str) -> bool:
    if len(title) <= _TITLE and _NAVIGATION.search(title):
        return False
    if len(title) <= _LONGEST_EDITION and _EDITION.match(title):
        return False
    return len(title) > 1 and not is_button(title)


def _without_columns(stories: list[_Story]) -> list[_Story]:
    """A link that returns with the same words row after row names a column."""
    times = Counter((story.address, story.title) for story in stories)
    return [s for s in stories if times[s.address, s.title] < _COLUMN_TIMES]


def bears_day(address: str) -> bool:
    """Whether an address holds a day, as those of articles do (``/2020-12-02/``)."""
    return bool(_DAY_IN_ADDRESS.search(address))


def _names_column(title: str) -> bool:
    """「[工会新闻]」 and short words stand beside a story, they are none."""
    bracketed = title.startswith(("[", "【")) and len(title) <= _COLUMN_NAME
    return bracketed or len(title) < _TITLE_LIKE


def _rows(stories: list[_Story]) -> dict[_Element, list[_Story]]:
    """For each story the largest element that holds no other long-titled story."""
    sole: dict[_Element, object] = {}
    for story in stories:
        if _names_column(story.title) and not bears_day(story.address):
            continue
        step: _Element | None = story.link
        while step is not None:
            if sole.setdefault(step, story.address) != story.address:
                sole[step] = _MANY
            step = step.getparent()
    rows: dict[_Element, list[_Story]] = {}
    for story in stories:
        rows.setdefault(_row_of(story, sole), []).append(story)
    return rows


def _row_of(story: _Story, sole: dict[_Element, object]) -> _Element:
    row = story.link
    step: _Element | None = story.link
    while step is not None and sole.get(step) is not _MANY:
        row, step = step, step.getparent()
    return story.link if row.tag in {"html", "body"} else row


def _signature(holder: _Element) -> str:
    """The path of a holder: tags, with classes and ids where they name boxes."""
    steps = []
    step: _Element | None = holder
    while step is not None:
        tag = str(step.tag)
        if tag in _BOXES:
            name = re.sub(r"\d+", "", step.get("class") or step.get("id") or "")
            tag = f"{tag}.{name}"
        steps.append(tag)
        step = step.getparent()
    return ">".join(reversed(steps))


def _folder_of(url: str) -> str:
    """The column's own folder, empty where the list lies at the root of its site."""
    folder = url.split("?", 1)[0].rpartition("/")[0] + "/"
    return folder if urlsplit(folder).path.strip("/") else ""


def lies_in_folder(url: str, rows: list[Row]) -> bool:
    """Whether most rows lie in the folder of the column that shows them."""
    folder = _folder_of(url)
    inside = sum(bool(folder) and row.address.startswith(folder) for row in rows)
    return inside * 2 > len(rows)


def lies_elsewhere(url: str, rows: list[Row]) -> bool:
    """Whether no row lies in the column's folder, though the column has one."""
    folder = _folder_of(url)
    return bool(folder) and not any(row.address.startswith(folder) for row in rows)


def _group_worth(rows: list[Row], folder: str) -> float:
    """The rows' worth together; a group whose rows bear dates counts most."""
    dated = sum(row.date is not None for row in rows) / len(rows)
    return sum(_worth(row, folder) for row in rows) * (0.5 + dated)


def _worth(row: Row, folder: str) -> float:
    """How much a row looks like a story."""
    worth = 1.0 if len(row.title) >= _TITLE else 0.1
    if row.date:
        worth += 2.0
    if _ARTICLE_ADDRESS.search(row.address):
        worth += 0.7
    if folder and row.address.startswith(folder):
        worth += 0.8
    return worth * _DEAD_SHARE if is_dead(row.address) else worth


def _strays_of(best: list[Row], others: list[Row]) -> list[Row]:
    """Rows that broken markup or a pinned row's own box put beside the list.

    They are dated, few, and close to the list's own holder.
    """
    if len(best) <= _FEW_STRAYS or not others:
        return []
    holder = _common_holder(best)
    near = {holder, *list(holder.iterancestors())[:_NEAR]}
    near = {element for element in near if element.tag not in {"html", "body"}}
    return [
        row
        for row in others
        if row.date
        and len(row.title) >= _TITLE
        and not near.isdisjoint(row.element.iterancestors())
    ]


def _common_holder(rows: list[Row]) -> _Element:
    paths = [list(row.element.iterancestors()) for row in rows]
    common = set(paths[0]).intersection(*paths[1:])
    return next((step for step in paths[0] if step in common), rows[0].element)


def _tidy(rows: list[Row]) -> list[Row]:
    """One row an address; beside dated rows, short undated ones are navigation."""
    unique: dict[str, Row] = {}
    for row in rows:
        known = unique.get(row.address)
        if known is None or _richness(row) > _richness(known):
            unique[row.address] = row
    kept = list(unique.values())
    if any(row.date for row in kept):
        kept = [row for row in kept if (row.date and not _is_column(row)) or _is_article(row)]  # fmt: skip
    return kept


def is_column_address(address: str) -> bool:
    """Whether an address is that of a column (``/xw/``, ``index.html``)."""
    return bool(_COLUMN_ADDRESS.search(address))


def _is_column(row: Row) -> bool:
    return len(row.title) < _TITLE and is_column_address(row.address)


def _richness(row: Row) -> tuple[bool, int]:
    return (row.date is not None, len(row.title))


def _is_article(row: Row) -> bool:
    return len(row.title) >= _TITLE and bool(_ARTICLE_ADDRESS.search(row.address))
