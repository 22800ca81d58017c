"""A reading on the terminal: the article, its witnesses, the rows of a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from newsroom.article import CHINA, Article, ListEntry, ListPage
from newsroom.body import (
    Block,
    ListBlock,
    Paragraph,
    Picture,
    Quote,
    Subhead,
    runs_text,
)
from newsroom.body import Table as BodyTable

NONE = Text("（没有读到）", style="yellow")
FIELD_WORDS = {
    "headline": "标题",
    "published": "日期",
    "source": "来源",
    "source_line": "来源",
    "byline": "作者",
    "editors": "编辑",
    "body": "正文",
}


def show_article(article: Article, out: Console) -> None:
    """Print what was read: the facts first, then the text."""
    facts = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    facts.add_column(style="dim", no_wrap=True)
    facts.add_column()
    for word, value in _facts(article):
        facts.add_row(word, value)
    out.print(facts)
    out.print()
    out.print(Group(*(_block(block) for block in article.body.blocks)))


def _facts(article: Article) -> list[tuple[str, RenderableType]]:
    pictures = len(article.body.pictures)
    optional = (
        ("编辑", article.editors),
        ("附件", "\n".join(f"{a.name}  {a.url}" for a in article.attachments)),
        ("下一页", article.next_page),
        ("声明", "页面写明不得转载" if article.reprint_banned else None),
    )
    return [
        ("标题", Text(article.headline, style="bold") if article.headline else NONE),
        ("日期", Text(_moment(article)) if article.published else NONE),
        ("来源", _or_none(article.source_line)),
        ("作者", _or_none(article.byline)),
        ("地址", Text(article.url or "（未给出）")),
        ("正文", Text(f"{len(article.body.text)} 字，{pictures} 张图片")),
        *((word, Text(value)) for word, value in optional if value),
    ]


def _or_none(value: str | None) -> Text:
    return Text(value) if value else NONE


def _moment(article: Article | ListEntry) -> str:
    if article.published is None:
        return "—"
    shown = "%Y-%m-%d %H:%M" if article.has_time else "%Y-%m-%d"
    return article.published.astimezone(CHINA).strftime(shown)


def _block(block: Block) -> RenderableType:
    match block:
        case Subhead(text):
            return Text(f"\n{text}", style="bold")
        case Paragraph(runs):
            return Text(f"　　{runs_text(runs)}")
        case Quote(runs):
            return Padding(Text(runs_text(runs), style="italic"), (0, 4))
        case Picture(caption=caption):
            return Text(f"〔图〕{caption or ''}", style="dim")
        case ListBlock(entries, ordered):
            marks = (f"{n}." if ordered else "·" for n in range(1, len(entries) + 1))
            lines = zip(marks, map(runs_text, entries), strict=True)
            return Text("\n".join(f"　　{mark} {line}" for mark, line in lines))
        case BodyTable():
            return _grid(block)


def _grid(block: BodyTable) -> Table:
    grid = Table(show_header=False, show_lines=True, title=block.caption)
    for row in block.rows:
        grid.add_row(*(Text(runs_text(cell.runs)) for cell in row))
    return grid


def show_witnesses(article: Article, out: Console) -> None:
    """Print for each field what was offered, by which rule; the chosen one first."""
    table = Table(title="每一项是怎么读出来的（✓ 为采用的）", title_justify="left")
    for name in ("项目", "", "读到的值", "规则", "把握"):
        table.add_column(name, overflow="fold")
    for field, witnesses in article.witnesses.items():
        for place, witness in enumerate(witnesses):
            table.add_row(
                "" if place else FIELD_WORDS.get(field, field),
                "" if place else "✓",
                Text(witness.value),
                Text(witness.rule),
                f"{witness.confidence:.0%}",
            )
        table.add_section()
    out.print(table)


def show_rows(rows: ListPage, out: Console) -> None:
    """Print the rows of a list as a table, and the address of the next page."""
    table = Table(title=f"读到 {len(rows.entries)} 条", title_justify="left")
    table.add_column("", justify="right", style="dim")
    table.add_column("日期", no_wrap=True)
    table.add_column("标题", overflow="fold", ratio=2)
    table.add_column("地址", overflow="fold", style="dim", ratio=2)
    for number, row in enumerate(rows.entries, start=1):
        table.add_row(str(number), _moment(row), Text(row.title), Text(row.url))
    out.print(table)
    out.print(Text(f"下一页：{rows.next_page or '（没有）'}"), soft_wrap=True)


def show_readings(readings: Sequence[Mapping[str, Any]], out: Console) -> None:
    """Print one line for each saved page of a batch, and how many were unreadable."""
    failed = sum("error" in reading for reading in readings)
    table = Table(
        title=f"读了 {len(readings)} 个，{failed} 个读不出", title_justify="left"
    )
    for name in ("编号", "日期", "读到的"):
        table.add_column(name, overflow="fold")
    for reading in readings:
        table.add_row(
            str(reading.get("id")), str(reading.get("date") or "")[:10], _gist(reading)
        )
    out.print(table)


def _gist(reading: Mapping[str, Any]) -> Text:
    if "error" in reading:
        return Text(f"读不出：{reading['error']}", style="yellow")
    if "entries" in reading:
        return Text(f"{len(reading['entries'])} 条 {reading.get('title') or ''}")
    return Text(str(reading.get("title") or ""))
