"""List pages: the rows of a column, with address, title in full, and date.

Rows are found by their repetition: the largest element around a link that holds no
other story is a row; rows whose holders look alike make a group; the group whose rows
look most like news (titles, dates, article addresses) is the list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsroom.article import ListEntry, ListPage, Page
from newsroom.dates import DateReading, find_dates
from newsroom.errors import PageUnreadable
from newsroom.text import clean_text, squeeze
from page_reading.block_pages import is_block_page
from page_reading.document import Document, open_document
from page_reading.flow import Line, read_flow
from page_reading.layout import Layout, select
from page_reading.list_pager import find_next_list
from page_reading.list_script import rows_in_script

if TYPE_CHECKING:
    from datetime import datetime

    from lxml.etree import _Element

_BULLET = re.compile(r"^[\s·•●■◆▪►▶>»※★☆◇□○\-–—|*]+(?=\S)")
_NUMBERED_TITLE = re.compile(r"(?:文章|新闻|信息)?标\s*题\s*[:：]\s*([^\r\n]+)")
_BUTTON = re.compile(
    r"^[\[【(（<]*(?:详情|详细|查看(?:全文|详情|更多)?|全文|阅读全文|更多|more|点击查看|下载|回复|评论|跟帖|进入|首页|尾页|末页|上一?页|下一?页|\d+)[\]】)）>…\.]*$",
    re.IGNORECASE,
)
_ARTICLE_ADDRESS = re.compile(
    r"\d{4,}|/(?:content|info|art|article|show|detail|view|item|news|c)[/_\-]|[?&](?:id|aid|infoid|articleid)=",
    re.IGNORECASE,
)
_NAVIGATION = re.compile(
    r"网站地图|联系我们|关于我们|设为首页|加入收藏|版权|ICP|公网安备|友情链接|登录|注册"
)
_TITLE_LIKE = 6
_SHORT_LINE = 60
_CUT = re.compile(r"(?:\.{2,}|…+)$")


@dataclass(slots=True)
class _Row:
    """A row as found: its element, its best link, its lines."""

    element: _Element
    address: str
    title: str
    date: DateReading | None


def read_list(page: Page, layout: Layout | None = None) -> ListPage:
    """The rows of a list page, one an address, and the next page's address.

    Raises:
        PageUnreadable: it is a barrier, no HTML, or holds no list.
    """
    blocked = is_block_page(page)
    if blocked:
        raise PageUnreadable(page.url, blocked)
    document = open_document(page)
    lines = read_flow(document.body)
    entries = _laid_out(document, lines, layout, page.fetched_at)
    if not entries:
        rows = _best_group(document, lines, layout, page.fetched_at)
        entries = [_entry(row) for row in rows]
    if not _looks_like_news(entries):
        written = rows_in_script(document, page.fetched_at)
        entries = written if len(written) > len(entries) or written and not _dated(entries) else entries  # fmt: skip
    if not entries:
        raise PageUnreadable(page.url, "没有找到文章列表")
    return ListPage(page.url, tuple(entries), find_next_list(document, layout))


def _dated(entries: list[ListEntry]) -> int:
    return sum(entry.published is not None for entry in entries)


def _looks_like_news(entries: list[ListEntry]) -> bool:
    return len(entries) >= 3 and _dated(entries) * 2 >= len(entries)  # noqa: PLR2004 - fewer make no list


def _laid_out(
    document: Document, lines: list[Line], layout: Layout | None, now: datetime
) -> list[ListEntry]:
    """The rows that the site's own file points to."""
    if layout is None or not layout.list_rows:
        return []
    entries: dict[str, ListEntry] = {}
    for row in select(document.root, layout.list_rows):
        inside = set(row.iter())
        own = [
            line
            for line in lines
            if line.block in inside or any(p.element in inside for p in line.pieces)
        ]
        links = select(row, layout.list_link) or (
            [row] if row.tag == "a" else list(row.iter("a"))
        )
        links = [link for link in links if _address(document, link, layout)]
        if not links:
            continue
        best = max(links, key=lambda link: len(_title(link, own)))
        address = _address(document, best, layout) or ""
        dates = select(row, layout.list_date)
        text = clean_text("".join(dates[0].itertext())) if dates else ""
        date = (
            next(find_dates(text, now=now), None)
            if text
            else _row_date(own, best, address, now)
        )
        entries.setdefault(address, _entry(_Row(row, address, _title(best, own), date)))
    return list(entries.values())


def _address(document: Document, link: _Element, layout: Layout | None) -> str | None:
    address = document.resolve(link.get("href") or "")
    if (
        address
        and layout
        and layout.article_pattern
        and not re.search(layout.article_pattern, address)
    ):
        return None
    return address


def _best_group(
    document: Document, lines: list[Line], layout: Layout | None, now: datetime
) -> list[_Row]:
    stories = _story_links(document, lines, layout)
    groups: dict[str, list[_Row]] = {}
    for row, links in _rows(stories).items():
        holder = row.getparent()
        key = _signature(holder if holder is not None else row)
        groups.setdefault(key, []).append(_read_row(row, links, now))
    best = max(groups.values(), key=lambda group: sum(map(_worth, group)), default=[])
    return _tidy(best)


@dataclass(slots=True)
class _Story:
    """A link that could be a story, and the lines it stands in."""

    link: _Element
    address: str
    lines: list[Line]


def _story_links(
    document: Document, lines: list[Line], layout: Layout | None
) -> list[_Story]:
    found: dict[_Element, _Story] = {}
    for line in lines:
        for piece in line.pieces:
            link = piece.link
            if link is None:
                continue
            if link in found:
                if found[link].lines[-1] is not line:
                    found[link].lines.append(line)
                continue
            address = _address(document, link, layout)
            if address and address != document.url:
                found[link] = _Story(link, address, [line])
    return [story for story in found.values() if _is_story(story)]


def _is_story(story: _Story) -> bool:
    title = _title(story.link, story.lines)
    return (
        len(title) >= 2 and not _BUTTON.match(title) and not _NAVIGATION.search(title)
    )  # noqa: PLR2004 - 「讣告」 is a title


_MANY = object()


def _rows(stories: list[_Story]) -> dict[_Element, list[_Story]]:
    """For each story the largest element that holds no other long-titled story."""
    sole: dict[_Element, object] = {}
    for story in stories:
        if len(_title(story.link, story.lines)) < _TITLE_LIKE:
            continue
        step: _Element | None = story.link
        while step is not None:
            known = sole.setdefault(step, story.address)
            if known != story.address:
                sole[step] = _MANY
            step = step.getparent()
    rows: dict[_Element, list[_Story]] = {}
    for story in stories:
        row = _row_of(story, sole)
        if row is not None:
            rows.setdefault(row, []).append(story)
    return rows


def _row_of(story: _Story, sole: dict[_Element, object]) -> _Element | None:
    row, step = None, story.link
    while step is not None and sole.get(step) is not _MANY:
        row, step = step, step.getparent()
    return row if row is None or row.tag not in {"html", "body"} else story.link


def _signature(holder: _Element) -> str:
    """The path of a holder: tags, with classes and ids where they name boxes."""
    steps = []
    step: _Element | None = holder
    while step is not None:
        tag = str(step.tag)
        if tag in {"div", "ul", "table", "dl", "section", "td", "ol"}:
            name = re.sub(r"\d+", "", step.get("class") or step.get("id") or "")
            tag = f"{tag}.{name}"
        steps.append(tag)
        step = step.getparent()
    return ">".join(reversed(steps))


def _read_row(row: _Element, links: list[_Story], now: datetime) -> _Row:
    best = max(links, key=lambda story: min(60, len(_title(story.link, story.lines))))
    inside = [line for line in _row_lines(row, links)]
    return _Row(
        row,
        best.address,
        _title(best.link, best.lines),
        _row_date(inside, best.link, best.address, now),
    )


def _row_lines(row: _Element, links: list[_Story]) -> list[Line]:
    """The lines of a row: read again below the row's element, which is small."""
    return read_flow(row) or [line for story in links for line in story.lines]


def _title(link: _Element, lines: list[Line]) -> str:
    """The title attribute when it says more than the words; else the words."""
    shown = clean_text(
        "".join(
            piece.text
            for line in lines
            for piece in line.pieces
            if piece.link is link and not _is_date_only(piece.text)
        )
    )
    shown = _BULLET.sub("", shown)
    said = (link.get("title") or "").strip()
    numbered = _NUMBERED_TITLE.search(said)
    said = clean_text(numbered[1] if numbered else said)
    if not said or _BUTTON.match(said) or "://" in said:
        return shown
    if not shown or _CUT.search(shown) or squeeze(said).startswith(squeeze(shown)):
        return said
    return (
        said if len(said) >= _TITLE_LIKE and squeeze(shown) in squeeze(said) else shown
    )


_DATE_ONLY = re.compile(
    r"^[\s\[【(（]*(?:(?:19|20)?\d\d\s*[-/.年]\s*)?\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?(?:\s*\d{1,2}:\d\d(?::\d\d)?)?[\s\]】)）]*$"
)


def _is_date_only(text: str) -> bool:
    return (
        bool(text.strip()) and len(text) < 40 and bool(_DATE_ONLY.match(text.strip()))
    )  # noqa: PLR2004 - a date


def _row_date(
    lines: list[Line], link: _Element, address: str, now: datetime
) -> DateReading | None:
    """The row's date: beside the link, not in a summary; in the title as a last try."""
    beside, within = [], []
    for line in lines:
        free = "".join(
            p.text for p in line.pieces if p.link is None or _is_date_only(p.text)
        )
        if free.strip() and len(free) <= _SHORT_LINE:
            beside += list(find_dates(clean_text(free), now=now))
        elif line.link is not None:
            within += list(find_dates(line.text[-30:], now=now))
    split = _split_date(lines, now)
    if not beside and split:
        return split
    found = beside or [reading for reading in within if reading.form == "full"]
    return _with_year(found[0], address, now) if found else None


_DAY = re.compile(r"^\d{1,2}$")
_MONTH = re.compile(r"^((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})月?$")


def _split_date(lines: list[Line], now: datetime) -> DateReading | None:
    """A calendar leaf: the day in one box, year and month in another."""
    texts = [line.text for line in lines if line.text]
    day = next((text for text in texts if _DAY.match(text)), None)
    month = next((_MONTH.match(text) for text in texts if _MONTH.match(text)), None)
    if day and month:
        return next(find_dates(f"{month[1]}-{month[2]}-{day}", now=now), None)
    return None


def _with_year(reading: DateReading, address: str, now: datetime) -> DateReading:
    """[MM-DD] takes its year from an address that names the same day."""
    if reading.form != "no_year":
        return reading
    local = reading.value
    for year in range(now.year, now.year - 20, -1):
        shapes = (f"{year}{local:%m%d}", f"{year}-{local:%m-%d}", f"{year}/{local:%m-%d}", f"{year}/{local:%m/%d}", f"{year}-{local:%m/%d}", f"{year}/{local.month}/{local.day}/")  # fmt: skip
        if any(shape in address for shape in shapes):
            exact = next(find_dates(f"{year}-{local.month}-{local.day}", now=now), None)
            return exact or reading
    return reading


def _worth(row: _Row) -> float:
    """How much a row looks like a story."""
    worth = 1.0 if len(row.title) >= 8 else 0.1  # noqa: PLR2004 - column names are shorter
    if row.date:
        worth += 2.0
    if _ARTICLE_ADDRESS.search(row.address):
        worth += 0.7
    return worth


def _tidy(rows: list[_Row]) -> list[_Row]:
    """One row an address; among dated rows, short undated ones are navigation."""
    unique: dict[str, _Row] = {}
    for row in rows:
        known = unique.get(row.address)
        if known is None or len(row.title) > len(known.title):
            unique[row.address] = row
    kept = list(unique.values())
    dated = [row for row in kept if row.date]
    if len(dated) * 10 >= len(kept) * 6:
        kept = [row for row in kept if row.date or len(row.title) >= 8 and _ARTICLE_ADDRESS.search(row.address)]  # fmt: skip  # noqa: PLR2004 - see _worth
    return kept


def _entry(row: _Row) -> ListEntry:
    date = row.date
    return ListEntry(
        row.address,
        row.title,
        date.value if date else None,
        date.has_time if date else False,
    )
