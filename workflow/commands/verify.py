"""``gonghui verify``: the live site as readers meet it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from workflow.commands.options import AsOf, Config

if TYPE_CHECKING:
    from rich.console import Console

    from publisher.live import LiveReport

PUBLISH_FAILED = 40


def verify(
    hosts: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="主机",
            help="看哪些主机的网址；不写就是全部写了 url 的",
            show_default=False,
        ),
    ] = None,
    config: Config = None,
    as_of: AsOf = None,
) -> None:
    """发布后像读者一样打开网站，逐项核对。

    看网址能不能打开、内容与发布的是否一致、站内有没有死链接、证书还有几天、
    响应头是否齐全、最新一期是几天前的。只访问设置里写的本单位网址。
    有要修的问题时退出码 40。

    例：[bold]gonghui verify[/]
    """
    from newsroom.errors import NotFound
    from workflow.console import console
    from workflow.live_check import verify_host
    from workflow.office import open_office
    from workflow.publishing import choose_hosts

    office = open_office(config, as_of)
    chosen = [host for host in choose_hosts(office, hosts or []) if host.url]
    if not chosen:
        raise NotFound('主机没有写网址：在 [[hosts]] 里加一行 url = "https://…"')
    out = console()
    reports = [verify_host(office, host) for host in chosen]
    for host, report in zip(chosen, reports, strict=True):
        _show(host.name, report, out)
    if any(report.faults for report in reports):
        raise typer.Exit(PUBLISH_FAILED)


def _show(name: str, report: LiveReport, out: Console) -> None:
    mark = "[red]有问题[/]" if report.faults else "[green]正常[/]"
    facts = [f"看了 {report.pages} 个页面和文件", f"核对内容 {report.compared} 个"]
    if report.certificate_days is not None:
        facts.append(f"证书还有 {report.certificate_days} 天")
    if report.age is not None:
        facts.append(f"最新一期 {report.age.days} 天前")
    out.print(f"{mark} {name}（{report.url}）：{'，'.join(facts)}", soft_wrap=True)
    for fault in report.faults:
        out.print(f"  [red]要修[/] {escape(fault)}", soft_wrap=True)
    for note in report.notes:
        out.print(f"  [yellow]建议[/] {escape(note)}", soft_wrap=True)
