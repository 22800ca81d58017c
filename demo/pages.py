"""The pages of the sample sites as text, rendered from templates/demo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from functools import cache
from pathlib import Path, PurePosixPath

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from demo.articles import NAMES, DemoArticle
from demo.shapes import SHAPES, list_pages, picture_path

FEED_ROWS = 20
_SHORT_TITLE = 24
_SUMMARY = 80
_META_YEARS_OFF = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class PageBlock:
    """A block of an article as its template shows it."""

    kind: str
    text: str = ""
    src: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list or feed."""

    href: str
    title: str
    short: str = ""
    date: str = ""
    rfc822: str = ""
    iso: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True)
class PageLink:
    """A number of a pager."""

    number: int
    href: str
    current: bool


def render(template: str, /, **values: object) -> str:
    """A template of templates/demo with these values."""
    return _environment().get_template(template).render(values)


def article_page(
    article: DemoArticle,
    *,
    page: int,
    older: Sequence[DemoArticle],
    as_of: datetime,
    box: str = "",
) -> str:
    """One page of an article; ``box`` stands in the side column of the old site."""
    shape = SHAPES[article.site]
    here = shape.article_path(article, page)
    count = len(article.pages)
    undated = "undated" in article.traps
    off = _META_YEARS_OFF if "meta_date" in article.traps else timedelta()
    empty = "empty" in article.traps and not article.is_mended(as_of)
    text = "" if empty else article.pages[page - 1]
    links = [
        PageLink(n, shape.article_path(article, n), n == page)
        for n in range(1, count + 1)
    ]
    return render(
        f"{article.site}_article.html.j2",
        site=NAMES[article.site],
        title=article.title,
        column=shape.columns[article.column],
        column_id=article.column,
        columns=shape.columns,
        today=_day(as_of),
        date="" if undated else shape.show_date(article.at),
        meta_date=f"{article.at - off:%Y-%m-%d %H:%M:%S}",
        source=article.source or _own_source(article),
        author=article.author,
        editor=article.editor,
        blocks=_blocks(article, text, here),
        others=[_row(other, here) for other in older],
        pages=links,
        next=links[page].href if page < count else "",
        hits=article.number * 37 % 900,
        foreign_box=box,
    )


def list_page(site: str, column: str, rows: Sequence[DemoArticle], *, page: int) -> str:
    """One page of a column's list; ``rows`` are all its articles in their order."""
    shape = SHAPES[site]
    here = shape.list_path(column, page)
    count = list_pages(len(rows), shape.page_size)
    end = page * shape.page_size if page < count else len(rows)
    shown = rows[(page - 1) * shape.page_size : end]
    links = [
        PageLink(n, _href(site, shape.list_path(column, n), here), n == page)
        for n in range(1, count + 1)
    ]
    return render(
        f"{site}_list.html.j2",
        site=NAMES[site],
        column=shape.columns[column],
        column_id=column,
        columns=shape.columns,
        rows=[_row(article, here) for article in shown],
        pages=links,
        next=links[page].href if page < count else "",
        total=len(rows),
    )


def feed_page(site: str, there: Sequence[DemoArticle], base: str) -> str:
    """The feed of a site, newest first; ``base`` makes its addresses absolute."""
    rows = [_row(article, "") for article in there[:FEED_ROWS]]
    updated = rows[0].iso if rows else ""
    return render(
        f"{site}_feed.xml.j2", site=NAMES[site], base=base, rows=rows, updated=updated
    )


@cache
def _environment() -> Environment:
    folder = Path(__file__).parent.parent / "templates" / "demo"
    return Environment(
        loader=FileSystemLoader(folder, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )


def _own_source(article: DemoArticle) -> str:
    return "" if article.site == "portal" else NAMES[article.site]


def _row(article: DemoArticle, here: str) -> Row:
    shape = SHAPES[article.site]
    title = article.title
    cut = title if len(title) <= _SHORT_TITLE else title[: _SHORT_TITLE - 1] + "…"
    return Row(
        href=_href(article.site, shape.article_path(article, 1), here),
        title=title,
        short=cut,
        date="" if "undated" in article.traps else f"{article.at:%Y-%m-%d}",
        rfc822=format_datetime(article.at),
        iso=article.at.isoformat(),
        summary=article.pages[0].split("\n")[0][:_SUMMARY],
    )


def _href(site: str, path: str, here: str) -> str:
    """The link from the page ``here`` to ``path`` as the site writes it."""
    if not (SHAPES[site].relative and here):
        return path
    folder = PurePosixPath(here.partition("?")[0]).parent.parts[1:]
    there = path.lstrip("/").split("/")
    while folder and len(there) > 1 and folder[0] == there[0]:
        folder, there = folder[1:], there[1:]
    return "../" * len(folder) + "/".join(there)


def _blocks(article: DemoArticle, text: str, here: str) -> list[PageBlock]:
    blocks: list[PageBlock] = []
    table: list[tuple[str, ...]] = []
    for line in [*text.split("\n"), ""]:
        if line.startswith("|"):
            table.append(tuple(cell.strip() for cell in line.strip("|").split("|")))
            continue
        if table:
            blocks.append(PageBlock("table", rows=tuple(table)))
            table = []
        if line:
            blocks.append(_block(article.site, line, here))
    return blocks


def _block(site: str, line: str, here: str) -> PageBlock:
    if line.startswith("## "):
        return PageBlock("subhead", line.removeprefix("## "))
    if line.startswith("图 "):
        _, motive, caption = line.split(" ", 2)
        return PageBlock(
            "picture", caption, src=_href(site, picture_path(site, motive), here)
        )
    return PageBlock("paragraph", line)


def _day(when: datetime) -> str:
    return f"{when.year}年{when.month}月{when.day}日"
