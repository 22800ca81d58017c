"""Reading one page, list or feed outside the morning run, and many saved ones."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsroom.article import CHINA, Article, Feed, FeedEntry, ListEntry, ListPage, Page
from newsroom.errors import NewsroomError
from newsroom.typed_address import typed_address

if TYPE_CHECKING:
    from workflow.office import Office

LARGEST_PAGE = 8 * 1024 * 1024
_WIDE = str.maketrans("ｈｔｐｗ．。", "htpw..")
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
# Browsers note the address in the page that they save.
_SAVED_FROM = re.compile(rb"<!-- saved from url=\(\d+\)(https?://[^\s>]+) -->")
_FEED_ROOT = re.compile(rb"<(?:\w+:)?(?:rss|feed|RDF)[\s>]", re.IGNORECASE)
_HTML_ROOT = re.compile(rb"<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE)
_HEAD = 2048


def is_address(given: str) -> bool:
    """Whether an argument is an address on the web, not a file."""
    return _ADDRESS.match(given) is not None


def meant_page(given: str) -> str:
    """A file as it was given; an address without the slips of whoever typed it."""
    words = given.strip().lower().translate(_WIDE)
    if not words.startswith(("http", "www.")) or Path(given).exists():
        return given
    return typed_address(given) or given


def page_from_file(path: Path, url: str | None, now: datetime) -> Page:
    """A saved page as if it had been fetched now.

    The file's own time is not used: copying and unpacking change it. Without ``url``
    the address that the browser noted in the file serves, else none.

    Raises:
        NewsroomError: there is no such file, or it is too large for a page.
    """
    try:
        if path.stat().st_size > LARGEST_PAGE:
            raise NewsroomError(f"{path} 超过 8 MB，不像一个网页")
        body = path.read_bytes()
    except FileNotFoundError as error:
        raise NewsroomError(f"没有「{path}」这个文件，请检查路径") from error
    except OSError as error:
        raise NewsroomError(f"打不开 {path}：{error.strerror}") from error
    return Page(url or _noted_address(body), body, now)


def _noted_address(body: bytes) -> str:
    found = _SAVED_FROM.search(body[:_HEAD])
    return found[1].decode("ascii", "replace") if found else ""


def get_pages(
    given: str, url: str | None, now: datetime, office: Office | None
) -> tuple[Page, ...]:
    """The page of a file, or of an address, fetched in the crawler's guarded way.

    An article in parts gives its further pages too.

    Raises:
        NewsroomError: the file or the address gives no page.
    """
    if not is_address(given):
        return (page_from_file(Path(given), url, now),)
    if office is None:
        raise NewsroomError(f"要打开 {given}，先要有设置文件 config.toml")
    from workflow.source_care import fetch_pages

    return fetch_pages(office, given)


def read_whole(pages: Sequence[Page]) -> Article:
    """The article that stands on one page or on several.

    Raises:
        PageUnreadable: one of them cannot be read.
    """
    from page_reading import join_pages, read_article

    articles = tuple(map(read_article, pages))
    return join_pages(articles) if len(articles) > 1 else articles[0]


def is_feed(page: Page) -> bool:
    """Whether a page is a feed by its root, whatever the server calls it."""
    head = page.body[:_HEAD]
    return _FEED_ROOT.search(head) is not None and _HTML_ROOT.search(head) is None


def read_rows(page: Page) -> ListPage:
    """The rows of a list page or of a feed.

    Raises:
        PageUnreadable: it is neither.
    """
    from page_reading import read_feed, read_list

    return _feed_as_list(read_feed(page)) if is_feed(page) else read_list(page)


def _feed_as_list(feed: Feed) -> ListPage:
    return ListPage(feed.url, tuple(map(_as_row, feed.entries)))


def _as_row(entry: FeedEntry) -> ListEntry:
    return ListEntry(entry.url, entry.title, entry.published, has_time=True)


def rows_to_json(rows: ListPage) -> dict[str, Any]:
    """The rows in the form of the pages' scorer."""
    return {
        "url": rows.url,
        "entries": [
            {"url": row.url, "title": row.title, "date": _shown_date(row)}
            for row in rows.entries
        ],
        "next": rows.next_page,
    }


def _shown_date(row: ListEntry) -> str | None:
    if row.published is None:
        return None
    local = row.published.astimezone(CHINA)
    return local.isoformat() if row.has_time else local.date().isoformat()


def explanation(article: Article) -> dict[str, list[dict[str, Any]]]:
    """For each field the values that were offered, by which rule, the chosen first."""
    return {
        field: [
            {"value": w.value, "rule": w.rule, "confidence": w.confidence}
            for w in witnesses
        ]
        for field, witnesses in article.witnesses.items()
    }


def leans_on_now(article: Article) -> bool:
    """Whether the date was worked out from the day of the reading (昨天, 3天前)."""
    chosen = article.witnesses.get("published", ())
    return bool(chosen) and "推算" in chosen[0].rule


def load_cases(file: Path) -> list[dict[str, Any]]:
    """The cases of a file, one JSON object a line; empty lines are passed over.

    Raises:
        NewsroomError: the file is missing, or a line is no case (with its number).
    """
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise NewsroomError(f"打不开清单 {file}：要一份 UTF-8 的 JSONL 文件") from error
    numbered = enumerate(lines, start=1)
    return [_case(file, number, line) for number, line in numbered if line.strip()]


def _case(file: Path, number: int, line: str) -> dict[str, Any]:
    try:
        case = json.loads(line)
    except ValueError as error:
        raise NewsroomError(f"{file} 第 {number} 行不是 JSON") from error
    if not isinstance(case, dict) or not {"id", "kind", "file"} <= case.keys():
        raise NewsroomError(f"{file} 第 {number} 行缺少 id、kind 或 file")
    return case


def read_cases(
    file: Path, read: Callable[[dict[str, Any], Path], dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """One reading a case, in order; a page that cannot be read gives its reason."""
    for case in load_cases(file):
        try:
            yield read(case, file.parent)
        except (NewsroomError, OSError) as error:
            yield {"id": case["id"], "error": str(error)}
