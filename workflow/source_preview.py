"""What a found source would bring, before it is kept: on the terminal and as a page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from newsroom.article import CHINA, Article
from newsroom.errors import NewsroomError
from workflow.sources_view import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from workflow.source_finding import Finding
    from workflow.source_trial import Tried

_WORDS = 40
_TEMPLATE = "workflow/source_preview.html"


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One entry, ready to print; ``why`` instead of words where it was not read."""

    url: str
    title: str
    date: str
    source: str
    words: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """A found source, ready to print: facts by name, rows, doubts, other lists."""

    name: str
    facts: tuple[tuple[str, str], ...]
    rows: tuple[PreviewRow, ...]
    doubts: tuple[str, ...]
    others: tuple[str, ...]


def make_preview(finding: Finding) -> Preview:
    """The finding in words."""
    facts = (
        ("读法", KINDS[finding.source.kind]),
        *(("列表", one.words) for one in finding.chosen),
        ("下一页", finding.next_page or "没有认出"),
        ("文章地址", finding.article_pattern or "没有共同的样子"),
    )
    return Preview(
        finding.source.name,
        facts,
        tuple(map(_row, finding.entries)),
        finding.doubts,
        tuple(one.words for one in finding.others),
    )


def _row(tried: Tried) -> PreviewRow:
    article = tried.article
    if article is None:
        return PreviewRow(tried.url, tried.title or "—", "—", "—", "", tried.why)
    return PreviewRow(
        tried.url,
        article.headline,
        _shown_date(article),
        article.source_line or "—",
        article.body.text.replace("\n", " ")[:_WORDS],
    )


def _shown_date(article: Article) -> str:
    if article.published is None:
        return "没有认出"
    form = "%Y-%m-%d %H:%M" if article.has_time else "%Y-%m-%d"
    return article.published.astimezone(CHINA).strftime(form)


def show_preview(preview: Preview, out: Console) -> None:
    """Print facts, the table of entries, and what is unsure."""
    out.print(Text(preview.name, style="bold"))
    for name, value in preview.facts:
        out.print(Text(f"  {name}：{value}"), soft_wrap=True)
    table = Table("标题", "日期", "来源", "开头")
    for row in preview.rows:
        words = Text(row.why, style="yellow") if row.why else Text(row.words)
        table.add_row(Text(row.title), row.date, Text(row.source), words)
    out.print(table)
    _show_lines("拿不准：", preview.doubts, "yellow", out)
    _show_lines("也可以用：", preview.others, "dim", out)


def _show_lines(name: str, lines: Sequence[str], style: str, out: Console) -> None:
    for line in lines:
        out.print(Text(f"{name}{line}", style=style), soft_wrap=True)


def write_preview(preview: Preview, file: Path) -> Path:
    """The same as a local web page; gives its whole path.

    Raises:
        NewsroomError: the page cannot be written.
    """
    from site_builder.render import make_environment

    page = make_environment().get_template(_TEMPLATE).render(preview=preview)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page, encoding="utf-8", newline="\n")
    except OSError as error:
        raise NewsroomError(f"写不出 {file}：{error.strerror}") from error
    return file.resolve()
