"""``gonghui links``: do the links that lead out of our pages still lead there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from workflow.commands.options import AsOf, Config

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from crawler.launch import Progress
    from workflow.link_checks import DeadLink, LinkReport

FOUND = 10


def links(
    listing: Annotated[
        bool, typer.Option("--list", help="不上网，只列出已知失效的链接")
    ] = False,
    whole: Annotated[
        bool, typer.Option("--all", help="连旧稿一起全查一遍（平时旧稿每月轮一遍）")
    ] = False,
    trust: Annotated[
        str | None,
        typer.Option(
            "--trust",
            metavar="网址",
            help="编辑看过是好的：恢复这个链接，以后不再判为失效",
            show_default=False,
        ),
    ] = None,
    config: Config = None,
    as_of: AsOf = None,
) -> None:
    """检查网页上通向外面的链接：打不开的、搬走的、内容换了的。

    近30天的稿件和首页天天查，旧稿每月轮一遍；两天都不对才算失效。失效的链接
    在网页上只留文字、不能再点，恢复了会自动接上。由 gonghui schedule 每夜自动做。
    有失效链接时退出码是 10。

    例：[bold]gonghui links[/]　　gonghui links --list
    """
    from workflow.console import console, progress_bar
    from workflow.link_checks import check_links, dead_links, trust_link
    from workflow.office import open_office
    from workflow.progress import Steps

    office = open_office(config, as_of)
    out = console()
    if trust:
        trust_link(office, trust)
        out.print(f"已恢复这个链接，网页已重新生成：{trust}", soft_wrap=True)
        return
    if listing:
        with office.store() as store:
            dead = dead_links(store)
        _show_dead(dead, out)
        return
    with progress_bar(out) as bar:
        steps = Steps(bar)

        def tell(now: Progress) -> None:
            steps("查链接", now.finished, now.total, f"已看 {now.pages} 个")

        report = check_links(office, whole=whole, on_progress=tell)
    _show(report, out)
    if report.dead:
        raise typer.Exit(FOUND)


def _show(report: LinkReport, out: Console) -> None:
    waiting = f"，{report.waiting} 个没有看成（下次再看）" if report.waiting else ""
    out.print(
        f"查了 {report.looked} 个对外链接：{report.opened} 个正常{waiting}；"
        f"失效 {len(report.dead)} 个。"
    )
    _show_dead(report.dead, out)
    if report.changed:
        out.print(f"{len(report.changed)} 篇稿件的网页已重新生成，下次发布时送出。")


def _show_dead(dead: Sequence[DeadLink], out: Console) -> None:
    if not dead:
        out.print("没有失效的链接。")
        return
    for one in dead:
        headline = escape(one.headline)
        out.print(f"[yellow]{one.note.state.value}[/] 《{headline}》", soft_wrap=True)
        out.print(f"  {escape(one.note.url)}", soft_wrap=True)
        if one.note.found:
            out.print(f"  现在是：{escape(one.note.found)}", soft_wrap=True)
    out.print("看过是好的，用 gonghui links --trust 网址 恢复。")
