"""The run report in the terminal: what came, what was lost, what was chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from newsroom.edition import Edition
from newsroom.report import RunReport
from newsroom.source import SourceReport, SourceState

if TYPE_CHECKING:
    from workflow.morning import Morning
    from workflow.office import Office
    from workflow.replaying import Replayed

SHOWN = 8
IDLE = {
    SourceState.UNCONFIRMED: "在 config.toml 里填好地址后启用，不算失败",
    SourceState.PAUSED: "config.toml 里停用",
}


def show_morning(
    out: Console, office: Office, result: Morning, *, tells_next: bool = True
) -> None:
    """Print the whole report of a morning run, and what is to be done next.

    The demonstration has no next step: the commands would mean the office's own data.
    """
    show_sources(out, result.report)
    _show_stories(out, result.report)
    if result.edition:
        show_edition(out, result.edition)
    _show_site(out, office, result)
    if tells_next and result.build is not None:
        _show_next(out, result)


def show_sources(out: Console, report: RunReport) -> None:
    """Print how each source fared, and each loss with its reason."""
    asked = [source for source in report.sources if source.state not in IDLE]
    out.print(f"\n[bold]采集情况 {report.day:%Y-%m-%d}[/]")
    if asked:
        out.print(_table(asked))
    for source in asked:
        if source.sentence:
            out.print(
                f"  {escape(source.name)}：{escape(source.sentence)}", soft_wrap=True
            )
    for state, words in IDLE.items():
        names = [source.name for source in report.sources if source.state is state]
        if names:
            out.print(f"[dim]{state.value}（{words}）：{escape('、'.join(names))}[/]")
    for loss in report.losses:
        out.print(f"[red]未完成[/] {escape(loss.sentence)}", soft_wrap=True)
    for note in report.notes:
        out.print(f"[yellow]提示[/] {escape(note)}", soft_wrap=True)


def _table(sources: Sequence[SourceReport]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("来源", overflow="fold", min_width=12)
    table.add_column("状态", no_wrap=True)
    for name in ("列出", "新增", "更新", "未变", "过滤", "失败"):
        table.add_column(name, justify="right", no_wrap=True)
    for source in sources:
        colour = "green" if source.state is SourceState.NORMAL else "red"
        counts = (
            source.listed,
            source.new,
            source.changed,
            source.unchanged,
            source.filtered,
            source.failed,
        )
        state = f"[{colour}]{source.state.value}[/]"
        table.add_row(escape(source.name), state, *map(str, counts))
    return table


def show_edition(out: Console, edition: Edition) -> None:
    """Print what the edition carries, and why."""
    out.print(
        f"\n[bold]第{edition.number}期（总第{edition.total}期）[/] "
        f"{escape(edition.lead)}",
        soft_wrap=True,
    )
    for column, entries in edition.columns:
        if not entries:
            continue
        out.print(f"[bold red]{column.value}[/]")
        for entry in entries:
            why = entry.score.line if entry.score else "；".join(entry.reasons)
            out.print(
                f"  {escape(entry.kicker)}｜{escape(entry.headline)}", soft_wrap=True
            )
            out.print(f"      [dim]{escape(why)}[/]", soft_wrap=True)


def _show_stories(out: Console, report: RunReport) -> None:
    out.print(
        f"归并转载 {len(report.merges)} 篇；标签存疑 {len(report.doubts)} 处；"
        f"扣留 {len(report.holds)} 件；收到投稿 {report.submissions_received} 件，"
        f"待审 {report.submissions_waiting} 件"
    )
    for merge in report.merges[:SHOWN]:
        out.print(
            f"  [dim]转载[/] {escape(merge.source_name)}《{escape(merge.headline)}》："
            f"{escape(merge.reason)}",
            soft_wrap=True,
        )
    for hold in report.holds[:SHOWN]:
        out.print(
            f"  [yellow]扣留[/] 《{escape(hold.headline)}》：{escape(hold.reason)}",
            soft_wrap=True,
        )


def _show_site(out: Console, office: Office, result: Morning) -> None:
    report = result.report
    page = office.output / "internal" / "index.html"
    if result.build is None:
        out.print("[red]网页没有生成，原来的网页保持不变。[/]")
        return
    out.print(
        f"\n内部版：{page}\n  更新 {report.files_written} 个文件，"
        f"{report.files_unchanged} 个没有变化",
        soft_wrap=True,
    )


def _show_next(out: Console, result: Morning) -> None:
    out.print("看网页：gonghui serve")
    if result.edition and result.edition.release is None:
        out.print(
            f"审看后签发：gonghui release {result.edition.day:%Y-%m-%d} "
            "--edited-by 编辑姓名 --signed-by 签发人姓名",
            soft_wrap=True,
        )


def show_replay(out: Console, replayed: Replayed) -> None:
    """Print what reading a day again changed."""
    out.print(
        f"重读 {replayed.day:%Y-%m-%d} 的原始网页 {replayed.pages} 个："
        f"新增 {replayed.new} 篇，更新 {replayed.changed} 篇，"
        f"未变 {replayed.unchanged} 篇，读不出 {len(replayed.losses)} 篇"
    )
    for loss in replayed.losses[:SHOWN]:
        out.print(f"  [red]读不出[/] {escape(loss.sentence)}", soft_wrap=True)
