"""Sources on the terminal: the table, a test visit, an address tried."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from config import SourceSettings
from newsroom.article import CHINA, ListEntry, Page
from newsroom.errors import PageUnreadable
from newsroom.health import Gap, Rhythm
from newsroom.source import Loss, SourceState
from page_reading import read_article
from workflow.backfill import Backfill, describe
from workflow.reading import read_rows
from workflow.reading_shown import show_article
from workflow.source_care import SourceCheck
from workflow.source_repair import Proposal, selectors_of
from workflow.source_samples import Difference

KINDS = {
    "section": "栏目页",
    "feed": "订阅源",
    "list_api": "列表接口",
    "site": "专用爬虫",
    "local": "本地投稿",
}
LEFT_OUT = {
    "known": "已有",
    "offsite": "外站",
    "file": "附件",
    "too_old": "30 天以前",
    "max_new": "超过本次篇数",
    "max_requests": "超过本次请求数",
    "unsafe": "地址不安全",
}
LastVisit = tuple[SourceState, datetime | None]
FEW_ROWS = 5


def show_sources(
    sources: Sequence[SourceSettings],
    tiers: dict[str, str],
    last: Callable[[SourceSettings], LastVisit | None],
    out: Console,
) -> None:
    """Print the table of all sources."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in ("编号", "名称、地址", "层级", "读法", "状态", "最近成功"):
        may_wrap = name in {"名称、地址", "层级"}
        table.add_column(name, no_wrap=not may_wrap, overflow="fold")
    for source in sources:
        visit = last(source)
        good = visit[1] if visit else None
        table.add_row(
            source.id,
            Text.assemble(source.name, *((f"\n{url}", "dim") for url in source.urls)),
            tiers.get(source.tier, source.tier),
            KINDS[source.kind],
            _state(source, visit),
            f"{good.astimezone(CHINA):%m-%d %H:%M}" if good else "—",
        )
    out.print(table)
    unconfirmed = sum(not source.confirmed for source in sources)
    if unconfirmed:
        out.print(
            f"{unconfirmed} 个来源待确认地址：打开网站核对后在 config.toml 填 urls，"
            "gonghui sources check 编号 试读，再把 enabled、confirmed 改成 true。"
        )


def _state(source: SourceSettings, visit: LastVisit | None) -> Text:
    if not source.confirmed:
        return Text(SourceState.UNCONFIRMED.value, style="yellow")
    if not source.enabled:
        return Text(SourceState.PAUSED.value, style="dim")
    if source.kind == "local":
        return Text("随投稿文件夹")
    if visit is None:
        return Text("启用，未采过")
    good = visit[0] is SourceState.NORMAL
    return Text(visit[0].value, style="green" if good else "yellow")


def show_check(check: SourceCheck, out: Console) -> None:
    """Print how a test visit went: the list, its first rows, the first article."""
    name = Text(check.source.name, style="bold")
    verdict = "[green]读得到[/]" if check.is_good else "[yellow]有问题[/]"
    out.print(name, verdict, f"列表 {check.listed} 条")
    _show_rows(check.rows, out)
    show_losses(check.losses, out)
    if check.unread:
        out.print(Text(f"  读不出：{check.unread}", style="yellow"))
    if check.article is not None:
        out.print("\n读到的第一篇：")
        show_article(check.article, out)
        return
    told = [(LEFT_OUT[w], count) for w, count in check.filtered if w in LEFT_OUT]
    left = "、".join(f"{words} {count} 条" for words, count in told if count)
    out.print(f"没有读文章（{left or '列表上没有可读的'}）")


def show_differences(differences: Sequence[Difference], out: Console) -> None:
    """Print what of the stored sample no longer reads as it did."""
    for difference in differences:
        out.print(
            Text(f"  与样本不同：{difference.words}", style="yellow"), soft_wrap=True
        )


def show_gaps(
    source: SourceSettings,
    rhythm: Rhythm | None,
    gaps: Sequence[Gap],
    left: Backfill | None,
    out: Console,
) -> None:
    """Print a source's gaps by its rhythm, and how to fill them."""
    told = rhythm.words if rhythm else "收到的稿件还少，看不出节奏"
    out.print(Text(f"{source.name}（{told}）", style="bold"))
    for gap in gaps:
        fill = f"gonghui crawl --since {gap.first:%Y-%m-%d} --source {source.id}"
        out.print(Text(f"  {gap.words}　补采：{fill}"), soft_wrap=True)
    if rhythm and not gaps:
        out.print("  没有断档")
    if left is not None:
        out.print(Text(f"  {describe(left)}", style="yellow"), soft_wrap=True)


def show_proposal(source: SourceSettings, proposal: Proposal, out: Console) -> None:
    """Print what a repair found, what it mends, and how the replay went."""
    out.print(Text(source.name, style="bold"))
    for file in proposal.evidence:
        out.print(Text(f"  读不好的网页留在：{file}"), soft_wrap=True)
    if proposal.layout is None:
        out.print(Text(f"  {proposal.why}"), soft_wrap=True)
        return
    for key, value in selectors_of(proposal.layout).items():
        out.print(Text(f'  {key} = "{value}"'), soft_wrap=True)
    listed, read = proposal.listed, proposal.read
    out.print(f"  列表上的旧稿：现在认出 {listed[0]} 条，修后 {listed[1]} 条")
    out.print(f"  试读 {proposal.tried} 篇：现在对 {read[0]} 篇，修后 {read[1]} 篇")
    out.print(
        f"  重读近 30 天的原始网页 {proposal.replayed} 个，变差 {proposal.worse} 个"
        + ("，所以没有采用" if proposal.worse else "")
    )


def show_losses(losses: Sequence[Loss], out: Console) -> None:
    """Print what was lost, a sentence each."""
    for loss in losses:
        out.print(Text(f"  失败：{loss.sentence}", style="yellow"))


def show_both_ways(page: Page, out: Console) -> None:
    """Print a page as an article and as a list, so that one sees which it is."""
    out.print("[bold]当作文章读：[/]")
    try:
        show_article(read_article(page), out)
    except PageUnreadable as error:
        out.print(Text(f"  读不出：{error.reason}", style="yellow"))
    out.print("\n[bold]当作栏目页读：[/]", end="")
    try:
        rows = read_rows(page)
    except PageUnreadable as error:
        out.print(Text(f"读不出：{error.reason}", style="yellow"))
        return
    out.print(Text(f"{len(rows.entries)} 条，下一页：{rows.next_page or '没有'}"))
    _show_rows(rows.entries, out)


def _show_rows(rows: Sequence[ListEntry], out: Console) -> None:
    for row in rows[:FEW_ROWS]:
        day = f"{row.published.astimezone(CHINA):%m-%d}" if row.published else "无日期"
        out.print(Text(f"  {day}  {row.title}"))
