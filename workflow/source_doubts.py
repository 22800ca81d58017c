"""What is unsure about a found source, and what to do where none was found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from crawler.chromium import what_is_missing
from newsroom.article import Page
from workflow.reading import is_feed

if TYPE_CHECKING:
    from workflow.office import Office
    from workflow.source_leads import Candidate, Start
    from workflow.source_trial import Tried

_STALE = timedelta(days=30)
_FEW_LINKS = 30


def doubts_about(
    office: Office,
    start: Start,
    chosen: Sequence[Candidate],
    entries: Sequence[Tried],
    *,
    in_browser: bool = False,
) -> Iterator[str]:
    """What is unsure, in sentences."""
    rows = [row for one in chosen for row in one.rows]
    undated = sum(row.published is None for row in rows)
    read = [one.article for one in entries if one.article]
    if undated:
        yield f"列表上 {len(rows)} 条里有 {undated} 条没有日期，日期要靠文章页"
    newest = max((one.newest for one in chosen if one.newest), default=None)
    if newest and office.now - newest > _STALE:
        days = (office.now.date() - newest.date()).days
        yield f"最新一篇是 {newest:%Y-%m-%d} 的，已有 {days} 天没有新稿"
    if not read:
        yield "一篇文章也没有读出来，请用 gonghui sources try 看一篇"
    elif len(read) < len(entries):
        yield f"试读 {len(entries)} 篇，有 {len(entries) - len(read)} 篇没有读出"
    if read and not all(article.published for article in read):
        yield "有的文章没有认出日期"
    if chosen[0].kind != "feed" and not any(one.listing.next_page for one in chosen):
        yield "没有认出下一页，补采只能补到第一页为止"
    if start.article and start.page.url not in {row.url for row in rows}:
        yield "给的那篇文章不在认出的列表里，请核对是不是这个栏目"
    if in_browser:
        yield (
            "列表由脚本画出，没有找到接口，所以每次都用本机浏览器读，比别的来源慢；"
            "这台电脑上要一直装着 Chromium、Chrome 或 Edge"
        )
    if chosen[0].api and not chosen[0].api.total:
        yield "接口没有说共有几条，翻页按每页条数推断"


def nothing_found(start: Start, url: str) -> str:
    """Why no list was found behind an address, and what to do: a sentence."""
    if start.offers.posted or _looks_drawn(start.page):
        missing = what_is_missing()
        how = missing or "用本机浏览器打开也没有认出列表，可换一个栏目网址试试。"
        return (
            f"{url} 的列表是脚本画的，也没有找到它背后能直接读的接口。{how}"
            "急用的稿件可以用 gonghui add 一篇一篇手工收"
        )
    if b"<html" not in start.page.body[:2000].lower() and b"{" in start.page.body:
        return f"{url} 像是列表接口，但行里没有文章的地址；请改给列表页或一篇文章的网址"
    return (
        f"在 {url} 和它连到的栏目里都没有认出文章列表。"
        "请打开一个列着标题和日期的栏目页，把它的网址抄来再试"
    )


def _looks_drawn(page: Page) -> bool:
    """A page with scripts and hardly a link waits for them to draw its list."""
    return has_scripts(page) and page.body.lower().count(b"<a ") < _FEW_LINKS


def has_scripts(page: Page) -> bool:
    """Whether a web page runs scripts, which may draw its list."""
    return not is_feed(page) and b"<script" in page.body.lower()
